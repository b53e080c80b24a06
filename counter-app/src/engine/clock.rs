//! The server's time on this machine, whatever happens to this machine's own clock.

use client::SystemClock;
use domain::time::{Clock, Millis};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The server's time: as the server said it, and counted on from there by a clock that nobody can set. Clones are
/// the same clock.
#[derive(Clone, Debug)]
pub(crate) struct ServerClock(Arc<Mutex<Said>>);

/// A time, and the instant at which it was true.
#[derive(Clone, Copy, Debug)]
struct Said {
    time: Millis,
    at: Instant,
}

impl Default for ServerClock {
    /// Before the server said anything, this machine's clock is all there is.
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Said { time: SystemClock.now(), at: Instant::now() })))
    }
}

impl ServerClock {
    /// The server says what time it is.
    pub(super) fn set(&self, server: Millis) {
        *self.said() = Said { time: server, at: Instant::now() };
    }

    /// Adds time during which nothing counted.
    pub(super) fn skip(&self, slept: Duration) {
        let mut said = self.said();
        said.time = said.time.plus(millis(slept));
    }

    fn said(&self) -> std::sync::MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ServerClock {
    fn now(&self) -> Millis {
        let said = *self.said();
        said.time.plus(millis(said.at.elapsed()))
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
