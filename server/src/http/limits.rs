//! How often one address may try to sign in.

use governor::{DefaultKeyedRateLimiter, Quota};
use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// The limits, by purpose.
#[derive(Debug)]
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    checks: AtomicU32,
}

impl Limits {
    /// Limits of so many tries a minute.
    #[must_use]
    pub fn new(sign_ins_per_minute: u32) -> Self {
        let per_minute = NonZeroU32::new(sign_ins_per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            sign_in: DefaultKeyedRateLimiter::keyed(Quota::per_minute(per_minute)),
            checks: AtomicU32::new(0),
        }
    }

    /// Whether this address may try to sign in now.
    #[must_use]
    pub fn may_sign_in(&self, address: IpAddr) -> bool {
        // Addresses that have been quiet are forgotten now and then.
        if self.checks.fetch_add(1, Ordering::Relaxed) % 1_024 == 1_023 {
            self.sign_in.retain_recent();
        }
        self.sign_in.check_key(&address).is_ok()
    }
}
