//! How long the lines are, and who is before whom.

use super::Moment;
use crate::app::catalogue::Catalogue;
use domain::{
    hall::{Ahead, Class, Opening, Rank, Service, State, Ticket, Wait, expected_wait, serves},
    time::Millis,
    unit::{Counter, ServiceCode},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many wait for a service.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    ordinary: u32,
    priority: u32,
    /// Appointments by place, and from when each goes before others.
    appointments: BTreeMap<i64, Millis>,
}

impl Waiting {
    pub(super) fn joined(&mut self, ticket: &Ticket) {
        match ticket.class {
            Class::Ordinary => self.ordinary += 1,
            Class::Priority { .. } => self.priority += 1,
            Class::Appointment { from, .. } => {
                self.appointments.insert(ticket.place, from);
            }
        }
    }

    pub(super) fn left(&mut self, ticket: &Ticket) {
        match ticket.class {
            Class::Ordinary => self.ordinary = self.ordinary.saturating_sub(1),
            Class::Priority { .. } => self.priority = self.priority.saturating_sub(1),
            Class::Appointment { .. } => {
                self.appointments.remove(&ticket.place);
            }
        }
    }

    fn all(&self) -> u32 {
        self.ordinary + self.priority + count(self.appointments.len())
    }

    fn ranks(&self, now: Millis) -> Ahead {
        let due = count(self.appointments.values().filter(|from| now >= **from).count());
        Ahead {
            priority: self.priority + due,
            ordinary: self.ordinary + count(self.appointments.len()).saturating_sub(due),
        }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Moment {
    /// How many wait for a service.
    pub(super) fn waiting(&self, service: &ServiceCode) -> u32 {
        self.waiting.get(service).map_or(0, Waiting::all)
    }

    /// The wait of somebody who comes now, behind all others.
    pub(super) fn wait_of_next(&self, catalogue: &Catalogue, service: &Service, now: Millis) -> Option<Wait> {
        let (counters, lines) = self.lines(catalogue, service);
        self.expect(service, self.all(&lines, now), Rank::Ordinary, counters)
    }

    /// Who is called before a ticket that waits, and how long that takes.
    pub(super) fn wait_of(
        &self,
        catalogue: &Catalogue,
        service: &Service,
        ticket: &Ticket,
        now: Millis,
    ) -> (u32, Option<Wait>) {
        let (counters, lines) = self.lines(catalogue, service);
        let rank = ticket.class.rank(now);
        let mut ahead = self.all(&lines, now);
        let same = |other: &&Ticket| lines.contains(&other.service) && other.class.rank(now) == rank;
        match rank {
            Rank::Priority => ahead.priority = self.before(ticket.place, ahead.priority, same),
            Rank::Ordinary => ahead.ordinary = self.before(ticket.place, ahead.ordinary, same),
        }
        (called_before(ahead, rank, service), self.expect(service, ahead, rank, counters))
    }

    /// The open counters of a service, and all services that they call for.
    fn lines<'a>(&self, catalogue: &'a Catalogue, service: &'a Service) -> (u16, BTreeSet<&'a ServiceCode>) {
        let serving = catalogue.counters(&self.site).iter().filter(|counter| serves(counter, service));
        let open: Vec<&Counter> =
            serving.filter(|counter| self.counter(counter.number).opening == Opening::Open).collect();
        let mut lines = BTreeSet::from([&service.code]);
        lines.extend(
            open.iter().flat_map(|counter| catalogue.services_at(counter)).map(|service| &service.code),
        );
        (u16::try_from(open.len()).unwrap_or(u16::MAX), lines)
    }

    fn all(&self, lines: &BTreeSet<&ServiceCode>, now: Millis) -> Ahead {
        let waiting = lines.iter().filter_map(|line| self.waiting.get(*line));
        waiting.fold(Ahead::default(), |all, line| {
            let line = line.ranks(now);
            Ahead { priority: all.priority + line.priority, ordinary: all.ordinary + line.ordinary }
        })
    }

    /// How many of `all` who are `same` came before a place. Counted from the nearer end, so that whoever has just come
    /// is told as quickly in a long line as in a short one.
    fn before(&self, place: i64, all: u32, same: impl Fn(&&Ticket) -> bool) -> u32 {
        let waits = |other: &&Ticket| other.state == State::Waiting && same(other);
        let (first, last) = (self.open.first_key_value(), self.open.last_key_value());
        let is_near_the_end =
            first.zip(last).is_some_and(|((first, _), (last, _))| last - place < place - first);
        if is_near_the_end {
            let from_here = self.open.range(place..).map(|(_, other)| other).filter(waits).count();
            all.saturating_sub(count(from_here))
        } else {
            count(self.open.range(..place).map(|(_, other)| other).filter(waits).count())
        }
    }

    fn expect(&self, service: &Service, ahead: Ahead, rank: Rank, counters: u16) -> Option<Wait> {
        let recent: Vec<i64> = self.recent.get(&service.code).into_iter().flatten().copied().collect();
        expected_wait(&recent, ahead, rank, service.ratio, counters)
    }
}

/// How many are called before somebody at most.
fn called_before(ahead: Ahead, rank: Rank, service: &Service) -> u32 {
    let ratio = u32::from(service.ratio.priority());
    match rank {
        Rank::Ordinary => ahead.ordinary + ahead.priority.min(ratio * (ahead.ordinary + 1)),
        Rank::Priority => ahead.priority + ahead.ordinary.min(ahead.priority / ratio + 1),
    }
}
