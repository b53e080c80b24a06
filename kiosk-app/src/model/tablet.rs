//! The tablet at a counter: whoever is served there says how it was.

use super::{Opinion, THANKS_MS, Trouble};
use domain::{
    hall::TicketNumber,
    time::{MINUTE, Millis},
};

/// How long whoever was served may still say how it was, in milliseconds.
const LINGERS_MS: i64 = MINUTE;

/// The tablet of a counter.
#[derive(Clone, Debug, PartialEq)]
pub struct Tablet {
    /// The counter's number.
    pub counter: u16,
    /// Who is before it.
    pub guest: Option<Guest>,
}

/// Whoever is served at the tablet's counter, or was just now.
#[derive(Clone, Debug, PartialEq)]
pub struct Guest {
    /// Their number.
    pub number: TicketNumber,
    /// When the service ended, by the machine's clock; none while it goes on.
    pub ended: Option<Millis>,
    /// Which question is open.
    pub ask: u64,
    /// What they say.
    pub opinion: Opinion,
    /// Why that has not arrived.
    pub trouble: Option<Trouble>,
}

/// What the tablet shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase<'a> {
    /// Nobody is served, or they have said it.
    Rest,
    /// How was it?
    Ask(&'a Guest),
    /// Thanks.
    Thanks(&'a Guest),
}

impl Phase<'_> {
    /// Its name in the driver's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Ask(_) => "ask",
            Self::Thanks(_) => "thanks",
        }
    }
}

impl Tablet {
    /// A tablet at a counter.
    #[must_use]
    pub fn at(counter: u16) -> Self {
        Self { counter, guest: None }
    }

    /// What it shows at a time of the machine's clock.
    #[must_use]
    pub fn phase(&self, machine: Millis) -> Phase<'_> {
        match &self.guest {
            Some(guest) => match guest.opinion.thanked {
                None => Phase::Ask(guest),
                Some(since) if machine.0 - since.0 < THANKS_MS => Phase::Thanks(guest),
                Some(_) => Phase::Rest,
            },
            None => Phase::Rest,
        }
    }

    /// Whether its guest has gone.
    #[must_use]
    pub fn is_over(&self, machine: Millis) -> bool {
        let ended = self.guest.as_ref().and_then(|guest| guest.ended);
        ended.is_some_and(|ended| machine.0 - ended.0 >= LINGERS_MS)
    }

    /// In how many milliseconds it shows something else by itself.
    #[must_use]
    pub fn next_change_ms(&self, machine: Millis) -> Option<i64> {
        let guest = self.guest.as_ref()?;
        let gone = guest.ended.map(|ended| ended.0 + LINGERS_MS - machine.0);
        let thanked = guest.opinion.thanked.map(|since| since.0 + THANKS_MS - machine.0);
        gone.into_iter().chain(thanked).filter(|left| *left > 0).min()
    }
}
