//! The packages on machines, unattended: those for Windows under Wine, installed by each installer, started, used,
//! upgraded and removed; those for Linux in a scratch root. Leaves numbered pictures, the printed receipt and
//! `windows.json` with what was seen and how long it took; ends with failure if a step fails.

mod desk;
mod install;
mod linux;
mod remove;
mod start;
mod update;
mod wine;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode};
use tests::robot::{Province, Story};

/// Plays it.
#[derive(Parser)]
struct Args {
    /// Folder of the packages.
    #[arg(long)]
    packages: PathBuf,
    /// Folder of the counter's package with a higher version.
    #[arg(long)]
    next: PathBuf,
    /// The counter's program with a higher version, 0.8.0.
    #[arg(long)]
    newer: PathBuf,
    /// File of the private key whose releases the programs believe.
    #[arg(long)]
    key: PathBuf,
    /// The certificate that all of them are signed with.
    #[arg(long)]
    certificate: PathBuf,
    /// Folder of the programs of this machine; their server serves.
    #[arg(long)]
    bin: PathBuf,
    /// Where pictures, receipts and the report go.
    #[arg(long)]
    out: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    // Chosen once for the process.
    drop(rustls::crypto::ring::default_provider().install_default());
    let args = Args::parse();
    let mut story = Story::begin(&args.out, "windows.json");
    let played = play(&args, &mut story).await;
    if let Err(error) = &played {
        story.failed(error);
    }
    match story.end() {
        Ok(()) if played.is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

async fn play(args: &Args, story: &mut Story) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let province = Province::open(&args.bin.join("server"), &folder.path().join("server"), 50).await?;
    install::signatures(args, story).await?;
    let machine = wine::Wine::new(folder.path().join("prefix")).await?;
    install::by_msi(&machine, args, story, &province).await?;
    start::play(&machine, story, folder.path()).await?;
    desk::play(&machine, args, story, folder.path()).await?;
    update::play(&machine, args, story, &province, folder.path()).await?;
    remove::upgrade_and_remove(&machine, args, story).await?;
    install::by_setup(&machine, args, story, folder.path()).await?;
    machine.close().await?;
    linux::play(args, story, &province, folder.path()).await?;
    province.close().await
}
