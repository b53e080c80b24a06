use super::*;
use crate::{
    event::Event,
    model::Target,
    seen::Seen,
    update::{
        tests::hall::{giving, ticket},
        update,
    },
};
use domain::hall::{Complaint, Level, State};

/// Chooses counter 3's service, and takes a number.
fn taking(model: &mut Model, priority: Option<PriorityReason>) -> TakeTicket {
    update(model, Event::Go(Target::Services));
    update(model, Event::Choose("q3".into()));
    let commands = update(model, Event::Take(priority));
    match commands.as_slice() {
        [Command::TakeNumber { asked, .. }] => TakeTicket::clone(asked),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_number_is_taken_shown_and_printed() {
    let mut model = giving();
    let asked = taking(&mut model, Some(PriorityReason::Pregnant));
    assert_eq!((asked.service.as_str(), asked.priority), ("q3", Some(PriorityReason::Pregnant)));
    let id = asked.ticket;
    update(&mut model, Event::Taken { ticket: id, answer: Ok(Box::new(ticket(id, State::Waiting))) });
    let seen = Seen::of(&model);
    assert_eq!((seen.screen, seen.code.as_str(), seen.state.as_str()), ("number", "C006", "printing"));
    update(&mut model, Event::Printed { ticket: id, paper: Paper::Out });
    assert_eq!(Seen::of(&model).state, "out");
    update(&mut model, Event::Back);
    assert_eq!(Seen::of(&model).screen, "home", "there is no way back into a number that is taken");
}

#[test]
fn a_double_touch_takes_one_number() {
    let mut model = giving();
    taking(&mut model, None);
    assert!(update(&mut model, Event::Take(None)).is_empty());
    assert!(update(&mut model, Event::Choose("q3".into())).is_empty());
}

#[test]
fn a_cut_line_asks_for_the_same_number_again() {
    let mut model = giving();
    let asked = taking(&mut model, None);
    update(&mut model, Event::Taken { ticket: asked.ticket, answer: Err(Failure::Offline) });
    assert_eq!(Seen::of(&model).error, "offline");
    match update(&mut model, Event::Again).as_slice() {
        [Command::TakeNumber { asked: again, .. }] => assert_eq!(**again, asked),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_for_somebody_who_has_gone_is_shown_to_nobody() {
    let mut model = giving();
    let asked = taking(&mut model, None);
    update(&mut model, Event::Home);
    let gone = Box::new(ticket(asked.ticket, State::Waiting));
    update(&mut model, Event::Taken { ticket: asked.ticket, answer: Ok(gone) });
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn a_scanned_ticket_says_where_it_stands_and_is_given_up() {
    let mut model = giving();
    let held = ticket(TicketId::new(), State::Waiting);
    let commands = update(&mut model, Event::Scanned(held.code.to_string()));
    assert!(matches!(commands.as_slice(), [Command::LoadTicket { ask, .. }] if *ask == model.asks));
    let ask = model.asks;
    let stands = |answer| Event::Stands { ask, answer: Ok(Box::new(answer)) };
    update(&mut model, stands(held.clone()));
    assert_eq!(Seen::of(&model).state, "waiting");
    assert!(
        matches!(update(&mut model, Event::GiveUp).as_slice(), [Command::GiveUp { ticket, .. }] if *ticket == held.ticket)
    );
    update(&mut model, stands(TicketView { state: State::Left, ..held }));
    assert_eq!(Seen::of(&model).state, "left");
}

#[test]
fn whoever_is_content_sends_at_once_and_whoever_is_not_says_why() {
    let mut model = giving();
    let held = ticket(TicketId::new(), State::Done);
    update(&mut model, Event::Scanned(held.url.clone()));
    let ask = model.asks;
    update(&mut model, Event::Stands { ask, answer: Ok(Box::new(held.clone())) });
    assert!(update(&mut model, Event::Rate(Level::Unsatisfied)).is_empty());
    for complaint in [Complaint::Waiting, Complaint::Attitude, Complaint::Attitude] {
        update(&mut model, Event::Complain(complaint));
    }
    match update(&mut model, Event::SendOpinion).as_slice() {
        [Command::Rate { said, ticket, .. }] => {
            assert_eq!(*ticket, held.ticket);
            assert!(said.complaints.iter().eq([&Complaint::Waiting]), "touched twice is taken back");
        }
        other => panic!("{other:?}"),
    }
    update(&mut model, Event::Rated { ask, answer: Ok(()) });
    assert_eq!(Seen::of(&model).results, 1);
    // The next one: content, and sent with one touch.
    update(&mut model, Event::Scanned(held.url.clone()));
    let ask = model.asks;
    update(&mut model, Event::Stands { ask, answer: Ok(Box::new(held)) });
    assert!(matches!(update(&mut model, Event::Rate(Level::Satisfied)).as_slice(), [Command::Rate { .. }]));
}

fn later(model: &mut Model, ms: i64) {
    let then = model.machine.plus(ms);
    update(model, Event::Tick(then));
}

#[test]
fn a_number_goes_by_itself_once_its_paper_is_out() {
    let mut model = giving();
    let id = taking(&mut model, None).ticket;
    update(&mut model, Event::Taken { ticket: id, answer: Ok(Box::new(ticket(id, State::Waiting))) });
    later(&mut model, 5_000);
    update(&mut model, Event::Printed { ticket: id, paper: Paper::Out });
    later(&mut model, 19_000);
    assert_eq!((Seen::of(&model).screen, model.countdown()), ("number", None), "without asking who is there");
    update(&mut model, Event::Touched);
    later(&mut model, 19_000);
    assert_eq!(Seen::of(&model).screen, "number", "whoever touches it reads it");
    later(&mut model, 1_000);
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn a_number_without_paper_stays_to_be_photographed() {
    let mut model = giving();
    let id = taking(&mut model, None).ticket;
    update(&mut model, Event::Taken { ticket: id, answer: Ok(Box::new(ticket(id, State::Waiting))) });
    update(&mut model, Event::Printed { ticket: id, paper: Paper::Failed });
    later(&mut model, 45_000);
    assert_eq!(Seen::of(&model).screen, "number");
    later(&mut model, 15_000);
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn thanks_go_by_themselves() {
    let mut model = giving();
    let held = ticket(TicketId::new(), State::Done);
    update(&mut model, Event::Scanned(held.url.clone()));
    let ask = model.asks;
    update(&mut model, Event::Stands { ask, answer: Ok(Box::new(held)) });
    update(&mut model, Event::Rate(Level::Satisfied));
    update(&mut model, Event::Rated { ask, answer: Ok(()) });
    later(&mut model, 7_000);
    assert_eq!(Seen::of(&model).screen, "held");
    later(&mut model, 1_000);
    assert_eq!(Seen::of(&model).screen, "home");
}
