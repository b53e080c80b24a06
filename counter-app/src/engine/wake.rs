//! Noticing that the machine slept, that this program was stopped, or that somebody set the clock.

use super::{Shared, lock};
use crate::Event;
use client::SystemClock;
use domain::time::{Clock as _, Millis};
use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// How often the clocks are compared.
const LOOK: Duration = Duration::from_secs(2);
/// Later than this by a look, or apart by this: something happened.
const ODD: Duration = Duration::from_secs(8);

/// The two clocks of the machine at a moment: one that people and servers may set, one that only counts and on
/// some systems stands still while the machine sleeps.
#[derive(Clone, Copy)]
struct Clocks {
    wall: Millis,
    counted: Instant,
}

/// What happened between two looks.
#[derive(Debug, PartialEq, Eq)]
enum Between {
    /// Nothing.
    Usual,
    /// The program did not run for a while, or the wall clock was set back.
    Gap,
    /// The wall clock went on by so much more than was counted: the machine slept, or the clock was set forward.
    Slept(Duration),
}

impl Clocks {
    fn look() -> Self {
        Self { wall: SystemClock.now(), counted: Instant::now() }
    }

    fn since(self, before: Self) -> Between {
        between(self.wall.0 - before.wall.0, self.counted.saturating_duration_since(before.counted))
    }
}

/// `wall_ms`: by how much the wall clock went on.
fn between(wall_ms: i64, counted: Duration) -> Between {
    let apart = wall_ms - i64::try_from(counted.as_millis()).unwrap_or(i64::MAX);
    let (late, odd) = (counted > LOOK + ODD, Duration::from_millis(apart.unsigned_abs()) > ODD);
    match (odd, late) {
        (true, _) if apart > 0 => Between::Slept(Duration::from_millis(apart.unsigned_abs())),
        (true, _) | (false, true) => Between::Gap,
        (false, false) => Between::Usual,
    }
}

/// Compares the clocks for as long as the app runs; when something happened, everything that goes stale is begun anew.
pub(super) async fn watch(shared: Arc<Shared>) {
    let mut before = Clocks::look();
    loop {
        sleep(LOOK).await;
        let now = Clocks::look();
        let between = now.since(before);
        before = now;
        if between == Between::Usual {
            continue;
        }
        tracing::info!(?between, "the machine was away");
        if let Between::Slept(slept) = between {
            // Taken for sleep until the server says what time it is.
            shared.clock.skip(slept);
        }
        shared.clone().woke();
    }
}

impl Shared {
    /// Connections of before are dead without knowing it: the live stream is followed anew, the outbox tried at once.
    fn woke(self: Arc<Self>) {
        self.stale.store(true, Ordering::SeqCst);
        if lock(&self.live).is_some() {
            self.clone().follow();
        }
        self.wake.notify_one();
        self.printer.notify_one();
        self.events.send(Event::Woke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    #[test]
    fn a_busy_machine_is_nothing_odd() {
        assert_eq!(between(2_003, Duration::from_millis(2_001)), Between::Usual);
        assert_eq!(between(7_000, Duration::from_millis(6_900)), Between::Usual);
    }

    #[test]
    fn sleep_is_noticed_whether_or_not_it_is_counted() {
        assert_eq!(
            between(HOUR_MS, Duration::from_secs(2)),
            Between::Slept(Duration::from_millis(3_598_000))
        );
        assert_eq!(between(HOUR_MS, Duration::from_secs(3_600)), Between::Gap);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_take_time_away() {
        assert_eq!(between(-HOUR_MS, Duration::from_secs(2)), Between::Gap);
    }
}
