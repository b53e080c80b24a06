//! The province in figures: what is open now, today, the last thirty days; each unit with everything below it.

use super::{App, catalogue::Catalogue, pages::ProvinceEntry};
use crate::{
    error::Error,
    store::{
        actions,
        figures::{self, OpenCount, UnitFigures},
    },
};
use api::{DayLine, Line, LiveEvent, OpenCases, Province};
use domain::{
    figures::Figures,
    time::{DAY, Millis},
    unit::{FieldCode, UnitCode},
};
use std::{collections::BTreeMap, sync::Arc};

/// Days of "the month".
const MONTH: i64 = 30;
/// Days of the curve.
const CURVE: i64 = 14;
/// Events that a page begins with.
const STREAM: i64 = 20;
/// An answer is never older than this, even when nothing happened: due times pass by themselves.
const MAX_AGE: i64 = 1_000;

/// The province now, kept until something happens, at most a second.
///
/// # Errors
/// [`Error`].
pub async fn province(app: &App) -> Result<ProvinceEntry, Error> {
    // One computes; the others wait for it and take what it found.
    let mut kept = app.pages.province.lock().await;
    let now = app.now();
    if let Some(entry) = kept.as_ref()
        && app.fresh.holds(entry.seen)
        && (0..MAX_AGE).contains(&(now.0 - entry.value.at.0))
    {
        return Ok(entry.clone());
    }
    let seen = app.fresh.province();
    let value = read(app, now).await?;
    let body = serde_json::to_vec(&value).map_err(|_| Error::Internal("the province is no JSON"))?;
    let entry = ProvinceEntry { body: body.into(), value: Arc::new(value), seen };
    *kept = Some(entry.clone());
    Ok(entry)
}

#[derive(Clone, Copy, Default)]
struct Sums {
    open: OpenCases,
    today: Figures,
    month: Figures,
}

impl Sums {
    fn line(self, code: String, name: String) -> Line {
        Line { code, name, open: self.open, today: self.today, month: self.month }
    }

    fn add_open(&mut self, count: &OpenCount) {
        self.open.on_time += count.on_time;
        self.open.soon += count.soon;
        self.open.late += count.late;
        self.open.waiting += count.waiting;
        self.open.ready += count.ready;
    }
}

async fn read(app: &App, now: Millis) -> Result<Province, Error> {
    let catalogue = app.catalogue();
    let day = |back: i64| now.plus(-back * DAY).local().date();
    let today = day(0);
    let mut tx = app.db.snapshot().await?;
    let open = figures::open(&mut tx, now, catalogue.soon_until(now)).await?;
    let month = figures::by_unit(&mut tx, day(MONTH - 1), today).await?;
    let of_today = figures::by_unit(&mut tx, today, today).await?;
    let curve: BTreeMap<String, Figures> =
        figures::by_day(&mut tx, day(CURVE - 1), today).await?.into_iter().collect();
    let last = actions::last(&mut tx, STREAM).await?;
    drop(tx);
    let mut book = Book::new(&catalogue);
    open.iter().for_each(|count| book.add(&count.agency, &count.field, |sums| sums.add_open(count)));
    let each = |rows: &[UnitFigures], book: &mut Book<'_>, add: fn(&mut Sums, Figures)| {
        rows.iter().for_each(|row| book.add(&row.agency, &row.field, |sums| add(sums, row.figures)));
    };
    each(&month, &mut book, |sums, figures| sums.month += figures);
    each(&of_today, &mut book, |sums, figures| sums.today += figures);
    let days = (0..CURVE).rev().map(|back| {
        let day = day(back).to_string();
        DayLine { figures: curve.get(&day).copied().unwrap_or_default(), day }
    });
    let (code, name) = catalogue
        .province()
        .map_or_else(Default::default, |unit| (unit.code.to_string(), unit.short_name.clone()));
    Ok(Province {
        total: book.total.line(code, name.clone()),
        name,
        at: now,
        units: book.units(),
        fields: book.fields(),
        days: days.collect(),
        stream: last.iter().map(|written| event(&catalogue, written)).collect(),
    })
}

/// What was written to the log, as an event without personal data.
pub(super) fn event(catalogue: &Catalogue, written: &crate::store::cases::Written) -> LiveEvent {
    LiveEvent {
        pos: written.pos,
        at: written.at,
        case: written.case,
        agency: written.agency.clone(),
        agency_name: catalogue.short_name_of(&written.agency),
        holder: written.holder.clone(),
        kind: written.kind.clone(),
        procedure: written.procedure.clone(),
        field: written.field.clone(),
    }
}

struct Book<'a> {
    catalogue: &'a Catalogue,
    total: Sums,
    units: BTreeMap<UnitCode, (String, Sums)>,
    fields: BTreeMap<FieldCode, Sums>,
}

impl<'a> Book<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        let direct = catalogue.direct_agencies();
        let units = direct.map(|unit| (unit.code.clone(), (unit.short_name.clone(), Sums::default())));
        Self { catalogue, total: Sums::default(), units: units.collect(), fields: BTreeMap::new() }
    }

    fn add(&mut self, agency: &UnitCode, field: &FieldCode, add: impl Fn(&mut Sums)) {
        add(&mut self.total);
        add(self.fields.entry(field.clone()).or_default());
        let direct = self.catalogue.direct_agency_of(agency).map(|unit| &unit.code);
        if let Some((_, sums)) = direct.and_then(|code| self.units.get_mut(code)) {
            add(sums);
        }
    }

    /// Worst first: most late, then the larger share of late results, then the busiest.
    fn units(&self) -> Vec<Line> {
        let line =
            |(code, (name, sums)): (&UnitCode, &(String, Sums))| sums.line(code.to_string(), name.clone());
        let mut lines: Vec<Line> = self.units.iter().map(line).collect();
        lines.sort_by(|a, b| {
            let key = |line: &Line| {
                let on_time = line.month.on_time_per_mille().unwrap_or(1_000);
                (-line.open.late, on_time, -line.open.running(), -line.month.received)
            };
            key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
        });
        lines
    }

    /// Fields with late cases, most first.
    fn fields(&self) -> Vec<Line> {
        let late = self.fields.iter().filter(|(_, sums)| sums.open.late > 0);
        let mut lines: Vec<Line> =
            late.map(|(code, sums)| sums.line(code.to_string(), self.catalogue.field_name(code))).collect();
        lines.sort_by(|a, b| b.open.late.cmp(&a.open.late).then_with(|| a.code.cmp(&b.code)));
        lines
    }
}
