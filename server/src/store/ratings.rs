//! What citizens said of the service; nobody's name is kept.

use super::{StoreError, Tx, db::on};
use domain::{
    hall::{Complaint, Level, Rated, Rating},
    unit::UnitCode,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

const IS_RATED: &str = "SELECT COUNT(*) FROM ratings WHERE about = $1";
const PUT: &str = "INSERT INTO ratings (about, site, day, counter, clerk, case_code, field, level, complaints) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const OF_DAY: &str = "SELECT counter, level, complaints FROM ratings WHERE site = $1 AND day = $2";

pub(super) const SQL: &[(&str, &str)] =
    &[("ratings.is_rated", IS_RATED), ("ratings.put", PUT), ("ratings.of_day", OF_DAY)];

/// What was said, as figures need it.
#[derive(Clone, Debug)]
pub struct Said {
    /// At which counter, where that is known.
    pub counter: Option<u16>,
    /// How content.
    pub level: Level,
    /// With what not.
    pub complaints: BTreeSet<Complaint>,
}

#[derive(sqlx::FromRow)]
struct Row {
    counter: Option<i32>,
    level: String,
    complaints: String,
}

impl Row {
    fn read(self) -> Result<Said, StoreError> {
        let broken = |error| StoreError::broken("ratings", &self.level, error);
        Ok(Said {
            counter: self.counter.and_then(|number| u16::try_from(number).ok()),
            level: serde_json::from_str(&self.level).map_err(broken)?,
            complaints: serde_json::from_str(&self.complaints).map_err(broken)?,
        })
    }
}

fn key(about: &Rated) -> String {
    match about {
        Rated::Ticket(ticket) => format!("ticket {ticket}"),
        Rated::Case(case) => format!("case {case}"),
    }
}

/// Whether something was rated before.
///
/// # Errors
/// [`StoreError`].
pub async fn is_rated(tx: &mut Tx, about: &Rated) -> Result<bool, StoreError> {
    let about = key(about);
    let count: i64 = on!(tx, |c| sqlx::query_scalar(IS_RATED).bind(&about).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Keeps a rating.
///
/// # Errors
/// [`StoreError`], also when the same was rated before.
pub async fn put(tx: &mut Tx, rating: &Rating) -> Result<(), StoreError> {
    tx.will_write();
    let level = serde_json::to_string(&rating.level)?;
    let complaints = serde_json::to_string(&rating.complaints)?;
    on!(tx, |c| {
        let query = sqlx::query(PUT)
            .bind(key(&rating.about))
            .bind(&rating.site)
            .bind(rating.day.to_string())
            .bind(rating.counter.map(i32::from))
            .bind(rating.clerk)
            .bind(&rating.case)
            .bind(&rating.field)
            .bind(&level)
            .bind(&complaints);
        query.execute(c).await.map(drop)
    })?;
    Ok(())
}

/// What was said on a day.
///
/// # Errors
/// [`StoreError`].
pub async fn of_day(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<Vec<Said>, StoreError> {
    let day = day.to_string();
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(OF_DAY).bind(site).bind(&day).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}
