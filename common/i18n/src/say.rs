//! Numbers, money, dates and the domain's own words.

use crate::Lang;
use domain::{
    case::{ActionKind, State},
    deadline::Standing,
    procedure::{Limit, PaperForm, StepKind},
    roles::Role,
    time::Millis,
};
use jiff::civil::{Date, DateTime, Weekday};

/// A whole number with Vietnam's thousands points: `1.284`.
///
/// ```
/// assert_eq!(i18n::number(-1_284_000), "-1.284.000");
/// ```
#[must_use]
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Tenths of a percent as Vietnamese write them: `97,8%`; no decimal for whole percents.
///
/// ```
/// assert_eq!(i18n::per_mille(978), "97,8%");
/// assert_eq!(i18n::per_mille(960), "96%");
/// ```
#[must_use]
pub fn per_mille(n: i64) -> String {
    if n % 10 == 0 { format!("{}%", n / 10) } else { format!("{},{}%", n / 10, (n % 10).abs()) }
}

impl Lang {
    /// Money: `75.000 đ`; nothing to pay is said in words.
    #[must_use]
    pub fn money(self, dong: i64) -> String {
        format!("{} đ", number(dong))
    }

    /// A fee in lists: `75.000 đ`, or "miễn phí" for nothing.
    #[must_use]
    pub fn fee(self, dong: i64) -> String {
        if dong == 0 { self.t("domain.free").into_owned() } else { self.money(dong) }
    }

    /// The size of a file: `5,0 MB`.
    #[must_use]
    pub fn megabytes(self, bytes: u64) -> String {
        let tenths = bytes.saturating_add(50_000) / 100_000;
        let point = if self == Self::Vi { ',' } else { '.' };
        format!("{}{point}{} MB", tenths / 10, tenths % 10)
    }

    /// A time limit: "20 ngày làm việc", "trong ngày".
    #[must_use]
    pub fn limit(self, limit: Limit) -> String {
        let (key, n) = match limit {
            Limit::SameDay => ("domain.limit.same_day", 0),
            Limit::Hours(n) => ("domain.limit.hours", n),
            Limit::WorkingDays(n) => ("domain.limit.working_days", n),
            Limit::Days(n) => ("domain.limit.days", n),
        };
        self.with(key, &[("n", &n.to_string())])
    }

    /// The name of a state.
    #[must_use]
    pub fn state(self, state: State) -> String {
        self.t(&format!("domain.state.{}", state.national_code())).into_owned()
    }

    /// What happens at a step: "Thẩm định".
    #[must_use]
    pub fn step(self, step: StepKind) -> String {
        let key = match step {
            StepKind::Receive => "receive",
            StepKind::Examine => "examine",
            StepKind::DivisionHead => "division_head",
            StepKind::Approve => "approve",
            StepKind::Seal => "seal",
            StepKind::Return => "return",
        };
        self.t(&format!("domain.step.{key}")).into_owned()
    }

    /// The name of an action as histories show it: "Tiếp nhận".
    #[must_use]
    pub fn action(self, action: &ActionKind) -> String {
        self.action_named(action.name())
    }

    /// As [`Lang::action`], from the stored name.
    #[must_use]
    pub fn action_named(self, name: &str) -> String {
        self.t(&format!("domain.action.{name}")).into_owned()
    }

    /// The form of a paper: "Bản chính".
    #[must_use]
    pub fn paper_form(self, form: PaperForm) -> String {
        let key = match form {
            PaperForm::Original => "original",
            PaperForm::Certified => "certified",
            PaperForm::Copy => "copy",
            PaperForm::Shown => "shown",
        };
        self.t(&format!("domain.paper.{key}")).into_owned()
    }

    /// The name of a role.
    #[must_use]
    pub fn role(self, role: Role) -> String {
        let key = match role {
            Role::Clerk => "clerk",
            Role::Specialist => "specialist",
            Role::DivisionHead => "division_head",
            Role::Leader => "leader",
            Role::SealClerk => "seal_clerk",
            Role::OfficeHead => "office_head",
            Role::ProvinceAdmin => "province_admin",
            Role::ItStaff => "it_staff",
            Role::Monitor => "monitor",
        };
        self.t(&format!("domain.role.{key}")).into_owned()
    }

    /// How a due time stands, beside its colour: "đúng hạn", "sắp đến hạn", "quá hạn".
    #[must_use]
    pub fn standing(self, standing: Standing) -> String {
        let key = match standing {
            Standing::OnTime => "on_time",
            Standing::Soon => "soon",
            Standing::Late => "late",
        };
        self.t(&format!("domain.standing.{key}")).into_owned()
    }

    /// A weekday: "Thứ Hai".
    #[must_use]
    pub fn weekday(self, day: Weekday) -> String {
        self.t(&format!("domain.weekday.{}", day.to_monday_one_offset())).into_owned()
    }

    /// An instant in words for papers: "16 giờ 30 phút, ngày 23 tháng 11 năm 2026".
    #[must_use]
    pub fn long_moment(self, at: Millis) -> String {
        let local = at.local();
        self.with(
            "domain.long_moment",
            &[
                ("hour", &format!("{:02}", local.hour())),
                ("minute", &format!("{:02}", local.minute())),
                ("day", &format!("{:02}", local.day())),
                ("month", &format!("{:02}", local.month())),
                ("year", &local.year().to_string()),
            ],
        )
    }

    /// A day in words for papers: "ngày 23 tháng 11 năm 2026".
    #[must_use]
    pub fn long_day(self, day: Date) -> String {
        self.with(
            "domain.long_day",
            &[
                ("day", &format!("{:02}", day.day())),
                ("month", &format!("{:02}", day.month())),
                ("year", &day.year().to_string()),
            ],
        )
    }

    /// A due time beside the present: "Hôm nay, 16:30", "24/11, 17:00", with the year when it is another.
    #[must_use]
    pub fn due(self, due: Millis, now: Millis) -> String {
        let (then, today) = (due.local(), now.local().date());
        if then.date() == today {
            return self.with("domain.today_at", &[("time", &clock(then))]);
        }
        if then.year() == today.year() {
            return format!("{:02}/{:02}, {}", then.day(), then.month(), clock(then));
        }
        format!("{}, {}", date(then.date()), clock(then))
    }

    /// What is left until a due time, for pills: "16:30 hôm nay", "còn 3 ngày", "quá 1 ngày".
    #[must_use]
    pub fn left(self, due: Millis, now: Millis) -> String {
        let days = (due.local().date() - now.local().date()).get_days();
        if now > due {
            if days == 0 {
                return self.t("domain.late_today").into_owned();
            }
            return self.with("domain.late_days", &[("n", &(-days).to_string())]);
        }
        if days == 0 {
            return self.with("domain.due_today", &[("time", &clock(due.local()))]);
        }
        self.with("domain.left_days", &[("n", &days.to_string())])
    }
}

/// `23/11/2026`.
#[must_use]
pub fn date(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// `08:42`.
#[must_use]
pub fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `23/11 08:42`: a moment in histories.
#[must_use]
pub fn short_moment(at: Millis) -> String {
    let local = at.local();
    format!("{:02}/{:02} {}", local.day(), local.month(), clock(local))
}

/// An identity number in groups of three: `014 088 004 512`.
#[must_use]
pub fn citizen_id(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place.is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
