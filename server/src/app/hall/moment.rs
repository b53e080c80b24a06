//! A hall at a moment, kept up with every change.

mod line;
mod view;

pub(super) use view::of_ticket;
pub use view::{counter_view, hall};

use self::line::Waiting;
use super::super::App;
use crate::{
    error::Error,
    store::{
        halls::{self as stored, CounterRow},
        queue::HallNews,
        tickets::{self, Stored},
    },
};
use domain::{
    hall::{RECENT, State, Ticket, ticket_day},
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, VecDeque};

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
    /// How many of them wait for each service.
    waiting: BTreeMap<ServiceCode, Waiting>,
    at_hand: BTreeMap<u16, i64>,
    counters: BTreeMap<u16, CounterRow>,
    called: Vec<Stored>,
    /// How long those served last took, by service, the latest last.
    recent: BTreeMap<ServiceCode, VecDeque<i64>>,
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
            State::Waiting => self.waiting.entry(ticket.service.clone()).or_default().joined(&ticket),
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
            self.waiting.entry(before.service.clone()).or_default().left(before);
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

    fn counter(&self, number: u16) -> CounterRow {
        self.counters.get(&number).copied().unwrap_or(CounterRow { number, ..CounterRow::default() })
    }

    fn at_hand(&self, number: u16) -> Option<&Ticket> {
        self.open.get(self.at_hand.get(&number)?)
    }
}
