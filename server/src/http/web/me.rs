//! Who is signed in on a page. Whoever is not is asked to sign in first and comes back then.

use crate::app::{
    App,
    sessions::{self, Signed},
};
use crate::error::Error;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::roles::Actor;
use http::{HeaderMap, Method, header, request::Parts};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

/// The cookie that keeps a page's session.
pub(super) const COOKIE: &str = "mc_session";
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
    let token = cookie(headers).ok_or(Error::SignedOut)?;
    let signed = sessions::authenticate(app, token).await?;
    Ok(Me { signed, token: token.to_owned() })
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value)
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

/// The cookie of a session that begins; it ends with the browser, or with the session.
pub(super) fn keep(token: &str, public_url: &str) -> String {
    let secure = if public_url.starts_with("https:") { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The cookie of a session that has ended.
pub(super) fn forget() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(cookie(&headers), None);
        headers.insert(header::COOKIE, "a=b; mc_session=0f3a; c=d".parse().expect("a header"));
        assert_eq!(cookie(&headers), Some("0f3a"));
        headers.insert(header::COOKIE, "xmc_session=1; mc_session=".parse().expect("a header"));
        assert_eq!(cookie(&headers), None);
    }
}
