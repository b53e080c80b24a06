//! Whether citizens were content (mức độ hài lòng). A rating names the ticket or case, the counter and the clerk, and
//! nobody who gave it: no name, no number, no words of their own, and of the time only the day.

use super::ticket::{State, Stretch, Ticket};
use crate::{
    case::{self, Case},
    code::CaseCode,
    ids::{StaffId, TicketId},
    unit::{FieldCode, UnitCode},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Rất hài lòng.
    VerySatisfied,
    /// Hài lòng.
    Satisfied,
    /// Chưa hài lòng.
    Unsatisfied,
}

impl Level {
    /// All, the best first.
    pub const ALL: [Self; 3] = [Self::VerySatisfied, Self::Satisfied, Self::Unsatisfied];
}

/// What a citizen was not content with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// Waited long (chờ lâu).
    Waiting,
    /// The guidance was not clear (hướng dẫn chưa rõ).
    Guidance,
    /// Papers were asked for that are not in the list (đòi thêm giấy tờ).
    ExtraPapers,
    /// The manner of the staff (thái độ).
    Attitude,
    /// The due time was not kept (trễ hẹn).
    Late,
}

impl Complaint {
    /// All, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Guidance, Self::ExtraPapers, Self::Attitude, Self::Late];
}

/// What was rated; each once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "rated", content = "what", rename_all = "snake_case")]
pub enum Rated {
    /// The service at the counter.
    Ticket(TicketId),
    /// The way of a case.
    Case(CaseCode),
}

/// A rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// What was rated: the key.
    pub about: Rated,
    /// The agency.
    pub site: UnitCode,
    /// The day on which it was given.
    pub day: Date,
    /// The counter, where one is known.
    pub counter: Option<u16>,
    /// The clerk who served, where one is known.
    pub clerk: Option<StaffId>,
    /// The case that the ticket was about, or that was rated.
    pub case: Option<CaseCode>,
    /// The field, where one is known.
    pub field: Option<FieldCode>,
    /// How content.
    pub level: Level,
    /// With what not.
    pub complaints: BTreeSet<Complaint>,
}

/// Why a rating is not taken.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotRated {
    /// The citizen was not served yet, or the case has no result.
    #[error("nothing to rate yet")]
    NothingYet,
    /// Each ticket and each case is rated once.
    #[error("rated already")]
    Already,
}

impl NotRated {
    /// A stable name, for programs and for the key of its words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingYet => "nothing_yet",
            Self::Already => "already",
        }
    }
}

/// The rating of a ticket, `already` saying whether there is one; `field` is that of the case that it led to.
///
/// # Errors
/// [`NotRated`].
pub fn rate_ticket(
    ticket: &Ticket,
    already: bool,
    field: Option<FieldCode>,
    level: Level,
    complaints: BTreeSet<Complaint>,
    day: Date,
) -> Result<Rating, NotRated> {
    let served = ticket.spells.iter().rev().find(|spell| spell.what == Stretch::Served);
    let counter = match ticket.state {
        State::Serving { counter } => Some(counter),
        _ => served.and_then(|spell| spell.counter),
    };
    once(already, counter.is_some())?;
    Ok(Rating {
        about: Rated::Ticket(ticket.id),
        site: ticket.site.clone(),
        day,
        counter,
        clerk: ticket.clerk,
        case: ticket.case.clone(),
        field,
        level,
        complaints,
    })
}

/// The rating of a case whose result is ready or was given back, `already` saying whether there is one.
///
/// # Errors
/// [`NotRated`].
pub fn rate_case(
    case: &Case,
    already: bool,
    level: Level,
    complaints: BTreeSet<Complaint>,
    day: Date,
) -> Result<Rating, NotRated> {
    once(already, matches!(case.state, case::State::Resolved | case::State::Returned))?;
    Ok(Rating {
        about: Rated::Case(case.code.clone()),
        site: case.agency.clone(),
        day,
        counter: case.counter,
        clerk: None,
        case: Some(case.code.clone()),
        field: Some(case.field().clone()),
        level,
        complaints,
    })
}

fn once(already: bool, served: bool) -> Result<(), NotRated> {
    match (already, served) {
        (true, _) => Err(NotRated::Already),
        (false, false) => Err(NotRated::NothingYet),
        (false, true) => Ok(()),
    }
}

/// Ratings counted: of a clerk, a counter, a field, a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    /// Very satisfied.
    pub very_satisfied: i64,
    /// Satisfied.
    pub satisfied: i64,
    /// Not satisfied.
    pub unsatisfied: i64,
    /// How often each complaint was made.
    pub complaints: BTreeMap<Complaint, i64>,
}

impl Ratings {
    /// Adds one.
    pub fn add(&mut self, level: Level, complaints: &BTreeSet<Complaint>) {
        match level {
            Level::VerySatisfied => self.very_satisfied += 1,
            Level::Satisfied => self.satisfied += 1,
            Level::Unsatisfied => self.unsatisfied += 1,
        }
        for complaint in complaints {
            *self.complaints.entry(*complaint).or_default() += 1;
        }
    }

    /// In all.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.very_satisfied + self.satisfied + self.unsatisfied
    }

    /// Share of the satisfied and very satisfied, in tenths of a percent; none where nobody rated.
    #[must_use]
    pub fn content_per_mille(&self) -> Option<i64> {
        (self.count() > 0).then(|| (self.very_satisfied + self.satisfied) * 1_000 / self.count())
    }
}

#[cfg(test)]
mod tests;
