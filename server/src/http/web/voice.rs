//! The loudspeaker's clips.

use crate::app::{App, hall::voice};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// A page asks again after this long, so that new recordings are heard soon.
const KEEP: &str = "public, max-age=600";

/// `GET /voice/{lang}/{file}`.
pub(super) async fn clip(State(app): State<App>, Path((lang, file)): Path<(String, String)>) -> Response {
    let name = file.strip_suffix(".wav").unwrap_or_default();
    match voice::clip(&app.config.data, &lang, name).await {
        Some(recorded) => {
            ([(header::CONTENT_TYPE, "audio/wav"), (header::CACHE_CONTROL, KEEP)], recorded).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
