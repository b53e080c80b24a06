//! Makes everything that is handed out: packages for Windows and Linux, checksums, bills of materials, signatures, and
//! releases for the updater. All of it carries one version number.

mod app;
mod deb;
mod exe;
mod icons;
mod key;
mod msi;
mod nsis;
mod pack;
mod release;
mod sbom;
mod sign;
mod sums;
mod tool;

use clap::{Parser, Subcommand};
use std::io::Write;

/// Makes the packages of Một Cửa.
#[derive(Debug, Parser)]
#[command(name = "installer", version, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the packages, their checksums and bills of materials.
    Pack(pack::Pack),
    /// Signs programs or packages for Windows in place.
    Sign(sign::SignFiles),
    /// Makes the pair of keys with which releases are signed.
    Key(key::MakeKey),
    /// Packs a program for the updater and signs the release that offers it.
    Release(release::MakeRelease),
    /// Draws the programs' icons anew.
    Icons(icons::DrawIcons),
}

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    let out: &mut dyn Write = &mut out;
    match Cli::parse().command {
        Command::Pack(pack) => pack.run(out),
        Command::Sign(sign) => sign.run(out),
        Command::Key(key) => key.run(out),
        Command::Release(release) => release.run(out),
        Command::Icons(icons) => icons.run(out),
    }
}
