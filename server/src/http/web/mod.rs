//! Pages: plain HTML and plain forms that work without a script (DESIGN §9). Thin: take what was sent, ask
//! [`crate::app`], render.

mod board;
mod curve;
mod filters;
mod guard;
mod home;
mod leader;
mod machines;
mod me;
mod monitor;
mod monitor_view;
mod problem;
mod procedures;
mod sent;
mod sign_in;
mod static_files;
mod status;
mod status_view;
mod ticket;
mod ticket_view;
mod voice;

use crate::{app::App, http::AppState};
use askama::Template;
use axum::{
    Extension, Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderName, HeaderValue, Method, header};
use me::Me;
use tower::ServiceBuilder;

/// Only what this server itself sends runs, shows and is asked; nobody may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Every page.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    let app = state.app.clone();
    let pages = Router::new()
        .route("/", get(home::home))
        .route("/tra-cuu", get(status::look_up))
        .route("/tra-cuu/{code}", get(status::status))
        .route("/thu-tuc", get(procedures::list))
        .route("/thu-tuc/{code}", get(procedures::detail))
        .route("/dang-nhap", get(sign_in::form).post(sign_in::sign_in))
        .route("/dang-xuat", post(sign_in::sign_out))
        .route("/doi-mat-khau", get(sign_in::password_form).post(sign_in::change_password))
        .route("/lanh-dao", get(leader::desk))
        .route("/lanh-dao/duyet-loat", post(leader::batch))
        .route("/lanh-dao/{case}/duyet", post(leader::approve))
        .route("/lanh-dao/{case}/tra-lai", post(leader::send_back))
        .route("/giam-sat", get(monitor::monitor))
        .route("/sanh/{unit}", get(board::board))
        .route("/so-thu-tu/{ticket}", get(ticket::ticket))
        .route("/so-thu-tu/{ticket}/bo", get(ticket::ask_leave).post(ticket::leave))
        .route("/so-thu-tu/{ticket}/danh-gia", post(ticket::rate))
        .route("/may-tram", get(machines::overview))
        .route("/may-tram/{machine}/bo", post(machines::forget))
        .route("/voice/{lang}/{file}", get(voice::clip))
        .route("/static/{*path}", get(static_files::file))
        .layer(
            ServiceBuilder::new()
                .layer(middleware::map_response(protect))
                .layer(Extension(AppState::clone(state)))
                .layer(middleware::from_fn_with_state(app.clone(), from_our_pages)),
        );
    pages.with_state(app)
}

/// What a browser gets where there is nothing.
pub(crate) async fn nothing_here() -> Response {
    protect(problem::not_found()).await
}

/// Forms are taken only from our own pages.
async fn from_our_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST && !guard::is_ours(request.headers(), &app.public_url) {
        return problem::forged();
    }
    next.run(request).await
}

async fn protect(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let always = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Forms must say where they come from, others need not know what a citizen reads.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A template as an answer.
fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => problem::of(&crate::error::Error::Internal("a page could not be written")),
    }
}
