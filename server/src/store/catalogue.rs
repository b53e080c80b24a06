//! Units, counters, fields, procedures and the calendar, as JSON of the domain's types.

use super::{StoreError, Tx, db::on};
use domain::{
    procedure::{Field, Procedure},
    search::fold,
    unit::{Counter, Unit},
};
use serde::de::DeserializeOwned;

const PUT_UNIT: &str = "INSERT INTO units (code, parent, kind, body) VALUES ($1, $2, $3, $4) ON CONFLICT (code) \
    DO UPDATE SET parent = excluded.parent, kind = excluded.kind, body = excluded.body WHERE units.body <> excluded.body";
const PUT_COUNTER: &str = "INSERT INTO counters (unit, number, body) VALUES ($1, $2, $3) ON CONFLICT (unit, number) \
    DO UPDATE SET body = excluded.body WHERE counters.body <> excluded.body";
const PUT_FIELD: &str = "INSERT INTO fields (code, place, body) VALUES ($1, $2, $3) ON CONFLICT (code) \
    DO UPDATE SET place = excluded.place, body = excluded.body WHERE fields.body <> excluded.body";
const PUT_PROCEDURE: &str = "INSERT INTO procedures (code, field, search_text, verified, body) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (code) DO UPDATE SET field = excluded.field, \
    search_text = excluded.search_text, verified = excluded.verified, body = excluded.body \
    WHERE procedures.body <> excluded.body";
const PUT_HOLIDAY: &str = "INSERT INTO holidays (day, kind, name, verified) VALUES ($1, $2, $3, $4) ON CONFLICT (day) \
    DO UPDATE SET kind = excluded.kind, name = excluded.name, verified = excluded.verified \
    WHERE holidays.kind <> excluded.kind OR holidays.name <> excluded.name OR holidays.verified <> excluded.verified";
const UNITS: &str = "SELECT body FROM units ORDER BY code";
const COUNTERS: &str = "SELECT body FROM counters ORDER BY unit, number";
const FIELDS: &str = "SELECT body FROM fields ORDER BY place, code";
const PROCEDURES: &str = "SELECT body FROM procedures ORDER BY code";
const HOLIDAYS: &str = "SELECT day, kind, name, verified FROM holidays ORDER BY day";
const IN_USE: &str = "SELECT 1 FROM cases LIMIT 1";
const DROP_UNIT: &str = "DELETE FROM units WHERE code = $1";
const DROP_COUNTERS: &str = "DELETE FROM counters WHERE unit = $1";
const DROP_PROCEDURE: &str = "DELETE FROM procedures WHERE code = $1";

pub(super) const SQL: &[(&str, &str)] = &[
    ("catalogue.put_unit", PUT_UNIT),
    ("catalogue.put_counter", PUT_COUNTER),
    ("catalogue.put_field", PUT_FIELD),
    ("catalogue.put_procedure", PUT_PROCEDURE),
    ("catalogue.put_holiday", PUT_HOLIDAY),
    ("catalogue.units", UNITS),
    ("catalogue.counters", COUNTERS),
    ("catalogue.fields", FIELDS),
    ("catalogue.procedures", PROCEDURES),
    ("catalogue.holidays", HOLIDAYS),
    ("catalogue.in_use", IN_USE),
    ("catalogue.drop_unit", DROP_UNIT),
    ("catalogue.drop_counters", DROP_COUNTERS),
    ("catalogue.drop_procedure", DROP_PROCEDURE),
];

/// A day of the calendar that differs from its week: off, or worked in exchange.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Holiday {
    /// `2026-11-24`.
    pub day: String,
    /// `off` or `work`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether it was checked against a source.
    pub verified: bool,
}

/// Puts a unit; true if that changed anything.
///
/// # Errors
/// [`StoreError`].
pub async fn put_unit(tx: &mut Tx, unit: &Unit) -> Result<bool, StoreError> {
    tx.will_write();
    let body = serde_json::to_string(unit)?;
    let kind = serde_json::to_value(unit.kind)?.as_str().unwrap_or_default().to_owned();
    on!(tx, |c| {
        let query = sqlx::query(PUT_UNIT).bind(&unit.code).bind(&unit.parent).bind(kind).bind(body);
        Ok(query.execute(c).await?.rows_affected() > 0)
    })
}

/// Puts a counter; true if that changed anything.
///
/// # Errors
/// [`StoreError`].
pub async fn put_counter(tx: &mut Tx, counter: &Counter) -> Result<bool, StoreError> {
    tx.will_write();
    let body = serde_json::to_string(counter)?;
    let number = i16::try_from(counter.number).unwrap_or(i16::MAX);
    on!(tx, |c| {
        let query = sqlx::query(PUT_COUNTER).bind(&counter.unit).bind(number).bind(body);
        Ok(query.execute(c).await?.rows_affected() > 0)
    })
}

/// Puts a field; true if that changed anything.
///
/// # Errors
/// [`StoreError`].
pub async fn put_field(tx: &mut Tx, field: &Field) -> Result<bool, StoreError> {
    tx.will_write();
    let body = serde_json::to_string(field)?;
    let place = i16::try_from(field.order).unwrap_or(i16::MAX);
    on!(tx, |c| {
        let query = sqlx::query(PUT_FIELD).bind(&field.code).bind(place).bind(body);
        Ok(query.execute(c).await?.rows_affected() > 0)
    })
}

/// Puts a procedure; true if that changed anything.
///
/// # Errors
/// [`StoreError`].
pub async fn put_procedure(tx: &mut Tx, procedure: &Procedure) -> Result<bool, StoreError> {
    tx.will_write();
    let body = serde_json::to_string(procedure)?;
    let search = fold(&format!("{} {}", procedure.code, procedure.name));
    on!(tx, |c| {
        let query = sqlx::query(PUT_PROCEDURE).bind(&procedure.code).bind(&procedure.field).bind(search);
        Ok(query.bind(procedure.verified.all()).bind(body).execute(c).await?.rows_affected() > 0)
    })
}

/// Puts a day of the calendar; true if that changed anything.
///
/// # Errors
/// [`StoreError`].
pub async fn put_holiday(tx: &mut Tx, holiday: &Holiday) -> Result<bool, StoreError> {
    tx.will_write();
    on!(tx, |c| {
        let query = sqlx::query(PUT_HOLIDAY).bind(&holiday.day).bind(&holiday.kind).bind(&holiday.name);
        Ok(query.bind(holiday.verified).execute(c).await?.rows_affected() > 0)
    })
}

/// All units.
///
/// # Errors
/// [`StoreError`].
pub async fn units(tx: &mut Tx) -> Result<Vec<Unit>, StoreError> {
    bodies(tx, UNITS, "units").await
}

/// All counters.
///
/// # Errors
/// [`StoreError`].
pub async fn counters(tx: &mut Tx) -> Result<Vec<Counter>, StoreError> {
    bodies(tx, COUNTERS, "counters").await
}

/// All fields, in their order.
///
/// # Errors
/// [`StoreError`].
pub async fn fields(tx: &mut Tx) -> Result<Vec<Field>, StoreError> {
    bodies(tx, FIELDS, "fields").await
}

/// All procedures.
///
/// # Errors
/// [`StoreError`].
pub async fn procedures(tx: &mut Tx) -> Result<Vec<Procedure>, StoreError> {
    bodies(tx, PROCEDURES, "procedures").await
}

/// All days that differ from their week.
///
/// # Errors
/// [`StoreError`].
pub async fn holidays(tx: &mut Tx) -> Result<Vec<Holiday>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(HOLIDAYS).fetch_all(c).await?))
}

/// Whether any case was made with this catalogue.
///
/// # Errors
/// [`StoreError`].
pub async fn in_use(tx: &mut Tx) -> Result<bool, StoreError> {
    let one: Option<i32> = on!(tx, |c| sqlx::query_scalar(IN_USE).fetch_optional(c).await)?;
    Ok(one.is_some())
}

/// Takes a unit out, with its counters.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_unit(tx: &mut Tx, unit: &Unit) -> Result<(), StoreError> {
    tx.will_write();
    for sql in [DROP_COUNTERS, DROP_UNIT] {
        on!(tx, |c| sqlx::query(sql).bind(&unit.code).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Takes a procedure out.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_procedure(tx: &mut Tx, procedure: &Procedure) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(DROP_PROCEDURE).bind(&procedure.code).execute(c).await.map(drop))?;
    Ok(())
}

async fn bodies<T: DeserializeOwned>(
    tx: &mut Tx,
    sql: &'static str,
    table: &'static str,
) -> Result<Vec<T>, StoreError> {
    let bodies: Vec<String> = on!(tx, |c| sqlx::query_scalar(sql).fetch_all(c).await)?;
    let read = |body: String| {
        serde_json::from_str(&body).map_err(|error| {
            let row: String = body.chars().take(40).collect();
            StoreError::broken(table, row, error)
        })
    };
    bodies.into_iter().map(read).collect()
}
