//! The rules of the one-stop shop, as pure functions over plain data.
//!
//! This crate never does IO, never asks the time, knows no database, no
//! window and no web. Time, calendars and identifiers come in as arguments, so every rule can
//! be tested in microseconds and runs alike in the server, at the counter and at the kiosk.
#![warn(missing_docs)]

pub mod barcode;
pub mod calendar;
pub mod case;
pub mod code;
pub mod deadline;
pub mod figures;
pub mod hall;
pub mod ids;
pub mod machine;
pub mod person;
pub mod procedure;
pub mod roles;
pub mod search;
pub mod time;
pub mod unit;
pub mod update;
