//! A counter in the hall, as the server would tell.

use super::sample::{now, signed_in};
use crate::{Event, Model, update};
use api::CounterView;
use domain::{
    hall::{
        Act, Class, NewTicket, Opening, PriorityReason, Purpose, Ratings, Ratio, Service, Ticket,
        TicketNumber,
    },
    ids::{StaffId, TicketId},
    roles::Role,
    time::MINUTE,
};

fn service(code: &str, name: &str) -> Service {
    Service {
        site: "H52.125".into(),
        code: code.into(),
        name: name.into(),
        name_en: String::new(),
        prefix: None,
        fields: Vec::new(),
        purpose: Purpose::Submit,
        ratio: Ratio::default(),
    }
}

/// A ticket that was taken some minutes ago.
pub(crate) fn ticket(number: &str, class: Class, minutes: i64) -> Ticket {
    let number: TicketNumber = number.parse().unwrap();
    let taken = now().plus(-minutes * MINUTE);
    let new =
        NewTicket { id: TicketId::new(), site: "H52.125".into(), service: "q3".into(), class, case: None };
    Ticket::issue(new, taken.local().date(), number, number.count().into(), taken)
}

/// Called so often to counter 3.
pub(crate) fn called(ticket: Ticket, calls: u16) -> Ticket {
    let first = ticket.apply(&Act::Call { counter: 3 }, now()).unwrap();
    (1..calls).fold(first, |ticket, _| ticket.apply(&Act::Recall { counter: 3 }, now()).unwrap())
}

/// Called and here.
pub(crate) fn served(ticket: Ticket) -> Ticket {
    called(ticket, 1).apply(&Act::Serve { counter: 3, clerk: StaffId::new() }, now()).unwrap()
}

/// An open counter with two who wait.
pub(crate) fn counter(at_hand: Option<Ticket>) -> CounterView {
    let pregnant = Class::Priority { reason: PriorityReason::Pregnant };
    CounterView {
        number: 3,
        version: 1,
        opening: Opening::Open,
        at_hand,
        parked: Vec::new(),
        next: vec![ticket("B024", pregnant, 1), ticket("B023", Class::Ordinary, 6)],
        waiting: 2,
        missed: Vec::new(),
        served: 31,
        mean_wait: Some(7 * MINUTE),
        ratings: Ratings::default(),
        services: vec![service("q3", "Hộ tịch, tư pháp"), service("q1", "Đất đai")],
        server_time: now(),
    }
}

/// The clerk of counter 3, with the hall in view.
pub(crate) fn clerk(view: CounterView) -> Model {
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Counter(Ok(Box::new(view))));
    model
}
