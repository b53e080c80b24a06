//! A ticket (số thứ tự): one citizen's place in the line of a site, on one day.

use super::{class::Class, number::TicketNumber};
use crate::{
    code::CaseCode,
    ids::{StaffId, TicketId},
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a ticket stands. Always in exactly one of these, and at no more than one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// In the line of its service.
    Waiting,
    /// Called to a counter; the citizen is on the way.
    Called {
        /// Which.
        counter: u16,
    },
    /// At a counter.
    Serving {
        /// Which.
        counter: u16,
    },
    /// Set aside by a counter, to which the citizen comes back: a form to fill in, a fee to pay.
    Parked {
        /// Which.
        counter: u16,
    },
    /// Called often enough, and nobody came (vắng mặt).
    Missed,
    /// Served.
    Done,
    /// Given up by the citizen.
    Left,
    /// Still open when its day was over.
    Expired,
}

impl State {
    /// Its name on the wire and in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called { .. } => "called",
            Self::Serving { .. } => "serving",
            Self::Parked { .. } => "parked",
            Self::Missed => "missed",
            Self::Done => "done",
            Self::Left => "left",
            Self::Expired => "expired",
        }
    }

    /// The counter that it stands at, or that set it aside.
    #[must_use]
    pub fn counter(self) -> Option<u16> {
        match self {
            Self::Called { counter } | Self::Serving { counter } | Self::Parked { counter } => Some(counter),
            _ => None,
        }
    }

    /// The state that a row's name and counter say; none where the two do not go together.
    ///
    /// ```
    /// use domain::hall::State;
    /// assert_eq!(State::read("called", Some(3)), Some(State::Called { counter: 3 }));
    /// assert_eq!(State::read("called", None), None);
    /// assert_eq!(State::read("waiting", Some(3)), None);
    /// ```
    #[must_use]
    pub fn read(name: &str, counter: Option<u16>) -> Option<Self> {
        match (name, counter) {
            ("waiting", None) => Some(Self::Waiting),
            ("called", Some(counter)) => Some(Self::Called { counter }),
            ("serving", Some(counter)) => Some(Self::Serving { counter }),
            ("parked", Some(counter)) => Some(Self::Parked { counter }),
            ("missed", None) => Some(Self::Missed),
            ("done", None) => Some(Self::Done),
            ("left", None) => Some(Self::Left),
            ("expired", None) => Some(Self::Expired),
            _ => None,
        }
    }

    /// Whether nothing happens to it any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Left | Self::Expired)
    }

    /// Whether it occupies its counter: such a counter calls nobody else.
    #[must_use]
    pub fn is_at_counter(self) -> bool {
        matches!(self, Self::Called { .. } | Self::Serving { .. })
    }
}

/// What a citizen did for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stretch {
    /// Waited in a line, until called or gone elsewhere.
    Waited,
    /// Was called, and did not come.
    Unanswered,
    /// Was served.
    Served,
}

/// A while that is over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spell {
    /// Doing what.
    pub what: Stretch,
    /// For which service.
    pub service: ServiceCode,
    /// At which counter; for waiting, to which it was called, if it was.
    pub counter: Option<u16>,
    /// Since when.
    pub from: Millis,
    /// Until when; never before `from`.
    pub until: Millis,
}

impl Spell {
    /// How long, in milliseconds; never negative.
    #[must_use]
    pub fn millis(&self) -> i64 {
        between(self.from, self.until)
    }
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// The agency whose hall it is.
    pub site: UnitCode,
    /// The day on which it holds, in Vietnam.
    pub day: Date,
    /// Its number; a transfer does not change it.
    pub number: TicketNumber,
    /// The service that it waits for.
    pub service: ServiceCode,
    /// Ordinary, priority or appointment.
    pub class: Class,
    /// Its place in the line: the server counts up with every ticket of the site. It stays through transfers and
    /// absence, so whoever came first is called first.
    pub place: i64,
    /// When it was issued.
    pub issued_at: Millis,
    /// Where it stands.
    pub state: State,
    /// Since when it stands there.
    pub since: Millis,
    /// How often it was called since it last waited.
    pub calls: u16,
    /// When it was last called.
    pub called_at: Option<Millis>,
    /// When it was last taken up at a counter.
    pub serving_at: Option<Millis>,
    /// When it ended, however it did.
    pub finished_at: Option<Millis>,
    /// Who served it last.
    pub clerk: Option<StaffId>,
    /// The case that it is about: the receipt scanned to collect a result, or what was handed in.
    pub case: Option<CaseCode>,
    /// What is over, in order; see [`super::MAX_SPELLS`].
    pub spells: Vec<Spell>,
}

/// What the kiosk, an appointment or the front desk settles before a ticket exists.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// Its id, made by whoever asks for it.
    pub id: TicketId,
    /// The agency.
    pub site: UnitCode,
    /// The service.
    pub service: ServiceCode,
    /// The class.
    pub class: Class,
    /// The case, if a receipt was scanned.
    pub case: Option<CaseCode>,
}

impl Ticket {
    /// A ticket issued `at`: day, number and place are the server's, given in one transaction.
    #[must_use]
    pub fn issue(new: NewTicket, day: Date, number: TicketNumber, place: i64, at: Millis) -> Self {
        Self {
            id: new.id,
            site: new.site,
            day,
            number,
            service: new.service,
            class: new.class,
            place,
            issued_at: at,
            state: State::Waiting,
            since: at,
            calls: 0,
            called_at: None,
            serving_at: None,
            finished_at: None,
            clerk: None,
            case: new.case,
            spells: Vec::new(),
        }
    }

    /// How long the citizen has waited in all by `now`, in milliseconds: in every line, but not while called, served,
    /// set aside or absent.
    #[must_use]
    pub fn waited(&self, now: Millis) -> i64 {
        let still = if self.state == State::Waiting { between(self.since, now) } else { 0 };
        self.total(Stretch::Waited).saturating_add(still)
    }

    /// How long the citizen was served in all, in milliseconds; what still goes on does not count.
    #[must_use]
    pub fn served(&self) -> i64 {
        self.total(Stretch::Served)
    }

    fn total(&self, what: Stretch) -> i64 {
        let spells = self.spells.iter().filter(|spell| spell.what == what);
        spells.fold(0, |sum, spell| sum.saturating_add(spell.millis()))
    }

    /// The latest time that it knows of: nothing happens before, whatever a clock says.
    pub(super) fn latest(&self) -> Millis {
        self.since.max(self.called_at.unwrap_or(self.since))
    }
}

/// Milliseconds from one instant to another; nought when the second is earlier.
fn between(from: Millis, until: Millis) -> i64 {
    until.0.saturating_sub(from.0).max(0)
}
