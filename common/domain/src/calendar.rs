//! Working days, office hours, holidays and swap days (Bộ luật Lao động 2019 Art. 111–112).
//!
//! Saturday and Sunday are rest days. The `off` rows of a [`Calendar`] are the public holidays
//! and the days given in lieu; its `work` rows are rest days worked in exchange (hoán đổi ngày
//! nghỉ). Both are data that the province edits each year, never rules in code: the Prime
//! Minister fixes Tết and National Day anew each autumn.
//!
//! Everything here is total. Dates saturate on 9999-12-30, the last day that is a whole day in
//! Vietnam's time and in UTC, and no question walks the calendar minute by minute: a span of
//! ten years costs as much as the holidays in it.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time, Weekday},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Included},
};

/// Minutes in a day; every minute of the day is less.
const DAY_MINUTES: u16 = 24 * 60;

/// Where dates saturate.
const LAST: Date = jiff::civil::date(9999, 12, 30);

/// A stretch of office hours, from `opens` until just before `closes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Minute of the day at which the office opens: 420 is 07:00.
    pub opens: u16,
    /// Minute of the day at which it closes: at 690, 11:30, it is shut.
    pub closes: u16,
}

/// The office hours of a working day (giờ hành chính): one window or more, in order, apart.
///
/// ```
/// use domain::calendar::{OfficeHours, Window};
/// assert_eq!(OfficeHours::default().minutes(), 480);
/// assert!(OfficeHours::new(vec![Window { opens: 690, closes: 420 }]).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Window>", into = "Vec<Window>")]
pub struct OfficeHours(Vec<Window>);

/// Windows that are no office hours.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadHours {
    /// An office that never opens.
    #[error("no window of office hours")]
    None,
    /// A window that closes before it opens, or reaches beyond 23:59.
    #[error("a window of office hours must open before it closes, and close by 23:59")]
    Backwards,
    /// A window that begins before the one before it has ended.
    #[error("windows of office hours must be in order and must not overlap")]
    Overlap,
}

impl OfficeHours {
    /// Office hours made of `windows`.
    ///
    /// # Errors
    /// [`BadHours`] unless there is at least one window and all are in order and apart.
    pub fn new(windows: Vec<Window>) -> Result<Self, BadHours> {
        if windows.is_empty() {
            return Err(BadHours::None);
        }
        if windows.iter().any(|w| w.opens >= w.closes || w.closes >= DAY_MINUTES) {
            return Err(BadHours::Backwards);
        }
        if windows.iter().zip(windows.iter().skip(1)).any(|(w, next)| next.opens < w.closes) {
            return Err(BadHours::Overlap);
        }
        Ok(Self(windows))
    }

    /// The windows, in order.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.0
    }

    /// Minute of the day at which the office first opens: 420 is 07:00.
    #[must_use]
    pub fn opens(&self) -> u16 {
        self.0.first().map_or(0, |window| window.opens)
    }

    /// Minute of the day at which it closes for the day: 1020 is 17:00.
    #[must_use]
    pub fn closes(&self) -> u16 {
        self.0.last().map_or(0, |window| window.closes)
    }

    /// Minutes of office time in a working day, 480 unless the office keeps other hours.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.between(0, DAY_MINUTES)
    }

    /// Minutes of office time in a working day from one minute of the day until another.
    fn between(&self, from: u16, until: u16) -> u32 {
        let open = |w: &Window| w.closes.min(until).saturating_sub(w.opens.max(from));
        self.0.iter().map(|window| u32::from(open(window))).sum()
    }

    /// The minute of the day at which `wanted` minutes of office time have gone by since
    /// `from`; the end of the day when it has not as many left.
    fn after(&self, from: u16, mut wanted: u32) -> u16 {
        for window in &self.0 {
            let opens = window.opens.max(from);
            let open = u32::from(window.closes.saturating_sub(opens));
            if wanted <= open && opens <= window.closes {
                return opens.saturating_add(u16::try_from(wanted).unwrap_or(DAY_MINUTES));
            }
            wanted = wanted.saturating_sub(open);
        }
        self.closes()
    }
}

impl Default for OfficeHours {
    /// 07:00–11:30 and 13:30–17:00: eight hours.
    fn default() -> Self {
        let (morning, afternoon) = (Window { opens: 420, closes: 690 }, Window { opens: 810, closes: 1020 });
        Self(vec![morning, afternoon])
    }
}

impl TryFrom<Vec<Window>> for OfficeHours {
    type Error = BadHours;
    fn try_from(windows: Vec<Window>) -> Result<Self, BadHours> {
        Self::new(windows)
    }
}

impl From<OfficeHours> for Vec<Window> {
    fn from(hours: OfficeHours) -> Self {
        hours.0
    }
}

/// When an office works: what a due time is computed from.
///
/// ```
/// use domain::calendar::Calendar;
/// use jiff::civil::date;
/// let mut calendar = Calendar::default();
/// calendar.add_off(date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)");
/// calendar.add_work(date(2026, 8, 22), "Làm bù");
/// assert!(calendar.is_working(date(2026, 8, 22)), "a Saturday, worked in exchange");
/// assert_eq!(calendar.next_working(date(2026, 8, 28)), date(2026, 9, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Calendar {
    /// Days on which nobody works though the week says so, and what they are called.
    pub off: BTreeMap<Date, String>,
    /// Days on which all work though they are rest days, and why. A day in both maps is worked.
    pub work: BTreeMap<Date, String>,
    /// The hours of a working day.
    pub hours: OfficeHours,
    /// Minute of the day from which a case counts from the next working day: 900, 15:00
    /// (NĐ 61/2018 Art. 18). A minute after closing time means no such rule.
    pub cutoff: u16,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::new(OfficeHours::default())
    }
}

impl Calendar {
    /// A calendar that knows only weekends, with the cut-off at 15:00.
    #[must_use]
    pub fn new(hours: OfficeHours) -> Self {
        Self { off: BTreeMap::new(), work: BTreeMap::new(), hours, cutoff: 15 * 60 }
    }

    /// Makes `date` a day off called `name`; it is no longer a swap day.
    pub fn add_off(&mut self, date: Date, name: impl Into<String>) {
        self.work.remove(&date);
        self.off.insert(date, name.into());
    }

    /// Makes `date` a day worked, in exchange for what `name` says; it is no longer off.
    pub fn add_work(&mut self, date: Date, name: impl Into<String>) {
        self.off.remove(&date);
        self.work.insert(date, name.into());
    }

    /// Whether the office works on `date`.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.work.contains_key(&date) || !(is_weekend(date) || self.off.contains_key(&date))
    }

    /// The holiday on `date`, if nobody works for that reason; a plain weekend has no name.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&str> {
        if self.work.contains_key(&date) {
            return None;
        }
        self.off.get(&date).map(String::as_str)
    }

    /// Why `date` is worked, if it would otherwise be a rest day (ngày làm bù).
    #[must_use]
    pub fn swap_day(&self, date: Date) -> Option<&str> {
        let rest = is_weekend(date) || self.off.contains_key(&date);
        self.work.get(&date).filter(|_| rest).map(String::as_str)
    }

    /// The first working day after `date`, never `date` itself (but for the end of time).
    #[must_use]
    pub fn next_working(&self, date: Date) -> Date {
        self.on_or_after_working(plus_days(date, 1))
    }

    /// `date` if it is a working day, otherwise the first one after it.
    #[must_use]
    pub fn on_or_after_working(&self, date: Date) -> Date {
        let mut day = date;
        // Ends: a rest day is a weekend or one of finitely many rows.
        while !self.is_working(day) && day < LAST {
            day = plus_days(day, 1);
        }
        day
    }

    /// The `n`-th working day after `date`; `date` itself when `n` is 0.
    ///
    /// ```
    /// use domain::calendar::Calendar;
    /// use jiff::civil::date;
    /// let seventh = Calendar::default().nth_working_after(date(2026, 11, 12), 7);
    /// assert_eq!(seventh, date(2026, 11, 23));
    /// ```
    #[must_use]
    pub fn nth_working_after(&self, date: Date, n: u32) -> Date {
        let (mut day, mut left) = (date, n);
        // A stretch of `left` days holds at most `left` working days, so a leap never overshoots.
        while left > 7 && day < LAST {
            let leap = plus_days(day, left);
            left = left.saturating_sub(self.working_days_between(day, leap));
            day = leap;
        }
        for _ in 0..left {
            if day >= LAST {
                break;
            }
            day = self.next_working(day);
        }
        day
    }

    /// How many working days lie after `after`, up to and including `until`.
    #[must_use]
    pub fn working_days_between(&self, after: Date, until: Date) -> u32 {
        if until <= after {
            return 0;
        }
        let span = (Excluded(after), Included(until));
        let off = |(day, _): &(&Date, &String)| !is_weekend(**day) && !self.work.contains_key(*day);
        let rested = self.off.range(span).filter(off).count();
        let worked = self.work.range(span).filter(|(day, _)| is_weekend(**day)).count();
        let days = weekdays_between(after, until)
            .saturating_add_unsigned(worked as u64)
            .saturating_sub_unsigned(rested as u64);
        u32::try_from(days).unwrap_or(0)
    }

    /// When the office first opens on `date`, if it works that day: 07:00.
    #[must_use]
    pub fn office_start(&self, date: Date) -> DateTime {
        at_minute(date, self.hours.opens())
    }

    /// When the office closes on `date`, if it works that day: 17:00, "hết giờ hành chính".
    #[must_use]
    pub fn office_end(&self, date: Date) -> DateTime {
        at_minute(date, self.hours.closes())
    }

    /// `from` itself while the office is open, otherwise the next time that it opens.
    ///
    /// ```
    /// use domain::calendar::Calendar;
    /// use jiff::civil::date;
    /// let lunch = date(2026, 11, 23).at(11, 30, 0, 0);
    /// assert_eq!(Calendar::default().next_open(lunch), date(2026, 11, 23).at(13, 30, 0, 0));
    /// ```
    #[must_use]
    pub fn next_open(&self, from: DateTime) -> DateTime {
        let (date, minute) = (from.date(), minute_of(from));
        if self.is_working(date) {
            for window in self.hours.windows() {
                if minute < window.opens {
                    return at_minute(date, window.opens);
                }
                if minute < window.closes {
                    return from;
                }
            }
        }
        self.office_start(self.next_working(date)).max(from)
    }

    /// When `minutes` of office time have gone by since `from`: lunch, nights and rest days do
    /// not count. Seconds are rounded up, so the answer is a whole minute. Time that runs out
    /// with a window ends there, at 17:00 and not at 07:00 the next day.
    ///
    /// ```
    /// use domain::calendar::Calendar;
    /// use jiff::civil::date;
    /// let friday = date(2026, 11, 20).at(16, 20, 0, 0);
    /// let monday = date(2026, 11, 23).at(8, 20, 0, 0);
    /// assert_eq!(Calendar::default().add_office_minutes(friday, 120), monday);
    /// ```
    #[must_use]
    pub fn add_office_minutes(&self, from: DateTime, minutes: u32) -> DateTime {
        let start = self.next_open(from);
        let seconds = start.second() != 0 || start.subsec_nanosecond() != 0;
        let (date, minute) = (start.date(), minute_of(start) + u16::from(seconds));
        let today = self.hours.between(minute, DAY_MINUTES);
        if minutes <= today {
            return at_minute(date, self.hours.after(minute, minutes)).max(start);
        }
        let (left, per_day) = (minutes.saturating_sub(today), self.hours.minutes().max(1));
        let whole_days = left.saturating_sub(1) / per_day;
        let date = self.nth_working_after(date, whole_days.saturating_add(1));
        let minute = self.hours.after(0, left.saturating_sub(whole_days.saturating_mul(per_day)));
        at_minute(date, minute).max(start)
    }

    /// Whole minutes of office time from `from` until `until`; 0 when `until` is not later.
    ///
    /// ```
    /// use domain::calendar::Calendar;
    /// use jiff::civil::date;
    /// let (friday, monday) = (date(2026, 11, 20), date(2026, 11, 23));
    /// let minutes = Calendar::default()
    ///     .office_minutes_between(friday.at(16, 20, 0, 0), monday.at(8, 20, 0, 0));
    /// assert_eq!(minutes, 120);
    /// ```
    #[must_use]
    pub fn office_minutes_between(&self, from: DateTime, until: DateTime) -> u64 {
        if until <= from {
            return 0;
        }
        let on = |date, from, until| {
            if self.is_working(date) { u64::from(self.hours.between(from, until)) } else { 0 }
        };
        let (first, last) = (from.date(), until.date());
        if first == last {
            return on(first, minute_of(from), minute_of(until));
        }
        let eve = last.yesterday().unwrap_or(last);
        let whole_days = u64::from(self.working_days_between(first, eve));
        on(first, minute_of(from), DAY_MINUTES)
            + whole_days * u64::from(self.hours.minutes())
            + on(last, 0, minute_of(until))
    }
}

/// Saturday or Sunday.
fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Mondays to Fridays after `after`, up to and including `until`.
fn weekdays_between(after: Date, until: Date) -> i64 {
    let days = after.duration_until(until).as_hours() / 24;
    let monday_zero = i64::from(after.weekday().to_monday_zero_offset());
    let odd_days = (1..=days % 7).filter(|day| (monday_zero + day) % 7 < 5).count();
    (days / 7 * 5).saturating_add_unsigned(odd_days as u64)
}

/// `date` and `days` more, not beyond [`LAST`].
pub(crate) fn plus_days(date: Date, days: u32) -> Date {
    let ahead = SignedDuration::from_hours(i64::from(days) * 24);
    date.saturating_add(ahead).min(LAST).max(date)
}

/// The minute of the day, seconds dropped.
pub(crate) fn minute_of(time: DateTime) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// `minute` of `date`.
pub(crate) fn at_minute(date: Date, minute: u16) -> DateTime {
    let part = |value: u16| i8::try_from(value).unwrap_or(0);
    let time = Time::new(part(minute / 60), part(minute % 60), 0, 0);
    date.to_datetime(time.unwrap_or(Time::MAX))
}

#[cfg(test)]
pub(crate) mod tests;
