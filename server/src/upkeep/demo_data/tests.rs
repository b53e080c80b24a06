use super::*;
use crate::{
    app::{account, load},
    clock::parse_local,
    pack,
    store::{
        check,
        queue::{Batch as Write, Change, run_alone},
        search,
    },
    upkeep::check::{fsck, verify},
};
use domain::{
    barcode::check_number,
    case::{Case, State},
    code::CaseCode,
};
use futures_util::future::BoxFuture;
use std::collections::BTreeSet;

const NOW: &str = "2026-11-23T10:42";

fn options(cases: u32, seed: u64) -> DemoData {
    DemoData { cases, years: 2, seed, now: parse_local(NOW).unwrap() }
}

/// A database with a pack and its demo staff, in a folder that goes with it.
async fn province(code: &str) -> (tempfile::TempDir, Db, Pack) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("province.db").display());
    let db = Db::connect(&url, 2).await.unwrap();
    db.migrate().await.unwrap();
    let pack = Pack::read(code).unwrap();
    load::load(&db, &pack).await.unwrap();
    account::put_demo(&db, &pack.staff, "motcua-sonla".to_owned()).await.unwrap();
    (folder, db, pack)
}

async fn cases(db: &Db) -> Vec<Case> {
    let mut tx = db.snapshot().await.unwrap();
    let rows = check::cases(&mut tx, 0, 100_000).await.unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.body).unwrap()).collect()
}

#[tokio::test]
async fn an_archive_is_whole_and_the_same_again_adds_nothing() {
    for code in pack::codes() {
        let (_folder, db, pack) = province(&code).await;
        let first = demo_data(&db, &pack, options(300, 1)).await.unwrap();
        assert_eq!((first.cases, first.existing), (300, 0));
        let second = demo_data(&db, &pack, options(300, 1)).await.unwrap();
        assert_eq!((second.cases, second.existing, second.actions), (0, 300, 0));
        let report = fsck(&db).await.unwrap();
        assert_eq!((report.cases, report.actions, report.first_bad), (300, first.actions, None), "{code}");
        assert_eq!(verify(&db).await.unwrap().first_bad, None);
        let more = demo_data(&db, &pack, options(400, 1)).await.unwrap();
        assert_eq!((more.cases, more.existing), (100, 300));
        let other = demo_data(&db, &pack, options(50, 2)).await.unwrap();
        assert_eq!((other.cases, other.existing), (50, 0));
        assert_eq!(fsck(&db).await.unwrap().first_bad, None, "{code}");
    }
}

#[tokio::test]
async fn every_desk_has_something_to_do() {
    let (_folder, db, pack) = province(pack::DEFAULT).await;
    let report = demo_data(&db, &pack, options(2_500, 3)).await.unwrap();
    let now = options(0, 0).now;
    let calendar = pack.calendar();
    let all = cases(&db).await;
    let states: BTreeSet<State> = all.iter().map(|case| case.state).collect();
    let expected =
        [State::Received, State::Processing, State::AwaitingSupplement, State::Resolved, State::Returned];
    assert!(expected.iter().all(|state| states.contains(state)), "{states:?}");
    let roles: BTreeSet<_> =
        all.iter().filter(|case| case.state.is_running()).map(|case| case.holder.role).collect();
    assert!(roles.len() >= 4, "specialists, heads, leaders, seal clerks: {roles:?}");
    assert!(report.late > 0 && report.running > 50, "{report:?}");
    let share = report.on_time * 1_000 / report.resolved;
    assert!((930..990).contains(&share), "{share} ‰ on time");
    for case in &all {
        let received = case.received_at.local();
        assert!(case.received_at <= now && case.step_since <= now);
        assert_eq!(calendar.next_open(received), received, "received in office hours");
        assert!(case.applicant.citizen_id.as_str().starts_with("014"));
        assert!(check_number(case.applicant.citizen_id.as_str()).is_ok());
        assert!(!case.applicant.name.as_str().is_empty() && !case.applicant.phone.as_str().is_empty());
    }
    let mut tx = db.snapshot().await.unwrap();
    let known = all.last().unwrap();
    let found = search::find(&mut tx, &search::words(known.code.as_str()), None, 5).await.unwrap();
    assert_eq!(found.first().map(|item| item.case), Some(known.id));
}

/// Takes the next number of a series, as an intake does.
struct Take(String);

impl Change for Take {
    type Out = i64;
    fn run<'a>(&'a self, batch: &'a mut Write) -> BoxFuture<'a, Result<i64, crate::error::Error>> {
        Box::pin(async move { Ok(batch.next_serial(&self.0).await?) })
    }
}

#[tokio::test]
async fn numbers_go_on_after_those_that_were_given() {
    let (_folder, db, pack) = province(pack::DEFAULT).await;
    demo_data(&db, &pack, options(500, 4)).await.unwrap();
    let newest = cases(&db).await.pop().unwrap();
    let series = CaseCode::series(&newest.agency, newest.received_at.local().date());
    let last: i64 = newest.code.serial().parse().unwrap();
    let (given, _) = run_alone(&db, &Take(series)).await.unwrap();
    assert_eq!(given, last + 1);
    // Another archive on the same days takes none of those numbers.
    demo_data(&db, &pack, options(500, 5)).await.unwrap();
    let codes: BTreeSet<_> = cases(&db).await.into_iter().map(|case| case.code).collect();
    assert_eq!(codes.len(), 1_000);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("bare.db").display());
    let db = Db::connect(&url, 2).await.unwrap();
    db.migrate().await.unwrap();
    let pack = Pack::read(pack::DEFAULT).unwrap();
    let wrong = |result: Result<DemoReport, DemoError>| result.unwrap_err();
    assert!(matches!(wrong(demo_data(&db, &pack, options(10, 1)).await), DemoError::OtherPack { .. }));
    load::load(&db, &pack).await.unwrap();
    assert!(matches!(wrong(demo_data(&db, &pack, options(10, 1)).await), DemoError::NoStaff));
    let years = DemoData { years: 0, ..options(10, 1) };
    assert!(matches!(wrong(demo_data(&db, &pack, years).await), DemoError::Size { .. }));
}

#[tokio::test]
async fn two_archives_made_at_once_share_the_numbers() {
    let (_folder, db, pack) = province(pack::DEFAULT).await;
    let (one, two) =
        tokio::join!(demo_data(&db, &pack, options(6_000, 6)), demo_data(&db, &pack, options(6_000, 7)));
    assert_eq!((one.unwrap().cases, two.unwrap().cases), (6_000, 6_000));
    let report = fsck(&db).await.unwrap();
    assert_eq!((report.cases, report.first_bad), (12_000, None));
}
