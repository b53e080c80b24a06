//! Both databases know every statement and have the same tables.

use server::store::{self, Db};
use sqlx::Row as _;
use std::collections::BTreeSet;
use tests::{Engine, World, engines};

#[tokio::test]
async fn every_statement_prepares() {
    for engine in engines() {
        let world = World::new(engine).await;
        let prepared = store::prepare_all(&world.server().app.db).await;
        assert!(prepared.as_ref().is_ok_and(|count| *count > 30), "{engine:?}: {prepared:?}");
        world.end().await;
    }
}

#[tokio::test]
async fn loading_a_pack_twice_changes_nothing() {
    for engine in engines() {
        let world = World::new(engine).await;
        let pack = server::pack::Pack::read("sonla-2014").unwrap();
        let changed = server::app::load::load(&world.server().app.db, &pack).await.unwrap();
        assert_eq!(changed.total(), 0, "{engine:?}: {changed:?}");
        world.end().await;
    }
}

#[tokio::test]
async fn both_packs_load() {
    for engine in engines() {
        let world = World::with_pack(engine, "sonla-2025").await;
        world.desk("xamaison.quay1").await;
        world.end().await;
    }
}

/// Tables and columns of a migrated database.
async fn shape(engine: Engine) -> BTreeSet<String> {
    let world = World::new(engine).await;
    let url = world.config.database_url().unwrap();
    let columns = match engine {
        Engine::Sqlite => {
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            let sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
                       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '%search%'";
            let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
            rows.iter()
                .map(|row| format!("{}.{}", row.get::<String, _>(0), row.get::<String, _>(1)))
                .collect()
        }
        Engine::Postgres => {
            let pool = sqlx::PgPool::connect(&url).await.unwrap();
            let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns \
                       WHERE table_schema = 'public' AND table_name NOT LIKE '%search%'";
            let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
            let columns = rows
                .iter()
                .map(|row| format!("{}.{}", row.get::<String, _>(0), row.get::<String, _>(1)))
                .collect();
            pool.close().await;
            columns
        }
    };
    world.end().await;
    columns
}

#[tokio::test]
async fn both_databases_have_the_same_tables() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let (sqlite, postgres) = (shape(Engine::Sqlite).await, shape(Engine::Postgres).await);
    assert!(sqlite.len() > 50);
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
    assert_eq!((only(&sqlite, &postgres), only(&postgres, &sqlite)), (vec![], vec![]));
}

#[tokio::test]
async fn the_log_cannot_be_altered() {
    for engine in engines() {
        let world = World::new(engine).await;
        let clerk = world.desk("maison.quay3").await;
        clerk.intake(&tests::birth()).await.unwrap();
        let db: &Db = &world.server().app.db;
        for sql in ["UPDATE case_actions SET at = 0", "DELETE FROM case_actions"] {
            let refused = match db {
                Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.is_err(),
                Db::Postgres { .. } => {
                    let pool = sqlx::PgPool::connect(&world.config.database_url().unwrap()).await.unwrap();
                    let refused = sqlx::query(sql).execute(&pool).await.is_err();
                    pool.close().await;
                    refused
                }
            };
            assert!(refused, "{engine:?} let {sql} through");
        }
        world.end().await;
    }
}
