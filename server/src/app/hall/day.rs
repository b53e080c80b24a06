//! How a hall's day goes: waits, service times, and what citizens said.

use super::{super::App, halls};
use crate::{
    error::Error,
    store::{
        ratings::{self, Said},
        tickets,
    },
};
use api::HallDay;
use domain::{
    hall::{HallFigures, Ratings, ticket_day},
    roles::{Actor, Permission, allowed},
    time::Millis,
    unit::UnitCode,
};
use jiff::civil::Date;
use std::sync::Arc;

/// How old the figures of a day may be, in milliseconds.
const AGE: i64 = 5_000;

/// The figures of a hall's day.
#[derive(Debug)]
pub struct Day {
    version: i64,
    read_at: Millis,
    day: Date,
    pub(super) figures: HallFigures,
    said: Vec<Said>,
}

impl Day {
    pub(super) async fn read(app: &App, site: &UnitCode, version: i64) -> Result<Self, Error> {
        let now = app.now();
        let day = ticket_day(now);
        let mut tx = app.db.snapshot().await?;
        let stored = tickets::of_day(&mut tx, site, day).await?;
        let figures = HallFigures::of(stored.iter().map(|stored| &stored.ticket), now);
        Ok(Self { version, read_at: now, day, figures, said: ratings::of_day(&mut tx, site, day).await? })
    }

    pub(super) fn still_good(&self, version: i64, now: Millis) -> bool {
        let age = now.0 - self.read_at.0;
        self.day == ticket_day(now) && (self.version == version || (0..AGE).contains(&age))
    }

    /// What was said, at one counter or at all.
    pub(super) fn ratings(&self, counter: Option<u16>) -> Ratings {
        let mut ratings = Ratings::default();
        let said = self.said.iter().filter(|said| counter.is_none() || said.counter == counter);
        said.for_each(|said| ratings.add(said.level, &said.complaints));
        ratings
    }
}

/// A hall's day, for its head.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::NotFound`] where there is no hall.
pub async fn hall_day(app: &App, actor: &Actor, site: &UnitCode) -> Result<HallDay, Error> {
    allowed(actor, &Permission::SeeHall(site)).map_err(|denied| app.denied(denied))?;
    let day = day(app, site).await?;
    Ok(HallDay { day: day.day, figures: day.figures.clone(), ratings: day.ratings(None) })
}

/// The figures of a hall's day, as old as a few seconds at most.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub(super) async fn day(app: &App, site: &UnitCode) -> Result<Arc<Day>, Error> {
    let version = halls::look(app, site, |moment| moment.version).await?;
    let kept = app.halls.day(site);
    let mut kept = kept.lock().await;
    if let Some(day) = kept.as_ref()
        && day.still_good(version, app.now())
    {
        return Ok(Arc::clone(day));
    }
    let day = Arc::new(Day::read(app, site, version).await?);
    *kept = Some(Arc::clone(&day));
    Ok(day)
}
