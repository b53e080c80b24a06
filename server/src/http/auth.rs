//! Who asks: a bearer token from the apps, a cookie from the pages.

use super::AppState;
use crate::{
    app::sessions::{Signed, authenticate},
    error::Error,
};
use http::{HeaderMap, HeaderValue, Method, header};
use std::sync::Arc;

/// The session cookie of the pages.
pub const COOKIE: &str = "mc_session";

/// The signed-in person behind a request.
///
/// # Errors
/// [`Error::SignedOut`], or [`Error::Request`] for a change that comes from another site.
pub async fn signed(state: &AppState, method: &Method, headers: &HeaderMap) -> Result<Arc<Signed>, Error> {
    if let Some(token) = bearer(headers) {
        return authenticate(&state.app, token).await;
    }
    let token = cookie(headers, COOKIE).ok_or(Error::SignedOut)?;
    if !method.is_safe() && !same_origin(headers) {
        return Err(Error::Request { key: "origin" });
    }
    authenticate(&state.app, token).await
}

/// Whether a request comes from our own pages, as far as the browser says.
#[must_use]
pub fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin)| origin == host),
        (Some(_), None) => false,
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A cookie's value.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The cookie that begins a session of the pages. `secure` when they are reached by HTTPS.
#[must_use]
pub fn set_cookie(token: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200{secure}")
}

/// The cookie that ends it.
#[must_use]
pub fn clear_cookie() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn tokens_are_found() {
        assert_eq!(bearer(&headers(&[("authorization", "Bearer abc")])), Some("abc"));
        assert_eq!(bearer(&headers(&[("authorization", "Basic abc")])), None);
        assert_eq!(cookie(&headers(&[("cookie", "a=1; mc_session=xyz")]), COOKIE), Some("xyz"));
    }

    #[test]
    fn other_sites_are_told_apart() {
        let own = [("host", "motcua.example"), ("origin", "https://motcua.example")];
        assert!(same_origin(&headers(&own)));
        assert!(!same_origin(&headers(&[("host", "motcua.example"), ("origin", "https://evil.example")])));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "cross-site")])));
    }
}
