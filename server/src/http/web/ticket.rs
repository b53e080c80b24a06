//! A number on a citizen's phone, behind the ticket's QR: where it stands, giving it up, saying how the service was.

use super::{
    page, problem,
    sent::Sent,
    ticket_view::{LeavePage, TicketPage},
};
use crate::{
    app::{
        App,
        hall::{rating, ticket as tickets},
    },
    error::Error,
};
use api::{RateRequest, TICKET_PAGE};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    hall::{Complaint, Level, State as Stands},
    ids::TicketId,
};
use http::StatusCode;
use i18n::t;
use serde::de::DeserializeOwned;

fn id(text: &str) -> Result<TicketId, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// `GET /so-thu-tu/{ticket}`.
pub(super) async fn ticket(State(app): State<App>, Path(ticket): Path<String>) -> Response {
    match read(&app, &ticket).await {
        Ok(shown) => page(&shown),
        Err(error) => problem::of(&error),
    }
}

async fn read(app: &App, ticket: &str) -> Result<TicketPage, Error> {
    let id = id(ticket)?;
    let view = tickets::get(app, id).await?;
    let rated = view.state == Stands::Done && rating::is_rated(app, id).await?;
    Ok(TicketPage::new(view, rated))
}

/// `GET /so-thu-tu/{ticket}/bo`: asks once more.
pub(super) async fn ask_leave(State(app): State<App>, Path(ticket): Path<String>) -> Response {
    let view = async { tickets::get(&app, id(&ticket)?).await };
    match view.await {
        Ok(view) => page(&LeavePage::new(&view)),
        Err(error) => problem::of(&error),
    }
}

/// `POST /so-thu-tu/{ticket}/bo`.
pub(super) async fn leave(State(app): State<App>, Path(ticket): Path<String>) -> Response {
    let left = async { tickets::leave(&app, id(&ticket)?).await };
    match left.await {
        Ok(view) => Redirect::to(&address(view.ticket)).into_response(),
        Err(error) => problem::of(&error),
    }
}

/// `POST /so-thu-tu/{ticket}/danh-gia`.
pub(super) async fn rate(
    State(app): State<App>,
    Path(ticket): Path<String>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Response {
    let Some(level) = values(&sent, "muc").find_map(named::<Level>) else {
        return match read(&app, &ticket).await {
            Ok(shown) => {
                let shown = shown.with_problem(t("web.ticket.rate_none").into_owned());
                (StatusCode::UNPROCESSABLE_ENTITY, page(&shown)).into_response()
            }
            Err(error) => problem::of(&error),
        };
    };
    // What was wrong is only asked of those who were not content.
    let complaints =
        values(&sent, "vi-sao").filter(|_| level == Level::Unsatisfied).filter_map(named::<Complaint>);
    let said = RateRequest { level, complaints: complaints.collect() };
    let rated = async {
        let id = id(&ticket)?;
        rating::by_ticket(&app, id, said).await.map(|()| id)
    };
    match rated.await {
        Ok(id) => Redirect::to(&address(id)).into_response(),
        Err(error) => problem::of(&error),
    }
}

fn address(ticket: TicketId) -> String {
    format!("{TICKET_PAGE}/{ticket}")
}

/// What a form says in a field, which may be there several times.
fn values<'a>(sent: &'a [(String, String)], field: &'a str) -> impl Iterator<Item = &'a str> {
    sent.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
}

/// A value by its name on the wire.
fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}
