//! What citizens say of the service, once each.

use super::{super::App, counter};
use crate::{
    error::Error,
    store::{
        cases,
        queue::{Batch, Change, Needs},
        ratings, tickets,
    },
};
use api::{CounterParam, RateRequest};
use domain::{
    hall::{Rated, State, Stretch, rate_ticket, ticket_day},
    ids::TicketId,
};
use futures_util::future::BoxFuture;

/// The holder of a ticket rates how it was served.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotRated`].
pub async fn by_ticket(app: &App, ticket: TicketId, said: RateRequest) -> Result<(), Error> {
    app.queue.submit(Rate { app: app.clone(), ticket, said }).await
}

/// Whether a ticket's holder has nothing more to say: it was rated already.
///
/// # Errors
/// [`Error::Store`].
pub async fn is_rated(app: &App, ticket: TicketId) -> Result<bool, Error> {
    Ok(ratings::is_rated(&mut app.db.snapshot().await?, &Rated::Ticket(ticket)).await?)
}

/// Whoever is served at a counter, or was served there last, rates it on the counter's tablet.
///
/// # Errors
/// [`Error::NotRated`] when nobody was served there today, or they have rated it already.
pub async fn at_counter(app: &App, at: &CounterParam, said: RateRequest) -> Result<(), Error> {
    counter(&app.catalogue(), &at.unit, at.number)?;
    let day = ticket_day(app.now());
    let mut tx = app.db.snapshot().await?;
    let here = tickets::at_counter(&mut tx, &at.unit, day, at.number).await?;
    let here = here.filter(|stored| matches!(stored.ticket.state, State::Serving { .. }));
    let ticket = match here {
        Some(stored) => Some(stored.ticket.id),
        None => {
            let served = tickets::served(&mut tx, &at.unit).await?.into_iter().map(|stored| stored.ticket);
            let mut here = served.filter(|ticket| {
                let last = ticket.spells.iter().rev().find(|spell| spell.what == Stretch::Served);
                ticket.day == day && last.is_some_and(|spell| spell.counter == Some(at.number))
            });
            here.next().map(|ticket| ticket.id)
        }
    };
    drop(tx);
    let ticket = ticket.ok_or(domain::hall::NotRated::NothingYet)?;
    by_ticket(app, ticket, said).await
}

struct Rate {
    app: App,
    ticket: TicketId,
    said: RateRequest,
}

impl Change for Rate {
    type Out = ();

    fn needs(&self) -> Option<Needs> {
        Some(Needs { ticket: Some(self.ticket), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let ticket = batch.ticket(self.ticket).ok_or(Error::NotFound)?.clone();
            let already = ratings::is_rated(&mut batch.tx, &Rated::Ticket(ticket.id)).await?;
            let field = match &ticket.case {
                Some(code) => {
                    cases::by_code(&mut batch.tx, code).await?.map(|current| current.case.field().clone())
                }
                None => None,
            };
            let day = ticket_day(self.app.now());
            let rating =
                rate_ticket(&ticket, already, field, self.said.level, self.said.complaints.clone(), day)?;
            batch.hall(&ticket.site).await?;
            ratings::put(&mut batch.tx, &rating).await?;
            Ok(())
        })
    }
}
