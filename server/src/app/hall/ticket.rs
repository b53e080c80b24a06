//! Numbers as citizens have them: taken, followed, given up.

use super::{super::App, moment};
use crate::{
    error::Error,
    store::{
        queue::{Batch, Change, Needs},
        tickets,
    },
};
use api::{TakeTicket, TicketView};
use domain::{
    hall::{Act, Class, NewTicket, Service, State, Ticket, TicketCode, TicketHours, TicketNumber},
    ids::TicketId,
    unit::UnitCode,
};
use futures_util::future::BoxFuture;

/// The most numbers of a hall in a day: beyond it somebody plays with the kiosk.
const MOST_A_DAY: u32 = 1_000_000;

/// Gives a number.
///
/// # Errors
/// [`Error::NoTicket`] outside the hours, [`Error::Field`] for a service that is not given here, [`Error::Reused`] when
/// the ticket's id was used for something else.
pub async fn take(app: &App, site: &UnitCode, asked: TakeTicket) -> Result<TicketView, Error> {
    let catalogue = app.catalogue();
    let services = catalogue.services(site);
    if services.is_empty() {
        return Err(Error::NotFound);
    }
    let service = services.iter().find(|service| service.code == asked.service);
    let service = service.ok_or_else(|| Error::field("service", "unknown_service"))?.clone();
    let class = asked.priority.map_or(Class::Ordinary, |reason| Class::Priority { reason });
    let change = Take { app: app.clone(), id: asked.ticket, service, class, asked };
    let ticket = app.queue.submit(change).await?;
    moment::of_ticket(app, ticket).await
}

struct Take {
    app: App,
    id: TicketId,
    service: Service,
    class: Class,
    asked: TakeTicket,
}

impl Change for Take {
    type Out = Ticket;

    fn needs(&self) -> Option<Needs> {
        Some(Needs { ticket: Some(self.id), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Ticket, Error>> {
        Box::pin(self.make(batch))
    }
}

impl Take {
    async fn make(&self, batch: &mut Batch) -> Result<Ticket, Error> {
        let site = &self.service.site;
        if let Some(ticket) = batch.ticket(self.id) {
            let same = ticket.site == *site && ticket.class == self.class;
            return same.then(|| ticket.clone()).ok_or(Error::Reused);
        }
        // Asked again later, the same ticket is answered whatever the hour: so the hour comes after.
        let now = self.app.now();
        let catalogue = self.app.catalogue();
        let day = TicketHours::default()
            .may_issue(&catalogue.calendar, now)
            .map_err(|refused| Error::NoTicket { refused, now })?;
        let prefix = self.service.prefix;
        let series = TicketNumber::series(site, day, prefix);
        let count = batch.next_serial(&series).await?;
        let count = u32::try_from(count).ok().filter(|count| *count <= MOST_A_DAY);
        let number = count.and_then(|count| TicketNumber::new(prefix, count).ok());
        let Some(number) = number else {
            batch.give_back(&series);
            return Err(Error::HallFull);
        };
        let counts = batch.hall(site).await?;
        counts.place += 1;
        let place = counts.place;
        let new = NewTicket {
            id: self.id,
            site: site.clone(),
            service: self.service.code.clone(),
            class: self.class,
            case: self.asked.case.clone(),
        };
        let ticket = Ticket::issue(new, day, number, place, now);
        batch.put_ticket(ticket.clone(), None);
        Ok(ticket)
    }
}

/// A ticket, for whoever knows its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(app: &App, id: TicketId) -> Result<TicketView, Error> {
    let stored = tickets::by_id(&mut app.db.snapshot().await?, id).await?.ok_or(Error::NotFound)?;
    moment::of_ticket(app, stored.ticket).await
}

/// The ticket under a barcode, whole.
///
/// # Errors
/// [`Error::NotFound`], also for a ticket of another hall.
pub async fn find(app: &App, site: &UnitCode, code: &TicketCode) -> Result<Ticket, Error> {
    if !code.is_of(site) {
        return Err(Error::NotFound);
    }
    let mut tx = app.db.snapshot().await?;
    let stored = tickets::by_number(&mut tx, site, code.day, code.number).await?;
    stored.map(|stored| stored.ticket).ok_or(Error::NotFound)
}

/// The holder gives a ticket up.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Hall`] while they are served, or when it was over already.
pub async fn leave(app: &App, id: TicketId) -> Result<TicketView, Error> {
    let change = Apply { app: app.clone(), id, act: Act::Leave };
    let ticket = app.queue.submit(change).await?;
    moment::of_ticket(app, ticket).await
}

/// Ends a ticket whose day is over.
pub(super) async fn expire(app: &App, id: TicketId) -> Result<Ticket, Error> {
    app.queue.submit(Apply { app: app.clone(), id, act: Act::Expire }).await
}

/// An act that nobody at a counter does.
struct Apply {
    app: App,
    id: TicketId,
    act: Act,
}

impl Change for Apply {
    type Out = Ticket;

    fn needs(&self) -> Option<Needs> {
        Some(Needs { ticket: Some(self.id), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Ticket, Error>> {
        Box::pin(async move {
            let ticket = batch.ticket(self.id).ok_or(Error::NotFound)?.clone();
            if matches!(ticket.state, State::Left | State::Expired) {
                // The same again changes nothing.
                return Ok(ticket);
            }
            let ticket = ticket.apply(&self.act, self.app.now())?;
            batch.hall(&ticket.site).await?;
            batch.put_ticket(ticket.clone(), None);
            Ok(ticket)
        })
    }
}
