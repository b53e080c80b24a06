//! Figures: each day's sums by agency and field, and what is open now.

use super::{StoreError, Tx, db::on};
use domain::{
    figures::Figures,
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use jiff::civil::Date;

const ADD: &str = "INSERT INTO day_figures (agency, field, day, received, resolved_on_time, resolved_late, returned, \
    supplements, fees) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (agency, field, day) DO UPDATE SET \
    received = day_figures.received + excluded.received, \
    resolved_on_time = day_figures.resolved_on_time + excluded.resolved_on_time, \
    resolved_late = day_figures.resolved_late + excluded.resolved_late, \
    returned = day_figures.returned + excluded.returned, \
    supplements = day_figures.supplements + excluded.supplements, fees = day_figures.fees + excluded.fees";
const BY_UNIT: &str = "SELECT agency, field, CAST(SUM(received) AS BIGINT) AS received, \
    CAST(SUM(resolved_on_time) AS BIGINT) AS resolved_on_time, CAST(SUM(resolved_late) AS BIGINT) AS resolved_late, \
    CAST(SUM(returned) AS BIGINT) AS returned, CAST(SUM(supplements) AS BIGINT) AS supplements, \
    CAST(SUM(fees) AS BIGINT) AS fees FROM day_figures WHERE day >= $1 AND day <= $2 GROUP BY agency, field";
const BY_DAY: &str = "SELECT day, CAST(SUM(received) AS BIGINT) AS received, \
    CAST(SUM(resolved_on_time) AS BIGINT) AS resolved_on_time, CAST(SUM(resolved_late) AS BIGINT) AS resolved_late, \
    CAST(SUM(returned) AS BIGINT) AS returned, CAST(SUM(supplements) AS BIGINT) AS supplements, \
    CAST(SUM(fees) AS BIGINT) AS fees FROM day_figures WHERE day >= $1 AND day <= $2 GROUP BY day ORDER BY day";
const OPEN: &str = "SELECT agency, field, \
    CAST(SUM(CASE WHEN state IN (2, 4) AND due_at > $2 THEN 1 ELSE 0 END) AS BIGINT) AS on_time, \
    CAST(SUM(CASE WHEN state IN (2, 4) AND due_at >= $1 AND due_at <= $2 THEN 1 ELSE 0 END) AS BIGINT) AS soon, \
    CAST(SUM(CASE WHEN state IN (2, 4) AND due_at < $1 THEN 1 ELSE 0 END) AS BIGINT) AS late, \
    CAST(SUM(CASE WHEN state = 5 THEN 1 ELSE 0 END) AS BIGINT) AS waiting, \
    CAST(SUM(CASE WHEN state = 9 THEN 1 ELSE 0 END) AS BIGINT) AS ready \
    FROM cases WHERE state IN (1, 2, 4, 5, 6, 8, 9) GROUP BY agency, field";

pub(super) const SQL: &[(&str, &str)] =
    &[("figures.add", ADD), ("figures.by_unit", BY_UNIT), ("figures.by_day", BY_DAY), ("figures.open", OPEN)];

/// Sums of a unit and field.
#[derive(Clone, Debug)]
pub struct UnitFigures {
    /// The receiving agency.
    pub agency: UnitCode,
    /// The field.
    pub field: FieldCode,
    /// The sums.
    pub figures: Figures,
}

/// Open cases of a unit and field.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenCount {
    /// The receiving agency.
    pub agency: UnitCode,
    /// The field.
    pub field: FieldCode,
    /// Running, not due soon.
    pub on_time: i64,
    /// Running, due soon.
    pub soon: i64,
    /// Running, late.
    pub late: i64,
    /// Waiting for the citizen.
    pub waiting: i64,
    /// Ready to be given back.
    pub ready: i64,
}

#[derive(sqlx::FromRow)]
struct SumRow {
    received: i64,
    resolved_on_time: i64,
    resolved_late: i64,
    returned: i64,
    supplements: i64,
    fees: i64,
}

#[derive(sqlx::FromRow)]
struct UnitRow {
    agency: UnitCode,
    field: FieldCode,
    #[sqlx(flatten)]
    sums: SumRow,
}

#[derive(sqlx::FromRow)]
struct DayRow {
    day: String,
    #[sqlx(flatten)]
    sums: SumRow,
}

impl From<SumRow> for Figures {
    fn from(row: SumRow) -> Self {
        Self {
            received: row.received,
            resolved_on_time: row.resolved_on_time,
            resolved_late: row.resolved_late,
            returned: row.returned,
            supplements: row.supplements,
            fees: row.fees,
        }
    }
}

/// Adds to the sums of a day.
pub(super) async fn add(
    tx: &mut Tx,
    agency: &UnitCode,
    field: &FieldCode,
    day: Date,
    figures: &Figures,
) -> Result<(), StoreError> {
    tx.will_write();
    let day = day.to_string();
    on!(tx, |c| {
        sqlx::query(ADD)
            .bind(agency)
            .bind(field)
            .bind(&day)
            .bind(figures.received)
            .bind(figures.resolved_on_time)
            .bind(figures.resolved_late)
            .bind(figures.returned)
            .bind(figures.supplements)
            .bind(figures.fees)
            .execute(c)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Sums by agency and field over days, both included.
///
/// # Errors
/// [`StoreError`].
pub async fn by_unit(tx: &mut Tx, from: Date, to: Date) -> Result<Vec<UnitFigures>, StoreError> {
    let (from, to) = (from.to_string(), to.to_string());
    let rows: Vec<UnitRow> = on!(tx, |c| sqlx::query_as(BY_UNIT).bind(&from).bind(&to).fetch_all(c).await)?;
    let line = |row: UnitRow| UnitFigures { agency: row.agency, field: row.field, figures: row.sums.into() };
    Ok(rows.into_iter().map(line).collect())
}

/// Sums by day over days, both included; days on which nothing happened are left out.
///
/// # Errors
/// [`StoreError`].
pub async fn by_day(tx: &mut Tx, from: Date, to: Date) -> Result<Vec<(String, Figures)>, StoreError> {
    let (from, to) = (from.to_string(), to.to_string());
    let rows: Vec<DayRow> = on!(tx, |c| sqlx::query_as(BY_DAY).bind(&from).bind(&to).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|row| (row.day, row.sums.into())).collect())
}

/// What is open at `now`; whatever is due until `soon` counts as due soon.
///
/// # Errors
/// [`StoreError`].
pub async fn open(tx: &mut Tx, now: Millis, soon: Millis) -> Result<Vec<OpenCount>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(OPEN).bind(now).bind(soon).fetch_all(c).await?))
}
