//! Classes of tickets: who waits in the ordinary line, and who is called before it.

use crate::time::{MINUTE, Millis};
use serde::{Deserialize, Serialize};

/// Why a citizen is called before others (đối tượng ưu tiên). Sensitive: the hall hears that a number has priority,
/// never why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriorityReason {
    /// 80 years or older.
    #[serde(rename = "aged_80")]
    Aged80,
    /// 60 years or older; a habit of some offices.
    #[serde(rename = "aged_60")]
    Aged60,
    /// A severe or particularly severe disability (khuyết tật nặng, đặc biệt nặng).
    Disabled,
    /// Pregnant.
    Pregnant,
    /// Comes with a child under 36 months.
    Infant,
    /// A person with merit to the revolution (người có công với cách mạng).
    Merit,
    /// Came from far away; a habit of some offices.
    FarAway,
}

/// What a priority rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The law that speaks of these people, where one is known.
    pub law: Option<&'static str>,
    /// Whether that text was read and does give them precedence in an office's line.
    pub verified: bool,
}

impl PriorityReason {
    /// All, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Aged80,
        Self::Disabled,
        Self::Pregnant,
        Self::Infant,
        Self::Merit,
        Self::Aged60,
        Self::FarAway,
    ];

    /// Those that an office grants unless it says otherwise: all but the habits of some.
    pub const USUAL: [Self; 5] = [Self::Aged80, Self::Disabled, Self::Pregnant, Self::Infant, Self::Merit];

    /// Its name on the wire and in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Aged80 => "aged_80",
            Self::Aged60 => "aged_60",
            Self::Disabled => "disabled",
            Self::Pregnant => "pregnant",
            Self::Infant => "infant",
            Self::Merit => "merit",
            Self::FarAway => "far_away",
        }
    }

    /// What it rests on. None of it has been checked against the text of the law: an office's own rules decide.
    #[must_use]
    pub fn basis(self) -> Basis {
        let law = match self {
            Self::Aged80 | Self::Aged60 => Some("Luật Người cao tuổi 2009"),
            Self::Disabled => Some("Luật Người khuyết tật 2010"),
            Self::Merit => Some("Pháp lệnh Ưu đãi người có công với cách mạng 2020"),
            Self::Pregnant | Self::Infant | Self::FarAway => None,
        };
        Basis { law, verified: false }
    }
}

/// The class of a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "class", rename_all = "snake_case")]
pub enum Class {
    /// First come, first served.
    #[default]
    Ordinary,
    /// Called before the ordinary, within the ratio.
    Priority {
        /// Why.
        reason: PriorityReason,
    },
    /// Booked beforehand: priority from `from` on, ordinary before.
    Appointment {
        /// The time that was agreed.
        at: Millis,
        /// When it begins to count: the agreed time less the office's tolerance.
        from: Millis,
    },
}

/// In which of the two lines a ticket stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// The line of those with priority.
    Priority,
    /// The ordinary line.
    Ordinary,
}

impl Class {
    /// An appointment at `at` that counts from `tolerance` minutes before.
    #[must_use]
    pub fn appointment(at: Millis, tolerance: u16) -> Self {
        Self::Appointment { at, from: at.plus(-i64::from(tolerance) * MINUTE) }
    }

    /// The line in which it stands `now`.
    ///
    /// ```
    /// use domain::{hall::{Class, Rank}, time::{MINUTE, Millis}};
    /// let half_past_eight = Millis(1_795_000_000_000);
    /// let class = Class::appointment(half_past_eight, 5);
    /// assert_eq!(class.rank(half_past_eight.plus(-6 * MINUTE)), Rank::Ordinary);
    /// assert_eq!(class.rank(half_past_eight.plus(-5 * MINUTE)), Rank::Priority);
    /// ```
    #[must_use]
    pub fn rank(self, now: Millis) -> Rank {
        match self {
            Self::Priority { .. } => Rank::Priority,
            Self::Appointment { from, .. } if now >= from => Rank::Priority,
            Self::Ordinary | Self::Appointment { .. } => Rank::Ordinary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_wire() {
        for reason in PriorityReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
        assert!(PriorityReason::USUAL.iter().all(|reason| PriorityReason::ALL.contains(reason)));
    }

    #[test]
    fn times_at_the_end_of_the_world_do_not_overflow() {
        let class = Class::appointment(Millis(i64::MIN), u16::MAX);
        assert_eq!(class.rank(Millis(i64::MIN)), Rank::Priority);
    }
}
