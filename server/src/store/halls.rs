//! What counts up in a hall, and whether its counters call.

use super::{StoreError, Tx, db::on, dialect};
use domain::{
    hall::{Opening, Streak},
    unit::UnitCode,
};
use jiff::civil::Date;

const COUNTS: &str = "SELECT version, place, calls FROM halls WHERE site = $1";
const PUT_COUNTS: &str = "INSERT INTO halls (site, version, place, calls) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (site) DO UPDATE SET version = excluded.version, place = excluded.place, calls = excluded.calls";
const VERSIONS: &str = "SELECT site, version FROM halls";
const COUNTERS: &str =
    "SELECT number, opening, streak FROM hall_counters WHERE site = $1 AND day = $2 ORDER BY number";
const COUNTER: &str =
    "SELECT number, opening, streak FROM hall_counters WHERE site = $1 AND day = $2 AND number = $3";
const PUT_COUNTER: &str = "INSERT INTO hall_counters (site, number, day, opening, streak) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (site, number) DO UPDATE SET day = excluded.day, opening = excluded.opening, \
    streak = excluded.streak";

pub(super) const SQL: &[(&str, &str)] = &[
    ("halls.counts", COUNTS),
    ("halls.put_counts", PUT_COUNTS),
    ("halls.versions", VERSIONS),
    ("halls.counters", COUNTERS),
    ("halls.counter", COUNTER),
    ("halls.put_counter", PUT_COUNTER),
];

/// What counts up in a hall, for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Its changes.
    pub version: i64,
    /// The places given in its line.
    pub place: i64,
    /// Its calls.
    pub calls: i64,
}

/// A counter, as stored for a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CounterRow {
    /// Its number.
    pub number: u16,
    /// Whether it calls.
    pub opening: Opening,
    /// How many with priority it has called in a row.
    pub streak: Streak,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i32,
    opening: String,
    streak: Streak,
}

impl Row {
    fn read(self) -> Result<CounterRow, StoreError> {
        let broken = |why: &dyn std::fmt::Display| StoreError::broken("hall_counters", self.number, why);
        Ok(CounterRow {
            number: u16::try_from(self.number).map_err(|error| broken(&error))?,
            opening: serde_json::from_str(&self.opening).map_err(|error| broken(&error))?,
            streak: self.streak,
        })
    }
}

/// What has counted up in a hall.
///
/// # Errors
/// [`StoreError`].
pub async fn counts(tx: &mut Tx, site: &UnitCode) -> Result<Counts, StoreError> {
    let counts = on!(tx, |c| sqlx::query_as(COUNTS).bind(site).fetch_optional(c).await)?;
    Ok(counts.unwrap_or_default())
}

/// Writes what has counted up, and tells other processes.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn put_counts(tx: &mut Tx, site: &UnitCode, counts: Counts) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| {
        let query = sqlx::query(PUT_COUNTS).bind(site).bind(counts.version);
        query.bind(counts.place).bind(counts.calls).execute(c).await.map(drop)
    })?;
    dialect::notify_hall(tx, site).await
}

/// The version of every hall that ever changed.
///
/// # Errors
/// [`StoreError`].
pub async fn versions(tx: &mut Tx) -> Result<Vec<(UnitCode, i64)>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(VERSIONS).fetch_all(c).await?))
}

/// The counters that were touched on a day; all others are closed.
///
/// # Errors
/// [`StoreError`].
pub async fn counters(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<Vec<CounterRow>, StoreError> {
    let day = day.to_string();
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(COUNTERS).bind(site).bind(&day).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// A counter as it is on a day.
///
/// # Errors
/// [`StoreError`].
pub async fn counter(tx: &mut Tx, site: &UnitCode, day: Date, number: u16) -> Result<CounterRow, StoreError> {
    let day = day.to_string();
    let row: Option<Row> = on!(tx, |c| {
        let query = sqlx::query_as(COUNTER).bind(site).bind(&day).bind(i32::from(number));
        query.fetch_optional(c).await
    })?;
    row.map_or(Ok(CounterRow { number, ..CounterRow::default() }), Row::read)
}

/// Writes a counter.
///
/// # Errors
/// [`StoreError`].
pub async fn put_counter(tx: &mut Tx, site: &UnitCode, day: Date, row: CounterRow) -> Result<(), StoreError> {
    tx.will_write();
    let (day, opening) = (day.to_string(), serde_json::to_string(&row.opening)?);
    on!(tx, |c| {
        let query = sqlx::query(PUT_COUNTER).bind(site).bind(i32::from(row.number)).bind(&day);
        query.bind(&opening).bind(row.streak).execute(c).await.map(drop)
    })?;
    Ok(())
}
