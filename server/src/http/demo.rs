//! Moving the clock of a demonstration. Mounted only when the server was started for one.

use super::AppState;
use crate::{clock::parse_local, error::Error};
use axum::{Json, extract::State};
use domain::time::Clock as _;
use serde::{Deserialize, Serialize};

/// Where the clock is moved.
pub const PATH: &str = "/api/demo/clock";

/// The time that the clock shall show.
#[derive(Debug, Deserialize)]
pub struct Setting {
    /// Local: `2026-11-23T08:42`.
    now: String,
}

/// The time that it shows now.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// UTC milliseconds.
    now: i64,
    /// Local.
    local: String,
}

/// Moves the clock.
///
/// # Errors
/// [`Error::Request`] for a time that cannot be read.
pub async fn set_clock(
    State(state): State<AppState>,
    setting: Result<Json<Setting>, axum::extract::rejection::JsonRejection>,
) -> Result<Json<Shown>, Error> {
    let clock = state.demo_clock.as_ref().ok_or(Error::NotFound)?;
    let Json(setting) = setting.map_err(|_| Error::Request { key: "json" })?;
    let at = parse_local(&setting.now).ok_or(Error::Request { key: "clock" })?;
    clock.set(at);
    // What was kept ready may speak of another time.
    state.app.fresh.everything();
    state.app.halls.all_changed().await;
    let now = clock.now();
    Ok(Json(Shown { now: now.0, local: now.local().to_string() }))
}
