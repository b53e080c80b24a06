//! What an app needs to know about its place.

use crate::{
    app::{Answer, catalogue},
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{GetPlace, Place};

pub(super) fn routes() -> Vec<Mounted> {
    vec![route::<GetPlace, _, _>(get_place)]
}

async fn get_place(call: Call<GetPlace>) -> Result<Answer<Place>, Error> {
    catalogue::place(&call.state.app, &call.params.unit).map(Answer::Value)
}
