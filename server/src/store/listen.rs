//! Hearing of what other processes write: PostgreSQL tells, SQLite is asked.

use super::{Db, StoreError, Tx, dialect};
use sqlx::postgres::PgListener;
use std::time::Duration;

const CHANNEL: &str = "mot_cua_log";

/// Tells other processes that the log has grown.
pub(super) async fn notify(tx: &mut Tx, pos: i64) -> Result<(), StoreError> {
    dialect::notify(tx, pos).await
}

/// Wakes up when another process may have written, and at the latest after `patience`.
#[derive(Debug)]
pub struct Ear {
    listener: Option<PgListener>,
    patience: Duration,
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
                listener.listen(CHANNEL).await?;
                Some(listener)
            }
        };
        Ok(Self { listener, patience })
    }

    /// Waits for the next sign: the place up to which somebody says that the log has grown; none when there is only
    /// reason to look.
    pub async fn wait(&mut self) -> Option<i64> {
        let Some(listener) = &mut self.listener else {
            tokio::time::sleep(self.patience).await;
            return None;
        };
        match tokio::time::timeout(self.patience, listener.recv()).await {
            Ok(Ok(told)) => told.payload().parse().ok(),
            Err(_) => None,
            // The connection is gone; the listener makes a new one at the next call.
            Ok(Err(error)) => {
                tracing::warn!(error = %error, "the database's bell is silent");
                tokio::time::sleep(self.patience).await;
                None
            }
        }
    }
}
