//! How often one address may try to sign in, or report for a machine.

use governor::{DefaultKeyedRateLimiter, Quota};
use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// Reports that one address may send in a minute: the machines of a large office behind one line, all starting at once.
const REPORTS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(240).unwrap();

/// The limits, by purpose.
#[derive(Debug)]
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    report: DefaultKeyedRateLimiter<IpAddr>,
    checks: AtomicU32,
}

impl Limits {
    /// Limits of so many tries a minute.
    #[must_use]
    pub fn new(sign_ins_per_minute: u32) -> Self {
        let per_minute = NonZeroU32::new(sign_ins_per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            sign_in: DefaultKeyedRateLimiter::keyed(Quota::per_minute(per_minute)),
            report: DefaultKeyedRateLimiter::keyed(Quota::per_minute(REPORTS_PER_MINUTE)),
            checks: AtomicU32::new(0),
        }
    }

    /// Whether this address may try to sign in now.
    #[must_use]
    pub fn may_sign_in(&self, address: IpAddr) -> bool {
        self.tidy_up();
        self.sign_in.check_key(&address).is_ok()
    }

    /// Whether this address may report for a machine now.
    #[must_use]
    pub fn may_report(&self, address: IpAddr) -> bool {
        self.tidy_up();
        self.report.check_key(&address).is_ok()
    }

    /// Addresses that have been quiet are forgotten now and then.
    fn tidy_up(&self) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % 1_024 == 1_023 {
            self.sign_in.retain_recent();
            self.report.retain_recent();
        }
    }
}
