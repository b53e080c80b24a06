//! The live stream: every action once, in order, from wherever the listener left off.

use super::AppState;
use crate::{app::live::Hub, error::Error};
use api::LiveEvent;
use axum::{
    extract::{Query, State},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, StreamExt as _, stream};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Where a stream begins.
#[derive(Debug, Default, Deserialize)]
pub struct LiveQuery {
    /// After this place of the log; from now on, if none is given.
    #[serde(default)]
    since: Option<i64>,
}

/// Streams events. `Last-Event-ID` goes before `since`.
///
/// # Errors
/// [`Error`] when the server is stopping or the log cannot be read.
pub async fn live(
    State(state): State<AppState>,
    query: Result<Query<LiveQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Query(query) = query.map_err(|_| Error::Request { key: "query" })?;
    let header = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<i64>().ok());
    let hub = Arc::clone(&state.app.live);
    // Listening begins before looking back, so that nothing falls between.
    let receiver = hub.listen().ok_or(Error::Busy)?;
    let since = header.or(query.since);
    let begin = since.unwrap_or_else(|| hub.pos());
    let (missed, more) = hub.missed(begin).await?;
    let last = missed.last().map_or(begin.min(hub.pos()), |event| event.pos);
    let before = stream::iter(missed.into_iter().map(|event| written(&event)));
    // What was missed is more than one answer holds: the listener reads its pages anew and begins here.
    let resync = stream::iter(more.then(resync));
    let hello = stream::iter([Event::default().comment("mot-cua")]);
    let last = if more { hub.pos() } else { last };
    let events = hello.chain(before).chain(resync).chain(follow(hub, receiver, last));
    let events = events.map(Ok::<_, Infallible>);
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("keep-alive"))
        .into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn written(event: &LiveEvent) -> Event {
    let data = serde_json::to_string(event).unwrap_or_default();
    Event::default().id(event.pos.to_string()).event("action").data(data)
}

fn resync() -> Event {
    Event::default().event("resync").data("{}")
}

struct Following {
    // Kept so that the stream's end is the hub's.
    _hub: Arc<Hub>,
    receiver: Receiver<Arc<LiveEvent>>,
    last: i64,
    over: bool,
}

fn follow(hub: Arc<Hub>, receiver: Receiver<Arc<LiveEvent>>, last: i64) -> impl Stream<Item = Event> {
    stream::unfold(Following { _hub: hub, receiver, last, over: false }, |mut following| async move {
        if following.over {
            return None;
        }
        loop {
            match following.receiver.recv().await {
                Ok(event) if event.pos <= following.last => {}
                Ok(event) => {
                    following.last = event.pos;
                    return Some((written(&event), following));
                }
                // Too slow: told so, and let go.
                Err(RecvError::Lagged(_)) => {
                    following.over = true;
                    return Some((resync(), following));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    })
}
