use super::{
    super::{
        class::{Class, PriorityReason},
        ticket::NewTicket,
    },
    *,
};
use crate::{
    ids::TicketId,
    time::{DAY, HOUR, MINUTE},
    unit::UnitCode,
};
use jiff::civil::date;
use proptest::prelude::*;

/// A Monday morning.
fn morning() -> Millis {
    Millis::from_local(date(2026, 11, 23).at(8, 0, 0, 0))
}

fn ticket() -> Ticket {
    let new = NewTicket {
        id: TicketId::new(),
        site: UnitCode::from("H52.125"),
        service: ServiceCode::from("land"),
        class: Class::Priority { reason: PriorityReason::Aged80 },
        case: None,
    };
    Ticket::issue(new, date(2026, 11, 23), "A012".parse().unwrap(), 12, morning())
}

fn clerk() -> StaffId {
    StaffId(uuid::Uuid::from_u128(7))
}

/// Does one thing a minute.
fn after(acts: &[Act]) -> Result<Ticket, Refused> {
    let mut at = morning();
    acts.iter().try_fold(ticket(), |ticket, act| {
        at = at.plus(MINUTE);
        ticket.apply(act, at)
    })
}

fn call(counter: u16) -> Act {
    Act::Call { counter }
}

fn serve(counter: u16) -> Act {
    Act::Serve { counter, clerk: clerk() }
}

fn to(counter: u16, service: &str) -> Act {
    Act::Transfer { counter, to: ServiceCode::from(service) }
}

fn miss(after: u16) -> Act {
    Act::Miss { counter: 3, after }
}

#[test]
fn the_plain_way() {
    let case = CaseCode::parse("H52.125-261123-0032").unwrap();
    let attach = Act::Attach { counter: 3, case: case.clone() };
    let done = after(&[call(3), serve(3), attach, Act::Finish { counter: 3 }]).unwrap();
    assert_eq!((done.state, done.calls, done.clerk, done.case), (State::Done, 1, Some(clerk()), Some(case)));
    assert_eq!(done.called_at, Some(morning().plus(MINUTE)));
    assert_eq!(done.serving_at, Some(morning().plus(2 * MINUTE)));
    assert_eq!(done.finished_at, Some(morning().plus(4 * MINUTE)));
    let spells: Vec<_> =
        done.spells.iter().map(|spell| (spell.what, spell.counter, spell.millis())).collect();
    assert_eq!(spells, [(Stretch::Waited, Some(3), MINUTE), (Stretch::Served, Some(3), 2 * MINUTE)]);
}

#[test]
fn nobody_is_missed_before_being_called_often_enough() {
    let recall = Act::Recall { counter: 3 };
    assert_eq!(after(&[call(3), miss(3)]), Err(Refused::CallAgain { calls: 1, after: 3 }));
    assert_eq!(after(&[call(3), recall.clone(), miss(3)]), Err(Refused::CallAgain { calls: 2, after: 3 }));
    assert_eq!(after(&[call(3), miss(0)]).map(|ticket| ticket.state), Ok(State::Missed), "once at least");
    let missed = [call(3), recall.clone(), recall.clone(), miss(3)];
    let back = after(&[missed.as_slice(), &[Act::ComeBack]].concat()).unwrap();
    assert_eq!((back.state, back.calls, back.place), (State::Waiting, 0, 12));
    assert_eq!(back.waited(morning().plus(10 * MINUTE)), 6 * MINUTE, "absence is no waiting");
    let again = back.apply(&call(3), morning().plus(10 * MINUTE)).unwrap();
    assert_eq!(again.apply(&miss(3), morning()), Err(Refused::CallAgain { calls: 1, after: 3 }));
}

#[test]
fn a_transfer_keeps_number_class_and_place() {
    for acts in [
        vec![to(9, "births")],
        vec![call(3), to(3, "births")],
        vec![call(3), serve(3), to(3, "births")],
        vec![call(3), serve(3), Act::Park { counter: 3 }, to(9, "births")],
    ] {
        let moved = after(&acts).unwrap();
        let before = ticket();
        assert_eq!((moved.state, moved.calls, moved.service.as_str()), (State::Waiting, 0, "births"));
        assert_eq!((moved.place, moved.number, moved.class), (before.place, before.number, before.class));
    }
    assert_eq!(after(&[to(9, "land")]), Err(Refused::SameService));
    assert_eq!(after(&[call(3), to(3, "land")]).map(|ticket| ticket.state), Ok(State::Waiting), "given back");
    assert_eq!(after(&[call(3), to(9, "births")]), Err(Refused::OtherCounter { at: 3 }));
}

#[test]
fn only_the_counter_that_set_it_aside_goes_on() {
    let parked = [call(3), serve(3), Act::Park { counter: 3 }];
    let resume = |counter| Act::Resume { counter, clerk: clerk() };
    let with = |act: Act| after(&[parked.as_slice(), &[act]].concat());
    assert_eq!(with(resume(3)).map(|ticket| ticket.state), Ok(State::Serving { counter: 3 }));
    assert_eq!(with(resume(4)), Err(Refused::OtherCounter { at: 3 }));
    let not_now = Refused::NotNow { state: State::Parked { counter: 3 } };
    assert_eq!(with(call(3)), Err(not_now.clone()));
    assert_eq!(with(Act::Finish { counter: 3 }), Err(not_now));
}

#[test]
fn every_counter_keeps_to_its_own() {
    let other = Err(Refused::OtherCounter { at: 3 });
    let called = |act| after(&[call(3), act]);
    for act in [Act::Recall { counter: 4 }, serve(4), Act::Miss { counter: 4, after: 1 }] {
        assert_eq!(called(act), other);
    }
    let serving = |act| after(&[call(3), serve(3), act]);
    for act in [Act::Finish { counter: 4 }, Act::Park { counter: 4 }, to(4, "births")] {
        assert_eq!(serving(act), other);
    }
    assert_eq!(after(&[call(3), call(4)]), Err(Refused::NotNow { state: State::Called { counter: 3 } }));
}

#[test]
fn a_ticket_holds_for_its_day() {
    let (evening, next_day) = (morning().plus(15 * HOUR), morning().plus(16 * HOUR));
    assert_eq!(evening.local().date(), date(2026, 11, 23));
    let day = date(2026, 11, 23);
    assert_eq!(ticket().apply(&Act::Expire, evening), Err(Refused::DayNotOver { day }));
    assert_eq!(ticket().apply(&call(3), next_day), Err(Refused::DayOver { day }));
    let expired = ticket().apply(&Act::Expire, next_day).unwrap();
    assert_eq!((expired.state, expired.spells.len()), (State::Expired, 0));
    assert_eq!(expired.apply(&Act::Expire, next_day), Err(Refused::NotNow { state: State::Expired }));
    let missed = after(&[call(3), miss(1)]).unwrap();
    assert_eq!(missed.apply(&Act::ComeBack, next_day), Err(Refused::DayOver { day }));
}

#[test]
fn whoever_leaves_has_left() {
    for acts in
        [vec![], vec![call(3)], vec![call(3), miss(1)], vec![call(3), serve(3), Act::Park { counter: 3 }]]
    {
        let gone = after(&[acts, vec![Act::Leave]].concat()).unwrap();
        assert_eq!(gone.state, State::Left);
        assert!(gone.finished_at.is_some());
    }
    let serving = State::Serving { counter: 3 };
    assert_eq!(after(&[call(3), serve(3), Act::Leave]), Err(Refused::NotNow { state: serving }));
}

#[test]
fn a_clock_set_back_makes_no_negative_times() {
    let hour_ago = morning().plus(-HOUR);
    let mut ticket = ticket();
    for act in [call(3), Act::Recall { counter: 3 }, serve(3), Act::Finish { counter: 3 }] {
        ticket = ticket.apply(&act, hour_ago).unwrap();
    }
    assert_eq!((ticket.waited(hour_ago), ticket.served()), (0, 0));
    assert_eq!(ticket.finished_at, Some(morning()));
    // A leap ahead by days during one act, and back: the day goes on.
    let called = self::ticket().apply(&call(3), morning()).unwrap();
    let recalled = called.apply(&Act::Recall { counter: 3 }, morning().plus(10 * HOUR)).unwrap();
    let served = recalled.apply(&serve(3), morning().plus(HOUR)).unwrap();
    assert_eq!(served.serving_at, Some(morning().plus(10 * HOUR)));
}

#[test]
fn nobody_is_sent_around_for_ever() {
    let mut ticket = ticket();
    let services = ["births", "land"];
    let refused = (0..1_000).find_map(|round| {
        let moved = ticket.clone().apply(&to(3, services[round % 2]), morning().plus(MINUTE));
        moved.map(|moved| ticket = moved).err()
    });
    assert_eq!(refused, Some(Refused::TooOften));
    for act in [call(3), serve(3), Act::Finish { counter: 3 }] {
        ticket = ticket.apply(&act, morning().plus(MINUTE)).unwrap();
    }
    assert_eq!(ticket.state, State::Done);
}

#[test]
fn refusals_have_the_names_of_the_wire() {
    let day = date(2026, 11, 23);
    for refused in [
        Refused::NotNow { state: State::Waiting },
        Refused::OtherCounter { at: 3 },
        Refused::CallAgain { calls: 1, after: 3 },
        Refused::SameService,
        Refused::DayOver { day },
        Refused::DayNotOver { day },
        Refused::TooOften,
        Refused::CounterNotOpen,
        Refused::CounterBusy { number: "A001".parse().unwrap() },
    ] {
        assert_eq!(serde_json::to_value(&refused).unwrap()["why"], refused.name());
    }
}

#[test]
fn a_row_says_what_the_state_says() {
    let counter = 3;
    for state in [
        State::Waiting,
        State::Called { counter },
        State::Serving { counter },
        State::Parked { counter },
        State::Missed,
        State::Done,
        State::Left,
        State::Expired,
    ] {
        assert_eq!(State::read(state.name(), state.counter()), Some(state));
        assert_eq!(serde_json::to_value(state).unwrap()["state"], state.name());
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    let counter = 1_u16..4;
    let service = prop_oneof![Just("land"), Just("births")].prop_map(ServiceCode::from);
    prop_oneof![
        3 => counter.clone().prop_map(|counter| Act::Call { counter }),
        1 => counter.clone().prop_map(|counter| Act::Recall { counter }),
        3 => counter.clone().prop_map(serve),
        1 => counter.clone().prop_map(|counter| Act::Finish { counter }),
        2 => (counter.clone(), 0_u16..4).prop_map(|(counter, after)| Act::Miss { counter, after }),
        2 => Just(Act::ComeBack),
        1 => (counter.clone(), service).prop_map(|(counter, to)| Act::Transfer { counter, to }),
        2 => counter.clone().prop_map(|counter| Act::Park { counter }),
        2 => counter.prop_map(|counter| Act::Resume { counter, clerk: clerk() }),
        1 => Just(Act::Leave),
        1 => Just(Act::Expire),
    ]
}

fn any_time() -> impl Strategy<Value = Millis> {
    prop_oneof![
        8 => (-2 * HOUR..12 * HOUR).prop_map(|millis| morning().plus(millis)),
        1 => (-2 * DAY..2 * DAY).prop_map(|millis| morning().plus(millis)),
        1 => any::<i64>().prop_map(Millis),
    ]
}

proptest! {
    /// Whatever is done with a ticket, and whenever: nothing panics, nothing follows a final state, times stand in
    /// order, nothing that names the ticket changes, and the row stays small.
    #[test]
    fn a_ticket_survives_everything(acts in proptest::collection::vec((any_act(), any_time()), 0..200)) {
        let first = ticket();
        let mut now = first.clone();
        for (act, at) in acts {
            let Ok(next) = now.clone().apply(&act, at) else { continue };
            prop_assert!(!now.state.is_final(), "{act:?} after {:?}", now.state);
            prop_assert!(next.since >= now.since && next.latest() >= now.latest());
            prop_assert!(next.called_at >= now.called_at && next.serving_at >= now.serving_at);
            prop_assert!(next.spells.starts_with(&now.spells));
            prop_assert_eq!(next.state.is_final(), next.finished_at.is_some());
            prop_assert_eq!(
                (&next.id, &next.day, &next.number, &next.class, &next.place, &next.issued_at),
                (&first.id, &first.day, &first.number, &first.class, &first.place, &first.issued_at)
            );
            prop_assert!(next.spells.iter().all(|spell| spell.from <= spell.until));
            prop_assert!(next.spells.iter().zip(next.spells.iter().skip(1)).all(|(a, b)| a.until <= b.from));
            prop_assert!(next.spells.len() <= MAX_SPELLS + 3);
            prop_assert!(next.waited(at) >= 0 && next.served() >= 0);
            prop_assert_eq!(State::read(next.state.name(), next.state.counter()), Some(next.state));
            now = next;
        }
        let sent = serde_json::to_string(&now).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ticket>(&sent).unwrap(), now);
    }
}
