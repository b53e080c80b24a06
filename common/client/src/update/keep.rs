//! A keeper at work: round after round, as long as the machine is on.

use super::Keeper;
use domain::{time::MINUTE, update::Standing};
use std::time::Duration;
use tokio::{sync::watch, time::Instant};

/// How often a new version is looked for.
const LOOK_EVERY: i64 = 30 * MINUTE;
/// How often it is looked whether a version just installed has come up.
const SETTLE_EVERY: i64 = MINUTE / 6;
/// How soon it is tried again for somebody who cannot wait.
const TRY_AGAIN: i64 = MINUTE / 2;
/// How often it is looked whether somebody cannot wait.
const ASKED_EVERY: Duration = Duration::from_secs(2);

/// Keeps until `stop` says so or is gone. A round that fails is tried again with the next look; what runs goes on
/// running meanwhile.
pub async fn keep(keeper: Keeper, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match keeper.round().await {
            Ok(Standing::Installed { .. }) => SETTLE_EVERY,
            Ok(_) => LOOK_EVERY + keeper.jitter(),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "looking for a new version led to nothing"
                );
                LOOK_EVERY + keeper.jitter()
            }
        };
        // What was asked for and could not be done waits a little; what is asked for now does not.
        let asked = keeper.talk.is_asked();
        let wait = if asked { wait.min(TRY_AGAIN) } else { wait };
        let until = Instant::now() + Duration::from_millis(wait.unsigned_abs());
        while Instant::now() < until && (asked || !keeper.talk.is_asked()) {
            tokio::select! {
                () = tokio::time::sleep(ASKED_EVERY) => {}
                told = stop.changed() => if told.is_err() || *stop.borrow() { return },
            }
        }
    }
}

impl Keeper {
    /// Up to five minutes more, another amount for each machine: not all of a province ask at the same moment.
    fn jitter(&self) -> i64 {
        let [.., low] = self.machine.0.as_bytes();
        i64::from(*low) * 5 * MINUTE / 256
    }
}
