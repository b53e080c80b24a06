//! Instants and civil time. Stored and sent as UTC milliseconds; shown in Vietnam's time,
//! which is UTC+7 all year.

use jiff::{Timestamp, civil::DateTime, tz};
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Millis(pub i64);

/// Vietnam's offset from UTC.
const VIETNAM: tz::Offset = tz::Offset::constant(7);

impl Millis {
    /// The wall-clock time in Vietnam at this instant.
    ///
    /// Instants outside the years -9999 to 9999 show as the nearest representable time.
    ///
    /// ```
    /// use domain::time::Millis;
    /// assert_eq!(Millis(0).local().to_string(), "1970-01-01T07:00:00");
    /// ```
    #[must_use]
    pub fn local(self) -> DateTime {
        let bounds = (Timestamp::MIN.as_millisecond() + DAY, Timestamp::MAX.as_millisecond() - DAY);
        let clamped = self.0.clamp(bounds.0, bounds.1);
        Timestamp::from_millisecond(clamped).map_or(DateTime::ZERO, |instant| VIETNAM.to_datetime(instant))
    }

    /// The instant at which Vietnam's clocks show `local`.
    ///
    /// ```
    /// use domain::time::Millis;
    /// let noon = jiff::civil::date(2026, 11, 23).at(12, 0, 0, 0);
    /// assert_eq!(Millis::from_local(noon).local(), noon);
    /// ```
    #[must_use]
    pub fn from_local(local: DateTime) -> Self {
        VIETNAM.to_timestamp(local).map_or(Self(0), |instant| Self(instant.as_millisecond()))
    }

    /// This instant moved by `millis` (which may be negative).
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// A minute, an hour and a day in milliseconds.
pub const MINUTE: i64 = 60_000;
/// See [`MINUTE`].
pub const HOUR: i64 = 60 * MINUTE;
/// See [`MINUTE`].
pub const DAY: i64 = 24 * HOUR;

/// Tells the time. The server and the apps have the real one; tests turn a [`ManualClock`].
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Millis;
}

/// A clock that stands still until it is told.
#[derive(Debug, Default)]
pub struct ManualClock(std::sync::atomic::AtomicI64);

impl ManualClock {
    /// A clock standing at `at`.
    #[must_use]
    pub fn at(at: Millis) -> Self {
        Self(std::sync::atomic::AtomicI64::new(at.0))
    }

    /// Puts the clock to `at`, forwards or backwards.
    pub fn set(&self, at: Millis) {
        self.0.store(at.0, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}
