//! The machine that the product is installed on: where its files lie, how it is configured, what it logs, how it is
//! run, and how IT finds out what is wrong with it.
//!
//! Knows nothing of cases, of the network protocol or of windows: the server and the apps depend on it, and the server
//! must never depend on the apps' parts.
#![warn(missing_docs)]

pub mod awake;
pub mod bundle;
pub mod care;
pub mod config;
pub mod console;
pub mod files;
pub mod logs;
pub mod places;
pub mod report;
pub mod secrets;
pub mod service;
pub mod supervise;
#[cfg(windows)]
mod windows;

pub use places::App;
