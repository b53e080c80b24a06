//! Whether something that was kept is still true. Each key (a unit, the province) has a count that goes up with
//! every change; what is kept remembers the counts from before it was read.

use domain::unit::UnitCode;
use std::{
    hash::{BuildHasher as _, Hash, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

/// Keys share counts; a shared count costs a needless reading, never a stale answer.
const COUNTS: usize = 8_192;

/// The counts.
#[derive(Debug)]
pub struct Fresh {
    counts: Box<[AtomicU64]>,
    all: AtomicU64,
    hasher: RandomState,
}

/// What a count was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    slot: usize,
    count: u64,
    all: u64,
}

impl Default for Fresh {
    fn default() -> Self {
        let counts = (0..COUNTS).map(|_| AtomicU64::new(0)).collect();
        Self { counts, all: AtomicU64::new(0), hasher: RandomState::new() }
    }
}

impl Fresh {
    /// What a unit's count is now. Ask before reading.
    #[must_use]
    pub fn unit(&self, unit: &UnitCode) -> Seen {
        self.seen(("unit", unit))
    }

    /// What the count of the whole province is now. Ask before reading.
    #[must_use]
    pub fn province(&self) -> Seen {
        self.seen("province")
    }

    /// Whether nothing has changed since.
    #[must_use]
    pub fn holds(&self, seen: Seen) -> bool {
        let count = self.counts.get(seen.slot).map_or(u64::MAX, |count| count.load(Ordering::SeqCst));
        count == seen.count && self.all.load(Ordering::SeqCst) == seen.all
    }

    /// A case of these units has changed.
    pub fn changed(&self, units: [&UnitCode; 3]) {
        for unit in units {
            self.bump(("unit", unit));
        }
        self.bump("province");
    }

    /// Anything may have changed.
    pub fn everything(&self) {
        self.all.fetch_add(1, Ordering::SeqCst);
    }

    fn slot(&self, key: impl Hash) -> usize {
        usize::try_from(self.hasher.hash_one(key) % COUNTS as u64).unwrap_or(0)
    }

    fn seen(&self, key: impl Hash) -> Seen {
        let slot = self.slot(key);
        let count = self.counts.get(slot).map_or(0, |count| count.load(Ordering::SeqCst));
        Seen { slot, count, all: self.all.load(Ordering::SeqCst) }
    }

    fn bump(&self, key: impl Hash) {
        if let Some(count) = self.counts.get(self.slot(key)) {
            count.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_ends_what_was_seen_before() {
        let fresh = Fresh::default();
        let unit = UnitCode::from("H52.125");
        let seen = fresh.unit(&unit);
        assert!(fresh.holds(seen));
        fresh.changed([&unit, &unit, &unit]);
        assert!(!fresh.holds(seen) && fresh.holds(fresh.unit(&unit)));
        let province = fresh.province();
        fresh.everything();
        assert!(!fresh.holds(province));
    }
}
