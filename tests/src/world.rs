//! A world of one test: its own database, its own server on a free port, its own clock.

use crate::Desk;
use client::Client;
use domain::time::{ManualClock, Millis};
use server::{Config, Running};
use sqlx::{Connection as _, Executor as _};
use std::sync::Arc;

/// Everybody's password.
pub const PASSWORD: &str = "motcua-2026";

/// Which database a world stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server of `MOTCUA_TEST_POSTGRES`.
    Postgres,
}

/// The databases at hand: SQLite always, PostgreSQL when `tests/run.sh` started one.
pub fn engines() -> Vec<Engine> {
    let mut engines = vec![Engine::Sqlite];
    if std::env::var_os("MOTCUA_TEST_POSTGRES").is_some() {
        engines.push(Engine::Postgres);
    }
    engines
}

/// An instant by Vietnam's clocks: `2026-11-23T08:42`.
pub fn at(local: &str) -> Millis {
    Millis::from_local(local.parse().unwrap())
}

/// A running server and what it stands on.
pub struct World {
    pub clock: Arc<ManualClock>,
    pub config: Config,
    running: Option<Running>,
    database: Option<(String, String)>,
    // Deleted with the world.
    _folder: tempfile::TempDir,
}

impl World {
    /// A server with the pack of 2014 and its demo staff, on a Monday morning.
    pub async fn new(engine: Engine) -> Self {
        Self::with_pack(engine, "sonla-2014").await
    }

    pub async fn with_pack(engine: Engine, pack: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(new_postgres().await),
        };
        let config = Config {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: folder.path().to_owned(),
            database: database.as_ref().map(|(_, url)| url.clone()),
            pack: pack.to_owned(),
            public_url: Some("https://motcua.sonla.example".to_owned()),
            sign_ins_per_minute: 10_000,
            ..Config::default()
        };
        let clock = Arc::new(ManualClock::at(at("2026-11-23T08:42")));
        let mut world = Self { clock, config, running: None, database, _folder: folder };
        world.start().await;
        let pack = server::pack::Pack::read(pack).unwrap();
        let db = &world.server().app.db;
        server::app::account::put_demo(db, &pack.staff, PASSWORD.to_owned()).await.unwrap();
        world
    }

    pub async fn start(&mut self) {
        let clock: Arc<dyn domain::time::Clock> = self.clock.clone();
        self.running = Some(server::start(self.config.clone(), clock).await.unwrap());
    }

    /// Stops the server in good order and starts it again on the same database.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start().await;
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub fn server(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub fn url(&self) -> &str {
        &self.server().url
    }

    /// Cuts every connection to a PostgreSQL, as its restart would.
    pub async fn cut_connections(&self) {
        if let Some((name, _)) = &self.database {
            let mut admin = sqlx::PgConnection::connect(&postgres_url()).await.unwrap();
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
            sqlx::query(cut).bind(name).execute(&mut admin).await.unwrap();
        }
    }

    /// Puts the clock forward (or back) to a local time.
    pub fn clock_to(&self, local: &str) {
        self.clock.set(at(local));
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.url()).unwrap()
    }

    /// A member of staff at their desk.
    pub async fn desk(&self, login: &str) -> Desk {
        Desk::sign_in(self, login).await
    }

    /// Ends the world, and proves that its books are in order.
    pub async fn end(mut self) {
        let db = self.server().app.db.clone();
        let report = server::upkeep::check::fsck(&db).await.unwrap();
        assert!(report.bad == 0, "fsck: {report:?}");
        let report = server::upkeep::check::verify(&db).await.unwrap();
        assert!(report.bad == 0, "verify: {report:?}");
        drop(db);
        self.stop().await;
        if let Some((name, _)) = self.database.take() {
            drop_postgres(&name).await;
        }
    }
}

fn postgres_url() -> String {
    std::env::var("MOTCUA_TEST_POSTGRES").unwrap()
}

async fn new_postgres() -> (String, String) {
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut admin = sqlx::PgConnection::connect(&postgres_url()).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let url = postgres_url();
    let base = url.rsplit_once('/').unwrap().0;
    (name.clone(), format!("{base}/{name}"))
}

async fn drop_postgres(name: &str) {
    let mut admin = sqlx::PgConnection::connect(&postgres_url()).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}
