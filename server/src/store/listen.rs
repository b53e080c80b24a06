//! Hearing of what other processes write: PostgreSQL tells, SQLite is asked.

use super::{Db, StoreError, Tx, dialect};
use domain::unit::UnitCode;
use sqlx::postgres::PgListener;
use std::time::Duration;

const LOG: &str = "mot_cua_log";
const HALL: &str = "mot_cua_hall";

/// A sign that another process may have written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The log has grown up to here.
    Log(i64),
    /// A hall has changed.
    Hall(UnitCode),
    /// Only a reason to look.
    Time,
}

/// Tells other processes that the log has grown.
pub(super) async fn notify(tx: &mut Tx, pos: i64) -> Result<(), StoreError> {
    dialect::notify(tx, pos).await
}

/// Wakes up when another process may have written, and at the latest after `patience`.
#[derive(Debug)]
pub struct Ear {
    listener: Option<PgListener>,
    patience: Duration,
    db: Db,
}

impl Ear {
    /// Begins to listen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(db: &Db, patience: Duration) -> Result<Self, StoreError> {
        let listener = match db {
            Db::Sqlite { .. } => None,
            Db::Postgres(pool) => {
                let mut listener = PgListener::connect_with(pool).await?;
                listener.listen_all([LOG, HALL]).await?;
                Some(listener)
            }
        };
        Ok(Self { listener, patience, db: db.clone() })
    }

    /// Waits for the next sign.
    pub async fn wait(&mut self) -> Sign {
        let Some(listener) = &mut self.listener else {
            tokio::time::sleep(self.patience).await;
            self.db.catch_up();
            return Sign::Time;
        };
        match tokio::time::timeout(self.patience, listener.recv()).await {
            Ok(Ok(told)) if told.channel() == HALL => Sign::Hall(UnitCode::from(told.payload())),
            Ok(Ok(told)) => told.payload().parse().map_or(Sign::Time, Sign::Log),
            Err(_) => Sign::Time,
            // The connection is gone; the listener makes a new one at the next call.
            Ok(Err(error)) => {
                tracing::warn!(error = %error, "the database's bell is silent");
                tokio::time::sleep(self.patience).await;
                Sign::Time
            }
        }
    }
}
