//! The desktop app of the counters and divisions.
//!
//! `update` is a pure function from an [`Event`] to changes of the [`Model`] and a list of [`Command`]s; the
//! `engine` runs the commands on its own thread and sends events; screens read the model and push
//! events. Nothing in a screen waits, and nothing outside the engine touches network, disk or devices.
#![warn(missing_docs)]

mod app;
mod care;
mod command;
mod device_words;
mod engine;
mod event;
mod model;
mod peek;
mod pictures;
mod receipts;
mod scan;
mod screens;
mod setup;
mod spot;
mod start;
#[cfg(test)]
mod tests;
mod update;

pub use command::Command;
pub use event::Event;
pub use model::Model;
pub use pictures::Pictures;
pub use receipts::ReceiptOn;
pub use screens::{Out, root_ui};
pub use setup::{Args, Keys, Renderer, Settings, Setup, Task};
pub use spot::Spot;
pub use start::main;
pub use update::update;

/// Everything a test needs to play with the model.
pub mod parts {
    pub use crate::model::*;
}
