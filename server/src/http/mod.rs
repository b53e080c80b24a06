//! HTTP: takes requests apart, asks the use cases, says the answers. Nothing here knows the database.

pub mod api;
pub mod auth;
pub mod call;
pub mod demo;
pub mod files;
pub mod hall_live;
pub mod health;
pub mod limits;
pub mod live;
pub mod observe;
pub mod openapi;
pub mod problem;
pub mod web;

/// What every route shares.
pub type AppState = std::sync::Arc<State>;

/// See [`AppState`].
#[derive(Debug)]
pub struct State {
    /// The use cases.
    pub app: crate::app::App,
    /// How often one address may try.
    pub limits: limits::Limits,
    /// Figures of this process.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
    /// What is counted of requests.
    pub figures: observe::Figures,
    /// The clock of a demonstration, which may be moved.
    pub demo_clock: Option<std::sync::Arc<crate::clock::DemoClock>>,
    /// Whether the server is stopping.
    pub stopping: std::sync::atomic::AtomicBool,
}
