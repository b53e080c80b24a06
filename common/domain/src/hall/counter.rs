//! A counter as the hall sees it: whether it is open, and who stands before it.

use super::{act::Refused, number::TicketNumber};
use serde::{Deserialize, Serialize};

/// Why a counter calls nobody for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The clerk has a break (nghỉ giải lao).
    Break,
    /// The clerk deals with papers (xử lý hồ sơ).
    Papers,
    /// The clerk is in a meeting (họp).
    Meeting,
    /// A machine does not work (sự cố thiết bị).
    Trouble,
    /// Something else.
    Other,
}

impl PauseReason {
    /// All, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Break, Self::Papers, Self::Meeting, Self::Trouble, Self::Other];
}

/// Whether a counter calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "opening", rename_all = "snake_case")]
pub enum Opening {
    /// Calls.
    Open,
    /// Calls nobody for a while; whoever stands there is served to the end.
    Paused {
        /// Why.
        reason: PauseReason,
    },
    /// Nobody works there.
    #[default]
    Closed,
}

/// A counter at a moment: what the server reads before it lets the counter call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterState {
    /// Whether it calls.
    pub opening: Opening,
    /// The number called to it or served at it; at most one. Parked ones are elsewhere and do not count.
    pub at_hand: Option<TicketNumber>,
}

impl CounterState {
    /// Whether the counter may call the next number, or resume one that it parked.
    ///
    /// # Errors
    /// [`Refused::CounterNotOpen`]; [`Refused::CounterBusy`] while somebody is called to it or served at it.
    pub fn may_take(&self) -> Result<(), Refused> {
        if self.opening != Opening::Open {
            return Err(Refused::CounterNotOpen);
        }
        self.at_hand.map_or(Ok(()), |number| Err(Refused::CounterBusy { number }))
    }

    /// Whether the counter may open, pause or close. A counter closes when nobody stands before it; numbers that it
    /// parked can be transferred by any other.
    ///
    /// # Errors
    /// [`Refused::CounterBusy`] for closing while somebody is called to it or served at it.
    pub fn may_become(&self, opening: Opening) -> Result<(), Refused> {
        match (opening, self.at_hand) {
            (Opening::Closed, Some(number)) => Err(Refused::CounterBusy { number }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_takes_one_at_a_time_and_only_while_open() {
        let number: TicketNumber = "A001".parse().unwrap();
        let state = |opening, at_hand| CounterState { opening, at_hand };
        let paused = Opening::Paused { reason: PauseReason::Break };
        assert_eq!(state(Opening::Open, None).may_take(), Ok(()));
        assert_eq!(state(Opening::Open, Some(number)).may_take(), Err(Refused::CounterBusy { number }));
        assert_eq!(state(paused, None).may_take(), Err(Refused::CounterNotOpen));
        assert_eq!(CounterState::default().may_take(), Err(Refused::CounterNotOpen));
        let busy = state(Opening::Open, Some(number));
        assert_eq!(busy.may_become(Opening::Closed), Err(Refused::CounterBusy { number }));
        assert_eq!(busy.may_become(paused), Ok(()));
        assert_eq!(state(paused, None).may_become(Opening::Closed), Ok(()));
    }
}
