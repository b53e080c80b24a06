//! How long a citizen will wait, as a range that is meant honestly.
//!
//! What is known are the latest service times at the counters that serve the ticket, how many stand before it, and how
//! many counters are open. The lower end takes quick services (the lower quartile) and the turn of priority that suits
//! the citizen; the upper end slow ones (the upper quartile), the turn that does not, and the whole of a very slow one
//! (nine in ten are quicker) that is going on now. Quartiles, so that one forgotten "finish" or one mistaken call moves
//! nothing. Citizens with priority who come later can still lengthen an ordinary wait.

use super::{choose::Ratio, class::Rank, times::quantile};
use crate::time::MINUTE;
use serde::{Deserialize, Serialize};

/// How many of the latest service times count.
pub const RECENT: usize = 50;

/// With fewer service times than these nothing is said.
pub const KNOWN_ENOUGH: usize = 5;

/// Who is called before a ticket, or may be. Of the ticket's own line count those with an earlier place; of the other
/// line all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// Waiting with priority.
    pub priority: u32,
    /// Waiting in the ordinary line.
    pub ordinary: u32,
}

/// An expected wait, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Hardly less than this.
    pub from: u32,
    /// Hardly more than this; never less than `from`.
    pub to: u32,
}

impl Ahead {
    /// How many are called before a ticket of this rank: at least, and at most, by where the counters' turns stand.
    fn calls(self, rank: Rank, ratio: Ratio) -> (u64, u64) {
        let (priority, ordinary) = (u64::from(self.priority), u64::from(self.ordinary));
        let ratio = u64::from(ratio.priority().max(1));
        match rank {
            Rank::Ordinary => {
                (ordinary + priority.min(ratio * ordinary), ordinary + priority.min(ratio * (ordinary + 1)))
            }
            Rank::Priority => {
                (priority + ordinary.min(priority / ratio), priority + ordinary.min(priority / ratio + 1))
            }
        }
    }
}

/// The wait of a ticket of `rank`, with `recent` service times in milliseconds, the latest last, taken at the
/// `counters` that serve it and are open. None while too little is known, or no counter is open.
///
/// ```
/// use domain::{hall::{Ahead, Rank, Ratio, Wait, expected_wait}, time::MINUTE};
/// let recent: Vec<i64> = [4, 5, 5, 6, 6, 6, 7, 8, 9, 45].map(|minutes| minutes * MINUTE).into();
/// let ahead = Ahead { priority: 0, ordinary: 5 };
/// let wait = expected_wait(&recent, ahead, Rank::Ordinary, Ratio::default(), 2);
/// assert_eq!(wait, Some(Wait { from: 12, to: 25 }));
/// assert_eq!(expected_wait(&recent[..4], ahead, Rank::Ordinary, Ratio::default(), 2), None);
/// ```
#[must_use]
pub fn expected_wait(recent: &[i64], ahead: Ahead, rank: Rank, ratio: Ratio, counters: u16) -> Option<Wait> {
    let mut known: Vec<i64> = recent.iter().rev().take(RECENT).map(|millis| (*millis).max(0)).collect();
    if known.len() < KNOWN_ENOUGH || counters == 0 {
        return None;
    }
    known.sort_unstable();
    let [quick, slow, very_slow] = [25, 75, 90].map(|percent| quantile(&known, percent).map(i128::from));
    let (quick, slow, very_slow) = (quick?, slow?, very_slow?);
    let (least, most) = ahead.calls(rank, ratio);
    let minute = i128::from(MINUTE) * i128::from(counters);
    let minutes = |millis: i128| u32::try_from(millis / minute).unwrap_or(u32::MAX);
    let (from, to) = (i128::from(least) * quick, i128::from(most) * slow + very_slow);
    Some(Wait { from: minutes(from), to: minutes(to + minute - 1) })
}

#[cfg(test)]
mod tests;
