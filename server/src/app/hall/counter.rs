//! What a clerk does at a counter: open it, call the next, serve.

use super::{super::App, Asked, Place, command, counter, repeated};
use crate::{
    error::Error,
    store::{
        commands,
        halls::{self, CounterRow},
        queue::{Batch, Change, Needs},
        tickets,
    },
};
use api::{CounterParam, Deed, DeedRequest, NextCalled, OpeningRequest};
use domain::{
    hall::{Act, CounterState, Head, Opening, Service, Ticket, choose, ticket_day},
    roles::{Actor, Permission, allowed},
};
use futures_util::future::BoxFuture;
use jiff::civil::Date;

/// Checks the right, and that there is such a counter.
fn place(app: &App, actor: &Actor, at: &CounterParam) -> Result<Place, Error> {
    allowed(actor, &Permission::ServeHall(&at.unit)).map_err(|denied| app.denied(denied))?;
    counter(&app.catalogue(), &at.unit, at.number)?;
    Ok(Place { site: at.unit.clone(), number: at.number, clerk: actor.staff })
}

/// Opens, pauses or closes a counter.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::Hall`] for closing while somebody stands there.
pub async fn set_opening(
    app: &App,
    actor: &Actor,
    at: &CounterParam,
    asked: Asked,
    request: OpeningRequest,
) -> Result<(), Error> {
    let place = place(app, actor, at)?;
    app.queue.submit(SetOpening { app: app.clone(), place, asked, opening: request.opening }).await
}

/// Calls the next number.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::Hall`] unless the counter is open and free.
pub async fn next(app: &App, actor: &Actor, at: &CounterParam, asked: Asked) -> Result<NextCalled, Error> {
    let place = place(app, actor, at)?;
    let catalogue = app.catalogue();
    let counter = counter(&catalogue, &at.unit, at.number)?;
    let services = catalogue.services_at(counter).cloned().collect();
    app.queue.submit(CallNext { app: app.clone(), place, asked, services }).await
}

/// Does something with a ticket.
///
/// # Errors
/// [`Error::Denied`] without a post there, [`Error::NotFound`] for a ticket of another hall, [`Error::Hall`] when it is
/// not possible now.
pub async fn deed(
    app: &App,
    actor: &Actor,
    at: &CounterParam,
    asked: Asked,
    request: DeedRequest,
) -> Result<Ticket, Error> {
    let place = place(app, actor, at)?;
    if let Deed::Transfer { to } = &request.deed {
        let known = app.catalogue().services(&at.unit).iter().any(|service| service.code == *to);
        known.then_some(()).ok_or_else(|| Error::field("to", "unknown_service"))?;
    }
    let done = app.queue.submit(DoDeed { app: app.clone(), place, asked: asked.clone(), request }).await;
    match done {
        // A command that was done before may look impossible now; its reply is kept.
        Err(error @ Error::Hall(_)) => {
            let row = commands::find(&mut app.db.snapshot().await?, asked.id).await?;
            row.map_or(Err(error), |row| repeated(&row, &asked))
        }
        done => done,
    }
}

struct SetOpening {
    app: App,
    place: Place,
    asked: Asked,
    opening: Opening,
}

impl Change for SetOpening {
    type Out = ();

    fn needs(&self) -> Option<Needs> {
        Some(Needs { command: Some(self.asked.id), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if let Some(before) = batch.command(self.asked.id) {
                return repeated(before, &self.asked);
            }
            let now = self.app.now();
            let (row, state) = read(batch, &self.place, ticket_day(now)).await?;
            state.may_become(self.opening)?;
            let row = CounterRow { opening: self.opening, ..row };
            batch.hall(&self.place.site).await?;
            batch.put_counter(&self.place.site, ticket_day(now), row).await?;
            batch.keep(command(&self.asked, &(), now)?);
            Ok(())
        })
    }
}

struct CallNext {
    app: App,
    place: Place,
    asked: Asked,
    services: Vec<Service>,
}

impl Change for CallNext {
    type Out = NextCalled;

    fn needs(&self) -> Option<Needs> {
        Some(Needs { command: Some(self.asked.id), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<NextCalled, Error>> {
        Box::pin(self.make(batch))
    }
}

impl CallNext {
    async fn make(&self, batch: &mut Batch) -> Result<NextCalled, Error> {
        if let Some(before) = batch.command(self.asked.id) {
            return repeated(before, &self.asked);
        }
        let (site, now) = (&self.place.site, self.app.now());
        let day = ticket_day(now);
        let (row, state) = read(batch, &self.place, day).await?;
        state.may_take()?;
        let mut first = Vec::new();
        for service in &self.services {
            let heads = tickets::heads(&mut batch.tx, site, day, &service.code, now).await?;
            first.extend(heads.into_iter().map(|stored| (stored, service.ratio)));
        }
        let head = |(stored, ratio): &(tickets::Stored, _)| {
            let ticket = &stored.ticket;
            Head { ticket: ticket.id, place: ticket.place, class: ticket.class, ratio: *ratio }
        };
        let heads: Vec<Head> = first.iter().map(head).collect();
        let Some(chosen) = choose(&heads, row.streak, now) else {
            return Ok(NextCalled { ticket: None });
        };
        let stored =
            first.into_iter().find(|(stored, _)| stored.ticket.id == chosen).map(|(stored, _)| stored);
        let stored = stored.ok_or(Error::Internal("a chosen ticket that was not offered"))?;
        let ticket = stored.ticket.clone().apply(&Act::Call { counter: self.place.number }, now)?;
        let reply = NextCalled { ticket: Some(ticket.clone()) };
        let command = command(&self.asked, &reply, now)?;
        let row = CounterRow { streak: row.streak.after(ticket.class, now), ..row };
        let counts = batch.hall(site).await?;
        counts.calls += 1;
        let seq = counts.calls;
        batch.put_counter(site, day, row).await?;
        batch.hold_ticket(stored);
        batch.put_ticket(ticket, Some(seq));
        batch.keep(command);
        Ok(reply)
    }
}

struct DoDeed {
    app: App,
    place: Place,
    asked: Asked,
    request: DeedRequest,
}

impl Change for DoDeed {
    type Out = Ticket;

    fn needs(&self) -> Option<Needs> {
        let (command, ticket) = (Some(self.asked.id), Some(self.request.ticket));
        Some(Needs { command, ticket, ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Ticket, Error>> {
        Box::pin(self.make(batch))
    }
}

impl DoDeed {
    async fn make(&self, batch: &mut Batch) -> Result<Ticket, Error> {
        if let Some(before) = batch.command(self.asked.id) {
            return repeated(before, &self.asked);
        }
        let now = self.app.now();
        let Place { site, number, clerk } = &self.place;
        let here = batch.ticket(self.request.ticket).filter(|ticket| ticket.site == *site);
        let ticket = here.ok_or(Error::NotFound)?.clone();
        if matches!(self.request.deed, Deed::Call | Deed::Resume) {
            let (_, state) = read(batch, &self.place, ticket_day(now)).await?;
            state.may_take()?;
        }
        let ticket = ticket.apply(&self.request.deed.act(*number, *clerk), now)?;
        let command = command(&self.asked, &ticket, now)?;
        let counts = batch.hall(site).await?;
        let seq = matches!(self.request.deed, Deed::Call | Deed::Recall).then(|| {
            counts.calls += 1;
            counts.calls
        });
        batch.put_ticket(ticket.clone(), seq);
        batch.keep(command);
        Ok(ticket)
    }
}

/// A counter as it is now, with what this batch has written.
async fn read(batch: &mut Batch, place: &Place, day: Date) -> Result<(CounterRow, CounterState), Error> {
    batch.settle().await?;
    let row = halls::counter(&mut batch.tx, &place.site, day, place.number).await?;
    let at_hand = tickets::at_counter(&mut batch.tx, &place.site, day, place.number).await?;
    let at_hand = at_hand.map(|stored| stored.ticket.number);
    Ok((row, CounterState { opening: row.opening, at_hand }))
}
