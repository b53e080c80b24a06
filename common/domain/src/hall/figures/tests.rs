use super::{
    super::{act::Act, class::Class, number::TicketNumber, ticket::NewTicket},
    *,
};
use crate::{
    ids::{StaffId, TicketId},
    time::MINUTE,
    unit::UnitCode,
};
use jiff::civil::date;

fn at(minute: i64) -> Millis {
    Millis::from_local(date(2026, 11, 23).at(8, 0, 0, 0)).plus(minute * MINUTE)
}

fn issued(service: &str, minute: i64) -> Ticket {
    let new = NewTicket {
        id: TicketId::new(),
        site: UnitCode::from("H52.125"),
        service: ServiceCode::from(service),
        class: Class::Ordinary,
        case: None,
    };
    Ticket::issue(new, date(2026, 11, 23), TicketNumber::new(None, 1).unwrap(), minute, at(minute))
}

fn done(ticket: Ticket, acts: &[(i64, Act)]) -> Ticket {
    acts.iter().fold(ticket, |ticket, (minute, act)| ticket.apply(act, at(*minute)).unwrap())
}

fn served(service: &str, counter: u16, [issue, call, serve, finish]: [i64; 4]) -> Ticket {
    let clerk = StaffId::new();
    let acts = [
        (call, Act::Call { counter }),
        (serve, Act::Serve { counter, clerk }),
        (finish, Act::Finish { counter }),
    ];
    done(issued(service, issue), &acts)
}

#[test]
fn an_empty_hall() {
    assert_eq!(HallFigures::of([], at(0)), HallFigures::default());
}

#[test]
fn a_morning_in_figures() {
    let clerk = StaffId::new();
    let parked = [
        (2, Act::Call { counter: 1 }),
        (2, Act::Serve { counter: 1, clerk }),
        (5, Act::Park { counter: 1 }),
        (20, Act::Resume { counter: 1, clerk }),
        (22, Act::Transfer { counter: 1, to: ServiceCode::from("births") }),
    ];
    let missed = [(9, Act::Call { counter: 2 }), (12, Act::Miss { counter: 2, after: 1 })];
    let tickets = [
        served("land", 1, [0, 6, 7, 12]),
        served("land", 2, [1, 3, 3, 10]),
        done(issued("land", 0), &parked),
        done(issued("births", 0), &missed),
        done(issued("births", 3), &[(8, Act::Leave)]),
        issued("births", 10),
    ];
    let figures = HallFigures::of(&tickets, at(30));
    assert_eq!((figures.issued, figures.longest_wait), (6, 20 * MINUTE));
    let births = &figures.services[&ServiceCode::from("births")];
    // The transferred one waited 2 minutes for land and 8 for births by now.
    assert_eq!((births.waiting, births.longest_wait), (2, 20 * MINUTE));
    assert_eq!((births.wait.count, births.wait.mean, births.service.count), (1, 9 * MINUTE, 0));
    let land = &figures.services[&ServiceCode::from("land")];
    assert_eq!((land.waiting, land.longest_wait), (0, 0));
    assert_eq!((land.wait.count, land.wait.median, land.wait.p90), (3, 2 * MINUTE, 6 * MINUTE));
    // Both stretches of the one that was set aside are one service of 5 minutes.
    assert_eq!((land.service.count, land.service.median, land.service.p90), (3, 5 * MINUTE, 7 * MINUTE));
    assert_eq!((figures.wait.count, figures.service.count), (4, 3));
    let counter = |number: u16| (figures.counters[&number].served, figures.counters[&number].missed);
    assert_eq!((counter(1), counter(2)), ((2, 0), (1, 1)));
}
