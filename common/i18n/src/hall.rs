//! The hall in words: tickets, counters, waits, ratings.

use crate::{Lang, clock, date};
use domain::{
    hall::{
        Class, Complaint, Level, NoTicket, NotRated, Opening, PauseReason, PriorityReason, Purpose, Refused,
        State, Wait, WhyNot,
    },
    time::Millis,
};

impl Lang {
    /// Where a ticket stands: "Đang chờ".
    #[must_use]
    pub fn ticket_state(self, state: State) -> String {
        let key = match state {
            State::Waiting => "hall.state.waiting",
            State::Called { .. } => "hall.state.called",
            State::Serving { .. } => "hall.state.serving",
            State::Parked { .. } => "hall.state.parked",
            State::Missed => "hall.state.missed",
            State::Done => "hall.state.done",
            State::Left => "hall.state.left",
            State::Expired => "hall.state.expired",
        };
        self.t(key).into_owned()
    }

    /// Why something cannot be done with a ticket, as a sentence.
    #[must_use]
    pub fn ticket_refused(self, refused: &Refused) -> String {
        match refused {
            Refused::NotNow { state } => {
                let state = self.ticket_state(*state).to_lowercase();
                self.with("hall.refused.not_now", &[("state", &state)])
            }
            Refused::OtherCounter { at } => {
                self.with("hall.refused.other_counter", &[("counter", &at.to_string())])
            }
            Refused::CallAgain { calls, after } => self.with(
                "hall.refused.call_again",
                &[("calls", &calls.to_string()), ("after", &after.to_string())],
            ),
            Refused::SameService => self.t("hall.refused.same_service").into_owned(),
            Refused::DayOver { day } => self.with("hall.refused.day_over", &[("day", &date(*day))]),
            Refused::DayNotOver { day } => self.with("hall.refused.day_not_over", &[("day", &date(*day))]),
            Refused::TooOften => self.t("hall.refused.too_often").into_owned(),
            Refused::CounterNotOpen => self.t("hall.refused.counter_not_open").into_owned(),
            Refused::CounterBusy { number } => {
                self.with("hall.refused.counter_busy", &[("number", &number.to_string())])
            }
        }
    }

    /// The class of a ticket as everybody may see it: that it has priority, never why.
    #[must_use]
    pub fn ticket_class(self, class: Class) -> String {
        match class {
            Class::Ordinary => self.t("hall.class.ordinary").into_owned(),
            Class::Priority { .. } => self.t("hall.class.priority").into_owned(),
            Class::Appointment { at, .. } => {
                self.with("hall.class.appointment", &[("time", &clock(at.local()))])
            }
        }
    }

    /// Who has priority, for the kiosk's list: "Phụ nữ mang thai".
    #[must_use]
    pub fn priority_reason(self, reason: PriorityReason) -> String {
        let key = match reason {
            PriorityReason::Aged80 => "hall.priority.aged_80",
            PriorityReason::Aged60 => "hall.priority.aged_60",
            PriorityReason::Disabled => "hall.priority.disabled",
            PriorityReason::Pregnant => "hall.priority.pregnant",
            PriorityReason::Infant => "hall.priority.infant",
            PriorityReason::Merit => "hall.priority.merit",
            PriorityReason::FarAway => "hall.priority.far_away",
        };
        self.t(key).into_owned()
    }

    /// What somebody comes for: "Nộp hồ sơ".
    #[must_use]
    pub fn purpose(self, purpose: Purpose) -> String {
        let key = match purpose {
            Purpose::Submit => "hall.purpose.submit",
            Purpose::Collect => "hall.purpose.collect",
            Purpose::Pay => "hall.purpose.pay",
            Purpose::Ask => "hall.purpose.ask",
        };
        self.t(key).into_owned()
    }

    /// Whether a counter calls: "Đang mở", "Tạm nghỉ: họp".
    #[must_use]
    pub fn opening(self, opening: Opening) -> String {
        match opening {
            Opening::Open => self.t("hall.opening.open").into_owned(),
            Opening::Paused { reason } => {
                self.with("hall.opening.paused", &[("reason", &self.pause_reason(reason))])
            }
            Opening::Closed => self.t("hall.opening.closed").into_owned(),
        }
    }

    /// Why a counter is paused, in small letters.
    #[must_use]
    pub fn pause_reason(self, reason: PauseReason) -> String {
        let key = match reason {
            PauseReason::Break => "hall.pause.break",
            PauseReason::Papers => "hall.pause.papers",
            PauseReason::Meeting => "hall.pause.meeting",
            PauseReason::Trouble => "hall.pause.trouble",
            PauseReason::Other => "hall.pause.other",
        };
        self.t(key).into_owned()
    }

    /// Why no number is given out `now`, and when the next is: "Đang nghỉ giữa giờ. Phát số tiếp từ Hôm nay, 13:15."
    #[must_use]
    pub fn no_ticket(self, refused: &NoTicket, now: Millis) -> String {
        let why = match &refused.why {
            WhyNot::RestDay { holiday: None } => self.t("hall.no_ticket.rest_day").into_owned(),
            WhyNot::RestDay { holiday: Some(name) } => self.with("hall.no_ticket.holiday", &[("name", name)]),
            WhyNot::Early => self.t("hall.no_ticket.early").into_owned(),
            WhyNot::Break => self.t("hall.no_ticket.break").into_owned(),
            WhyNot::TooLate => self.t("hall.no_ticket.too_late").into_owned(),
            WhyNot::Over => self.t("hall.no_ticket.over").into_owned(),
        };
        let Some(next) = refused.next else { return why };
        let then = next.local();
        let when = if then.date() == now.local().date() {
            clock(then)
        } else {
            let weekday = self.weekday(then.date().weekday());
            format!("{}, {weekday} {:02}/{:02}", clock(then), then.day(), then.month())
        };
        format!("{why} {}", self.with("hall.no_ticket.next", &[("when", &when)]))
    }

    /// An expected wait: "khoảng 10–20 phút"; none is said to be unknown.
    #[must_use]
    pub fn wait(self, wait: Option<Wait>) -> String {
        let Some(Wait { from, to }) = wait else { return self.t("hall.wait.unknown").into_owned() };
        let values = [("from", from.to_string()), ("to", to.to_string())];
        let key = match from {
            0 => "hall.wait.at_most",
            _ if from == to => "hall.wait.about",
            _ => "hall.wait.range",
        };
        self.with(key, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// How content somebody was: "Rất hài lòng".
    #[must_use]
    pub fn satisfaction(self, level: Level) -> String {
        let key = match level {
            Level::VerySatisfied => "hall.level.very_satisfied",
            Level::Satisfied => "hall.level.satisfied",
            Level::Unsatisfied => "hall.level.unsatisfied",
        };
        self.t(key).into_owned()
    }

    /// With what somebody was not content: "Chờ lâu".
    #[must_use]
    pub fn complaint(self, complaint: Complaint) -> String {
        let key = match complaint {
            Complaint::Waiting => "hall.complaint.waiting",
            Complaint::Guidance => "hall.complaint.guidance",
            Complaint::ExtraPapers => "hall.complaint.extra_papers",
            Complaint::Attitude => "hall.complaint.attitude",
            Complaint::Late => "hall.complaint.late",
        };
        self.t(key).into_owned()
    }

    /// Why a rating is not taken, as a sentence.
    #[must_use]
    pub fn not_rated(self, why: NotRated) -> String {
        let key = match why {
            NotRated::NothingYet => "hall.not_rated.nothing_yet",
            NotRated::Already => "hall.not_rated.already",
        };
        self.t(key).into_owned()
    }
}

#[cfg(test)]
mod tests;
