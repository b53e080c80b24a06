//! What the head of the office sees of the hall: folds over the tickets of one site and day.

use super::{
    ticket::{State, Stretch, Ticket},
    times::Times,
};
use crate::{time::Millis, unit::ServiceCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The hall of one day at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallFigures {
    /// Numbers issued.
    pub issued: u64,
    /// By service.
    pub services: BTreeMap<ServiceCode, ServiceFigures>,
    /// By counter.
    pub counters: BTreeMap<u16, CounterFigures>,
    /// How long those called waited, in every line before a call.
    pub wait: Times,
    /// How long those served were served, all that belongs to one service of one ticket taken together.
    pub service: Times,
    /// The longest that anybody has waited who waits now, in milliseconds.
    pub longest_wait: i64,
}

/// One service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFigures {
    /// Waiting now.
    pub waiting: u64,
    /// The longest that anybody has waited who waits now, in milliseconds.
    pub longest_wait: i64,
    /// How long those called waited in this line.
    pub wait: Times,
    /// How long this service took.
    pub service: Times,
}

/// One counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterFigures {
    /// Tickets served there, at least in part.
    pub served: u64,
    /// Calls that nobody answered.
    pub missed: u64,
    /// How long serving took there, a ticket.
    pub service: Times,
}

/// Spans collected before they are summed up.
#[derive(Default)]
struct Spans {
    waits: Vec<i64>,
    services: Vec<i64>,
}

impl HallFigures {
    /// The figures of `tickets` as of `now`.
    #[must_use]
    pub fn of<'a>(tickets: impl IntoIterator<Item = &'a Ticket>, now: Millis) -> Self {
        let mut figures = Self::default();
        let (mut all, mut by_service) = (Spans::default(), BTreeMap::<ServiceCode, Spans>::new());
        let mut by_counter = BTreeMap::<u16, Vec<i64>>::new();
        for ticket in tickets {
            figures.issued += 1;
            if ticket.state == State::Waiting {
                let waited = ticket.waited(now);
                let service = figures.services.entry(ticket.service.clone()).or_default();
                service.waiting += 1;
                service.longest_wait = service.longest_wait.max(waited);
                figures.longest_wait = figures.longest_wait.max(waited);
            }
            let (mut services, mut counters) =
                (BTreeMap::<&ServiceCode, i64>::new(), BTreeMap::<u16, i64>::new());
            for spell in &ticket.spells {
                match (spell.what, spell.counter) {
                    // A wait that ended without a call is no measure of the line.
                    (Stretch::Waited, Some(_)) => {
                        all.waits.push(spell.millis());
                        by_service.entry(spell.service.clone()).or_default().waits.push(spell.millis());
                    }
                    (Stretch::Waited, None) => {}
                    (Stretch::Unanswered, counter) => {
                        figures.counters.entry(counter.unwrap_or_default()).or_default().missed += 1;
                    }
                    (Stretch::Served, counter) => {
                        add(services.entry(&spell.service).or_default(), spell.millis());
                        add(counters.entry(counter.unwrap_or_default()).or_default(), spell.millis());
                    }
                }
            }
            for (service, millis) in services {
                all.services.push(millis);
                by_service.entry(service.clone()).or_default().services.push(millis);
            }
            for (counter, millis) in counters {
                by_counter.entry(counter).or_default().push(millis);
            }
        }
        for (service, spans) in by_service {
            let service = figures.services.entry(service).or_default();
            (service.wait, service.service) = (Times::of(spans.waits), Times::of(spans.services));
        }
        for (counter, services) in by_counter {
            let counter = figures.counters.entry(counter).or_default();
            counter.service = Times::of(services);
            counter.served = counter.service.count;
        }
        (figures.wait, figures.service) = (Times::of(all.waits), Times::of(all.services));
        figures
    }
}

fn add(sum: &mut i64, millis: i64) {
    *sum = sum.saturating_add(millis);
}

#[cfg(test)]
mod tests;
