//! Who looks at which hall, and what they see: each hall is read once after it has changed, however many look.

use super::{super::App, day::Day, moment::Moment};
use crate::{error::Error, store::queue::HallNews};
use domain::{hall::ticket_day, unit::UnitCode};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// The halls that somebody has looked at.
#[derive(Debug)]
pub struct Halls {
    sites: Mutex<HashMap<UnitCode, Arc<Site>>>,
    over: watch::Sender<bool>,
}

/// A hall that somebody looks at.
#[derive(Debug)]
struct Site {
    /// Counts up when the hall has changed.
    bell: watch::Sender<u64>,
    /// The hall as it is; none while it has to be read anew.
    kept: tokio::sync::Mutex<Option<Moment>>,
    day: KeptDay,
}

type KeptDay = Arc<tokio::sync::Mutex<Option<Arc<Day>>>>;

impl Site {
    fn ring(&self) {
        self.bell.send_modify(|count| *count += 1);
    }
}

impl Default for Site {
    fn default() -> Self {
        Self { bell: watch::Sender::new(0), kept: tokio::sync::Mutex::default(), day: KeptDay::default() }
    }
}

/// Somebody who is told when a hall changes.
#[derive(Debug)]
pub struct Watching {
    bell: watch::Receiver<u64>,
    over: watch::Receiver<bool>,
}

impl Watching {
    /// Waits until the hall has changed; false when there will be no more.
    pub async fn changed(&mut self) -> bool {
        if *self.over.borrow() {
            return false;
        }
        tokio::select! {
            changed = self.bell.changed() => changed.is_ok(),
            _ = self.over.changed() => false,
        }
    }
}

impl Default for Halls {
    fn default() -> Self {
        Self { sites: Mutex::default(), over: watch::Sender::new(false) }
    }
}

impl Halls {
    /// A hall has changed: whoever looks at it from now on sees what was written.
    pub async fn changed(&self, news: &HallNews) {
        let Some(site) = self.known(&news.site) else { return };
        let mut kept = site.kept.lock().await;
        if let Some(moment) = kept.as_mut()
            && !moment.follow(news)
        {
            *kept = None;
        }
        drop(kept);
        site.ring();
    }

    /// Every hall may have changed.
    pub async fn all_changed(&self) {
        let sites: Vec<Arc<Site>> = self.lock().values().cloned().collect();
        for site in sites {
            *site.kept.lock().await = None;
            site.ring();
        }
    }

    /// Those of `versions` that are not what is seen here have been changed by other processes.
    pub async fn compare(&self, versions: Vec<(UnitCode, i64)>) {
        for (code, version) in versions {
            let Some(site) = self.known(&code) else { continue };
            let mut kept = site.kept.lock().await;
            if kept.take_if(|moment| moment.version < version).is_some() {
                drop(kept);
                site.ring();
            }
        }
    }

    /// Whether somebody has looked at any hall.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Watches a hall from now on.
    #[must_use]
    pub fn watch(&self, site: &UnitCode) -> Watching {
        Watching { bell: self.site(site).bell.subscribe(), over: self.over.subscribe() }
    }

    /// Ends all watching.
    pub fn close(&self) {
        self.over.send_replace(true);
    }

    /// Where the figures of a hall's day are kept.
    pub(super) fn day(&self, site: &UnitCode) -> KeptDay {
        Arc::clone(&self.site(site).day)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UnitCode, Arc<Site>>> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, site: &UnitCode) -> Option<Arc<Site>> {
        self.lock().get(site).cloned()
    }

    fn site(&self, site: &UnitCode) -> Arc<Site> {
        Arc::clone(self.lock().entry(site.clone()).or_default())
    }
}

/// Looks at a hall as it is now.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub(super) async fn look<T>(app: &App, code: &UnitCode, eye: impl FnOnce(&Moment) -> T) -> Result<T, Error> {
    let known = !app.catalogue().services(code).is_empty();
    known.then_some(()).ok_or(Error::NotFound)?;
    let site = app.halls.site(code);
    let mut kept = site.kept.lock().await;
    let today = ticket_day(app.now());
    let moment = match kept.take() {
        Some(moment) if moment.day == today => moment,
        _ => Moment::read(app, code).await?,
    };
    let seen = eye(&moment);
    *kept = Some(moment);
    Ok(seen)
}
