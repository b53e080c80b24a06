use super::{
    super::{
        act::Act,
        class::{Class, PriorityReason},
        ticket::NewTicket,
    },
    *,
};
use crate::{time::Millis, unit::ServiceCode};
use jiff::civil::date;

fn at(minute: i8) -> Millis {
    Millis::from_local(date(2026, 11, 23).at(8, minute, 0, 0))
}

fn waiting() -> Ticket {
    let new = NewTicket {
        id: TicketId::new(),
        site: UnitCode::from("H52.125"),
        service: ServiceCode::from("q1"),
        class: Class::Priority { reason: PriorityReason::Disabled },
        case: CaseCode::parse("H52.125-261123-0032").ok(),
    };
    Ticket::issue(new, date(2026, 11, 23), "A001".parse().unwrap(), 1, at(0))
}

fn rate(ticket: &Ticket, already: bool) -> Result<Rating, NotRated> {
    let complaints = BTreeSet::from([Complaint::Waiting]);
    rate_ticket(ticket, already, None, Level::Unsatisfied, complaints, date(2026, 11, 23))
}

#[test]
fn who_was_served_rates_once() {
    let clerk = StaffId::new();
    let called = waiting().apply(&Act::Call { counter: 3 }, at(5)).unwrap();
    assert_eq!(rate(&called, false), Err(NotRated::NothingYet));
    let serving = called.apply(&Act::Serve { counter: 3, clerk }, at(6)).unwrap();
    let rating = rate(&serving, false).unwrap();
    assert_eq!((rating.counter, rating.clerk), (Some(3), Some(clerk)));
    let done = serving.apply(&Act::Finish { counter: 3 }, at(9)).unwrap();
    assert_eq!(rate(&done, false).as_ref(), Ok(&rating));
    assert_eq!(rate(&done, true), Err(NotRated::Already));
}

#[test]
fn a_rating_says_nothing_of_who_gave_it() {
    let clerk = StaffId::new();
    let serving = waiting()
        .apply(&Act::Call { counter: 3 }, at(5))
        .and_then(|ticket| ticket.apply(&Act::Serve { counter: 3, clerk }, at(6)))
        .unwrap();
    let sent = serde_json::to_value(rate(&serving, false).unwrap()).unwrap();
    let said: BTreeSet<&str> = sent.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        said,
        BTreeSet::from(["about", "case", "clerk", "complaints", "counter", "day", "field", "level", "site"]),
        "nothing may be added that names or describes a citizen"
    );
    assert!(!sent.to_string().contains("disabled"));
}

#[test]
fn ratings_add_up() {
    let mut ratings = Ratings::default();
    assert_eq!(ratings.content_per_mille(), None);
    let waiting = BTreeSet::from([Complaint::Waiting, Complaint::Attitude]);
    ratings.add(Level::VerySatisfied, &BTreeSet::new());
    ratings.add(Level::Satisfied, &BTreeSet::from([Complaint::Waiting]));
    ratings.add(Level::Unsatisfied, &waiting);
    assert_eq!((ratings.count(), ratings.content_per_mille()), (3, Some(666)));
    assert_eq!(ratings.complaints, BTreeMap::from([(Complaint::Waiting, 2), (Complaint::Attitude, 1)]));
}

#[test]
fn names_are_those_of_the_wire() {
    for why in [NotRated::Already, NotRated::NothingYet] {
        assert_eq!(serde_json::to_value(why).unwrap(), why.name());
    }
}
