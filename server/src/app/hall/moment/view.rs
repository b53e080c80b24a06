//! What each of those who look at a hall sees of it.

use super::Moment;
use crate::{
    app::{
        App,
        catalogue::Catalogue,
        hall::{
            counter,
            day::{self, Day},
            halls,
        },
    },
    error::Error,
    store::{halls::CounterRow, tickets::Stored},
};
use api::{Called, CounterParam, CounterSign, CounterView, HallView, ServiceView, TICKET_PAGE, TicketView};
use domain::{
    hall::{Head, Rank, Service, State, Ticket, TicketCode, TicketHours, choose, serves, ticket_day},
    ids::TicketId,
    roles::{Actor, Permission, allowed},
    time::Millis,
    unit::{Counter, UnitCode},
};
use i18n::Lang;
use std::collections::BTreeMap;

/// How many calls are shown.
const CALLS: usize = 8;
/// How many of those who come next a clerk is shown.
const NEXT: usize = 20;
/// How many of those who did not come a clerk is shown.
const MISSED: usize = 10;

/// A hall as everybody sees it.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub async fn hall(app: &App, site: &UnitCode) -> Result<HallView, Error> {
    let (catalogue, now) = (app.catalogue(), app.now());
    halls::look(app, site, |moment| moment.view(&catalogue, now)).await
}

impl Moment {
    fn view(&self, catalogue: &Catalogue, now: Millis) -> HallView {
        let services = catalogue.services(&self.site).iter().map(|service| {
            let serving = catalogue.counters(&self.site).iter().filter(|counter| serves(counter, service));
            ServiceView {
                waiting: self.waiting(&service.code),
                wait: self.wait_of_next(catalogue, service, now),
                counters: serving.map(|counter| counter.number).collect(),
                service: service.clone(),
            }
        });
        let services: Vec<ServiceView> = services.collect();
        let counters = catalogue.counters(&self.site).iter().map(|counter| {
            let at_hand = self.at_hand(counter.number);
            CounterSign {
                number: counter.number,
                name: counter.name.clone(),
                opening: self.counter(counter.number).opening,
                at_hand: at_hand.map(|ticket| ticket.number),
                serving: at_hand.is_some_and(|ticket| matches!(ticket.state, State::Serving { .. })),
            }
        });
        let mut counters: Vec<CounterSign> = counters.collect();
        counters.sort_by_key(|counter| counter.number);
        HallView {
            site: self.site.clone(),
            site_name: catalogue.name_of(&self.site),
            version: self.version,
            waiting: services.iter().map(|service| service.waiting).sum(),
            wait: services.iter().filter_map(|service| service.wait).max_by_key(|wait| wait.to),
            calls: self.called.iter().filter_map(|stored| called(stored, now)).take(CALLS).collect(),
            closed: TicketHours::default().may_issue(&catalogue.calendar, now).err(),
            services,
            counters,
            server_time: now,
        }
    }
}

/// A call, as shown and spoken; none once the ticket has gone to another line.
fn called(stored: &Stored, now: Millis) -> Option<Called> {
    let ticket = &stored.ticket;
    let waited = ticket.spells.iter().rev().find_map(|spell| spell.counter);
    let counter = ticket.state.counter().or(waited)?;
    if ticket.state == State::Waiting {
        return None;
    }
    let (vi, en) = (
        Lang::Vi.call(ticket.number, counter, ticket.class),
        Lang::En.call(ticket.number, counter, ticket.class),
    );
    let names = |clips: Vec<&str>| clips.into_iter().map(str::to_owned).collect();
    Some(Called {
        seq: stored.call_seq,
        number: ticket.number,
        counter,
        priority: ticket.class.rank(now) == Rank::Priority,
        at: ticket.called_at.unwrap_or(ticket.since),
        text: vi.text,
        clips: names(vi.clips),
        clips_en: names(en.clips),
    })
}

/// A ticket as its holder sees it.
///
/// # Errors
/// [`Error`].
pub(in crate::app::hall) async fn of_ticket(app: &App, ticket: Ticket) -> Result<TicketView, Error> {
    let (catalogue, now) = (app.catalogue(), app.now());
    let service = catalogue.services(&ticket.site).iter().find(|service| service.code == ticket.service);
    let waits = ticket.state == State::Waiting && ticket.day == ticket_day(now);
    let (ahead, wait) = match service.filter(|_| waits) {
        Some(service) => {
            halls::look(app, &ticket.site, |moment| moment.wait_of(&catalogue, service, &ticket, now)).await?
        }
        None => (0, None),
    };
    let counters = catalogue.counters(&ticket.site).iter();
    let counters = counters.filter(|counter| service.is_some_and(|service| serves(counter, service)));
    Ok(TicketView {
        ticket: ticket.id,
        site_name: catalogue.name_of(&ticket.site),
        day: ticket.day,
        number: ticket.number,
        code: TicketCode::new(&ticket.site, ticket.day, ticket.number),
        url: format!("{}{TICKET_PAGE}/{}", app.public_url, ticket.id),
        service: service.map_or_else(|| ticket.service.to_string(), |service| service.name.clone()),
        service_en: service.map(|service| service.name_en.clone()).unwrap_or_default(),
        counters: counters.map(|counter| counter.number).collect(),
        priority: ticket.class.rank(now) == Rank::Priority,
        state: ticket.state,
        ahead,
        wait,
        issued_at: ticket.issued_at,
        server_time: now,
        site: ticket.site,
    })
}

/// A counter as its clerk sees it.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::NotFound`] for no such counter.
pub async fn counter_view(app: &App, actor: &Actor, at: &CounterParam) -> Result<CounterView, Error> {
    allowed(actor, &Permission::ServeHall(&at.unit)).map_err(|denied| app.denied(denied))?;
    let (catalogue, now) = (app.catalogue(), app.now());
    let counter = counter(&catalogue, &at.unit, at.number)?;
    let day = day::day(app, &at.unit).await?;
    halls::look(app, &at.unit, |moment| moment.counter_view(&catalogue, counter, &day, now)).await
}

impl Moment {
    fn counter_view(&self, catalogue: &Catalogue, counter: &Counter, day: &Day, now: Millis) -> CounterView {
        let number = counter.number;
        let served: Vec<&Service> = catalogue.services_at(counter).collect();
        let ours = |ticket: &&Ticket| served.iter().any(|service| service.code == ticket.service);
        let row = self.counter(number);
        let parked = |ticket: &&Ticket| ticket.state == State::Parked { counter: number };
        let missed = self.open.values().filter(|ticket| ticket.state == State::Missed).filter(ours);
        let mut missed: Vec<&Ticket> = missed.collect();
        missed.sort_by_key(|ticket| std::cmp::Reverse(ticket.since));
        let figures = day.figures.counters.get(&number).copied().unwrap_or_default();
        CounterView {
            number,
            version: self.version,
            opening: row.opening,
            at_hand: self.at_hand(number).cloned(),
            parked: self.open.values().filter(parked).cloned().collect(),
            waiting: served.iter().map(|service| self.waiting(&service.code)).sum(),
            next: in_turn(self.line().filter(ours).collect(), &served, row, now),
            missed: missed.into_iter().take(MISSED).cloned().collect(),
            served: figures.served,
            mean_wait: (day.figures.wait.count > 0).then_some(day.figures.wait.mean),
            ratings: day.ratings(Some(number)),
            services: catalogue.services(&self.site).to_vec(),
            server_time: now,
        }
    }
}

/// Those who wait, in the order in which a counter would call them if nothing else happened.
fn in_turn(waiting: Vec<&Ticket>, services: &[&Service], row: CounterRow, now: Millis) -> Vec<Ticket> {
    let ratio = |ticket: &Ticket| {
        services.iter().find(|service| service.code == ticket.service).map(|service| service.ratio)
    };
    let head = |ticket: &&Ticket| {
        let ratio = ratio(ticket).unwrap_or_default();
        Head { ticket: ticket.id, place: ticket.place, class: ticket.class, ratio }
    };
    let mut heads: Vec<Head> = waiting.iter().map(head).collect();
    let by_id: BTreeMap<TicketId, &Ticket> = waiting.into_iter().map(|ticket| (ticket.id, ticket)).collect();
    let (mut streak, mut next) = (row.streak, Vec::new());
    while next.len() < NEXT
        && let Some(chosen) = choose(&heads, streak, now)
        && let Some(ticket) = by_id.get(&chosen)
    {
        heads.retain(|head| head.ticket != chosen);
        streak = streak.after(ticket.class, now);
        next.push(Ticket::clone(ticket));
    }
    next
}
