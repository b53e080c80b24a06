//! A form as it was sent. One that cannot be read is answered with a page, not with a line of English.

use super::problem;
use axum::{
    Form,
    extract::{FromRequest, Request},
    response::Response,
};
use serde::de::DeserializeOwned;

/// What a form says.
pub(super) struct Sent<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(_) => Err(problem::forged()),
        }
    }
}
