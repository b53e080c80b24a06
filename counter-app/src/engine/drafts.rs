//! Unfinished forms, written down a moment after the last letter.

use super::{Shared, lock};
use domain::time::Clock as _;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How long letters are gathered.
const GATHER: Duration = Duration::from_millis(300);

/// Forms still to be written; none forgets a form.
#[derive(Default)]
pub(super) struct Drafts(Mutex<HashMap<String, Option<String>>>);

impl Shared {
    /// Keeps or forgets a form soon.
    pub(super) fn keep_draft(self: Arc<Self>, name: String, body: Option<String>) {
        let first = {
            let mut pending = lock(&self.drafts.0);
            let first = pending.is_empty();
            pending.insert(name, body);
            first
        };
        if first {
            tokio::spawn(async move {
                tokio::time::sleep(GATHER).await;
                self.write_drafts().await;
            });
        }
    }

    /// What is about to be sent need not be kept as a form any more.
    pub(super) fn forget_pending(&self, name: &str) {
        lock(&self.drafts.0).remove(name);
    }

    /// Writes everything gathered so far.
    pub(super) async fn write_drafts(&self) {
        let pending = std::mem::take(&mut *lock(&self.drafts.0));
        for (name, body) in pending {
            let written = match body {
                Some(body) => self.local.save_draft(&name, &body, self.clock.now()).await,
                None => self.local.drop_draft(&name).await,
            };
            if let Err(error) = written {
                self.broken(&error);
            }
        }
    }
}
