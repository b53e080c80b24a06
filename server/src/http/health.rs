//! For those who look after the machine: alive, ready, figures.

use super::AppState;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use std::sync::atomic::Ordering;

/// The process is alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// It can serve: the database answers and it is not stopping.
pub async fn readyz(State(state): State<AppState>) -> Response {
    if state.stopping.load(Ordering::SeqCst) {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match crate::app::load::loaded(&state.app.db).await {
        Ok(Some(_)) => "ready\n".into_response(),
        Ok(None) => (StatusCode::SERVICE_UNAVAILABLE, "no catalogue\n").into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "no database\n").into_response()
        }
    }
}

/// Figures for Prometheus.
pub async fn metrics(State(state): State<AppState>) -> Response {
    let Some(handle) = &state.metrics else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = handle.render().into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
