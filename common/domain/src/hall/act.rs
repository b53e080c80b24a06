//! What can be done with a ticket, and what cannot.
//!
//! ```text
//! Waiting ─call→ Called ─serve→ Serving ─finish→ Done
//!    ↑  ↑           │ ↺ recall     │  ↑
//!    │  └─come back─┴ miss→ Missed │  └resume─ Parked ←park─ Serving
//!    └────────────── transfer ─────┘  (also Waiting, Called, Parked)
//! ```
//!
//! The citizen may leave from everywhere but the counter, and what is open when its day is over expires.

use super::{
    number::TicketNumber,
    ticket::{Spell, State, Stretch, Ticket},
};
use crate::{code::CaseCode, ids::StaffId, time::Millis, unit::ServiceCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From how many spells on a ticket takes no further round: it may be finished, but not be transferred, set aside or
/// brought back. Keeps a ticket's row small; no citizen is sent around as often.
pub const MAX_SPELLS: usize = 48;

/// Calls that nobody answered, after which a number may be called missing.
pub const MISS_AFTER: u16 = 3;

/// What is done with a ticket. An act holds all that configuration decides, so that it means the same ever after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Call it to a counter (gọi số).
    Call {
        /// Which.
        counter: u16,
    },
    /// Call it once more (gọi lại).
    Recall {
        /// The counter that called it.
        counter: u16,
    },
    /// The citizen is at the counter (bắt đầu phục vụ).
    Serve {
        /// The counter that called it.
        counter: u16,
        /// Who serves.
        clerk: StaffId,
    },
    /// Note the case that it is about: a receipt was scanned, or papers were taken in.
    Attach {
        /// The counter that serves it.
        counter: u16,
        /// The case; the last one noted counts.
        case: CaseCode,
    },
    /// The citizen has been served (hoàn thành).
    Finish {
        /// The counter that serves it.
        counter: u16,
    },
    /// Nobody came (vắng mặt).
    Miss {
        /// The counter that called it.
        counter: u16,
        /// How often it has to have been called before; at least once.
        after: u16,
    },
    /// The citizen is there after all, and gets the old place back.
    ComeBack,
    /// Put it into the line of a service at its old place (chuyển quầy); into that of its own service, so that another
    /// counter calls it.
    Transfer {
        /// The counter that asks for it.
        counter: u16,
        /// The service.
        to: ServiceCode,
    },
    /// Set it aside until the citizen is back (tạm gác).
    Park {
        /// The counter that serves it.
        counter: u16,
    },
    /// Go on with one that was set aside.
    Resume {
        /// The counter that set it aside.
        counter: u16,
        /// Who serves.
        clerk: StaffId,
    },
    /// The citizen gives up (hủy số).
    Leave,
    /// Its day is over.
    Expire,
}

/// Why something cannot be done with a ticket, or at a counter.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refused {
    /// Not from where it stands.
    #[error("not possible while {}", .state.name())]
    NotNow {
        /// Where it stands.
        state: State,
    },
    /// Another counter has it.
    #[error("the ticket is at counter {at}")]
    OtherCounter {
        /// Which.
        at: u16,
    },
    /// Somebody who does not come is called a few times first.
    #[error("called {calls} times of {after}")]
    CallAgain {
        /// How often it was called.
        calls: u16,
        /// How often it has to be.
        after: u16,
    },
    /// It waits for that very service.
    #[error("the ticket waits for this service already")]
    SameService,
    /// A ticket holds for one day.
    #[error("the ticket was for {day}")]
    DayOver {
        /// Which.
        day: Date,
    },
    /// It expires when its day is over, not before.
    #[error("{day} is not over yet")]
    DayNotOver {
        /// Its day.
        day: Date,
    },
    /// It has been sent around [`MAX_SPELLS`] times.
    #[error("sent around too often: serve it or let it go")]
    TooOften,
    /// The counter is paused or closed.
    #[error("the counter is not open")]
    CounterNotOpen,
    /// Somebody is called to the counter or served at it.
    #[error("{number} is at the counter")]
    CounterBusy {
        /// Who.
        number: TicketNumber,
    },
}

impl Refused {
    /// A stable name, for programs and for the key of its words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "not_now",
            Self::OtherCounter { .. } => "other_counter",
            Self::CallAgain { .. } => "call_again",
            Self::SameService => "same_service",
            Self::DayOver { .. } => "day_over",
            Self::DayNotOver { .. } => "day_not_over",
            Self::TooOften => "too_often",
            Self::CounterNotOpen => "counter_not_open",
            Self::CounterBusy { .. } => "counter_busy",
        }
    }
}

impl Ticket {
    /// The ticket after `act`. Times never run backwards: what happens while a clock is behind happens at the latest
    /// time that the ticket knows.
    ///
    /// Whether a counter may call at all is [`super::CounterState::may_take`]'s to say, and which ticket
    /// [`super::choose()`]'s.
    ///
    /// # Errors
    /// [`Refused`] with the rule that forbids it.
    pub fn apply(mut self, act: &Act, at: Millis) -> Result<Self, Refused> {
        let not_now = Refused::NotNow { state: self.state };
        if self.state.is_final() {
            return Err(not_now);
        }
        // The clock's own word decides which day it is, so that one leap ahead does not end the day.
        let over = at.local().date() > self.day;
        let at = at.max(self.latest());
        match (self.state, act) {
            (_, Act::Expire) if !over => return Err(Refused::DayNotOver { day: self.day }),
            // Nobody knows what became of it: no spell is made of the rest of the day.
            (_, Act::Expire) => self.end(State::Expired, at),
            _ if over => return Err(Refused::DayOver { day: self.day }),
            (State::Waiting, Act::Call { counter }) => {
                self.close(Stretch::Waited, Some(*counter), at);
                (self.calls, self.called_at) = (1, Some(at));
                self.stand(State::Called { counter: *counter }, at);
            }
            (State::Called { counter }, Act::Recall { counter: by }) => {
                same(counter, *by)?;
                (self.calls, self.called_at) = (self.calls.saturating_add(1), Some(at));
            }
            (State::Called { counter }, Act::Serve { counter: by, clerk }) => {
                same(counter, *by)?;
                self.serve(counter, *clerk, at);
            }
            (State::Serving { counter }, Act::Attach { counter: by, case }) => {
                same(counter, *by)?;
                self.case = Some(case.clone());
            }
            (State::Serving { counter }, Act::Finish { counter: by }) => {
                same(counter, *by)?;
                self.close(Stretch::Served, Some(counter), at);
                self.end(State::Done, at);
            }
            (State::Called { counter }, Act::Miss { counter: by, after }) => {
                same(counter, *by)?;
                let (calls, after) = (self.calls, (*after).max(1));
                if calls < after {
                    return Err(Refused::CallAgain { calls, after });
                }
                self.close(Stretch::Unanswered, Some(counter), at);
                self.stand(State::Missed, at);
            }
            (State::Missed, Act::ComeBack) => {
                self.another_round()?;
                self.wait(at);
            }
            (_, Act::Transfer { counter, to }) => self.transfer(*counter, to, at)?,
            (State::Serving { counter }, Act::Park { counter: by }) => {
                same(counter, *by)?;
                self.another_round()?;
                self.close(Stretch::Served, Some(counter), at);
                self.stand(State::Parked { counter }, at);
            }
            (State::Parked { counter }, Act::Resume { counter: by, clerk }) => {
                same(counter, *by)?;
                self.serve(counter, *clerk, at);
            }
            (State::Waiting, Act::Leave) => {
                self.close(Stretch::Waited, None, at);
                self.end(State::Left, at);
            }
            (State::Called { .. } | State::Parked { .. } | State::Missed, Act::Leave) => {
                self.end(State::Left, at);
            }
            _ => return Err(not_now),
        }
        Ok(self)
    }

    /// A counter gives away what it has; what waits or is set aside, any counter may move.
    fn transfer(&mut self, by: u16, to: &ServiceCode, at: Millis) -> Result<(), Refused> {
        match self.state {
            State::Waiting if *to == self.service => return Err(Refused::SameService),
            State::Called { counter } | State::Serving { counter } => same(counter, by)?,
            State::Waiting | State::Parked { .. } => {}
            state => return Err(Refused::NotNow { state }),
        }
        self.another_round()?;
        match self.state {
            State::Waiting => self.close(Stretch::Waited, None, at),
            State::Serving { counter } => self.close(Stretch::Served, Some(counter), at),
            _ => {}
        }
        self.service = to.clone();
        self.wait(at);
        Ok(())
    }

    fn another_round(&self) -> Result<(), Refused> {
        (self.spells.len() < MAX_SPELLS).then_some(()).ok_or(Refused::TooOften)
    }

    fn serve(&mut self, counter: u16, clerk: StaffId, at: Millis) {
        (self.serving_at, self.clerk) = (Some(at), Some(clerk));
        self.stand(State::Serving { counter }, at);
    }

    fn wait(&mut self, at: Millis) {
        self.calls = 0;
        self.stand(State::Waiting, at);
    }

    fn end(&mut self, state: State, at: Millis) {
        self.finished_at = Some(at);
        self.stand(state, at);
    }

    fn stand(&mut self, state: State, at: Millis) {
        (self.state, self.since) = (state, at);
    }

    fn close(&mut self, what: Stretch, counter: Option<u16>, until: Millis) {
        let (service, from) = (self.service.clone(), self.since);
        self.spells.push(Spell { what, service, counter, from, until });
    }
}

fn same(at: u16, by: u16) -> Result<(), Refused> {
    (at == by).then_some(()).ok_or(Refused::OtherCounter { at })
}

#[cfg(test)]
mod tests;
