//! The hall by the book: the rules written down once more, as plainly as can be and without the product's own. Recorded
//! histories of a server are checked against it with `stateright`'s `LinearizabilityTester`.
//!
//! Without appointments and midnight, since it knows no time. Depends on `domain` for numbers and codes only.

use domain::{hall::TicketNumber, unit::ServiceCode};
use stateright::semantics::SequentialSpec;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of the hall.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Issue { service: ServiceCode, priority: bool },
    CallNext { counter: u16 },
    Recall { counter: u16, number: TicketNumber },
    Serve { counter: u16, number: TicketNumber },
    Finish { counter: u16, number: TicketNumber },
    Miss { counter: u16, number: TicketNumber },
    ComeBack { number: TicketNumber },
    Transfer { counter: u16, number: TicketNumber, to: ServiceCode },
    Park { counter: u16, number: TicketNumber },
    Resume { counter: u16, number: TicketNumber },
    Leave { number: TicketNumber },
    Open { counter: u16 },
    Close { counter: u16 },
}

/// What it answers. A refusal is told by `Refused::name`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ret {
    Issued(TicketNumber),
    Called(Option<TicketNumber>),
    Done,
    Refused(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    Waiting,
    Called(u16),
    Serving(u16),
    Parked(u16),
    Missed,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Citizen {
    number: TicketNumber,
    service: ServiceCode,
    priority: bool,
    at: At,
    calls: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Counter {
    serves: BTreeSet<ServiceCode>,
    open: bool,
    priority_in_a_row: u32,
}

/// The hall of one site on one day. Citizens stand in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReferenceHall {
    citizens: Vec<Citizen>,
    counters: BTreeMap<u16, Counter>,
    prefixes: BTreeMap<ServiceCode, Option<char>>,
    ratio: u32,
    patience: u16,
}

impl ReferenceHall {
    /// An empty hall with all counters closed. `services` have a letter each, or none; `ratio` with priority are called
    /// to one of the ordinary; after `patience` calls somebody counts as missing.
    pub fn new<'a>(
        services: impl IntoIterator<Item = (&'a str, Option<char>)>,
        counters: impl IntoIterator<Item = (u16, &'a [&'a str])>,
        ratio: u32,
        patience: u16,
    ) -> Self {
        let counter = |serves: &[&str]| Counter {
            serves: serves.iter().map(|service| ServiceCode::from(*service)).collect(),
            open: false,
            priority_in_a_row: 0,
        };
        Self {
            citizens: Vec::new(),
            counters: counters.into_iter().map(|(number, serves)| (number, counter(serves))).collect(),
            prefixes: services.into_iter().map(|(code, prefix)| (ServiceCode::from(code), prefix)).collect(),
            ratio,
            patience,
        }
    }

    fn issue(&mut self, service: &ServiceCode, priority: bool) -> Ret {
        let prefix = self.prefixes.get(service).copied().flatten();
        let of_series = |citizen: &&Citizen| citizen.number.prefix().map(|prefix| prefix.letter()) == prefix;
        let count = self.citizens.iter().filter(of_series).count() + 1;
        let text = format!("{}{count}", prefix.map(String::from).unwrap_or_default());
        let Ok(number) = text.parse() else { return Ret::Refused("no_number") };
        self.citizens.push(Citizen { number, service: service.clone(), priority, at: At::Waiting, calls: 0 });
        Ret::Issued(number)
    }

    /// Why a counter may not have another citizen come up.
    fn hindered(&self, counter: u16) -> Option<&'static str> {
        let busy =
            |citizen: &Citizen| citizen.at == At::Called(counter) || citizen.at == At::Serving(counter);
        match self.counters.get(&counter) {
            Some(counter) if counter.open => {}
            _ => return Some("counter_not_open"),
        }
        self.citizens.iter().any(busy).then_some("counter_busy")
    }

    fn call_next(&mut self, number: u16) -> Ret {
        if let Some(why) = self.hindered(number) {
            return Ret::Refused(why);
        }
        let Some(counter) = self.counters.get_mut(&number) else { return Ret::Refused("counter_not_open") };
        let first = |priority| {
            self.citizens.iter().position(|citizen| {
                citizen.at == At::Waiting
                    && citizen.priority == priority
                    && counter.serves.contains(&citizen.service)
            })
        };
        let (priority, ordinary) = (first(true), first(false));
        let enough = counter.priority_in_a_row >= self.ratio;
        let next = if enough { ordinary.or(priority) } else { priority.or(ordinary) };
        let Some(citizen) = next.and_then(|at| self.citizens.get_mut(at)) else { return Ret::Called(None) };
        counter.priority_in_a_row = if citizen.priority { counter.priority_in_a_row + 1 } else { 0 };
        (citizen.at, citizen.calls) = (At::Called(number), 1);
        Ret::Called(Some(citizen.number))
    }

    /// Does something to one citizen: `change` answers with the new whereabouts or a refusal.
    fn change(
        &mut self,
        number: TicketNumber,
        change: impl FnOnce(&mut Citizen) -> Result<At, &'static str>,
    ) -> Ret {
        let Some(citizen) = self.citizens.iter_mut().find(|citizen| citizen.number == number) else {
            return Ret::Refused("unknown");
        };
        match change(citizen) {
            Ok(at) => {
                citizen.at = at;
                Ret::Done
            }
            Err(why) => Ret::Refused(why),
        }
    }

    fn open(&mut self, number: u16, open: bool) -> Ret {
        let busy = self
            .citizens
            .iter()
            .any(|citizen| [At::Called(number), At::Serving(number)].contains(&citizen.at));
        match self.counters.get_mut(&number) {
            _ if busy && !open => Ret::Refused("counter_busy"),
            Some(counter) => {
                counter.open = open;
                Ret::Done
            }
            None => Ret::Refused("unknown"),
        }
    }
}

/// `then` if the citizen is where `by` says, at that very counter.
fn mine(here: Option<u16>, by: u16, then: At) -> Result<At, &'static str> {
    match here {
        Some(counter) if counter == by => Ok(then),
        Some(_) => Err("other_counter"),
        None => Err("not_now"),
    }
}

fn called(citizen: &Citizen) -> Option<u16> {
    if let At::Called(counter) = citizen.at { Some(counter) } else { None }
}

fn serving(citizen: &Citizen) -> Option<u16> {
    if let At::Serving(counter) = citizen.at { Some(counter) } else { None }
}

fn parked(citizen: &Citizen) -> Option<u16> {
    if let At::Parked(counter) = citizen.at { Some(counter) } else { None }
}

impl SequentialSpec for ReferenceHall {
    type Op = Op;
    type Ret = Ret;

    fn invoke(&mut self, op: &Op) -> Ret {
        let patience = self.patience;
        match op {
            Op::Issue { service, priority } => self.issue(service, *priority),
            Op::CallNext { counter } => self.call_next(*counter),
            Op::Recall { counter, number } => self.change(*number, |citizen| {
                let at = mine(called(citizen), *counter, citizen.at)?;
                citizen.calls += 1;
                Ok(at)
            }),
            Op::Serve { counter, number } => {
                self.change(*number, |citizen| mine(called(citizen), *counter, At::Serving(*counter)))
            }
            Op::Finish { counter, number } => {
                self.change(*number, |citizen| mine(serving(citizen), *counter, At::Gone))
            }
            Op::Miss { counter, number } => self.change(*number, |citizen| {
                let at = mine(called(citizen), *counter, At::Missed)?;
                if citizen.calls < patience { Err("call_again") } else { Ok(at) }
            }),
            Op::ComeBack { number } => self.change(*number, |citizen| match citizen.at {
                At::Missed => Ok(At::Waiting),
                _ => Err("not_now"),
            }),
            Op::Transfer { counter, number, to } => self.change(*number, |citizen| {
                let at = match citizen.at {
                    At::Waiting if citizen.service == *to => return Err("same_service"),
                    At::Waiting | At::Parked(_) => At::Waiting,
                    _ => mine(called(citizen).or(serving(citizen)), *counter, At::Waiting)?,
                };
                citizen.service = to.clone();
                Ok(at)
            }),
            Op::Park { counter, number } => {
                self.change(*number, |citizen| mine(serving(citizen), *counter, At::Parked(*counter)))
            }
            Op::Resume { counter, number } => match self.hindered(*counter) {
                Some(why) => Ret::Refused(why),
                None => {
                    self.change(*number, |citizen| mine(parked(citizen), *counter, At::Serving(*counter)))
                }
            },
            Op::Leave { number } => self.change(*number, |citizen| match citizen.at {
                At::Serving(_) | At::Gone => Err("not_now"),
                _ => Ok(At::Gone),
            }),
            Op::Open { counter } => self.open(*counter, true),
            Op::Close { counter } => self.open(*counter, false),
        }
    }
}
