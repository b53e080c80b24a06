use crate::{
    command::Command,
    event::{Event, Failure},
    model::{Model, Tablet},
    seen::Seen,
    update::{
        tests::{hall::hall, sample::kiosk},
        update,
    },
};
use domain::hall::{Complaint, Level};
use i18n::Lang;
use std::sync::Arc;

/// The tablet of counter 3.
fn tablet() -> Model {
    let mut model = kiosk();
    model.tablet = Some(Tablet::at(3));
    serve(&mut model, None);
    model
}

/// The hall says who is at counter 3; `called` only, or served already.
fn at_hand(model: &mut Model, number: Option<&str>, serving: bool) {
    let mut view = hall();
    for sign in &mut view.counters {
        sign.at_hand = number.map(|number| number.parse().unwrap());
        sign.serving = serving;
    }
    update(model, Event::Hall(Arc::new(view)));
}

fn serve(model: &mut Model, number: Option<&str>) {
    at_hand(model, number, number.is_some());
}

fn later(model: &mut Model, ms: i64) {
    let then = model.machine.plus(ms);
    update(model, Event::Tick(then));
}

fn shows(model: &Model) -> (String, String) {
    let seen = Seen::of(model);
    assert_eq!(seen.screen, "rating");
    (seen.state, seen.code)
}

fn shown(state: &str, number: &str) -> (String, String) {
    (state.to_owned(), number.to_owned())
}

#[test]
fn whoever_is_served_is_asked_and_thanked() {
    let mut model = tablet();
    assert_eq!(shows(&model), shown("rest", ""));
    at_hand(&mut model, Some("C006"), false);
    assert_eq!(shows(&model), shown("rest", ""), "somebody who is called has not been served");
    serve(&mut model, Some("C006"));
    assert_eq!(shows(&model), shown("ask", "C006"));
    let ask = match update(&mut model, Event::Rate(Level::VerySatisfied)).as_slice() {
        [Command::RateCounter { ask, counter: 3, said, .. }] if said.level == Level::VerySatisfied => *ask,
        other => panic!("{other:?}"),
    };
    update(&mut model, Event::Rated { ask, answer: Ok(()) });
    assert_eq!(shows(&model), shown("thanks", "C006"));
    later(&mut model, 9_000);
    serve(&mut model, Some("C006"));
    assert_eq!(shows(&model), shown("rest", "C006"), "nobody is asked twice");
    serve(&mut model, Some("C007"));
    assert_eq!(shows(&model), shown("ask", "C007"));
}

#[test]
fn a_minute_after_the_service_the_question_goes() {
    let mut model = tablet();
    serve(&mut model, Some("C006"));
    later(&mut model, 600_000);
    assert_eq!(shows(&model), shown("ask", "C006"), "it stays as long as the service takes");
    serve(&mut model, None);
    later(&mut model, 59_000);
    serve(&mut model, None);
    assert_eq!(shows(&model), shown("ask", "C006"));
    assert_eq!(model.next_change_ms(), 1_000);
    later(&mut model, 1_000);
    assert_eq!(shows(&model), shown("rest", ""));
}

#[test]
fn who_comes_back_before_that_goes_on_being_asked() {
    let mut model = tablet();
    serve(&mut model, Some("C006"));
    serve(&mut model, None);
    later(&mut model, 50_000);
    serve(&mut model, Some("C006"));
    later(&mut model, 50_000);
    assert_eq!(shows(&model), shown("ask", "C006"));
}

#[test]
fn what_one_said_and_chose_is_not_the_next_ones() {
    let mut model = tablet();
    serve(&mut model, Some("C006"));
    update(&mut model, Event::Speak(Lang::En));
    update(&mut model, Event::Rate(Level::Unsatisfied));
    update(&mut model, Event::Complain(Complaint::Attitude));
    serve(&mut model, Some("C007"));
    assert_eq!(Seen::of(&model).language, "vi");
    assert!(update(&mut model, Event::SendOpinion).is_empty(), "C007 has said nothing");
    update(&mut model, Event::Rate(Level::Unsatisfied));
    update(&mut model, Event::Complain(Complaint::Waiting));
    match update(&mut model, Event::Rate(Level::Satisfied)).as_slice() {
        [Command::RateCounter { said, .. }] => assert!(said.complaints.is_empty(), "a change of mind"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_that_comes_late_thanks_nobody_else() {
    let mut model = tablet();
    serve(&mut model, Some("C006"));
    let commands = update(&mut model, Event::Rate(Level::Satisfied));
    let [Command::RateCounter { ask, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    serve(&mut model, Some("C007"));
    update(&mut model, Event::Rated { ask: *ask, answer: Ok(()) });
    assert_eq!(shows(&model), shown("ask", "C007"));
}

#[test]
fn a_cut_line_is_told_and_the_opinion_is_sent_again() {
    let mut model = tablet();
    serve(&mut model, Some("C006"));
    update(&mut model, Event::Rate(Level::Satisfied));
    let ask = model.asks;
    update(&mut model, Event::Rated { ask, answer: Err(Failure::Offline) });
    assert_eq!(Seen::of(&model).error, "offline");
    assert!(
        matches!(update(&mut model, Event::Again).as_slice(), [Command::RateCounter { said, .. }] if said.level == Level::Satisfied)
    );
    assert_eq!(Seen::of(&model).error, "");
    update(&mut model, Event::Rated { ask, answer: Err(Failure::NotAllowed) });
    assert_eq!(shows(&model), shown("thanks", "C006"), "it had arrived the first time");
}

#[test]
fn a_tablet_reads_no_receipts() {
    let mut model = tablet();
    assert!(update(&mut model, Event::Scanned("H52.125-261110-0007".into())).is_empty());
    assert_eq!(shows(&model), shown("rest", ""));
}
