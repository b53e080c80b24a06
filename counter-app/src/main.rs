//! The app of counters and divisions.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use clap::Parser as _;

fn main() -> anyhow::Result<()> {
    counter_app::run(&counter_app::Args::parse())
}
