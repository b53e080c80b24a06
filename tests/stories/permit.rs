//! A building permit of twenty working days that crosses a holiday and needs a supplement.

use crate::on_both;
use api::{CodeParam, GetStatus, Pile, StatusRequest};
use domain::{
    case::{HandedPaper, State, Turn},
    deadline::Reason,
    procedure::PaperForm,
};
use tests::{Engine, World, at, permit};

on_both!(twenty_working_days_a_holiday_and_a_supplement);

async fn twenty_working_days_a_holiday_and_a_supplement(engine: Engine) {
    let world = World::new(engine).await;
    // Thursday 12 November 2026; Tuesday 24 November is Vietnam Culture Day.
    world.clock_to("2026-11-12T09:12");
    let clerk = world.desk("maison.quay3").await;
    let received = clerk.intake(&permit()).await.unwrap();
    let code = received.case.code.clone();
    assert_eq!(received.case.deadline.due, at("2026-12-11T17:00"));
    let crosses_holiday = |reasons: &[Reason]| {
        reasons.iter().any(
            |reason| matches!(reason, Reason::Skipped { holiday: Some(_), from, .. } if from.day() == 24),
        )
    };
    assert!(crosses_holiday(&received.case.deadline.reasons));

    let specialist = world.desk("maison.ktht").await;
    let case = specialist.take_up(&specialist.find_in(Pile::Mine, &code).await).await;
    world.clock_to("2026-11-13T10:00");
    let specialist = world.desk("maison.ktht").await;
    let items = vec!["Sơ đồ đấu nối hạ tầng".to_owned()];
    let ask = Turn::AskSupplement { items, reason: "Hồ sơ thiếu sơ đồ đấu nối".to_owned() };
    specialist.turn(&case, ask).await.unwrap();

    let citizen = world.visitor();
    let look = || async {
        citizen.call::<GetStatus>(&CodeParam { code: code.clone() }, &StatusRequest::default()).await.unwrap()
    };
    let asked = look().await;
    assert_eq!(asked.case.state, State::AwaitingSupplement);
    assert_eq!(asked.case.to_bring, ["Sơ đồ đấu nối hạ tầng"]);

    world.clock_to("2026-11-17T08:40");
    let clerk = world.desk("maison.quay3").await;
    let case = clerk.find_in(Pile::Waiting, &code).await;
    let paper = HandedPaper {
        name: "Sơ đồ đấu nối hạ tầng".to_owned(), form: PaperForm::Original, count: 1
    };
    let brought = Turn::ReceiveSupplement { papers: vec![paper], files: Vec::new() };
    let completed = clerk.turn(&case, brought).await.unwrap();
    assert_eq!(completed.case.deadline.due, at("2026-12-16T17:00"), "the limit starts anew");
    assert!(crosses_holiday(&completed.case.deadline.reasons));
    assert!(
        look().await.case.deadline.reasons.iter().any(|reason| matches!(reason, Reason::Restarted { .. }))
    );

    world.clock_to("2026-12-10T09:00");
    let specialist = world.desk("maison.ktht").await;
    let case = specialist.find_in(Pile::Mine, &code).await;
    let case = specialist.draft(&case, "Cấp cho: Ông Cà Văn Dũng. Nhà ở riêng lẻ, 2 tầng, 182 m².").await;
    specialist.submit(&case).await;
    let head = world.desk("maison.tp.ktht").await;
    head.submit(&head.find_in(Pile::Mine, &code).await).await;

    let leader = world.desk("maison.lanhdao").await;
    let at_leader = leader.find_in(Pile::Mine, &code).await;
    let back = Turn::SendBack { reason: "Ghi rõ diện tích xây dựng".to_owned() };
    leader.turn(&at_leader, back).await.unwrap();
    let case = specialist.find_in(Pile::Mine, &code).await;
    let case = specialist.draft(&case, "Diện tích xây dựng 96 m², tổng diện tích sàn 182 m².").await;
    specialist.submit(&case).await;
    head.submit(&head.find_in(Pile::Mine, &code).await).await;
    leader.approve(&leader.find_in(Pile::Mine, &code).await).await;

    let seal = world.desk("maison.vanthu").await;
    seal.seal(&seal.find_in(Pile::Mine, &code).await, "46/GPXD").await;
    let clerk = world.desk("maison.quay3").await;
    let ready = clerk.find_in(Pile::Returns, &code).await;
    let refused = clerk
        .turn(
            &ready,
            Turn::Return {
                to: domain::case::ReturnedTo { name: ready.case.applicant.name.clone(), authorisation: None },
            },
        )
        .await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), Some("not_allowed"));
    assert!(refused.sentence().contains("75.000"), "{}", refused.sentence());
    let paid = clerk.take_fee(&ready, 75_000).await;
    let done = clerk.give_back(&paid).await;
    assert_eq!((done.case.state, done.case.was_on_time()), (State::Returned, Some(true)));
    assert_eq!(done.actions.len(), done.case.version as usize);
    world.end().await;
}
