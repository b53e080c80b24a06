//! Who may do what: the server decides, whatever an app sends.

use crate::on_both;
use api::{CaseParam, GetCase, Intake, Pile, SignIn, SignInRequest};
use domain::{case::Turn, ids::CommandId, unit::UnitCode};
use tests::{Engine, PASSWORD, World, birth};

on_both!(only_the_right_desk, passwords_are_guarded);

async fn only_the_right_desk(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let received = clerk.intake(&birth()).await.unwrap();

    let nobody = world.visitor();
    let refused = nobody.call::<GetCase>(&CaseParam { case: received.case.id }, &()).await.unwrap_err();
    assert_eq!(refused.code(), Some("signed_out"));

    let elsewhere = world.desk("mocchau.quay1").await;
    let refused =
        elsewhere.client.call::<GetCase>(&CaseParam { case: received.case.id }, &()).await.unwrap_err();
    assert_eq!(refused.code(), Some("denied"));
    let mut foreign = birth();
    foreign.agency = UnitCode::from("H52.125");
    let refused = elsewhere.intake(&foreign).await.unwrap_err();
    assert_eq!(refused.code(), Some("denied"));

    let refused = clerk.turn(&received, Turn::Approve { remark: String::new() }).await.unwrap_err();
    assert_eq!(refused.code(), Some("denied"));

    // Two specialists press at once: one takes the case up, the other is told so.
    let specialist = world.desk("maison.tuphap").await;
    let seen = specialist.find_in(Pile::Mine, &received.case.code).await;
    specialist.take_up(&seen).await;
    let stale = specialist.turn(&seen, Turn::Draft { text: "Bản cũ".to_owned() }).await.unwrap_err();
    assert_eq!(stale.code(), Some("stale_version"));
    world.end().await;
}

async fn passwords_are_guarded(engine: Engine) {
    let world = World::new(engine).await;
    let visitor = world.visitor();
    let try_with = |login: &str, password: &str| {
        let request = SignInRequest { login: login.to_owned(), password: password.to_owned() };
        let visitor = visitor.clone();
        async move { visitor.call::<SignIn>(&(), &request).await }
    };
    let wrong = try_with("maison.quay3", "sai-mat-khau").await.unwrap_err();
    let unknown = try_with("khong.co.ai", "sai-mat-khau").await.unwrap_err();
    assert_eq!(wrong.sentence(), unknown.sentence(), "a wrong name and a wrong password look alike");
    for _ in 0..4 {
        assert!(try_with("maison.quay3", "sai-mat-khau").await.is_err());
    }
    let locked = try_with("maison.quay3", PASSWORD).await.unwrap_err();
    assert_eq!(locked.code(), Some("too_many"));
    world.clock_to("2026-11-23T09:00");
    assert!(try_with("maison.quay3", PASSWORD).await.is_ok());
    // A session ends by itself.
    let desk = world.desk("maison.quay4").await;
    world.clock_to("2026-11-24T09:00");
    let ended = desk.client.command::<Intake>(CommandId::new(), &(), &birth()).await.unwrap_err();
    assert_eq!(ended.code(), Some("signed_out"));
    world.end().await;
}
