//! The real clock, and one for demonstrations that runs from another moment.

use domain::time::{Clock, Millis};
use std::sync::atomic::{AtomicI64, Ordering};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the server asks the machine for the time"
    )]
    fn now(&self) -> Millis {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Millis(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// A clock that runs as fast as the machine's but shows another time; for demonstrations only.
#[derive(Debug, Default)]
pub struct DemoClock(AtomicI64);

impl DemoClock {
    /// A clock that shows `at` now.
    #[must_use]
    pub fn starting(at: Millis) -> Self {
        let clock = Self::default();
        clock.set(at);
        clock
    }

    /// Makes it show `at` now.
    pub fn set(&self, at: Millis) {
        self.0.store(at.0 - SystemClock.now().0, Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Millis {
        SystemClock.now().plus(self.0.load(Ordering::SeqCst))
    }
}

/// Reads a local moment: `2026-11-23T08:42` or with seconds.
#[must_use]
pub fn parse_local(text: &str) -> Option<Millis> {
    let local: jiff::civil::DateTime = text.trim().parse().ok()?;
    (2000..2200).contains(&local.year()).then(|| Millis::from_local(local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_clock_shows_what_it_is_told() {
        let morning = parse_local("2026-11-23T08:42").unwrap();
        let clock = DemoClock::starting(morning);
        assert!(clock.now() >= morning && clock.now() < morning.plus(60_000));
        assert_eq!(parse_local("2026-13-01T00:00"), None);
    }
}
