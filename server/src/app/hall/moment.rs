//! A hall at a moment, kept up with every change.

mod view;

pub(super) use view::of_ticket;
pub use view::{counter_view, hall};

use super::super::{App, catalogue::Catalogue};
use crate::{
    error::Error,
    store::{
        halls::{self as stored, CounterRow},
        queue::HallNews,
        tickets::{self, Stored},
    },
};
use domain::{
    hall::{
        Ahead, Class, Opening, RECENT, Rank, Service, State, Ticket, Wait, expected_wait, serves, ticket_day,
    },
    time::Millis,
    unit::{Counter, ServiceCode, UnitCode},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A hall as it is: read once, then kept up with every change, so that looking at it costs the same however many wait.
#[derive(Debug)]
pub struct Moment {
    site: UnitCode,
    /// The version of the hall.
    pub version: i64,
    /// The day.
    pub day: Date,
    /// Everybody whose affair is not over, by place.
    open: BTreeMap<i64, Ticket>,
    /// How many of them wait, by service and rank; appointments apart, since their rank changes with time.
    waiting: BTreeMap<ServiceCode, Waiting>,
    at_hand: BTreeMap<u16, i64>,
    counters: BTreeMap<u16, CounterRow>,
    called: Vec<Stored>,
    /// How long those served last took, by service, the latest last.
    recent: BTreeMap<ServiceCode, VecDeque<i64>>,
}

/// How many wait for a service.
#[derive(Clone, Copy, Debug, Default)]
struct Waiting {
    ordinary: u32,
    priority: u32,
    appointments: u32,
}

impl Waiting {
    fn of(&mut self, class: Class) -> &mut u32 {
        match class {
            Class::Ordinary => &mut self.ordinary,
            Class::Priority { .. } => &mut self.priority,
            Class::Appointment { .. } => &mut self.appointments,
        }
    }

    fn all(self) -> u32 {
        self.ordinary + self.priority + self.appointments
    }
}

impl Moment {
    pub(super) async fn read(app: &App, site: &UnitCode) -> Result<Self, Error> {
        let day = ticket_day(app.now());
        let mut tx = app.db.snapshot().await?;
        let mut moment = Self {
            site: site.clone(),
            version: stored::counts(&mut tx, site).await?.version,
            day,
            open: BTreeMap::new(),
            waiting: BTreeMap::new(),
            at_hand: BTreeMap::new(),
            counters: BTreeMap::new(),
            called: tickets::called(&mut tx, site, day).await?,
            recent: BTreeMap::new(),
        };
        for Stored { ticket, .. } in tickets::open(&mut tx, site, day).await? {
            moment.stand(ticket);
        }
        for row in stored::counters(&mut tx, site, day).await? {
            moment.counters.insert(row.number, row);
        }
        for Stored { ticket, .. } in tickets::served(&mut tx, site).await?.into_iter().rev() {
            moment.served(&ticket);
        }
        Ok(moment)
    }

    /// Takes a change in; false if others came between, and the hall has to be read anew.
    pub(super) fn follow(&mut self, news: &HallNews) -> bool {
        if news.version <= self.version {
            return true;
        }
        if news.version != self.version + 1 {
            return false;
        }
        self.version = news.version;
        let day = self.day;
        for stored in news.tickets.iter().filter(|stored| stored.ticket.day == day) {
            self.change(stored);
        }
        for (_, row) in news.counters.iter().filter(|(of, _)| *of == day) {
            self.counters.insert(row.number, *row);
        }
        true
    }

    fn change(&mut self, stored: &Stored) {
        let ticket = &stored.ticket;
        if let Some(before) = self.open.remove(&ticket.place) {
            self.leave(&before);
        }
        if ticket.state == State::Done {
            self.served(ticket);
        }
        self.called.retain(|called| called.ticket.id != ticket.id);
        if stored.call_seq > 0 {
            let at = self.called.partition_point(|called| called.call_seq > stored.call_seq);
            self.called.insert(at, stored.clone());
            self.called.truncate(tickets::CALLS);
        }
        self.stand(ticket.clone());
    }

    /// Takes somebody in whose affair is not over.
    fn stand(&mut self, ticket: Ticket) {
        match ticket.state {
            state if state.is_final() => return,
            State::Waiting => *self.waiting.entry(ticket.service.clone()).or_default().of(ticket.class) += 1,
            state => {
                if let Some(counter) = state.counter().filter(|_| state.is_at_counter()) {
                    self.at_hand.insert(counter, ticket.place);
                }
            }
        }
        self.open.insert(ticket.place, ticket);
    }

    /// Somebody no longer stands where they stood.
    fn leave(&mut self, before: &Ticket) {
        if before.state == State::Waiting {
            let count = self.waiting.entry(before.service.clone()).or_default().of(before.class);
            *count = count.saturating_sub(1);
        }
        if let Some(counter) = before.state.counter()
            && self.at_hand.get(&counter) == Some(&before.place)
        {
            self.at_hand.remove(&counter);
        }
    }

    fn served(&mut self, ticket: &Ticket) {
        let recent = self.recent.entry(ticket.service.clone()).or_default();
        recent.push_back(ticket.served());
        if recent.len() > RECENT {
            recent.pop_front();
        }
    }

    /// Everybody who waits, by place.
    fn line(&self) -> impl Iterator<Item = &Ticket> {
        self.open.values().filter(|ticket| ticket.state == State::Waiting)
    }

    fn waiting(&self, service: &ServiceCode) -> Waiting {
        self.waiting.get(service).copied().unwrap_or_default()
    }

    fn counter(&self, number: u16) -> CounterRow {
        self.counters.get(&number).copied().unwrap_or(CounterRow { number, ..CounterRow::default() })
    }

    fn at_hand(&self, number: u16) -> Option<&Ticket> {
        self.open.get(self.at_hand.get(&number)?)
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

    /// The wait of somebody who comes now, behind all others.
    fn wait_of_next(&self, catalogue: &Catalogue, service: &Service) -> Option<Wait> {
        let (counters, lines) = self.lines(catalogue, service);
        let waiting = lines.into_iter().map(|line| self.waiting(line));
        let ahead = waiting.fold(Ahead::default(), |ahead, line| Ahead {
            priority: ahead.priority + line.priority + line.appointments,
            ordinary: ahead.ordinary + line.ordinary,
        });
        self.expect(service, ahead, Rank::Ordinary, counters)
    }

    /// Who is called before a ticket that waits, and how long that takes.
    fn wait_of(
        &self,
        catalogue: &Catalogue,
        service: &Service,
        ticket: &Ticket,
        now: Millis,
    ) -> (u32, Option<Wait>) {
        let (counters, lines) = self.lines(catalogue, service);
        let rank = ticket.class.rank(now);
        let mut ahead = Ahead::default();
        if rank == Rank::Ordinary && self.is_last(ticket) {
            // Whoever has just come is behind all, who need not be looked at one by one.
            for line in lines.into_iter().map(|line| self.waiting(line)) {
                ahead.priority += line.priority + line.appointments;
                ahead.ordinary += line.ordinary;
            }
            ahead.ordinary = ahead.ordinary.saturating_sub(1);
        } else {
            for other in self.line().filter(|other| lines.contains(&other.service)) {
                let own = other.class.rank(now);
                if other.id != ticket.id && (own != rank || other.place < ticket.place) {
                    match own {
                        Rank::Priority => ahead.priority += 1,
                        Rank::Ordinary => ahead.ordinary += 1,
                    }
                }
            }
        }
        (before(ahead, rank, service), self.expect(service, ahead, rank, counters))
    }

    fn is_last(&self, ticket: &Ticket) -> bool {
        self.open
            .last_key_value()
            .is_some_and(|(place, last)| *place == ticket.place && last.state == State::Waiting)
    }

    fn expect(&self, service: &Service, ahead: Ahead, rank: Rank, counters: u16) -> Option<Wait> {
        let recent: Vec<i64> = self.recent.get(&service.code).into_iter().flatten().copied().collect();
        expected_wait(&recent, ahead, rank, service.ratio, counters)
    }
}

/// How many are called before somebody at most.
fn before(ahead: Ahead, rank: Rank, service: &Service) -> u32 {
    let ratio = u32::from(service.ratio.priority());
    match rank {
        Rank::Ordinary => ahead.ordinary + ahead.priority.min(ratio * (ahead.ordinary + 1)),
        Rank::Priority => ahead.priority + ahead.ordinary.min(ahead.priority / ratio + 1),
    }
}
