//! The live stream of a hall: the whole of it after every change, so that a screen that missed something is right
//! again at the next.

use super::AppState;
use crate::{
    app::{
        App,
        hall::{halls::Watching, moment},
    },
    error::Error,
};
use axum::{
    extract::{Path, State},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::unit::UnitCode;
use futures_util::{Stream, stream};
use http::{HeaderValue, header};
use std::{convert::Infallible, time::Duration};

/// Streams a hall.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub async fn live(State(state): State<AppState>, Path(site): Path<UnitCode>) -> Result<Response, Error> {
    // Watching begins before the first look, so that nothing falls between.
    let watching = state.app.halls.watch(&site);
    let first = look(&state.app, &site).await?;
    let events = follow(Screen { app: state.app.clone(), site, watching, first: Some(first) });
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("keep-alive"))
        .into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

struct Screen {
    app: App,
    site: UnitCode,
    watching: Watching,
    first: Option<Event>,
}

async fn look(app: &App, site: &UnitCode) -> Result<Event, Error> {
    let hall = moment::hall(app, site).await?;
    let data = serde_json::to_string(&hall).map_err(|_| Error::Internal("a hall is no JSON"))?;
    Ok(Event::default().id(hall.version.to_string()).event("hall").data(data))
}

fn follow(screen: Screen) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(screen, |mut screen| async move {
        if let Some(first) = screen.first.take() {
            return Some((Ok(first), screen));
        }
        if !screen.watching.changed().await {
            return None;
        }
        // A database that fails ends the stream; the screen comes back by itself.
        let event = look(&screen.app, &screen.site).await.ok()?;
        Some((Ok(event), screen))
    })
}
