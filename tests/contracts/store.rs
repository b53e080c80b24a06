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
        for sql in ["UPDATE case_actions SET at = 0", "DELETE FROM case_actions"] {
            assert!(alter(&world, sql).await.is_err(), "{engine:?} let {sql} through");
        }
        world.end().await;
    }
}

/// Past the server, as somebody would who has the database's password.
async fn alter(world: &World, sql: &'static str) -> Result<(), sqlx::Error> {
    match &world.server().app.db {
        Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(drop),
        Db::Postgres { .. } => {
            let pool = sqlx::PgPool::connect(&world.config.database_url().unwrap()).await?;
            let done = sqlx::query(sql).execute(&pool).await.map(drop);
            pool.close().await;
            done
        }
    }
}

#[tokio::test]
async fn what_was_altered_beside_the_log_is_found() {
    // What is altered, what the check says of it, and how it is put right again.
    let altered = [
        (
            "UPDATE cases SET applicant = applicant || 'x'",
            "the columns of the row differ from its body",
            "UPDATE cases SET applicant = substr(applicant, 1, length(applicant) - 1)",
        ),
        (
            "UPDATE case_bodies SET body = replace(body, '\"sets\":1,', '\"sets\":7,')",
            "the row is not the fold of its log",
            "UPDATE case_bodies SET body = replace(body, '\"sets\":7,', '\"sets\":1,')",
        ),
        (
            "DELETE FROM case_bodies",
            "its body is missing",
            "INSERT INTO case_bodies SELECT id, body FROM kept",
        ),
    ];
    for engine in engines() {
        let world = World::new(engine).await;
        world.desk("maison.quay3").await.intake(&tests::birth()).await.unwrap();
        alter(&world, "CREATE TABLE kept AS SELECT id, body FROM case_bodies").await.unwrap();
        for (sql, said, back) in altered {
            alter(&world, sql).await.unwrap();
            let report = server::upkeep::check::fsck(&world.server().app.db).await.unwrap();
            let found = report.first_bad.unwrap_or_default();
            assert!(report.bad == 1 && found.ends_with(said), "{engine:?}, {sql}: {found}");
            alter(&world, back).await.unwrap();
        }
        alter(&world, "DROP TABLE kept").await.unwrap();
        world.end().await;
    }
}
