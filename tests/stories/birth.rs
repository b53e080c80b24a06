//! A birth registration, the same day.

use crate::on_both;
use api::{CodeParam, GetProvince, GetStatus, Pile, StatusRequest};
use domain::{
    case::{Progress, State},
    procedure::StepKind,
};
use tests::{Engine, World, at, birth};

on_both!(from_the_counter_to_the_citizens_hand, the_receipt_proves_itself);

async fn from_the_counter_to_the_citizens_hand(engine: Engine) {
    let world = World::new(engine).await;
    let citizen = world.visitor();
    let clerk = world.desk("maison.quay3").await;

    let mut request = birth();
    request.files = vec![clerk.scan_page("Tờ khai.png").await];
    let received = clerk.intake(&request).await.unwrap();
    let code = received.case.code.clone();
    assert_eq!(code.as_str(), "H52.125-261123-0001");
    assert_eq!(received.case.deadline.due, at("2026-11-23T17:00"));
    assert!(received.intact);

    let status = || async {
        citizen.call::<GetStatus>(&CodeParam { code: code.clone() }, &StatusRequest::default()).await.unwrap()
    };
    let first = status().await;
    assert_eq!((first.case.state, first.case.here()), (State::Received, StepKind::Examine));

    world.clock_to("2026-11-23T09:05");
    let specialist = world.desk("maison.tuphap").await;
    let case = specialist.take_up(&specialist.find_in(Pile::Mine, &code).await).await;
    let case = specialist.draft(&case, "Giấy khai sinh: Quàng Thị Ban, sinh ngày 20/11/2026").await;
    specialist.submit(&case).await;

    if case.case.procedure.steps.iter().any(|step| step.kind == StepKind::DivisionHead) {
        let head = world.desk("maison.tp.tuphap").await;
        head.submit(&head.find_in(Pile::Mine, &code).await).await;
    }
    let leader = world.desk("maison.lanhdao").await;
    assert_eq!(status().await.case.here(), StepKind::Approve);
    leader.approve(&leader.find_in(Pile::Mine, &code).await).await;

    world.clock_to("2026-11-23T10:30");
    let seal = world.desk("maison.vanthu").await;
    seal.seal(&seal.find_in(Pile::Mine, &code).await, "128/GKS").await;
    assert_eq!(status().await.case.state, State::Resolved);

    let ready = clerk.scan(&code).await;
    assert_eq!(ready.case.was_on_time(), Some(true));
    let done = clerk.give_back(&ready).await;
    assert_eq!(done.case.state, State::Returned);
    assert_eq!(done.case.state.national_code(), 10);
    let last = status().await;
    assert_eq!((last.case.state, last.standing), (State::Returned, None));
    assert!(last.case.milestones.iter().all(|stone| stone.progress == Progress::Done));

    let province = citizen.call::<GetProvince>(&(), &()).await.unwrap();
    let today = province.total.today;
    assert_eq!((today.received, today.resolved_on_time, today.returned), (1, 1, 1));
    assert_eq!(province.total.open.running(), 0);
    world.end().await;
}

async fn the_receipt_proves_itself(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let received = clerk.intake(&birth()).await.unwrap();
    let (base, check) = received.status_url.split_once("?k=").unwrap();
    assert_eq!(base, "https://motcua.sonla.example/tra-cuu/H52.125-261123-0001");
    assert_eq!(check.len(), 16);
    let genuine = |check: &str| {
        let (visitor, k) = (world.visitor(), Some(check.to_owned()));
        let code = CodeParam { code: received.case.code.clone() };
        async move { visitor.call::<GetStatus>(&code, &StatusRequest { k }).await.unwrap().genuine }
    };
    assert_eq!(genuine(check).await, Some(true));
    assert_eq!(genuine("0000000000000000").await, Some(false));
    assert_eq!(genuine("không phải số").await, Some(false));
    world.end().await;
}
