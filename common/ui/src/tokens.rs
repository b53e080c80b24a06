//! Colours, lengths and durations, made from `assets/design/tokens.toml` when this crate is built.
#![expect(clippy::disallowed_methods, reason = "this is the one place where colours are made")]

include!(concat!(env!("OUT_DIR"), "/tokens.rs"));

/// White text and icons on the brand's dark green-blue.
pub const ON_TEAL: egui::Color32 = PAPER;
