//! Who looks at which hall, and what they see: each hall is read once after it has changed, however many look.

use super::{
    super::App,
    moment::{Day, Moment},
};
use crate::error::Error;
use domain::unit::UnitCode;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
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
    /// The latest moment, and the count from before it was read.
    kept: tokio::sync::Mutex<Option<(u64, Arc<Moment>)>>,
    day: tokio::sync::Mutex<Option<Arc<Day>>>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            bell: watch::Sender::new(0),
            kept: tokio::sync::Mutex::default(),
            day: tokio::sync::Mutex::default(),
        }
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
    /// A hall has changed.
    pub fn changed(&self, site: &UnitCode) {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(site) = sites.get(site) {
            site.bell.send_modify(|count| *count += 1);
        }
    }

    /// Every hall may have changed.
    pub fn all_changed(&self) {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.values().for_each(|site| site.bell.send_modify(|count| *count += 1));
    }

    /// Those of `versions` that are not what was seen here last have changed.
    pub async fn compare(&self, versions: Vec<(UnitCode, i64)>) {
        for (code, version) in versions {
            let site = self.sites.lock().unwrap_or_else(PoisonError::into_inner).get(&code).cloned();
            let Some(site) = site else { continue };
            let seen = site.kept.lock().await.as_ref().map(|(_, moment)| moment.version);
            if seen.is_some_and(|seen| seen != version) {
                site.bell.send_modify(|count| *count += 1);
            }
        }
    }

    /// Whether somebody has looked at any hall.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.sites.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
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

    fn site(&self, site: &UnitCode) -> Arc<Site> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sites.entry(site.clone()).or_default())
    }
}

/// A hall as it is now.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub async fn moment(app: &App, code: &UnitCode) -> Result<Arc<Moment>, Error> {
    let known = !app.catalogue().services(code).is_empty();
    known.then_some(()).ok_or(Error::NotFound)?;
    let site = app.halls.site(code);
    let mut kept = site.kept.lock().await;
    let count = *site.bell.borrow();
    if let Some((at, moment)) = kept.as_ref()
        && *at == count
        && moment.day == domain::hall::ticket_day(app.now())
    {
        return Ok(Arc::clone(moment));
    }
    let moment = Arc::new(Moment::read(app, code).await?);
    *kept = Some((count, Arc::clone(&moment)));
    Ok(moment)
}

/// The figures of a hall's day, as old as a few seconds at most.
///
/// # Errors
/// As [`moment`].
pub async fn day(app: &App, code: &UnitCode) -> Result<Arc<Day>, Error> {
    let version = moment(app, code).await?.version;
    let site = app.halls.site(code);
    let mut kept = site.day.lock().await;
    if let Some(day) = kept.as_ref()
        && day.still_good(version, app.now())
    {
        return Ok(Arc::clone(day));
    }
    let day = Arc::new(Day::read(app, code, version).await?);
    *kept = Some(Arc::clone(&day));
    Ok(day)
}
