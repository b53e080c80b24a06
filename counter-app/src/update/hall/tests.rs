use super::*;
use crate::{
    Event, Spot,
    tests::{
        hall::{called, clerk, counter, served, ticket},
        sample::{CARD, accepted, received},
    },
    update::update,
};
use domain::hall::{Act, Class};

/// What an act asks of the server.
#[track_caller]
fn asked(commands: &[Command]) -> Vec<HallChange> {
    let steps = commands.iter().find_map(|command| match command {
        Command::InHall(at, steps) => {
            assert_eq!((at.unit.as_str(), at.number), ("H52.125", 3));
            Some(steps)
        }
        _ => None,
    });
    steps.unwrap().iter().map(|step| step.what.clone()).collect()
}

fn onward_from(view: CounterView) -> Vec<HallChange> {
    asked(&update(&mut clerk(view), Event::Hall(HallAct::Onward)))
}

#[test]
fn one_key_goes_on() {
    let waiting = ticket("B022", Class::Ordinary, 9);
    let closed = CounterView { opening: Opening::Closed, ..counter(None) };
    assert_eq!(onward_from(closed), [HallChange::Opening(Opening::Open)]);
    assert_eq!(onward_from(counter(None)), [HallChange::Next]);
    let once = called(waiting.clone(), 1);
    assert_eq!(onward_from(counter(Some(once.clone()))), [deed(once.id, Deed::Recall)]);
    let thrice = called(waiting.clone(), 3);
    let on = [deed(thrice.id, Deed::Miss), HallChange::Next];
    assert_eq!(onward_from(counter(Some(thrice))), on);
    let here = served(waiting);
    let on = [deed(here.id, Deed::Finish), HallChange::Next];
    assert_eq!(onward_from(counter(Some(here.clone()))), on);
    let paused = CounterView { opening: Opening::Closed, ..counter(Some(here.clone())) };
    assert_eq!(onward_from(paused), [deed(here.id, Deed::Finish)], "whoever rests calls nobody");
}

#[test]
fn a_second_press_waits_for_the_first() {
    let mut model = clerk(counter(None));
    assert!(!update(&mut model, Event::Hall(HallAct::Onward)).is_empty());
    assert!(update(&mut model, Event::Hall(HallAct::Onward)).is_empty());
    update(&mut model, Event::HallDone(Ok(Some(NextCalled { ticket: None }))));
    assert!(model.toasts.shown().iter().any(|toast| toast.text.contains("Không còn ai chờ")));
    assert!(!update(&mut model, Event::Hall(HallAct::Onward)).is_empty());
}

#[test]
fn an_older_state_is_not_shown_again() {
    let mut model = clerk(CounterView { version: 5, ..counter(None) });
    update(&mut model, Event::Counter(Ok(Box::new(CounterView { version: 4, waiting: 9, ..counter(None) }))));
    assert_eq!(model.hall.view.as_ref().unwrap().waiting, 2);
}

#[test]
fn a_card_of_somebody_who_was_called_says_that_they_are_here() {
    let awaited = called(ticket("B022", Class::Ordinary, 9), 1);
    let mut model = clerk(counter(Some(awaited.clone())));
    let commands = update(&mut model, Event::Scanned(CARD.into()));
    assert_eq!(asked(&commands), [deed(awaited.id, Deed::Serve)]);
}

#[test]
fn the_ticket_is_told_which_case_it_led_to() {
    let here = called(ticket("B022", Class::Ordinary, 9), 1);
    let mut model = clerk(counter(Some(here.clone())));
    let view = received(0);
    hands_in(&mut model, view.case.id);
    let commands = update(&mut model, accepted(CommandId::new(), "intake", &view));
    let attach = Deed::Attach { case: view.case.code.clone() };
    assert_eq!(asked(&commands), [deed(here.id, Deed::Serve), deed(here.id, attach)]);
    // A case that arrives when somebody else stands here is none of theirs.
    hands_in(&mut model, view.case.id);
    let other = counter(Some(served(ticket("B030", Class::Ordinary, 2))));
    update(&mut model, Event::Counter(Ok(Box::new(CounterView { version: 9, ..other }))));
    assert!(led_to(&mut model, view.case.id, &view.case.code).is_empty());
    assert!(model.hall.handing_in.is_none());
}

#[test]
fn a_scanned_ticket_does_what_its_holder_wants() {
    let waiting = ticket("B022", Class::Ordinary, 9);
    let mut model = clerk(counter(None));
    let parked = served(waiting.clone()).apply(&Act::Park { counter: 3 }, model.now).unwrap();
    let commands = update(&mut model, Event::TicketFound(Ok(Box::new(parked.clone()))));
    assert_eq!(asked(&commands), [deed(parked.id, Deed::Resume)]);
    model.hall.busy = false;
    let missed = called(waiting.clone(), 3).apply(&Act::Miss { counter: 3, after: 3 }, model.now).unwrap();
    let commands = update(&mut model, Event::TicketFound(Ok(Box::new(missed.clone()))));
    assert_eq!(asked(&commands), [deed(missed.id, Deed::ComeBack)]);
    model.hall.busy = false;
    assert!(update(&mut model, Event::TicketFound(Ok(Box::new(waiting)))).is_empty());
    assert!(model.toasts.shown().iter().any(|toast| toast.text.contains("Số B022: Đang chờ")));
}

#[test]
fn escape_closes_the_menu_before_anything_else() {
    let mut model = clerk(counter(None));
    update(&mut model, Event::Typed(Spot::Omni, "thuong".into()));
    update(&mut model, Event::Hall(HallAct::Menu(crate::model::HallMenu::More)));
    update(&mut model, Event::Escape);
    assert!(model.hall.menu.is_none() && !model.omni.text.is_empty());
}
