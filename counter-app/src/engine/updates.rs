//! Keeping up to date: the window hears how this machine stands, the keeper hears when somebody cannot wait.

use super::Shared;
use crate::{Event, Setup, update::running};
use client::{SystemClock, update::Talk};
use domain::time::Clock as _;
use std::sync::Arc;

/// Tells the window how the machine stands, as long as it is open.
pub(super) async fn watch(shared: Arc<Shared>, talk: Talk) {
    talk.watch(|standing| shared.events.send(Event::Update(standing))).await;
}

/// The folder in which app and keeper talk; none where it cannot be made: then nobody keeps this machine up to date.
pub(super) fn talk(setup: &Setup) -> Option<Talk> {
    let talk = Talk::in_folder(setup.talk.clone()).ok()?;
    if let Some(version) = running()
        && let Err(error) = talk.say_started(version, SystemClock.now())
    {
        tracing::warn!(%error, "the keeper does not hear that this version has started");
    }
    Some(talk)
}

impl Shared {
    pub(super) fn ask_update(&self) {
        let asked = self.talk.as_ref().map(Talk::ask);
        if let Some(Err(error)) = asked {
            self.events.send(Event::Broken(error.to_string()));
        }
    }

    /// By the machine's own clock, which is the keeper's too.
    pub(super) fn came_up(&self) {
        if let (Some(talk), Some(version)) = (&self.talk, running())
            && let Err(error) = talk.say_up(version, SystemClock.now())
        {
            tracing::warn!(%error, "the keeper does not hear that this version has come up");
        }
    }
}
