//! Who is called next.
//!
//! First come, first served, in each of two lines: those with priority, and the ordinary. Where both wait, a counter
//! calls so many with priority as the ratio says, then one of the ordinary. So an ordinary ticket that has `k` ordinary
//! ones before it is called by the `(k + 1) · (ratio + 1)`-th call at the latest of any counter that serves it,
//! however many with priority come; and one with priority that has `k` before it, by the `2 · (k + 1)`-th.

use super::class::{Class, Rank};
use crate::{ids::TicketId, time::Millis};
use serde::{Deserialize, Serialize};

/// How many with priority are called before one of the ordinary, where both wait: 1 to 9, usually 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Ratio(u8);

/// A ratio that would starve one of the lines.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the ratio of priority to ordinary is 1 to 9")]
pub struct BadRatio;

impl Ratio {
    /// So many with priority to one of the ordinary.
    ///
    /// # Errors
    /// [`BadRatio`] unless it is 1 to 9.
    pub fn new(priority: u8) -> Result<Self, BadRatio> {
        (1..=9).contains(&priority).then_some(Self(priority)).ok_or(BadRatio)
    }

    /// How many with priority to one of the ordinary.
    #[must_use]
    pub fn priority(self) -> u8 {
        self.0
    }
}

impl Default for Ratio {
    /// 2 to 1.
    fn default() -> Self {
        Self(2)
    }
}

impl TryFrom<u8> for Ratio {
    type Error = BadRatio;
    fn try_from(priority: u8) -> Result<Self, BadRatio> {
        Self::new(priority)
    }
}

impl From<Ratio> for u8 {
    fn from(ratio: Ratio) -> Self {
        ratio.0
    }
}

/// A ticket that stands first in a line.
///
/// The server reads, of each service that the counter serves, the waiting ticket with the least place: of the ordinary,
/// of those with priority, of the appointments whose time has come, and of those whose time has not. (One early
/// appointment must not hide another that is due.) More heads than these do no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which.
    pub ticket: TicketId,
    /// Its place in the site's line.
    pub place: i64,
    /// Its class.
    pub class: Class,
    /// The ratio of its service.
    pub ratio: Ratio,
}

/// A counter's memory: how many with priority it has called in a row. New every day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Streak(pub i16);

impl Streak {
    /// The memory after a ticket of this class was called `now`.
    #[must_use]
    pub fn after(self, class: Class, now: Millis) -> Self {
        match class.rank(now) {
            Rank::Priority => Self(self.0.saturating_add(1)),
            Rank::Ordinary => Self(0),
        }
    }
}

/// The ticket that a counter calls next; none when nobody waits. Looks at every head once.
///
/// Where services have different ratios, that of the first ticket with priority counts.
///
/// ```
/// use domain::{hall::{Class, Head, PriorityReason, Ratio, Streak, choose}, ids::TicketId, time::Millis};
/// let head = |place, class| Head { ticket: TicketId::new(), place, class, ratio: Ratio::default() };
/// let first = head(1, Class::Ordinary);
/// let aged = head(9, Class::Priority { reason: PriorityReason::Aged80 });
/// let now = Millis(0);
/// assert_eq!(choose(&[first, aged], Streak(0), now), Some(aged.ticket));
/// assert_eq!(choose(&[first, aged], Streak(2), now), Some(first.ticket));
/// assert_eq!(choose(&[aged], Streak(2), now), Some(aged.ticket));
/// assert_eq!(choose(&[], Streak(0), now), None);
/// ```
#[must_use]
pub fn choose(heads: &[Head], streak: Streak, now: Millis) -> Option<TicketId> {
    let first = |rank| {
        let line = heads.iter().filter(|head| head.class.rank(now) == rank);
        line.min_by_key(|head| (head.place, head.ticket))
    };
    let next = match (first(Rank::Priority), first(Rank::Ordinary)) {
        (Some(priority), Some(ordinary)) => {
            if streak.0 < i16::from(priority.ratio.0) {
                priority
            } else {
                ordinary
            }
        }
        (priority, ordinary) => priority.or(ordinary)?,
    };
    Some(next.ticket)
}

#[cfg(test)]
mod tests;
