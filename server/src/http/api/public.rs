//! What anybody may see: a case's status, the province's figures.

use crate::{
    app::{Answer, province, status},
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{GetProvince, GetStatus, Province, PublicStatus};

pub(super) fn routes() -> Vec<Mounted> {
    vec![route::<GetStatus, _, _>(get_status), route::<GetProvince, _, _>(get_province)]
}

async fn get_status(call: Call<GetStatus>) -> Result<Answer<PublicStatus>, Error> {
    status::status(&call.state.app, &call.params.code, call.req.k.as_deref()).await
}

async fn get_province(call: Call<GetProvince>) -> Result<Answer<Province>, Error> {
    province::province(&call.state.app).await.map(|entry| Answer::Ready(entry.body))
}
