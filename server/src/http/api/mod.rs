//! The JSON API: one file per noun, each a few lines between `api` and the use cases.

mod cases;
mod hall;
mod machines;
mod places;
mod public;
mod session;

use super::call::{Mounted, RouteInfo};

/// Every route of the API. The router, the OpenAPI document and the tests are made from this list.
#[must_use]
pub fn routes() -> Vec<Mounted> {
    let nouns = [
        session::routes(),
        cases::routes(),
        places::routes(),
        public::routes(),
        hall::routes(),
        machines::routes(),
    ];
    nouns.into_iter().flatten().collect()
}

/// What is known of every route.
#[must_use]
pub fn endpoints() -> Vec<RouteInfo> {
    routes().into_iter().map(|mounted| mounted.info).collect()
}
