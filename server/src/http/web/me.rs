//! Who is signed in on a page. Whoever is not is asked to sign in first and comes back then.

use crate::{
    app::{
        App,
        sessions::{self, Signed},
    },
    error::Error,
    http::auth,
};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::roles::Actor;
use http::{HeaderMap, Method, request::Parts};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

/// Where a password is changed.
const PASSWORD: &str = "/doi-mat-khau";

/// A signed-in person.
pub(super) struct Me {
    /// The session.
    pub(super) signed: Arc<Signed>,
    /// Its token, which their forms' token follows from.
    pub(super) token: String,
}

impl Me {
    /// Who, with posts.
    pub(super) fn actor(&self) -> &Actor {
        &self.signed.actor
    }
}

impl FromRequestParts<App> for Me {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match of(app, &parts.headers).await {
            Ok(me) if me.signed.must_change_password && parts.uri.path() != PASSWORD => {
                Err(Redirect::to(PASSWORD).into_response())
            }
            Ok(me) => Ok(me),
            Err(Error::SignedOut) => Err(to_sign_in(parts)),
            Err(error) => Err(super::problem::of(&error)),
        }
    }
}

async fn of(app: &App, headers: &HeaderMap) -> Result<Me, Error> {
    let token = auth::cookie(headers, auth::COOKIE).ok_or(Error::SignedOut)?;
    let signed = sessions::authenticate(app, token).await?;
    Ok(Me { signed, token: token.to_owned() })
}

/// A page that was asked for comes after signing in; a form that was sent has to be filled in again, so its
/// page says that nothing was changed.
fn to_sign_in(parts: &Parts) -> Response {
    let wanted = parts.uri.path_and_query().map_or("/lanh-dao", |wanted| wanted.as_str());
    let address = if parts.method == Method::GET {
        format!("/dang-nhap?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
    } else {
        "/dang-nhap?bao=het-phien".to_owned()
    };
    Redirect::to(&address).into_response()
}
