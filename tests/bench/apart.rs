//! A database beside a world's own: with the same tables, on the same disk or server, for statements that are issued
//! directly.

use anyhow::{Context as _, bail};
use server::store::{self, Db};
use sqlx::{Connection as _, Executor as _, PgPool, SqlitePool, postgres::PgPoolOptions};
use tests::World;
use uuid::Uuid;

/// The way to write to it.
#[derive(Clone)]
pub enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The database.
pub struct Apart {
    pub pool: Pool,
    database: Option<(String, String)>,
    _folder: tempfile::TempDir,
}

impl Apart {
    /// Makes it, for so many who write at once.
    pub async fn beside(world: &World, clients: usize) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (pool, database) = match &world.server().app.db {
            Db::Sqlite { .. } => {
                // The store's own way to open it: write-ahead log, full sync, one writer.
                let db =
                    Db::connect(&format!("sqlite:{}", folder.path().join("direct.db").display()), 1).await?;
                db.migrate().await?;
                let Db::Sqlite { write, .. } = db else { bail!("not SQLite") };
                (Pool::Sqlite(write), None)
            }
            Db::Postgres(_) => {
                let (name, url) = new_database(world).await?;
                Db::connect(&url, 1).await?.migrate().await?;
                let many = u32::try_from(clients)?;
                let pool = PgPoolOptions::new().min_connections(many).max_connections(many);
                (Pool::Postgres(pool.connect(&url).await?), Some((name, url)))
            }
        };
        Ok(Self { pool, database, _folder: folder })
    }

    /// Closes it.
    pub async fn end(self) -> anyhow::Result<()> {
        match self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
        if let Some((name, url)) = self.database {
            let mut admin = sqlx::PgConnection::connect(&url.replace(&name, "postgres")).await?;
            admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name}"))).await?;
        }
        Ok(())
    }
}

async fn new_database(world: &World) -> anyhow::Result<(String, String)> {
    let theirs = world.config.database.as_deref().context("a world without its database")?;
    let name = format!("direct_{}", Uuid::new_v4().simple());
    let mut admin = sqlx::PgConnection::connect(theirs).await?;
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
    let (base, _) = theirs.rsplit_once('/').context("an address without a database")?;
    Ok((name.clone(), format!("{base}/{name}")))
}

/// The server's own text of a statement; a statement for many rows comes in several sizes, that for one row last.
pub fn text(db: &Db, wanted: &str) -> anyhow::Result<&'static str> {
    let all = store::all_sql(db.engine());
    let found = all.iter().rfind(|(name, _)| *name == wanted).map(|(_, sql)| *sql);
    found.with_context(|| format!("there is no statement {wanted}"))
}
