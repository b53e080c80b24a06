//! `server demo-data`: an invented archive.

use crate::{
    app::load,
    clock::{SystemClock, parse_local},
    pack::Pack,
    store::Db,
    upkeep::demo_data,
};
use anyhow::{Context as _, bail};
use clap::Args;
use domain::time::Clock as _;
use std::{io::Write, time::Instant};

/// Flags of `demo-data`.
#[derive(Debug, Args)]
pub(super) struct DemoData {
    /// How many cases.
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
    /// Over how many years until now.
    #[arg(long, default_value_t = 2)]
    years: u32,
    /// The same seed makes the same archive.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Local time that the archive ends at; the present, if none is given.
    #[arg(long)]
    now: Option<String>,
}

impl DemoData {
    pub(super) async fn run(self, db: &Db, out: &mut dyn Write) -> anyhow::Result<()> {
        let now = match &self.now {
            Some(text) => parse_local(text).context("--now is not a time such as 2026-11-23T08:42")?,
            None => SystemClock.now(),
        };
        let Some(code) = load::loaded(db).await? else {
            bail!("no pack is loaded; load one first: server load-pack sonla-2014");
        };
        let pack = Pack::read(&code)?;
        let options = demo_data::DemoData { cases: self.cases, years: self.years, seed: self.seed, now };
        let begun = Instant::now();
        let report = demo_data::demo_data(db, &pack, options).await.map_err(|error| {
            let said = error.message();
            anyhow::Error::new(error).context(said)
        })?;
        writeln!(out, "{} ({:.1} s)", report.said(), begun.elapsed().as_secs_f64())?;
        db.close().await;
        Ok(())
    }
}
