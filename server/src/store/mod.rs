//! All SQL. Nothing outside this folder knows that there is a database with tables.
//!
//! Statements are constants beside the function that runs them, one text for SQLite and
//! PostgreSQL; the few differences are in [`dialect`]. Functions take a [`Tx`] and know no rules.

pub mod actions;
pub mod archive;
mod batch;
pub mod cases;
pub mod catalogue;
pub mod check;
pub mod commands;
pub mod db;
pub mod dialect;
pub mod figures;
pub mod files;
pub mod halls;
pub mod listen;
pub mod lookup;
pub mod machines;
mod many;
pub mod queue;
pub mod ratings;
pub mod results;
pub mod search;
pub mod serials;
pub mod sessions;
pub mod settings;
pub mod staff;
pub mod tickets;
pub mod work;

pub use db::{Db, Engine, Tx};

/// Something the database did not do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused or is gone.
    #[error("the database")]
    Db(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("a migration")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row that this program did not write so.
    #[error("table {table} holds a broken row {row}: {why}")]
    Broken {
        /// Which table.
        table: &'static str,
        /// Which row.
        row: String,
        /// What is wrong with it.
        why: String,
    },
    /// The engine refused a look-up.
    #[error("a look-up")]
    Lookup(#[from] rusqlite::Error),
    /// The log does not make a case.
    #[error("the log of a case")]
    Log(#[from] domain::case::Broken),
    /// Another person's change came first.
    #[error("changed since it was read")]
    Stale,
    /// Something could not be written as JSON.
    #[error("JSON")]
    Json(#[from] serde_json::Error),
    /// A file could not be read or written.
    #[error("a file")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// A broken row.
    pub(crate) fn broken(
        table: &'static str,
        row: impl std::fmt::Display,
        why: impl std::fmt::Display,
    ) -> Self {
        Self::Broken { table, row: row.to_string(), why: why.to_string() }
    }

    /// Whether the connection is gone: with another one the same may work.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Db(sqlx::Error::Io(_)) => true,
            // PostgreSQL: ended by an administrator, crashed, not up yet.
            Self::Db(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03"))
            }
            _ => false,
        }
    }

    /// Whether trying the same again may work: another process was in the way.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let Self::Db(sqlx::Error::Database(error)) = self else {
            return false;
        };
        // PostgreSQL: serialization failure, deadlock. SQLite: busy.
        matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }
}

/// Every statement, by name, for the test that prepares them all on both engines.
#[must_use]
pub fn all_sql(engine: Engine) -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    for group in [
        actions::SQL,
        cases::SQL,
        catalogue::SQL,
        check::SQL,
        commands::SQL,
        figures::SQL,
        files::SQL,
        halls::SQL,
        lookup::SQL,
        machines::SQL,
        ratings::SQL,
        results::SQL,
        serials::SQL,
        sessions::SQL,
        settings::SQL,
        staff::SQL,
        tickets::SQL,
        work::SQL,
        archive::SQL,
        dialect::sql(engine),
    ] {
        all.extend_from_slice(group);
    }
    all.extend(archive::sql(engine));
    for many in
        [actions::MANY, cases::MANY, commands::MANY, lookup::MANY, tickets::MANY].into_iter().flatten()
    {
        all.extend(many.all());
    }
    all
}

/// Prepares every statement on a database; names the first that it does not accept.
///
/// # Errors
/// The name of the statement, with the engine's error.
pub async fn prepare_all(db: &Db) -> Result<usize, (&'static str, StoreError)> {
    let all = all_sql(db.engine());
    let mut tx = db.snapshot().await.map_err(|error| ("begin", error))?;
    for (name, sql) in &all {
        dialect::prepare(&mut tx, sql).await.map_err(|error| (*name, error))?;
    }
    Ok(all.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_statement_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}/a.db", folder.path().display()), 2).await.unwrap();
        db.migrate().await.unwrap();
        assert!(prepare_all(&db).await.unwrap() > 60);
    }
}
