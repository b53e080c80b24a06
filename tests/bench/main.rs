//! The figures that this product promises, measured on a release build: each against a baseline of the same run where
//! there is one, in rounds that take turns, so that both meet the same machine. Prints one table; nothing here is a test.
//!
//! `tests/bench.sh` starts what it needs. Servers run in this process on a runtime of their own, the clients on another:
//! what is compared is always driven by the same client program.

mod apart;
mod archive;
mod bare;
mod direct;
mod figures;
mod frames;
mod hall;
mod intake;
mod lookup;
mod paper;
mod report;
mod window;
mod wire;

use anyhow::{Context as _, ensure};
use clap::Parser;
use report::Report;
use std::{path::PathBuf, time::Duration};
use tokio::runtime::{Builder, Runtime};

/// What to measure, and how long.
#[derive(Debug, Parser)]
struct Args {
    /// Smaller archives and shorter rounds: to see that everything works.
    #[arg(long)]
    quick: bool,
    /// Only these parts: intake, hall, lookup, window, frames, paper. All of them, if none is named.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Folder in which archives are kept from one run to the next.
    #[arg(long, env = "MOTCUA_BENCH_ARCHIVES")]
    archives: PathBuf,
}

/// What every part is given.
pub struct Bench {
    /// Where servers and databases run.
    pub inside: Runtime,
    /// Where clients run.
    pub outside: Runtime,
    /// Folder of the release programs.
    pub programs: PathBuf,
    /// Folder of archives.
    pub archives: PathBuf,
    /// How long a round takes.
    pub round: Duration,
    /// How many rounds; their median counts.
    pub rounds: usize,
    /// Cases in the small and in the large archive.
    pub sizes: (u32, u32),
    /// How long the window is watched while nothing happens.
    pub idle: Duration,
}

type Part = fn(&Bench, &mut Report) -> anyhow::Result<()>;

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let program = std::env::current_exe()?;
    let runtime = || Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let bench = Bench {
        inside: runtime()?,
        outside: runtime()?,
        programs: program.parent().context("this program lies nowhere")?.to_owned(),
        archives: args.archives,
        round: Duration::from_millis(if args.quick { 1_000 } else { 3_000 }),
        rounds: if args.quick { 3 } else { 7 },
        sizes: if args.quick { (2_000, 50_000) } else { (10_000, 1_000_000) },
        idle: Duration::from_secs(if args.quick { 10 } else { 65 }),
    };
    let parts: [(&str, Part); 6] = [
        ("paper", paper::measure),
        ("frames", frames::measure),
        ("window", window::measure),
        ("intake", intake::measure),
        ("hall", hall::measure),
        ("lookup", lookup::measure),
    ];
    for name in &args.only {
        ensure!(parts.iter().any(|(known, _)| known == name), "there is no part {name}");
    }
    let mut report = Report::default();
    for (name, part) in parts {
        if args.only.is_empty() || args.only.iter().any(|only| only == name) {
            part(&bench, &mut report).with_context(|| format!("measuring {name}"))?;
        }
    }
    println!("{report}");
    Ok(())
}
