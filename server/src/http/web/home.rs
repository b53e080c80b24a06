//! The first page.

use super::{filters, page};
use crate::app::App;
use axum::{extract::State, response::Response};

#[derive(askama::Template)]
#[template(path = "home.html")]
struct HomePage {
    province: String,
}

/// `GET /`.
pub(super) async fn home(State(app): State<App>) -> Response {
    let province = app.catalogue().province().map_or_else(String::new, |unit| unit.short_name.clone());
    page(&HomePage { province })
}
