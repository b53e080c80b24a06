//! Some days of an archive, made on a thread of their own.

use super::{
    DemoError, DemoReport,
    life::{Life, Seat},
    schedule::{Days, moments},
    world::World,
};
use crate::store::{
    Db,
    actions::head,
    archive::{self, Fresh},
};
use domain::{
    case::{Case, State},
    code::CaseCode,
    time::Millis,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the database held when it was looked at.
#[derive(Debug)]
pub(super) struct Known {
    /// The last place of the log.
    pub(super) head: i64,
    serials: HashMap<String, i64>,
    /// Numbers of the archive's cases that are there.
    cases: HashSet<u32>,
}

impl Known {
    pub(super) async fn read(db: &Db, world: &World) -> Result<Self, DemoError> {
        let mut tx = db.snapshot().await?;
        let (from, to) = world.ids.span();
        let cases = archive::seen(&mut tx, from, to).await?;
        let cases = cases.into_iter().filter_map(|id| world.ids.number(id)).collect();
        Ok(Self { head: head(&mut tx).await?, serials: archive::serials(&mut tx).await?, cases })
    }

    fn last(&self, series: &str) -> i64 {
        self.serials.get(series).copied().unwrap_or(0)
    }
}

/// Cases ready to be written in one transaction.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) fresh: Fresh,
    pub(super) report: DemoReport,
    /// The last numbers of its series before it.
    before: BTreeMap<String, i64>,
    numbers: Vec<u32>,
}

impl Batch {
    pub(super) fn make(world: &World, known: &Known, days: &Days) -> Result<Self, DemoError> {
        let mut batch = Self::default();
        for (day, numbers) in days {
            let mut rng = world.ids.chances_of(&day.to_string());
            let calendar = &world.catalogue.calendar;
            let moments = moments(&mut rng, calendar, *day, numbers.len(), world.options.now);
            for (number, at) in numbers.clone().zip(moments) {
                if known.cases.contains(&number) {
                    batch.report.existing += 1;
                } else {
                    batch.one(world, known, number, at)?;
                }
            }
        }
        Ok(batch)
    }

    fn one(&mut self, world: &World, known: &Known, number: u32, at: Millis) -> Result<(), DemoError> {
        let mut rng = world.ids.chances(number);
        let agency = world.agencies.pick(&mut rng).ok_or(DemoError::NoStaff)?;
        let offer = agency.offers.pick(&mut rng).ok_or(DemoError::NoStaff)?;
        let day = at.local().date();
        let series = CaseCode::series(&agency.unit.code, day);
        let before = *self.before.entry(series.clone()).or_insert_with(|| known.last(&series));
        let last = self.fresh.serials.entry(series).or_insert(before);
        *last += 1;
        let code = CaseCode::new(&agency.unit.code, day, u32::try_from(*last).unwrap_or(u32::MAX));
        let seat = Seat { agency, offer, number, code, at };
        let case = Life::begin(world, &mut self.fresh, rng, seat)?.live()?;
        self.numbers.push(number);
        self.count(&case, world.options.now);
        Ok(())
    }

    fn count(&mut self, case: &Case, now: Millis) {
        let report = &mut self.report;
        report.cases += 1;
        report.actions += u64::from(case.version);
        match case.state {
            State::Returned => report.returned += 1,
            State::AwaitingSupplement => report.waiting += 1,
            State::Resolved => report.ready += 1,
            state if state.is_running() => {
                report.running += 1;
                report.late += u64::from(case.deadline.due < now);
            }
            _ => {}
        }
        if let (Some(_), Some(on_time)) = (&case.seal, case.was_on_time()) {
            report.resolved += 1;
            report.on_time += u64::from(on_time);
        }
    }

    /// Whether it may be written, `known` being looked at after it was begun.
    pub(super) fn fits(&self, known: &Known) -> bool {
        self.before.iter().all(|(series, last)| known.last(series) == *last)
            && !self.numbers.iter().any(|number| known.cases.contains(number))
    }
}
