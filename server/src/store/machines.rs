//! The machines on which the apps are installed, as they last reported.

use super::{StoreError, Tx, db::on};
use domain::{
    ids::MachineId,
    machine::Finding,
    time::Millis,
    unit::UnitCode,
    update::{AppKind, Standing, System, Version},
};
use serde::{Serialize, de::DeserializeOwned};

const KEY: &str = "SELECT key_hash FROM machines WHERE id = $1";
const COUNT: &str = "SELECT COUNT(*) FROM machines";
const PUT: &str = "INSERT INTO machines (id, key_hash, app, version, system, name, site, counter, findings, standing, \
    first_seen, last_seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) \
    ON CONFLICT (id) DO UPDATE SET app = excluded.app, version = excluded.version, system = excluded.system, \
    name = excluded.name, site = excluded.site, counter = excluded.counter, findings = excluded.findings, \
    standing = excluded.standing, last_seen = excluded.last_seen WHERE machines.key_hash = excluded.key_hash";
const ALL: &str = "SELECT id, app, version, system, name, site, counter, findings, standing, first_seen, last_seen \
    FROM machines ORDER BY site, name, id LIMIT $1";
const FORGET: &str = "DELETE FROM machines WHERE id = $1";

pub(super) const SQL: &[(&str, &str)] = &[
    ("machines.key", KEY),
    ("machines.count", COUNT),
    ("machines.put", PUT),
    ("machines.all", ALL),
    ("machines.forget", FORGET),
];

/// A machine, as stored.
#[derive(Clone, Debug)]
pub struct MachineRow {
    /// Its id.
    pub id: MachineId,
    /// The app.
    pub app: AppKind,
    /// The version that runs.
    pub version: Version,
    /// Its system.
    pub system: System,
    /// The computer's own name.
    pub name: String,
    /// Where it stands.
    pub site: Option<UnitCode>,
    /// At which counter.
    pub counter: Option<u16>,
    /// What it found when it looked at itself.
    pub findings: Vec<Finding>,
    /// How it stands with updates.
    pub standing: Option<Standing>,
    /// When it reported first; not written again.
    pub first_seen: Millis,
    /// When it reported last.
    pub last_seen: Millis,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: MachineId,
    app: String,
    version: String,
    system: String,
    name: String,
    site: Option<UnitCode>,
    counter: Option<i32>,
    findings: String,
    standing: Option<String>,
    first_seen: Millis,
    last_seen: Millis,
}

impl Row {
    fn read(self) -> Result<MachineRow, StoreError> {
        let id = self.id;
        let broken = |error: &dyn std::fmt::Display| StoreError::broken("machines", id, error);
        Ok(MachineRow {
            id,
            app: parse(&self.app).map_err(|error| broken(&error))?,
            version: self.version.parse().map_err(|error| broken(&error))?,
            system: parse(&self.system).map_err(|error| broken(&error))?,
            name: self.name,
            site: self.site,
            counter: self.counter.and_then(|number| u16::try_from(number).ok()),
            findings: serde_json::from_str(&self.findings).map_err(|error| broken(&error))?,
            standing: match &self.standing {
                Some(text) => Some(serde_json::from_str(text).map_err(|error| broken(&error))?),
                None => None,
            },
            first_seen: self.first_seen,
            last_seen: self.last_seen,
        })
    }
}

/// The word by which a closed list names one of its own.
fn word(value: impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

fn parse<T: DeserializeOwned>(word: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::from(word))
}

/// The hash of a machine's key, if it is known.
///
/// # Errors
/// [`StoreError`].
pub async fn key(tx: &mut Tx, id: MachineId) -> Result<Option<Vec<u8>>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(KEY).bind(id).fetch_optional(c).await?))
}

/// How many are known.
///
/// # Errors
/// [`StoreError`].
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(COUNT).fetch_one(c).await?))
}

/// Keeps a report; false if the machine is known by another key, and nothing was kept.
///
/// # Errors
/// [`StoreError`].
pub async fn put(tx: &mut Tx, row: &MachineRow, key_hash: &[u8]) -> Result<bool, StoreError> {
    tx.will_write();
    let (app, system) = (word(row.app)?, word(row.system)?);
    let findings = serde_json::to_string(&row.findings)?;
    let standing = row.standing.as_ref().map(serde_json::to_string).transpose()?;
    on!(tx, |c| {
        let query = sqlx::query(PUT)
            .bind(row.id)
            .bind(key_hash)
            .bind(&app)
            .bind(row.version.to_string())
            .bind(&system)
            .bind(&row.name)
            .bind(&row.site)
            .bind(row.counter.map(i32::from))
            .bind(&findings)
            .bind(&standing)
            .bind(row.last_seen);
        Ok(query.execute(c).await?.rows_affected() == 1)
    })
}

/// All, by place and name; at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx, limit: i64) -> Result<Vec<MachineRow>, StoreError> {
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(ALL).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Forgets one; false if it was not known.
///
/// # Errors
/// [`StoreError`].
pub async fn forget(tx: &mut Tx, id: MachineId) -> Result<bool, StoreError> {
    tx.will_write();
    on!(tx, |c| Ok(sqlx::query(FORGET).bind(id).execute(c).await?.rows_affected() == 1))
}
