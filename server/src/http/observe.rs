//! Around every request: a time limit, a net for panics, security headers, a line in the log and a figure. The log
//! has the route, never the address that was asked for: that may name a case.

use super::{AppState, problem::reference};
use crate::error::Error;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use http::{HeaderValue, StatusCode, header, header::HeaderName};
use metrics::{Counter, Histogram};
use std::{
    collections::HashMap,
    future::{Future as _, poll_fn},
    panic::AssertUnwindSafe,
    pin::pin,
    task::Poll,
    time::{Duration, Instant},
};

/// No request takes longer; streams have begun by then.
const LIMIT: Duration = Duration::from_secs(60);
/// But for scanned pages, which may come over a slow line.
const UPLOAD_LIMIT: Duration = Duration::from_secs(900);

/// See the module.
pub async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let page = !request.uri().path().starts_with("/api/");
    let upload = route.as_ref().is_some_and(|route| route.as_str() == ::api::FILES_PATH);
    let limit = if upload { UPLOAD_LIMIT } else { LIMIT };
    let mut handled = pin!(AssertUnwindSafe(next.run(request)).catch_unwind());
    // What is answered at once needs no clock.
    let first = poll_fn(|context| Poll::Ready(handled.as_mut().poll(context))).await;
    let handled = match first {
        Poll::Ready(handled) => Ok(handled),
        Poll::Pending => tokio::time::timeout(limit, handled).await,
    };
    let mut response = match handled {
        Ok(Ok(response)) => response,
        Ok(Err(_panic)) => panicked(),
        Err(_) => Error::Timeout.into_response(),
    };
    secure(&mut response, page, state.app.config.tls.is_some());
    let path = route.as_ref().map_or("", MatchedPath::as_str);
    let status = response.status();
    let took = begun.elapsed();
    state.figures.note(path, status, took);
    tracing::debug!(%method, route = path, status = status.as_u16(), micros = took.as_micros(), "request");
    response
}

/// What is counted of requests, by route; looked up by name only once.
#[derive(Debug)]
pub struct Figures {
    routes: HashMap<&'static str, RouteFigures>,
    other: RouteFigures,
}

#[derive(Debug)]
struct RouteFigures {
    seconds: Histogram,
    done: Counter,
    refused: Counter,
    failed: Counter,
}

impl RouteFigures {
    fn new(route: &'static str) -> Self {
        let counter = |status: &'static str| metrics::counter!("mot_cua_http_requests_total", "route" => route, "status" => status);
        Self {
            seconds: metrics::histogram!("mot_cua_http_seconds", "route" => route),
            done: counter("done"),
            refused: counter("refused"),
            failed: counter("failed"),
        }
    }
}

impl Figures {
    /// Figures of these routes; all others are counted together.
    #[must_use]
    pub fn new(routes: impl IntoIterator<Item = &'static str>) -> Self {
        let routes = routes.into_iter().map(|route| (route, RouteFigures::new(route))).collect();
        Self { routes, other: RouteFigures::new("other") }
    }

    fn note(&self, route: &str, status: StatusCode, took: Duration) {
        let figures = self.routes.get(route).unwrap_or(&self.other);
        figures.seconds.record(took.as_secs_f64());
        let counter = match status.as_u16() {
            0..=399 => &figures.done,
            400..=499 => &figures.refused,
            _ => &figures.failed,
        };
        counter.increment(1);
    }
}

fn panicked() -> Response {
    let reference = reference();
    tracing::error!(reference, "a request panicked");
    let error = Error::Internal("a panic");
    super::problem::problem_response(error.status(), &error.problem(Some(reference)))
}

fn secure(response: &mut Response, page: bool, tls: bool) {
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert_with(|| HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::X_FRAME_OPTIONS, "DENY");
    if page {
        put(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        );
    } else {
        put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    if tls {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}
