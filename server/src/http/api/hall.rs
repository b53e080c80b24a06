//! The hall: numbers, counters, screens.

use crate::{
    app::{
        Answer,
        hall::{counter, day, key, moment, rating, results, ticket},
    },
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{
    CallNext, CounterView, DoWithTicket, Endpoint, FindTicket, GetCounter, GetHall, GetHallDay,
    GetHallResults, GetTicket, HallDay, HallResults, HallView, IssueTicket, LeaveTicket, NextCalled,
    OpenCounter, RateCounter, RateTicket, ScanTicket, TicketView,
};
use domain::{
    hall::Ticket,
    roles::{Permission, allowed},
    unit::UnitCode,
};

pub(super) fn routes() -> Vec<Mounted> {
    vec![
        route::<GetHall, _, _>(hall),
        route::<GetHallResults, _, _>(results_shown),
        route::<IssueTicket, _, _>(issue),
        route::<FindTicket, _, _>(find),
        route::<RateCounter, _, _>(rate_counter),
        route::<GetTicket, _, _>(get),
        route::<LeaveTicket, _, _>(leave),
        route::<RateTicket, _, _>(rate),
        route::<GetCounter, _, _>(counter_view),
        route::<OpenCounter, _, _>(open),
        route::<CallNext, _, _>(next),
        route::<DoWithTicket, _, _>(deed),
        route::<ScanTicket, _, _>(scan),
        route::<GetHallDay, _, _>(hall_day),
    ]
}

/// Lets in the machines of this hall.
fn of_hall<E: Endpoint>(call: &Call<E>, site: &UnitCode) -> Result<(), Error> {
    key::check(&call.state.app, site, call.hall_key.as_deref())
}

async fn hall(call: Call<GetHall>) -> Result<Answer<HallView>, Error> {
    moment::hall(&call.state.app, &call.params.unit).await.map(Answer::Value)
}

async fn results_shown(call: Call<GetHallResults>) -> Result<Answer<HallResults>, Error> {
    let shown = results::results(&call.state.app, &call.params.unit).await?;
    Ok(Answer::Value(HallResults::clone(&shown)))
}

async fn issue(call: Call<IssueTicket>) -> Result<Answer<TicketView>, Error> {
    of_hall(&call, &call.params.unit)?;
    ticket::take(&call.state.app, &call.params.unit, call.req).await.map(Answer::Value)
}

async fn find(call: Call<FindTicket>) -> Result<Answer<TicketView>, Error> {
    of_hall(&call, &call.params.unit)?;
    let found = ticket::find(&call.state.app, &call.params.unit, &call.params.code).await?;
    ticket::get(&call.state.app, found.id).await.map(Answer::Value)
}

async fn rate_counter(call: Call<RateCounter>) -> Result<Answer<()>, Error> {
    of_hall(&call, &call.params.unit)?;
    rating::at_counter(&call.state.app, &call.params, call.req).await.map(Answer::Value)
}

async fn get(call: Call<GetTicket>) -> Result<Answer<TicketView>, Error> {
    ticket::get(&call.state.app, call.params.ticket).await.map(Answer::Value)
}

async fn leave(call: Call<LeaveTicket>) -> Result<Answer<TicketView>, Error> {
    ticket::leave(&call.state.app, call.params.ticket).await.map(Answer::Value)
}

async fn rate(call: Call<RateTicket>) -> Result<Answer<()>, Error> {
    rating::by_ticket(&call.state.app, call.params.ticket, call.req).await.map(Answer::Value)
}

async fn counter_view(call: Call<GetCounter>) -> Result<Answer<CounterView>, Error> {
    moment::counter_view(&call.state.app, &call.signed()?.actor, &call.params).await.map(Answer::Value)
}

async fn open(call: Call<OpenCounter>) -> Result<Answer<()>, Error> {
    let (app, asked) = (&call.state.app, call.asked()?);
    counter::set_opening(app, &call.signed()?.actor, &call.params, asked, call.req).await.map(Answer::Value)
}

async fn next(call: Call<CallNext>) -> Result<Answer<NextCalled>, Error> {
    let (app, asked) = (&call.state.app, call.asked()?);
    counter::next(app, &call.signed()?.actor, &call.params, asked).await.map(Answer::Value)
}

async fn deed(call: Call<DoWithTicket>) -> Result<Answer<Ticket>, Error> {
    let (app, asked, actor) = (call.state.app.clone(), call.asked()?, call.signed()?.actor.clone());
    counter::deed(&app, &actor, &call.params, asked, call.req).await.map(Answer::Value)
}

async fn scan(call: Call<ScanTicket>) -> Result<Answer<Ticket>, Error> {
    let (app, unit) = (&call.state.app, &call.params.unit);
    allowed(&call.signed()?.actor, &Permission::ServeHall(unit)).map_err(|denied| app.denied(denied))?;
    ticket::find(app, unit, &call.params.code).await.map(Answer::Value)
}

async fn hall_day(call: Call<GetHallDay>) -> Result<Answer<HallDay>, Error> {
    day::hall_day(&call.state.app, &call.signed()?.actor, &call.params.unit).await.map(Answer::Value)
}
