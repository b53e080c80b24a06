//! Forms: whether one was sent from our own page, by the person who is signed in.

use http::{HeaderMap, header};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The token that a signed-in person's forms carry. It follows from the session's token, which no other
/// site can read, and tells nothing about it.
pub(super) fn token(session: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"mot-cua form\0");
    hash.update(session.as_bytes());
    hex::encode(hash.finalize())
}

/// Whether a form's token belongs to the session.
pub(super) fn is_token(given: &str, session: &str) -> bool {
    bool::from(given.as_bytes().ct_eq(token(session).as_bytes()))
}

/// Whether a form was sent from a page of this server: browsers say so with every form.
pub(super) fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else {
        return headers.get("sec-fetch-site").is_some_and(|site| site.as_bytes() == b"same-origin");
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    let ours = host.is_some() && host == text(header::HOST);
    ours || public_url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A place on this server to go to after signing in; never another site.
pub(super) fn local_address(wanted: &str) -> &str {
    let plain = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain { wanted } else { "/lanh-dao" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs =
            pairs.iter().map(|(name, value)| ((*name).parse().expect("name"), value.parse().expect("value")));
        pairs.collect()
    }

    #[test]
    fn only_our_own_pages_send_forms() {
        let url = "https://motcua.sonla.example";
        let ours = |pairs: &[(&'static str, &'static str)]| is_ours(&headers(pairs), url);
        assert!(ours(&[("origin", "http://10.0.0.5:8080"), ("host", "10.0.0.5:8080")]));
        assert!(ours(&[("origin", "https://motcua.sonla.example"), ("host", "inner:8080")]));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "10.0.0.5:8080")]));
        assert!(!ours(&[("origin", "https://motcua.sonla"), ("host", "inner:8080")]));
        assert!(!ours(&[("origin", "null"), ("host", "10.0.0.5:8080")]));
        assert!(!ours(&[("host", "10.0.0.5:8080")]));
    }

    #[test]
    fn a_token_fits_one_session() {
        assert!(is_token(&token("a"), "a"));
        assert!(!is_token(&token("a"), "b") && !is_token("", "a"));
    }

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(local_address("/lanh-dao?muc=da-duyet"), "/lanh-dao?muc=da-duyet");
        for wanted in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nb"] {
            assert_eq!(local_address(wanted), "/lanh-dao");
        }
    }
}
