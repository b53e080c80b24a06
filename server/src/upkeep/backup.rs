//! Backup and restore: everything but sessions in one compressed file of JSON lines, the same for both engines.
//!
//! The first line says what the file is and how many rows each table has, then comes one line a row, and the last
//! line holds the SHA-256 of everything before it. A backup is one moment of a database at work; a restore fills an
//! empty database, in one transaction, and only from a file that is whole.

mod read;
mod write;

use crate::store::{
    Db, Engine, StoreError,
    archive::{self, TABLES, Table},
    settings,
};
use serde::{Deserialize, Serialize};
use std::path::Path;
use tokio::sync::mpsc;

/// The format that this program writes, and the latest that it reads.
const FORMAT: u32 = 1;
/// Chunks of rows on their way between the database and the file.
const ON_THE_WAY: usize = 4;

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Header {
    mot_cua_backup: u32,
    engine: String,
    pack: Option<String>,
    tables: Vec<Held>,
}

/// A table as the header announces it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Held {
    name: String,
    columns: Vec<String>,
    rows: u64,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Trailer {
    sha256: String,
}

/// What was written or put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupReport {
    /// The pack of the database.
    pub pack: Option<String>,
    /// Rows in all.
    pub rows: u64,
    /// Cases among them.
    pub cases: u64,
    /// Size of the file.
    pub bytes: u64,
    /// Hash of its content, hexadecimal.
    pub sha256: String,
}

/// Why there is no backup, or nothing was put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Another file.
    #[error("not a backup")]
    NotABackup,
    /// The end is missing.
    #[error("the backup is cut off")]
    Truncated,
    /// Not what was written.
    #[error("the backup is damaged: {why}")]
    Damaged {
        /// What shows it.
        why: &'static str,
    },
    /// Written by a later program.
    #[error("format {found} of the backup is newer than {FORMAT}")]
    Newer {
        /// Its format.
        found: u32,
    },
    /// Tables that this program does not know so.
    #[error("the backup's table {table} is not as this program knows it")]
    Layout {
        /// Which.
        table: String,
    },
    /// Rows are missing, or there are too many.
    #[error("{said} rows were announced, {found} are there")]
    Count {
        /// In the header.
        said: u64,
        /// In the file.
        found: u64,
    },
    /// The log was altered before it was written down.
    #[error("the log of case {case} is broken")]
    Chain {
        /// Which case.
        case: String,
    },
    /// Something would be overwritten.
    #[error("the database is not empty: {table}")]
    NotEmpty {
        /// The first table that holds something.
        table: &'static str,
    },
    /// The file.
    #[error("the file of the backup")]
    Io(#[from] std::io::Error),
    /// The database.
    #[error("the database")]
    Store(#[from] StoreError),
    /// The thread that reads or writes the file ended badly.
    #[error("the thread of the file")]
    Thread(#[from] tokio::task::JoinError),
}

impl BackupError {
    /// For people, in Vietnamese.
    #[must_use]
    pub fn message(&self) -> String {
        let plain = |key: &str| i18n::t(&format!("server.backup.{key}")).into_owned();
        let with = |key: &str, values: &[(&str, &str)]| i18n::with(&format!("server.backup.{key}"), values);
        match self {
            Self::NotABackup => plain("not_a_backup"),
            Self::Truncated => plain("truncated"),
            Self::Damaged { .. } => plain("damaged"),
            Self::Newer { found } => {
                with("newer", &[("found", &found.to_string()), ("known", &FORMAT.to_string())])
            }
            Self::Layout { table } => with("layout", &[("table", table)]),
            Self::Count { said, found } => {
                with("count", &[("said", &said.to_string()), ("found", &found.to_string())])
            }
            Self::Chain { case } => with("chain", &[("case", case)]),
            Self::NotEmpty { table } => with("not_empty", &[("table", table)]),
            Self::Io(error) => with("io", &[("why", &error.to_string())]),
            Self::Store(_) | Self::Thread(_) => plain("store"),
        }
    }
}

impl BackupReport {
    /// What is told after a backup.
    #[must_use]
    pub fn written(&self) -> String {
        self.said("server.backup.written")
    }

    /// What is told after a restore.
    #[must_use]
    pub fn restored(&self) -> String {
        self.said("server.backup.restored")
    }

    fn said(&self, key: &str) -> String {
        let number = |n: u64| n.to_string();
        let values = [
            ("rows", number(self.rows)),
            ("cases", number(self.cases)),
            ("bytes", number(self.bytes)),
            ("sha256", self.sha256.clone()),
        ];
        i18n::with(key, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }
}

/// Writes everything to a file, as it is at one moment. Until it is whole, the file has another name.
///
/// # Errors
/// [`BackupError`].
pub async fn backup(db: &Db, path: &Path) -> Result<BackupReport, BackupError> {
    let mut tx = db.snapshot().await?;
    let pack = settings::get(&mut tx, settings::PACK).await?;
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let rows = u64::try_from(archive::count(&mut tx, table).await?).unwrap_or(0);
        let columns = table.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        tables.push(Held { name: table.name.to_owned(), columns, rows });
    }
    let engine = match db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let header = Header { mot_cua_backup: FORMAT, engine: engine.to_owned(), pack, tables };
    let (sender, receiver) = mpsc::channel(ON_THE_WAY);
    let file = path.to_owned();
    let writer = tokio::task::spawn_blocking(move || write::file(&file, &header, receiver));
    let read = read_all(&mut tx, sender).await;
    // Where the file could not be written, that is the cause, and the other only follows from it.
    let report = writer.await??;
    read?;
    Ok(report)
}

async fn read_all(
    tx: &mut crate::store::Tx,
    sender: mpsc::Sender<Vec<archive::Cells>>,
) -> Result<(), StoreError> {
    for table in TABLES {
        archive::read(tx, table, &sender).await?;
    }
    Ok(())
}

/// Fills an empty database from a file. The whole file is checked before anything is written, and nothing stays
/// unless everything could be.
///
/// # Errors
/// [`BackupError`].
pub async fn restore(db: &Db, path: &Path) -> Result<BackupReport, BackupError> {
    let file = path.to_owned();
    let (header, report) = tokio::task::spawn_blocking(move || read::check(&file)).await??;
    let mut tx = db.begin_log().await?;
    if let Some(table) = archive::first_filled(&mut tx).await? {
        return Err(BackupError::NotEmpty { table });
    }
    let (sender, mut receiver) = mpsc::channel(ON_THE_WAY);
    let file = path.to_owned();
    let reader = tokio::task::spawn_blocking(move || read::rows(&file, &header, &sender));
    let mut written = Ok(());
    while let Some((table, rows)) = receiver.recv().await {
        written = archive::write(&mut tx, table, rows).await;
        if written.is_err() {
            break;
        }
    }
    drop(receiver);
    let read = reader.await?;
    written?;
    read?;
    archive::follow_on(&mut tx).await?;
    tx.commit().await?;
    archive::settle(db).await?;
    Ok(report)
}

fn known(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

#[cfg(test)]
mod tests;
