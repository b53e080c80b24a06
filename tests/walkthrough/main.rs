//! The whole story, unattended: a birth registration and a building permit from the counter to the citizen's hand,
//! through the real apps in real windows, a real browser and the real server. Leaves numbered pictures, the printed
//! receipts and `walkthrough.json` with what was seen; ends with failure if a step fails.

mod birth;
mod browser;
mod hall;
mod permit;
mod stage;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode};
use tests::robot::Story;

/// Plays the story.
#[derive(Parser)]
struct Args {
    /// Folder of the built programs.
    #[arg(long)]
    bin: PathBuf,
    /// Where pictures, receipts and the report go.
    #[arg(long)]
    out: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    // Chosen once for the process; the browser driver and the apps' client share it.
    drop(rustls::crypto::ring::default_provider().install_default());
    let args = Args::parse();
    let mut story = Story::begin(&args.out, "walkthrough.json");
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
    let mut stage = stage::Stage::set(&args.bin, &args.out).await?;
    birth::play(&mut stage, story).await?;
    permit::play(&mut stage, story).await?;
    stage.close().await
}
