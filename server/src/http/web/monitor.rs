//! The province on the wall.

use super::{monitor_view::MonitorPage, page, problem};
use crate::app::{App, province};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default, rename = "don-vi")]
    units: String,
}

/// `GET /giam-sat`.
pub(super) async fn monitor(State(app): State<App>, Query(wanted): Query<Wanted>) -> Response {
    match province::province(&app).await {
        Ok(entry) => page(&MonitorPage::new(&entry.value, wanted.units == "tat-ca", app.now())),
        Err(error) => problem::of(&error),
    }
}
