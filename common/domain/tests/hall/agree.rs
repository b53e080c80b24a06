//! The product's rules and the reference, side by side: whatever is asked of a hall, both answer alike.

use crate::reference::{Op, ReferenceHall, Ret};
use domain::{
    hall::{
        Act, Class, CounterState, Head, NewTicket, Opening, Prefix, PriorityReason, Rank, Ratio, Refused,
        State, Streak, Ticket, TicketNumber, choose,
    },
    ids::{StaffId, TicketId},
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::date;
use proptest::prelude::*;
use stateright::semantics::SequentialSpec as _;
use std::collections::BTreeMap;

const SERVICES: [(&str, Option<char>); 3] = [("land", Some('A')), ("births", Some('B')), ("results", None)];
const COUNTERS: [(u16, &[&str]); 3] = [(1, &["land", "results"]), (2, &["births", "land"]), (3, &["births"])];
const RATIO: u8 = 2;
const PATIENCE: u16 = 2;

/// A hall made of the product's rules, as the server puts them together.
#[derive(Default)]
struct Product {
    tickets: Vec<Ticket>,
    counters: BTreeMap<u16, (Opening, Streak)>,
}

impl Product {
    fn now(&self) -> Millis {
        Millis::from_local(date(2026, 11, 23).at(8, 0, 0, 0))
    }

    fn counter(&self, number: u16) -> CounterState {
        let here = |ticket: &&Ticket| ticket.state.is_at_counter() && ticket.state.counter() == Some(number);
        CounterState {
            opening: self.counters.get(&number).map_or(Opening::Closed, |(opening, _)| *opening),
            at_hand: self.tickets.iter().find(here).map(|ticket| ticket.number),
        }
    }

    fn issue(&mut self, service: &ServiceCode, priority: bool) -> TicketNumber {
        let letter = SERVICES.iter().find(|(code, _)| *code == service.as_str()).unwrap().1;
        let prefix = letter.map(|letter| Prefix::try_from(letter).unwrap());
        let last = self.tickets.iter().filter(|ticket| ticket.number.prefix() == prefix);
        let count = last.map(|ticket| ticket.number.count()).max().unwrap_or(0) + 1;
        let number = TicketNumber::new(prefix, count).unwrap();
        let class =
            if priority { Class::Priority { reason: PriorityReason::Infant } } else { Class::Ordinary };
        let new = NewTicket {
            id: TicketId::new(),
            site: UnitCode::from("H52.125"),
            service: service.clone(),
            class,
            case: None,
        };
        let place = self.tickets.len() as i64;
        self.tickets.push(Ticket::issue(new, date(2026, 11, 23), number, place, self.now()));
        number
    }

    fn call_next(&mut self, number: u16) -> Result<Option<TicketNumber>, Refused> {
        self.counter(number).may_take()?;
        let now = self.now();
        let serves = COUNTERS.iter().find(|(counter, _)| *counter == number).unwrap().1;
        let ratio = Ratio::new(RATIO).unwrap();
        let mut heads: BTreeMap<(&str, Rank), Head> = BTreeMap::new();
        // Against the order of places, so that the last one written is the first in line.
        for ticket in self.tickets.iter().rev().filter(|ticket| ticket.state == State::Waiting) {
            let service = ticket.service.as_str();
            if serves.contains(&service) {
                let head = Head { ticket: ticket.id, place: ticket.place, class: ticket.class, ratio };
                heads.insert((service, ticket.class.rank(now)), head);
            }
        }
        let heads: Vec<Head> = heads.into_values().collect();
        let streak = self.counters.entry(number).or_default().1;
        let Some(chosen) = choose(&heads, streak, now) else { return Ok(None) };
        let ticket = self.tickets.iter_mut().find(|ticket| ticket.id == chosen).unwrap();
        *ticket = ticket.clone().apply(&Act::Call { counter: number }, now)?;
        self.counters.entry(number).or_default().1 = streak.after(ticket.class, now);
        Ok(Some(ticket.number))
    }

    fn act(&mut self, number: TicketNumber, act: &Act) -> Ret {
        let now = self.now();
        if let Act::Resume { counter, .. } = act
            && let Err(refused) = self.counter(*counter).may_take()
        {
            return Ret::Refused(refused.name());
        }
        let Some(ticket) = self.tickets.iter_mut().find(|ticket| ticket.number == number) else {
            return Ret::Refused("unknown");
        };
        match ticket.clone().apply(act, now) {
            Ok(after) => {
                *ticket = after;
                Ret::Done
            }
            Err(refused) => Ret::Refused(refused.name()),
        }
    }

    fn open(&mut self, number: u16, opening: Opening) -> Ret {
        match self.counter(number).may_become(opening) {
            Ok(()) => {
                self.counters.entry(number).or_default().0 = opening;
                Ret::Done
            }
            Err(refused) => Ret::Refused(refused.name()),
        }
    }

    fn invoke(&mut self, op: &Op) -> Ret {
        let clerk = StaffId(uuid::Uuid::nil());
        let (number, act) = match op.clone() {
            Op::Issue { service, priority } => return Ret::Issued(self.issue(&service, priority)),
            Op::CallNext { counter } => {
                return self
                    .call_next(counter)
                    .map_or_else(|refused| Ret::Refused(refused.name()), Ret::Called);
            }
            Op::Open { counter } => return self.open(counter, Opening::Open),
            Op::Close { counter } => return self.open(counter, Opening::Closed),
            Op::Recall { counter, number } => (number, Act::Recall { counter }),
            Op::Serve { counter, number } => (number, Act::Serve { counter, clerk }),
            Op::Finish { counter, number } => (number, Act::Finish { counter }),
            Op::Miss { counter, number } => (number, Act::Miss { counter, after: PATIENCE }),
            Op::ComeBack { number } => (number, Act::ComeBack),
            Op::Transfer { counter, number, to } => (number, Act::Transfer { counter, to }),
            Op::Park { counter, number } => (number, Act::Park { counter }),
            Op::Resume { counter, number } => (number, Act::Resume { counter, clerk }),
            Op::Leave { number } => (number, Act::Leave),
        };
        self.act(number, &act)
    }
}

fn any_op() -> impl Strategy<Value = Op> {
    let counter = 1_u16..4;
    let service = (0_usize..3).prop_map(|at| ServiceCode::from(SERVICES[at].0));
    let number = (0_usize..3, 1_u32..8).prop_map(|(at, count)| {
        let prefix = SERVICES[at].1.map(|letter| Prefix::try_from(letter).unwrap());
        TicketNumber::new(prefix, count).unwrap()
    });
    let at = (counter.clone(), number.clone());
    prop_oneof![
        6 => (service.clone(), any::<bool>()).prop_map(|(service, priority)| Op::Issue { service, priority }),
        6 => counter.clone().prop_map(|counter| Op::CallNext { counter }),
        2 => counter.clone().prop_map(|counter| Op::Open { counter }),
        1 => counter.clone().prop_map(|counter| Op::Close { counter }),
        2 => at.clone().prop_map(|(counter, number)| Op::Recall { counter, number }),
        6 => at.clone().prop_map(|(counter, number)| Op::Serve { counter, number }),
        5 => at.clone().prop_map(|(counter, number)| Op::Finish { counter, number }),
        3 => at.clone().prop_map(|(counter, number)| Op::Miss { counter, number }),
        3 => number.clone().prop_map(|number| Op::ComeBack { number }),
        3 => (at.clone(), service).prop_map(|((counter, number), to)| Op::Transfer { counter, number, to }),
        2 => at.clone().prop_map(|(counter, number)| Op::Park { counter, number }),
        3 => at.prop_map(|(counter, number)| Op::Resume { counter, number }),
        1 => number.prop_map(|number| Op::Leave { number }),
    ]
}

/// Asks mostly for what is likely to succeed: half of the time the counter and number that go together.
fn aimed(op: Op, product: &Product, aim: bool) -> Op {
    let Some((counter, number)) = product
        .tickets
        .iter()
        .find_map(|ticket| ticket.state.counter().map(|counter| (counter, ticket.number)))
        .filter(|_| aim)
    else {
        return op;
    };
    match op {
        Op::Recall { .. } => Op::Recall { counter, number },
        Op::Serve { .. } => Op::Serve { counter, number },
        Op::Finish { .. } => Op::Finish { counter, number },
        Op::Miss { .. } => Op::Miss { counter, number },
        Op::Park { .. } => Op::Park { counter, number },
        Op::Resume { .. } => Op::Resume { counter, number },
        Op::Transfer { to, .. } => Op::Transfer { counter, number, to },
        op => op,
    }
}

proptest! {
    #[test]
    fn both_answer_alike(ops in proptest::collection::vec((any_op(), any::<bool>()), 0..150)) {
        let mut reference = ReferenceHall::new(SERVICES, COUNTERS, u32::from(RATIO), PATIENCE);
        let mut product = Product::default();
        for counter in [1, 2, 3] {
            prop_assert_eq!(product.open(counter, Opening::Open), reference.invoke(&Op::Open { counter }));
        }
        for (op, aim) in ops {
            let op = aimed(op, &product, aim);
            prop_assert_eq!(product.invoke(&op), reference.invoke(&op), "{:?}", op);
        }
    }
}
