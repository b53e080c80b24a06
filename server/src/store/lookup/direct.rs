//! Looking up on SQLite, in the thread of whoever asks. What is looked up lies in memory, so the statement takes a few
//! microseconds; handing it to the thread of a pooled connection and waiting for that takes several times as long.

use super::{Seen, standing::Standing};
use crate::store::{StoreError, db::MAPPED};
use domain::code::CaseCode;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

const FIND: &str = "SELECT public FROM cases WHERE code = $1";

pub(in crate::store) const SQL: &[(&str, &str)] = &[("lookup.find_one", FIND)];

/// How long a reader waits while a file is recovered after a crash.
const PATIENCE: Duration = Duration::from_secs(30);

/// Connections that only read, each with one who asks at a time; as many as ever asked at once.
#[derive(Debug)]
pub(super) struct Direct {
    standing: Arc<Standing>,
    idle: Mutex<Vec<Connection>>,
}

impl Direct {
    /// The way to the file in which a reader stands.
    pub(super) fn beside(standing: Arc<Standing>) -> Self {
        Self { standing, idle: Mutex::default() }
    }

    /// What citizens see of a case, if there is one of this code.
    pub(super) fn find(&self, code: &CaseCode) -> Result<Option<Seen>, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open(self.standing.file())?,
        };
        self.standing.stand();
        let found = read(&connection, code)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        found.map(Seen::of_one).transpose()
    }

    /// Closes what is open and idle.
    pub(super) fn close(&self) {
        self.standing.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A connection that only reads.
pub(super) fn open(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "mmap_size", MAPPED)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn read(connection: &Connection, code: &CaseCode) -> Result<Option<Arc<str>>, StoreError> {
    let mut statement = connection.prepare_cached(FIND)?;
    let found = statement.query_row([code.as_str()], |row| Ok(Arc::from(row.get_ref(0)?.as_str()?)));
    Ok(found.optional()?)
}
