//! A machine's own small database: what still has to be sent, which sheets were printed, unfinished forms, numbers.
//!
//! One file, one connection, every change flushed to disk before it counts.

mod drafts;
mod outbox;
mod prints;
mod schema;
mod taken;
mod tickets;

pub use outbox::{OutboxPage, OutboxRow, Waiting};
pub use prints::{PrintRow, PrintState};
pub use taken::Taken;
pub use tickets::UnfinishedTicket;

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::path::Path;

/// The local store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// The database refused.
    #[error("local database")]
    Database(#[from] sqlx::Error),
    /// A stored row cannot be read.
    #[error("local {table} row {row}: {problem}")]
    BadRow {
        /// Which table.
        table: &'static str,
        /// Which row.
        row: String,
        /// What is wrong.
        problem: String,
    },
}

/// Result of the local store.
pub type Result<T> = std::result::Result<T, LocalError>;

/// The local store.
#[derive(Clone, Debug)]
pub struct Local {
    pool: SqlitePool,
}

impl Local {
    /// Opens the store in `path`, making it if there is none.
    ///
    /// # Errors
    /// [`LocalError::Database`].
    pub async fn open(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        for statement in schema::TABLES {
            sqlx::query(statement).execute(&pool).await?;
        }
        Ok(Self { pool })
    }
}

fn read_id<T: std::str::FromStr>(table: &'static str, text: &str) -> Result<T>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| LocalError::BadRow {
        table,
        row: text.to_owned(),
        problem: error.to_string(),
    })
}
