//! Errors as answers: one JSON shape for everything that goes wrong.

use crate::{error::Error, store::queue::chain};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        let reference = status.is_server_error().then(reference);
        if let Some(reference) = &reference {
            tracing::error!(reference, error = %chain(&self), "a request failed");
        }
        problem_response(status, &self.problem(reference))
    }
}

/// A number to quote to IT, also in the log.
#[must_use]
pub fn reference() -> String {
    format!("{:08X}", rand::random::<u32>())
}

/// A problem as JSON.
#[must_use]
pub fn problem_response(status: StatusCode, problem: &api::Problem) -> Response {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Nothing there.
pub async fn not_found() -> Error {
    Error::NotFound
}

/// Something there, but not by this method.
pub async fn wrong_method() -> Error {
    Error::Method
}
