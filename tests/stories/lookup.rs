//! Citizens who look their cases up: many at the same moment, and after an upgrade.

use crate::on_both;
use api::{CodeParam, GetStatus, Pile, StatusRequest};
use client::Client;
use domain::{case::State, code::CaseCode};
use futures_util::future::join_all;
use tests::{Engine, World, birth, permit};

on_both!(
    of_many_who_ask_at_once_each_is_told_of_their_own_case,
    a_case_of_an_older_version_is_found_after_the_upgrade,
    a_database_that_was_restarted_is_asked_again,
);

async fn a_database_that_was_restarted_is_asked_again(engine: Engine) {
    let world = World::new(engine).await;
    let code = world.desk("maison.quay3").await.intake(&birth()).await.unwrap().case.code;
    let citizen = world.visitor();
    for _ in 0..3 {
        assert!(seen(&citizen, &code, None).await.is_some());
        world.cut_connections().await;
    }
    assert!(seen(&citizen, &code, None).await.is_some());
    world.end().await;
}

/// Whether a citizen finds a case, and what stands there: its code, its state, whether its receipt is genuine.
async fn seen(citizen: &Client, code: &CaseCode, k: Option<&str>) -> Option<(CaseCode, State, Option<bool>)> {
    let request = StatusRequest { k: k.map(str::to_owned) };
    let answer = citizen.call::<GetStatus>(&CodeParam { code: code.clone() }, &request).await.ok()?;
    assert!(!answer.agency.is_empty() && !answer.division.is_empty());
    Some((answer.case.code, answer.case.state, answer.genuine))
}

async fn of_many_who_ask_at_once_each_is_told_of_their_own_case(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let mut codes = Vec::new();
    for at in 0..40 {
        let request = if at % 3 == 0 { permit() } else { birth() };
        codes.push(clerk.intake(&request).await.unwrap().case.code);
    }
    let unknown = CaseCode::parse("H52.125-261122-0001").unwrap();
    let citizen = world.visitor();
    // Everybody twice, and somebody whose case is not there between them.
    let asked: Vec<&CaseCode> = codes.iter().chain([&unknown]).chain(&codes).collect();
    let told = join_all(asked.iter().map(|code| seen(&citizen, code, None))).await;
    for (code, told) in asked.into_iter().zip(told) {
        assert_eq!(told.map(|told| told.0), (*code != unknown).then(|| code.clone()));
    }
    world.end().await;
}

async fn a_case_of_an_older_version_is_found_after_the_upgrade(engine: Engine) {
    let mut world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let ready = clerk.intake(&birth()).await.unwrap().case.code;
    let open = clerk.intake(&permit()).await.unwrap();
    let k = open.status_url.rsplit_once("k=").unwrap().1.to_owned();
    let specialist = world.desk("maison.tuphap").await;
    let case = specialist.take_up(&specialist.find_in(Pile::Mine, &ready).await).await;
    specialist.submit(&specialist.draft(&case, "Giấy khai sinh").await).await;
    let leader = world.desk("maison.lanhdao").await;
    leader.approve(&leader.find_in(Pile::Mine, &ready).await).await;
    let seal = world.desk("maison.vanthu").await;
    seal.seal(&seal.find_in(Pile::Mine, &ready).await, "128/GKS").await;

    world.stop().await;
    put_back(&world, engine).await;
    world.start().await;
    let citizen = world.visitor();
    let told = seen(&citizen, &open.case.code, Some(&k)).await;
    assert_eq!(told, Some((open.case.code, open.case.state, Some(true))));
    assert_eq!(seen(&citizen, &ready, None).await, Some((ready, State::Resolved, None)));
    // Its end compares every row with what this version writes.
    world.end().await;
}

/// Makes a database look as an older version left it: `public` of one line, the whole case in its row.
async fn put_back(world: &World, engine: Engine) {
    let url = world.config.database_url().unwrap();
    let body_in_its_row = [
        "ALTER TABLE cases ADD COLUMN body TEXT NOT NULL DEFAULT ''",
        "UPDATE cases SET body = (SELECT b.body FROM case_bodies b WHERE b.id = cases.id)",
        "DROP TABLE case_bodies",
        "DROP TABLE halls",
        "DROP TABLE tickets",
        "DROP TABLE hall_counters",
        "DROP TABLE ratings",
        "DELETE FROM _sqlx_migrations WHERE version >= 4",
    ];
    match engine {
        Engine::Sqlite => {
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            let public = "UPDATE cases SET public = substr(public, instr(public, char(10)) + 1)";
            for sql in body_in_its_row.into_iter().chain([public]) {
                sqlx::query(sql).execute(&pool).await.unwrap();
            }
            pool.close().await;
        }
        Engine::Postgres => {
            let pool = sqlx::PgPool::connect(&url).await.unwrap();
            let public = "UPDATE cases SET public = split_part(public, E'\\n', 2)";
            for sql in body_in_its_row.into_iter().chain([public]) {
                sqlx::query(sql).execute(&pool).await.unwrap();
            }
            pool.close().await;
        }
    }
}
