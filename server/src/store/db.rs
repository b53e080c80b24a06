//! The two engines behind one type. A query is written once, with `$1` placeholders, and the
//! [`on!`](crate::store::db::on) macro type-checks its body for both.

use super::{
    StoreError,
    lookup::{self, Aside, Standing},
};
use sqlx::{
    Connection as _, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr as _, sync::Arc, time::Duration};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

/// So long after its last use a connection is believed to live.
const TRUSTED: Duration = Duration::from_secs(2);

/// So many bytes of a SQLite file are read where the system keeps them, without copying: an archive of ten years.
pub(super) const MAPPED: &str = "68719476736";

const BEGIN_IMMEDIATE: &str = "BEGIN IMMEDIATE";
const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// One writer at a time over all processes, so that the log's positions are in the order of commits.
const WRITE_LOCK: &str = "SELECT pg_advisory_xact_lock(7012014)";

/// A database, whichever engine.
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded one: readers apart from the single writer.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// Who stands in the file while others look up.
        standing: Arc<Standing>,
    },
    /// The province's server.
    Postgres(PgPool),
}

/// A transaction that counts what it wrote.
#[derive(Debug)]
pub struct Tx {
    /// The engine's own.
    pub(super) inner: TxInner,
    writes: u64,
    /// Who has to step aside for the commit.
    standing: Option<Arc<Standing>>,
}

/// See [`Tx`].
#[derive(Debug)]
pub(super) enum TxInner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one body on whichever engine is live; the body is type-checked for both.
macro_rules! on {
    ($tx:expr, |$c:ident| $body:expr) => {
        match &mut $tx.inner {
            $crate::store::db::TxInner::Sqlite(t) => {
                let $c = &mut **t;
                $body
            }
            $crate::store::db::TxInner::Postgres(t) => {
                let $c = &mut **t;
                $body
            }
        }
    };
}
pub(super) use on;

/// A connection that one who reads again and again keeps, outside any transaction: taking one from the pool and giving
/// it back costs more than a small statement.
#[derive(Debug)]
pub(super) enum Kept {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// Runs one statement on a kept connection; the body is type-checked for both.
macro_rules! kept {
    ($kept:expr, |$c:ident| $body:expr) => {
        match $kept {
            $crate::store::db::Kept::Sqlite(kept) => {
                let $c = &mut **kept;
                $body
            }
            $crate::store::db::Kept::Postgres(kept) => {
                let $c = &mut **kept;
                $body
            }
        }
    };
}
pub(super) use kept;

/// Which engine, where a statement has to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

impl Db {
    /// Connects to `url`: `sqlite:PATH` or `postgres://…`. A missing SQLite file is made.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be reached or the address cannot be read.
    pub async fn connect(url: &str, readers: u32) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?;
            let pool = PgPoolOptions::new()
                .max_connections(readers.max(2) + 4 + lookup::READERS)
                .acquire_timeout(Duration::from_secs(10))
                // Asking a connection whether it lives costs as much as a statement; one just used lives.
                .test_before_acquire(false)
                .before_acquire(|connection, about| {
                    Box::pin(async move { Ok(about.idle_for < TRUSTED || connection.ping().await.is_ok()) })
                })
                .connect_with(options)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(30))
            .foreign_keys(true)
            .statement_cache_capacity(200)
            .pragma("cache_size", "-65536")
            .pragma("temp_store", "memory")
            .pragma("mmap_size", MAPPED);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(readers.max(1))
            .acquire_timeout(Duration::from_secs(30))
            // A file does not hang up.
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        let standing = Standing::beside(&read);
        Ok(Self::Sqlite { read, write, standing })
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError`] when a migration fails or the database is newer than this program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that may write. On SQLite it holds the one write lock from its beginning.
    ///
    /// # Errors
    /// [`StoreError`] when there is no connection in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = match self {
            Self::Sqlite { write, .. } => TxInner::Sqlite(write.begin_with(BEGIN_IMMEDIATE).await?),
            Self::Postgres(pool) => TxInner::Postgres(pool.begin().await?),
        };
        let standing = match self {
            Self::Sqlite { standing, .. } => Some(Arc::clone(standing)),
            Self::Postgres(_) => None,
        };
        Ok(Tx { inner, writes: 0, standing })
    }

    /// As [`Db::begin`], for changes of cases: no other process writes to the log meanwhile.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn begin_log(&self) -> Result<Tx, StoreError> {
        let mut tx = self.begin().await?;
        if let TxInner::Postgres(inner) = &mut tx.inner {
            sqlx::query(WRITE_LOCK).execute(&mut **inner).await?;
        }
        Ok(tx)
    }

    /// A connection to keep.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub(super) async fn kept(&self) -> Result<Kept, StoreError> {
        Ok(match self {
            Self::Sqlite { read, .. } => Kept::Sqlite(read.acquire().await?),
            Self::Postgres(pool) => Kept::Postgres(pool.acquire().await?),
        })
    }

    /// A transaction that sees one moment and writes nothing.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        let inner = match self {
            Self::Sqlite { read, .. } => TxInner::Sqlite(read.begin().await?),
            Self::Postgres(pool) => TxInner::Postgres(pool.begin_with(BEGIN_SNAPSHOT).await?),
        };
        Ok(Tx { inner, writes: 0, standing: None })
    }

    /// Lets what other processes wrote into a SQLite file be moved there from its log.
    pub(super) fn catch_up(&self) {
        if let Self::Sqlite { standing, .. } = self {
            drop(standing.step_aside());
        }
    }

    /// Closes every connection, after the statements that are under way.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes what was written durable.
    ///
    /// # Errors
    /// [`StoreError`] when it could not; nothing is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        let _aside: Option<Aside> = self.standing.as_ref().map(Standing::step_aside);
        match self.inner {
            TxInner::Sqlite(tx) => tx.commit().await?,
            TxInner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// [`StoreError`] when the connection is gone; the engine undoes it then by itself.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self.inner {
            TxInner::Sqlite(tx) => tx.rollback().await?,
            TxInner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Which engine it runs on.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            TxInner::Sqlite(_) => Engine::Sqlite,
            TxInner::Postgres(_) => Engine::Postgres,
        }
    }

    /// How many statements changed something so far.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.writes
    }

    /// Every function that changes something says so, before it does.
    pub(super) fn will_write(&mut self) {
        self.writes += 1;
    }
}
