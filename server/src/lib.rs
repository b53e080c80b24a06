//! The server: `http` asks `app`, `app` asks `store`; each layer knows only the next.
//!
//! It must never acknowledge a change before it is durable, decide a right outside `app`, or write SQL outside
//! `store`.
#![warn(missing_docs)]

/// Requests are taken by one thread and answered with the help of others; the system's allocator has them queue up
/// where memory changes hands.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod error;
pub mod http;
pub mod pack;
mod router;
mod run;
pub mod store;
pub mod upkeep;

pub use config::Config;
pub use http::api::endpoints;
pub use run::{Running, StartError, start, start_demo};
