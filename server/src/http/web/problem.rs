//! What a page says when something did not work: what happened, what was kept, what to do.

use super::{filters, page};
use crate::{error::Error, store::queue::chain};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use i18n::t;

/// `problem.html`.
#[derive(askama::Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    title: String,
    mark: &'static str,
    happened: String,
    kept: String,
    advice: String,
    href: &'static str,
    go: String,
    reference: String,
}

/// Which words.
struct Words {
    key: &'static str,
    /// The error's own message in place of the general one.
    happened: Option<String>,
    kept: &'static str,
    href: &'static str,
    go: &'static str,
    mark: &'static str,
}

fn word(key: &str) -> String {
    t(&format!("web.problem.{key}")).into_owned()
}

fn show(status: StatusCode, words: Words, reference: String) -> Response {
    let key = words.key;
    let body = ProblemPage {
        title: word(key),
        mark: words.mark,
        happened: words.happened.unwrap_or_else(|| word(&format!("{key}_what"))),
        kept: word(words.kept),
        advice: word(&format!("{key}_do")),
        href: words.href,
        go: word(words.go),
        reference,
    };
    (status, page(&body)).into_response()
}

/// The page of an error. A fault of the server gets a number that its log has too.
pub(super) fn of(error: &Error) -> Response {
    let status = error.status();
    let words =
        |key, happened| Words { key, happened, kept: "kept_unsent", href: "/", go: "home", mark: "info" };
    match error {
        Error::NotFound | Error::Method => {
            show(status, Words { kept: "kept_all", ..words("not_found", None) }, String::new())
        }
        Error::Denied { .. } => show(
            status,
            Words {
                href: "/dang-nhap",
                go: "sign_in",
                mark: "lock-key",
                ..words("denied", Some(error.message()))
            },
            String::new(),
        ),
        Error::TooMany | Error::Locked { .. } | Error::Busy | Error::Timeout => {
            show(status, Words { mark: "clock", ..words("busy", None) }, String::new())
        }
        Error::Store(_) | Error::Internal(_) => {
            let reference = reference(error);
            show(status, Words { kept: "kept_all", mark: "alert", ..words("broken", None) }, reference)
        }
        _ => show(status, Words { mark: "alert", ..words("refused", Some(error.message())) }, String::new()),
    }
}

/// Nothing at this address.
pub(super) fn not_found() -> Response {
    of(&Error::NotFound)
}

/// A form that did not come from our page.
pub(super) fn forged() -> Response {
    let words = Words {
        key: "forged",
        happened: None,
        kept: "kept_unsent",
        href: "/lanh-dao",
        go: "to_list",
        mark: "warning",
    };
    show(StatusCode::FORBIDDEN, words, String::new())
}

fn reference(error: &Error) -> String {
    let reference = crate::http::problem::reference();
    tracing::error!(reference, error = %chain(error), "a page failed");
    reference
}
