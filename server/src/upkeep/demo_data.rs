//! Invented archives of any size, for trying out and measuring. Every case is made by the domain's own rules, turn by
//! turn, by the demo staff of its agency, so that deadlines, logs, hashes and figures are as true as real ones.
//!
//! A case's id follows from the seed and its number alone: the same command again adds nothing, one that was
//! interrupted goes on, and one that asks for more adds the rest.

mod batch;
mod error;
mod ids;
mod life;
mod people;
mod phrases;
mod schedule;
mod story;
mod world;

pub use error::DemoError;

use crate::{
    pack::Pack,
    store::{Db, actions, archive},
};
use batch::{Batch, Known};
use domain::time::Millis;
use schedule::{Days, Schedule};
use std::{collections::VecDeque, sync::Arc};
use tokio::task::JoinHandle;
use world::World;

/// About so many cases share a transaction.
const BATCH: u32 = 2_000;
/// The most cases of one archive, and the most years.
const MOST: (u32, u32) = (50_000_000, 30);

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoData {
    /// How many cases.
    pub cases: u32,
    /// Over how many years until `now`.
    pub years: u32,
    /// The same seed makes the same archive.
    pub seed: u64,
    /// Nothing happens after this.
    pub now: Millis,
}

/// What was made, and how it stands at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DemoReport {
    /// Cases that were added.
    pub cases: u64,
    /// Cases that were there already.
    pub existing: u64,
    /// Entries of the log that were added.
    pub actions: u64,
    /// Of the cases added: given back.
    pub returned: u64,
    /// Being worked on.
    pub running: u64,
    /// Of those, late.
    pub late: u64,
    /// Waiting for the citizen.
    pub waiting: u64,
    /// Ready to be given back.
    pub ready: u64,
    /// Resolved by their due time.
    pub on_time: u64,
    /// Resolved at all.
    pub resolved: u64,
}

impl DemoReport {
    /// What is told at the end.
    #[must_use]
    pub fn said(&self) -> String {
        let values = [
            ("cases", self.cases),
            ("existing", self.existing),
            ("actions", self.actions),
            ("returned", self.returned),
            ("running", self.running),
            ("late", self.late),
            ("waiting", self.waiting),
            ("ready", self.ready),
            ("share", (self.on_time * 100).checked_div(self.resolved).unwrap_or(100)),
        ]
        .map(|(name, value)| (name, value.to_string()));
        i18n::with("server.demo.made", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.existing += other.existing;
        self.actions += other.actions;
        self.returned += other.returned;
        self.running += other.running;
        self.late += other.late;
        self.waiting += other.waiting;
        self.ready += other.ready;
        self.on_time += other.on_time;
        self.resolved += other.resolved;
    }
}

/// Adds an invented archive to a database that holds `pack` and its demo staff. Others may work meanwhile.
///
/// # Errors
/// [`DemoError`]; what was written until then is whole, and the same command goes on from there.
pub async fn demo_data(db: &Db, pack: &Pack, options: DemoData) -> Result<DemoReport, DemoError> {
    if options.cases > MOST.0 || !(1..=MOST.1).contains(&options.years) {
        return Err(DemoError::Size { cases: MOST.0, years: MOST.1 });
    }
    let world = Arc::new(World::read(db, pack, options).await?);
    let schedule = Schedule::new(&world.catalogue.calendar, options);
    let mut known = Arc::new(Known::read(db, &world).await?);
    let mut head = known.head;
    let mut days = schedule.batches(BATCH);
    let at_once = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) + 1;
    let mut under_way = VecDeque::with_capacity(at_once);
    let mut report = DemoReport::default();
    loop {
        while under_way.len() < at_once
            && let Some(days) = days.next()
        {
            let making = start(&world, &known, days.clone());
            under_way.push_back((days, making));
        }
        let Some((days, making)) = under_way.pop_front() else {
            break;
        };
        let mut batch = making.await??;
        let written = loop {
            if !batch.fits(&known) {
                batch = start(&world, &known, days.clone()).await??;
            }
            if batch.report.cases == 0 {
                break batch.report;
            }
            let mut tx = db.begin_log().await?;
            if actions::head(&mut tx).await? == head {
                let written = batch.report;
                head = archive::put_fresh(&mut tx, batch.fresh).await?;
                tx.commit().await?;
                break written;
            }
            // Somebody else has written: numbers that were taken from their series may be given away.
            tx.rollback().await?;
            known = Arc::new(Known::read(db, &world).await?);
            head = known.head;
        };
        report.add(&written);
    }
    if report.cases > 0 {
        archive::settle(db).await?;
    }
    Ok(report)
}

fn start(world: &Arc<World>, known: &Arc<Known>, days: Days) -> JoinHandle<Result<Batch, DemoError>> {
    let (world, known) = (Arc::clone(world), Arc::clone(known));
    tokio::task::spawn_blocking(move || Batch::make(&world, &known, &days))
}

#[cfg(test)]
mod tests;
