//! All routes in one place.

use crate::http::{AppState, api, files, hall_live, health, live, observe, openapi, problem, web};
use axum::{
    Router,
    extract::Request,
    middleware,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use tower::{Layer as _, ServiceBuilder};
use tower_http::{
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate as _, SizeAbove},
    },
    services::ServeDir,
};

/// The router with everything mounted.
pub(crate) fn router(state: AppState) -> Router {
    let mut router: Router<AppState> = Router::new();
    for mounted in api::routes() {
        router = router.route(mounted.info.path, mounted.router);
    }
    if state.demo_clock.is_some() {
        router = router.route(crate::http::demo::PATH, post(crate::http::demo::set_clock));
    }
    // Small answers are not worth packing; streams and pictures are left alone by the default.
    let packed = CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(2_048)));
    let observed = middleware::from_fn_with_state(state.clone(), observe::observe);
    // Packages are packed already, and asked for in pieces.
    let updates = ServeDir::new(state.app.config.data.join("updates"));
    router
        .route(::api::FILES_PATH, post(files::send))
        .route("/api/files/{file}", get(files::get))
        .route(::api::LIVE_PATH, get(live::live))
        .route(::api::HALL_LIVE_PATH, get(hall_live::live))
        .route("/api/openapi.json", get(openapi::openapi))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .merge(web::routes(&state))
        .method_not_allowed_fallback(problem::wrong_method)
        .fallback(nothing_here)
        .layer(ServiceBuilder::new().layer(observed.clone()).layer(packed))
        .nest_service(::api::UPDATES_PATH, observed.layer(updates))
        .with_state(state)
}

/// Nothing there: said as JSON to apps, as a page to people.
async fn nothing_here(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return problem::not_found().await.into_response();
    }
    web::nothing_here().await
}
