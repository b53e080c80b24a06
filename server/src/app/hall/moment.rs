//! A hall at a moment, and what each of those who look at it sees of it.

use super::{super::App, super::catalogue::Catalogue, counter, halls};
use crate::{
    error::Error,
    store::{
        halls::{self as stored, CounterRow},
        ratings::{self, Said},
        tickets::{self, Stored},
    },
};
use api::{
    Called, CounterParam, CounterSign, CounterView, HallDay, HallView, ServiceView, TICKET_PAGE, TicketView,
};
use domain::{
    hall::{
        Ahead, Class, HallFigures, Head, Opening, Rank, Ratings, Service, State, Ticket, TicketCode,
        TicketHours, Wait, choose, expected_wait, ticket_day,
    },
    ids::TicketId,
    roles::{Actor, Permission, allowed},
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use i18n::Lang;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many calls are shown.
const CALLS: usize = 8;
/// How many of those who come next a clerk is shown.
const NEXT: usize = 20;
/// How many of those who did not come a clerk is shown.
const MISSED: usize = 10;
/// How old the figures of a day may be, in milliseconds.
const DAY_AGE: i64 = 5_000;

/// A hall as read.
#[derive(Debug)]
pub struct Moment {
    site: UnitCode,
    /// The version of the hall.
    pub version: i64,
    /// The day.
    pub day: Date,
    /// Everybody whose affair is not over, by place.
    open: Vec<Ticket>,
    counters: BTreeMap<u16, CounterRow>,
    called: Vec<Stored>,
    /// How long those served last took, by service, the latest last.
    recent: BTreeMap<ServiceCode, Vec<i64>>,
}

impl Moment {
    pub(super) async fn read(app: &App, site: &UnitCode) -> Result<Self, Error> {
        let day = ticket_day(app.now());
        let mut tx = app.db.snapshot().await?;
        let version = stored::counts(&mut tx, site).await?.version;
        let open = tickets::open(&mut tx, site, day).await?;
        let counters = stored::counters(&mut tx, site, day).await?;
        let called = tickets::called(&mut tx, site, day).await?;
        let mut recent: BTreeMap<ServiceCode, Vec<i64>> = BTreeMap::new();
        for Stored { ticket, .. } in tickets::served(&mut tx, site).await?.into_iter().rev() {
            recent.entry(ticket.service.clone()).or_default().push(ticket.served());
        }
        Ok(Self {
            site: site.clone(),
            version,
            day,
            open: open.into_iter().map(|stored| stored.ticket).collect(),
            counters: counters.into_iter().map(|row| (row.number, row)).collect(),
            called,
            recent,
        })
    }

    fn waiting(&self) -> impl Iterator<Item = &Ticket> {
        self.open.iter().filter(|ticket| ticket.state == State::Waiting)
    }

    fn counter(&self, number: u16) -> CounterRow {
        self.counters.get(&number).copied().unwrap_or(CounterRow { number, ..CounterRow::default() })
    }

    fn at_hand(&self, number: u16) -> Option<&Ticket> {
        self.open.iter().find(|ticket| ticket.state.is_at_counter() && ticket.state.counter() == Some(number))
    }

    /// Who is called before somebody with this place and class, and how long that takes: counted are all whom the
    /// open counters of the service call.
    fn wait(
        &self,
        catalogue: &Catalogue,
        service: &Service,
        class: Class,
        place: i64,
        now: Millis,
    ) -> (u32, Option<Wait>) {
        let serving =
            catalogue.counters(&self.site).iter().filter(|counter| domain::hall::serves(counter, service));
        let open: Vec<_> =
            serving.filter(|counter| self.counter(counter.number).opening == Opening::Open).collect();
        let mut lines: BTreeSet<&ServiceCode> = BTreeSet::from([&service.code]);
        lines.extend(
            open.iter().flat_map(|counter| catalogue.services_at(counter)).map(|service| &service.code),
        );
        let rank = class.rank(now);
        let mut ahead = Ahead::default();
        for ticket in self.waiting().filter(|ticket| lines.contains(&ticket.service)) {
            let own = ticket.class.rank(now);
            if own != rank || ticket.place < place {
                match own {
                    Rank::Priority => ahead.priority += 1,
                    Rank::Ordinary => ahead.ordinary += 1,
                }
            }
        }
        let counters = u16::try_from(open.len()).unwrap_or(u16::MAX);
        let recent = self.recent.get(&service.code).map_or(&[] as &[i64], Vec::as_slice);
        let wait = expected_wait(recent, ahead, rank, service.ratio, counters);
        (before(ahead, rank, service), wait)
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

/// A hall as everybody sees it.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub async fn hall(app: &App, site: &UnitCode) -> Result<HallView, Error> {
    let moment = halls::moment(app, site).await?;
    let (catalogue, now) = (app.catalogue(), app.now());
    let services: Vec<ServiceView> = catalogue
        .services(site)
        .iter()
        .map(|service| {
            let waiting = moment.waiting().filter(|ticket| ticket.service == service.code).count();
            let serving =
                catalogue.counters(site).iter().filter(|counter| domain::hall::serves(counter, service));
            ServiceView {
                waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
                wait: moment.wait(&catalogue, service, Class::Ordinary, i64::MAX, now).1,
                counters: serving.map(|counter| counter.number).collect(),
                service: service.clone(),
            }
        })
        .collect();
    let counters = catalogue.counters(site).iter().map(|counter| {
        let at_hand = moment.at_hand(counter.number);
        CounterSign {
            number: counter.number,
            name: counter.name.clone(),
            opening: moment.counter(counter.number).opening,
            at_hand: at_hand.map(|ticket| ticket.number),
            serving: at_hand.is_some_and(|ticket| matches!(ticket.state, State::Serving { .. })),
        }
    });
    let mut counters: Vec<CounterSign> = counters.collect();
    counters.sort_by_key(|counter| counter.number);
    Ok(HallView {
        site_name: catalogue.name_of(site),
        version: moment.version,
        waiting: services.iter().map(|service| service.waiting).sum(),
        wait: services.iter().filter_map(|service| service.wait).max_by_key(|wait| wait.to),
        calls: moment.called.iter().filter_map(|stored| called(stored, now)).take(CALLS).collect(),
        closed: TicketHours::default().may_issue(&catalogue.calendar, now).err(),
        services,
        counters,
        server_time: now,
        site: site.clone(),
    })
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
pub(super) async fn of_ticket(app: &App, ticket: Ticket) -> Result<TicketView, Error> {
    let (catalogue, now) = (app.catalogue(), app.now());
    let service = catalogue.services(&ticket.site).iter().find(|service| service.code == ticket.service);
    let waits = ticket.state == State::Waiting && ticket.day == ticket_day(now);
    let (ahead, wait) = match service.filter(|_| waits) {
        Some(service) => {
            let moment = halls::moment(app, &ticket.site).await?;
            moment.wait(&catalogue, service, ticket.class, ticket.place, now)
        }
        None => (0, None),
    };
    let counters = catalogue.counters(&ticket.site).iter();
    let counters =
        counters.filter(|counter| service.is_some_and(|service| domain::hall::serves(counter, service)));
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
    let (moment, day) = (halls::moment(app, &at.unit).await?, halls::day(app, &at.unit).await?);
    let served: Vec<&Service> = catalogue.services_at(counter).collect();
    let ours = |ticket: &&Ticket| served.iter().any(|service| service.code == ticket.service);
    let row = moment.counter(at.number);
    let waiting: Vec<&Ticket> = moment.waiting().filter(ours).collect();
    let parked = |ticket: &&Ticket| ticket.state == State::Parked { counter: at.number };
    let mut missed: Vec<&Ticket> =
        moment.open.iter().filter(|ticket| ticket.state == State::Missed).filter(ours).collect();
    missed.sort_by_key(|ticket| std::cmp::Reverse(ticket.since));
    let figures = day.figures.counters.get(&at.number).copied().unwrap_or_default();
    Ok(CounterView {
        number: at.number,
        version: moment.version,
        opening: row.opening,
        at_hand: moment.at_hand(at.number).cloned(),
        parked: moment.open.iter().filter(parked).cloned().collect(),
        waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        next: in_turn(waiting, &served, row, now),
        missed: missed.into_iter().take(MISSED).cloned().collect(),
        served: figures.served,
        mean_wait: (day.figures.wait.count > 0).then_some(day.figures.wait.mean),
        ratings: day.ratings(Some(at.number)),
        services: catalogue.services(&at.unit).to_vec(),
        server_time: now,
    })
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

/// The figures of a hall's day.
#[derive(Debug)]
pub struct Day {
    version: i64,
    read_at: Millis,
    day: Date,
    figures: HallFigures,
    said: Vec<Said>,
}

impl Day {
    pub(super) async fn read(app: &App, site: &UnitCode, version: i64) -> Result<Self, Error> {
        let now = app.now();
        let day = ticket_day(now);
        let mut tx = app.db.snapshot().await?;
        let stored = tickets::of_day(&mut tx, site, day).await?;
        let figures = HallFigures::of(stored.iter().map(|stored| &stored.ticket), now);
        Ok(Self { version, read_at: now, day, figures, said: ratings::of_day(&mut tx, site, day).await? })
    }

    pub(super) fn still_good(&self, version: i64, now: Millis) -> bool {
        let age = now.0 - self.read_at.0;
        self.day == ticket_day(now) && (self.version == version || (0..DAY_AGE).contains(&age))
    }

    /// What was said, at one counter or at all.
    fn ratings(&self, counter: Option<u16>) -> Ratings {
        let mut ratings = Ratings::default();
        let said = self.said.iter().filter(|said| counter.is_none() || said.counter == counter);
        said.for_each(|said| ratings.add(said.level, &said.complaints));
        ratings
    }
}

/// A hall's day, for its head.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::NotFound`] where there is no hall.
pub async fn hall_day(app: &App, actor: &Actor, site: &UnitCode) -> Result<HallDay, Error> {
    allowed(actor, &Permission::SeeHall(site)).map_err(|denied| app.denied(denied))?;
    let day = halls::day(app, site).await?;
    Ok(HallDay { day: day.day, figures: day.figures.clone(), ratings: day.ratings(None) })
}
