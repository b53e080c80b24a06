//! Signing in and out on a page.

use super::{Me, filters, guard, page, problem, sent::Sent};
use crate::{
    app::{App, sessions},
    error::Error,
    http::{
        AppState,
        auth::{clear_cookie, set_cookie},
    },
};
use api::{PasswordChange, SignInRequest};
use axum::{
    Extension,
    extract::{ConnectInfo, Query, State},
    response::{AppendHeaders, IntoResponse as _, Redirect, Response},
};
use http::{StatusCode, header};
use i18n::t;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

#[derive(Default, askama::Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    problem: String,
    notice: String,
    next: String,
    login: String,
}

#[derive(askama::Template)]
#[template(path = "password.html")]
struct PasswordPage {
    name: String,
    csrf: String,
    problem: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    next: String,
    #[serde(default)]
    bao: String,
}

/// `GET /dang-nhap`.
pub(super) async fn form(Query(wanted): Query<Wanted>) -> Response {
    let said = |key: &str| t(&format!("web.sign_in.{key}")).into_owned();
    let mut shown =
        SignInPage { next: guard::local_address(&wanted.next).to_owned(), ..SignInPage::default() };
    match wanted.bao.as_str() {
        "da-dang-xuat" => shown.notice = said("signed_out"),
        "het-phien" => shown.problem = said("ended"),
        _ => {}
    }
    page(&shown)
}

/// A sign-in.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /dang-nhap`.
pub(super) async fn sign_in(
    State(app): State<App>,
    Extension(state): Extension<AppState>,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    Sent(form): Sent<SignInForm>,
) -> Response {
    let address = address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(from))| from.ip());
    if !state.limits.may_sign_in(address) {
        return problem::of(&Error::TooMany);
    }
    let next = guard::local_address(&form.next).to_owned();
    let login = form.login.clone();
    match sessions::sign_in(&app, SignInRequest { login: form.login, password: form.password }).await {
        Ok(session) => {
            let cookie =
                [(header::SET_COOKIE, set_cookie(&session.token, app.public_url.starts_with("https:")))];
            let next = if session.must_change_password { "/doi-mat-khau" } else { &next };
            (AppendHeaders(cookie), Redirect::to(next)).into_response()
        }
        Err(
            error @ (Error::WrongCredentials | Error::Locked { .. } | Error::TooMany | Error::Field { .. }),
        ) => {
            let shown = SignInPage { problem: error.message(), next, login, ..SignInPage::default() };
            (error.status(), page(&shown)).into_response()
        }
        Err(error) => problem::of(&error),
    }
}

/// Only the token.
#[derive(Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    csrf: String,
}

/// `POST /dang-xuat`.
pub(super) async fn sign_out(State(app): State<App>, me: Me, Sent(form): Sent<SignOutForm>) -> Response {
    if !guard::is_token(&form.csrf, &me.token) {
        return problem::forged();
    }
    match sessions::sign_out(&app, &me.signed).await {
        Ok(()) => {
            let cookie = [(header::SET_COOKIE, clear_cookie())];
            (AppendHeaders(cookie), Redirect::to("/dang-nhap?bao=da-dang-xuat")).into_response()
        }
        Err(error) => problem::of(&error),
    }
}

/// `GET /doi-mat-khau`.
pub(super) async fn password_form(me: Me) -> Response {
    let must = me.signed.must_change_password;
    password_page(&me, if must { Error::MustChangePassword.message() } else { String::new() })
}

fn password_page(me: &Me, problem: String) -> Response {
    page(&PasswordPage { name: me.actor().name.clone(), csrf: guard::token(&me.token), problem })
}

/// A change of password.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
}

/// `POST /doi-mat-khau`.
pub(super) async fn change_password(
    State(app): State<App>,
    me: Me,
    Sent(form): Sent<PasswordForm>,
) -> Response {
    if !guard::is_token(&form.csrf, &me.token) {
        return problem::forged();
    }
    let change = PasswordChange { current: form.current, new: form.new };
    match sessions::change_password(&app, &me.signed, change).await {
        Ok(()) => Redirect::to("/lanh-dao?bao=doi-mat-khau").into_response(),
        Err(error @ (Error::Field { .. } | Error::Locked { .. })) => {
            (StatusCode::UNPROCESSABLE_ENTITY, password_page(&me, error.message())).into_response()
        }
        Err(error) => problem::of(&error),
    }
}
