use crate::{
    command::Command,
    event::{Event, Failure},
    model::{Model, Target},
    seen::Seen,
    update::{
        tests::{
            hall::{giving, hall},
            sample::{CODE, status},
        },
        update,
    },
};
use domain::hall::{NoTicket, Purpose, WhyNot};
use std::sync::Arc;

/// Scans a receipt among the services; says which question that asks.
fn scanning(model: &mut Model) -> u64 {
    update(model, Event::Go(Target::Services));
    let commands = update(model, Event::Scanned(CODE.into()));
    match commands.as_slice() {
        [Command::LoadStatus { ask, code, .. }] if code.to_string() == CODE => *ask,
        other => panic!("{other:?}"),
    }
}

fn answer(model: &mut Model, ask: u64, answer: Result<api::PublicStatus, Failure>) {
    update(model, Event::Status { ask, answer: answer.map(Box::new) });
}

fn page(model: &Model) -> (&'static str, String, String) {
    let seen = Seen::of(model);
    (seen.screen, seen.code, seen.query)
}

/// The service that covers building permits, whatever for.
fn building(model: &Model) -> String {
    let view = model.hall.view.as_deref().unwrap();
    let field = "xay-dung".into();
    view.services.iter().find(|view| view.service.covers(&field)).unwrap().service.code.to_string()
}

#[test]
fn a_receipt_takes_a_number_for_its_case() {
    let mut model = giving();
    let ask = scanning(&mut model);
    answer(&mut model, ask, Ok(status()));
    assert_eq!(page(&model), ("priority", building(&model), CODE.to_owned()));
    match update(&mut model, Event::Take(None)).as_slice() {
        [Command::TakeNumber { asked, .. }] => assert_eq!(asked.case.as_ref().unwrap().to_string(), CODE),
        other => panic!("{other:?}"),
    }
}

#[test]
fn results_are_collected_where_they_are_given_out() {
    let mut model = giving();
    let mut view = hall();
    let mut desk = view.services.first().unwrap().clone();
    (desk.service.code, desk.service.purpose) = ("tra".into(), Purpose::Collect);
    desk.service.fields.clear();
    view.services.push(desk);
    update(&mut model, Event::Hall(Arc::new(view)));
    let ask = scanning(&mut model);
    answer(&mut model, ask, Ok(status()));
    assert_eq!(page(&model), ("priority", "tra".to_owned(), CODE.to_owned()));
}

#[test]
fn where_the_case_leads_nowhere_its_bearer_chooses() {
    let mut model = giving();
    let ask = scanning(&mut model);
    let mut odd = status();
    odd.case.procedure = "Thủ tục đã bãi bỏ".into();
    answer(&mut model, ask, Ok(odd));
    assert_eq!(page(&model), ("services", String::new(), CODE.to_owned()));
    update(&mut model, Event::Choose("q3".into()));
    assert_eq!(page(&model), ("priority", "q3".to_owned(), CODE.to_owned()));
}

#[test]
fn without_the_server_a_service_is_chosen_and_the_case_kept() {
    let mut model = giving();
    let ask = scanning(&mut model);
    answer(&mut model, ask, Err(Failure::Offline));
    assert_eq!((page(&model).2, Seen::of(&model).error.as_str()), (CODE.to_owned(), "offline"));
}

#[test]
fn a_case_that_there_is_not_goes_with_no_number() {
    let mut model = giving();
    let ask = scanning(&mut model);
    answer(&mut model, ask, Err(Failure::NotFound));
    assert_eq!((page(&model).2, Seen::of(&model).error.as_str()), (String::new(), "unknown"));
}

#[test]
fn a_receipt_at_the_question_of_priority_asks_anew_and_back_leads_to_the_services() {
    let mut model = giving();
    update(&mut model, Event::Go(Target::Services));
    update(&mut model, Event::Choose("q3".into()));
    update(&mut model, Event::Scanned(CODE.into()));
    let ask = model.asks;
    answer(&mut model, ask, Ok(status()));
    assert_eq!(page(&model).1, building(&model));
    update(&mut model, Event::Back);
    assert_eq!(page(&model).0, "services");
    update(&mut model, Event::Back);
    assert_eq!(page(&model).0, "home");
}

#[test]
fn another_agencys_receipt_and_one_out_of_hours_show_the_case() {
    let mut model = giving();
    update(&mut model, Event::Go(Target::Services));
    update(&mut model, Event::Scanned("H52.120-261110-0007".into()));
    assert_eq!(page(&model).0, "case");
    let mut model = giving();
    let mut closed = hall();
    closed.closed = Some(NoTicket { why: WhyNot::Over, next: None });
    update(&mut model, Event::Hall(Arc::new(closed)));
    scanning(&mut model);
    assert_eq!(page(&model).0, "case");
}

#[test]
fn a_card_among_the_services_is_refused_there() {
    let mut model = giving();
    update(&mut model, Event::Go(Target::Services));
    update(&mut model, Event::Scanned("014088004512||Quàng Văn Thưởng|12041988|Nam|Hua La|25072021".into()));
    assert_eq!((page(&model).0, Seen::of(&model).error.as_str()), ("services", "card"));
}
