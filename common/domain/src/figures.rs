//! Figures of monitoring: what one action adds to the day's count of a unit and field. Every
//! screen and report sums these, so that each figure is computed in one place.

use crate::case::{Action, ActionKind, Case};
use serde::{Deserialize, Serialize};

/// What happened in one unit and field on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Cases received.
    pub received: i64,
    /// Results that became ready by their due time.
    pub resolved_on_time: i64,
    /// Results that became ready late.
    pub resolved_late: i64,
    /// Results given back.
    pub returned: i64,
    /// Supplements asked for.
    pub supplements: i64,
    /// Fees taken, in đồng.
    pub fees: i64,
}

impl Figures {
    /// What `action` adds, `after` being the case that it made.
    #[must_use]
    pub fn of(action: &Action, after: &Case) -> Self {
        let mut figures = Self::default();
        match &action.kind {
            ActionKind::Received(_) => figures.received = 1,
            ActionKind::Sealed { .. } if after.was_on_time() == Some(false) => figures.resolved_late = 1,
            ActionKind::Sealed { .. } => figures.resolved_on_time = 1,
            ActionKind::Returned { .. } => figures.returned = 1,
            ActionKind::SupplementAsked { .. } => figures.supplements = 1,
            ActionKind::FeeTaken { payment } => figures.fees = payment.amount,
            _ => {}
        }
        figures
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    /// Resolved in all.
    #[must_use]
    pub fn resolved(&self) -> i64 {
        self.resolved_on_time + self.resolved_late
    }

    /// Share of results ready by their due time, in tenths of a percent; none where nothing
    /// was resolved.
    ///
    /// ```
    /// use domain::figures::Figures;
    /// let day = Figures { resolved_on_time: 978, resolved_late: 22, ..Figures::default() };
    /// assert_eq!(day.on_time_per_mille(), Some(978));
    /// ```
    #[must_use]
    pub fn on_time_per_mille(&self) -> Option<i64> {
        (self.resolved() > 0).then(|| self.resolved_on_time * 1_000 / self.resolved())
    }
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.received += other.received;
        self.resolved_on_time += other.resolved_on_time;
        self.resolved_late += other.resolved_late;
        self.returned += other.returned;
        self.supplements += other.supplements;
        self.fees += other.fees;
    }
}
