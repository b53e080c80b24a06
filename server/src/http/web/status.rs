//! A case's status for the citizen: behind the receipt's QR, or by the code typed.

use super::{filters, page, problem, status_view::StatusPage};
use crate::{
    app::{App, status},
    error::Error,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::code::CaseCode;
use http::StatusCode;
use i18n::t;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

#[derive(Default, askama::Template)]
#[template(path = "lookup.html")]
struct LookUpPage {
    problem: String,
    advice: String,
    tone: &'static str,
    typed: String,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    ma: String,
}

/// `GET /tra-cuu`: the form, or on to the case whose code was typed.
pub(super) async fn look_up(Query(typed): Query<Typed>) -> Response {
    let typed = shorten(&typed.ma);
    if typed.trim().is_empty() {
        return page(&LookUpPage::default());
    }
    // People leave blanks where the receipt breaks the line.
    let squeezed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    match CaseCode::parse(&squeezed) {
        Ok(code) => Redirect::to(&format!("/tra-cuu/{code}")).into_response(),
        Err(_) => not_found_page(StatusCode::UNPROCESSABLE_ENTITY, "not_a_code", "soon", typed),
    }
}

/// The check that the receipt's QR carries.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Check {
    k: Option<String>,
}

/// `GET /tra-cuu/{code}?k=…`.
pub(super) async fn status(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(check): Query<Check>,
) -> Response {
    let Ok(parsed) = CaseCode::parse(&code) else {
        return not_found_page(StatusCode::NOT_FOUND, "not_a_code", "soon", shorten(&code));
    };
    if parsed.as_str() != code {
        let k =
            check.k.map_or_else(String::new, |k| format!("?k={}", utf8_percent_encode(&k, NON_ALPHANUMERIC)));
        return Redirect::to(&format!("/tra-cuu/{parsed}{k}")).into_response();
    }
    match status::read(&app, &parsed, check.k.as_deref()).await {
        Ok(status) => page(&StatusPage::new(status, app.now())),
        Err(Error::NotFound) => not_found_page(StatusCode::NOT_FOUND, "unknown", "late", code),
        Err(Error::TooMany) => not_found_page(StatusCode::TOO_MANY_REQUESTS, "too_many", "soon", code),
        Err(error) => problem::of(&error),
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

fn not_found_page(status: StatusCode, key: &str, tone: &'static str, typed: String) -> Response {
    let said = |key: String| t(&format!("web.lookup.{key}")).into_owned();
    let shown = LookUpPage { problem: said(key.to_owned()), advice: said(format!("{key}_do")), tone, typed };
    (status, page(&shown)).into_response()
}
