//! A reader that stands in the file while others look up.
//!
//! Of those who read the same state of a SQLite file within a process, only the first and the last ask the system for
//! a lock, and meanwhile all others wait for them. With somebody who stands there, no look-up is the first or the last.
//! Who stands there sees nothing for anybody: each look-up still reads the newest state. Since a state that is being
//! read cannot be moved from the log into the file, whoever commits has the reader step aside for so long.

use super::direct;
use rusqlite::Connection;
use sqlx::SqlitePool;
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

const STAND: &str = "BEGIN; SELECT rootpage FROM sqlite_schema LIMIT 1";
const LEAVE: &str = "COMMIT";

/// See the module.
#[derive(Debug)]
pub struct Standing {
    file: PathBuf,
    reader: Mutex<Option<Connection>>,
    stands: AtomicBool,
    /// How many want the reader away.
    unwanted: AtomicUsize,
}

/// As long as it is held, nobody stands in the file.
#[derive(Debug)]
pub(in crate::store) struct Aside(Arc<Standing>);

impl Drop for Aside {
    fn drop(&mut self) {
        self.0.unwanted.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Standing {
    /// For the file that a pool has opened.
    pub(in crate::store) fn beside(pool: &SqlitePool) -> Arc<Self> {
        Arc::new(Self {
            file: pool.connect_options().get_filename().to_path_buf(),
            reader: Mutex::default(),
            stands: AtomicBool::default(),
            unwanted: AtomicUsize::default(),
        })
    }

    pub(super) fn file(&self) -> &PathBuf {
        &self.file
    }

    /// Has the reader stand, unless it does or is unwanted. Where it cannot, look-ups are as right, and slower.
    pub(super) fn stand(&self) {
        if self.stands.load(Ordering::Relaxed) {
            return;
        }
        // Whoever else is here has it stand, or step aside.
        let Ok(mut reader) = self.reader.try_lock() else { return };
        if self.unwanted.load(Ordering::Acquire) > 0 || self.stands.load(Ordering::Relaxed) {
            return;
        }
        let stood = match reader.take().map_or_else(|| direct::open(&self.file), Ok) {
            Ok(connection) if connection.execute_batch(STAND).is_ok() => reader.insert(connection),
            // A connection that may be in the middle of something is closed.
            _ => return,
        };
        self.stands.store(!stood.is_autocommit(), Ordering::Release);
    }

    /// Has the reader leave, and keeps it away for as long as the answer is held.
    pub(in crate::store) fn step_aside(self: &Arc<Self>) -> Aside {
        self.unwanted.fetch_add(1, Ordering::AcqRel);
        let aside = Aside(Arc::clone(self));
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stands.swap(false, Ordering::AcqRel) {
            let left = reader.as_ref().is_some_and(|connection| connection.execute_batch(LEAVE).is_ok());
            if !left {
                // Closing it ends what it began.
                *reader = None;
            }
        }
        aside
    }

    /// Has the reader leave for ever.
    pub(super) fn close(self: &Arc<Self>) {
        std::mem::forget(self.step_aside());
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Db, settings};

    async fn file() -> (tempfile::TempDir, Db, SqlitePool, Arc<Standing>) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("a.db").display()), 1).await.unwrap();
        db.migrate().await.unwrap();
        let Db::Sqlite { write, standing, .. } = db.clone() else { unreachable!() };
        (folder, db, write, standing)
    }

    /// How many pages the log holds, and how many of them could be moved into the file.
    async fn moved(write: &SqlitePool) -> (i64, i64) {
        let moved: (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(write).await.unwrap();
        (moved.1, moved.2)
    }

    async fn commit(db: &Db, value: &str) {
        let mut tx = db.begin_log().await.unwrap();
        settings::set(&mut tx, settings::HALL_SECRET, value).await.unwrap();
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn whoever_commits_has_the_reader_step_aside() {
        let (_folder, db, write, standing) = file().await;
        standing.stand();
        let (all, done) = moved(&write).await;
        assert_eq!(all, done, "it stands at the newest state");
        commit(&db, "1").await;
        let (all, done) = moved(&write).await;
        assert!(all == done && !standing.stands.load(Ordering::Acquire));
    }

    #[tokio::test]
    async fn what_another_process_wrote_is_moved_when_it_is_looked_for() {
        let (_folder, db, write, standing) = file().await;
        commit(&db, "1").await;
        standing.stand();
        let other = Db::connect(&format!("sqlite:{}", standing.file().display()), 1).await.unwrap();
        commit(&other, "2").await;
        let (all, done) = moved(&write).await;
        assert!(done < all, "the reader stands where it stood");
        db.catch_up();
        let (all, done) = moved(&write).await;
        assert_eq!(all, done);
    }

    #[tokio::test]
    async fn unwanted_it_does_not_stand() {
        let (_folder, _db, _write, standing) = file().await;
        let aside = standing.step_aside();
        standing.stand();
        assert!(!standing.stands.load(Ordering::Acquire));
        drop(aside);
        standing.stand();
        assert!(standing.stands.load(Ordering::Acquire));
        standing.close();
        standing.stand();
        assert!(!standing.stands.load(Ordering::Acquire));
    }
}
