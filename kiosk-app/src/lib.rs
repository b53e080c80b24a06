//! The kiosk in the hall: a citizen scans a receipt and sees where the case is, or looks up what a procedure
//! asks for.
//!
//! Shape: [`event::Event`]s change the [`model::Model`] in [`update::update`], which is pure and answers
//! [`command::Command`]s; the [`engine`] runs these on its own thread; [`screens`] only draw. The kiosk shows no
//! personal data, keeps nothing of a visit, and forgets everything when it is left alone.
#![warn(missing_docs)]

pub mod app;
pub mod args;
mod care;
pub mod command;
pub mod engine;
pub mod event;
pub mod keys;
pub mod look;
pub mod model;
pub mod query;
pub mod screens;
pub mod seen;
pub mod start;
pub mod update;
mod watch;
mod widgets;
#[cfg(windows)]
mod windows;
