//! Everything at once, from one version number: programs, packages, bills of materials, checksums.

use crate::{
    app::App,
    deb, exe, msi,
    nsis::{self, Packed},
    sbom,
    sign::Signer,
    sums,
};
use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use domain::update::Version;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The one version number.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct OneVersion {
    /// Another version than that of the workspace; for tests.
    #[arg(long = "version-override")]
    other: Option<Version>,
}

impl OneVersion {
    /// The version of everything that is made.
    pub(crate) fn get(self) -> Version {
        // This crate carries the workspace's version, as every crate does; a test says so.
        self.other.or_else(|| env!("CARGO_PKG_VERSION").parse().ok()).unwrap_or(Version {
            major: 0,
            minor: 0,
            patch: 0,
        })
    }
}

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Packages for group policy.
    Msi,
    /// The set-up for a person at a machine.
    Nsis,
    /// Packages for Debian and Ubuntu.
    Deb,
    /// Bills of materials.
    Sbom,
}

/// Flags of `pack`.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// Folder of the programs for Windows.
    #[arg(long, required_unless_present = "linux")]
    windows: Option<PathBuf>,
    /// Folder of the programs for Linux.
    #[arg(long)]
    linux: Option<PathBuf>,
    /// Where it all goes.
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// Only these; everything for the systems whose programs are given, if none is named.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Kind>,
    /// Only these apps; all of them, if none is named.
    #[arg(long, value_delimiter = ',')]
    app: Vec<App>,
    /// The workspace, of whose crates the bills of materials tell.
    #[arg(long, default_value = "Cargo.toml")]
    manifest: PathBuf,
    #[command(flatten)]
    version: OneVersion,
    #[command(flatten)]
    signer: Signer,
}

impl Pack {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        fs::create_dir_all(&self.out)?;
        // Packages keep their place in a list, and tools that change folder find them.
        let folder = self.out.canonicalize()?;
        let version = self.version.get().to_string();
        if let Some(programs) = &self.windows {
            self.for_windows(programs, &folder, &version, out)?;
        }
        if let Some(programs) = &self.linux
            && self.wants(Kind::Deb)
        {
            for app in self.apps() {
                let package = folder.join(format!("mot-cua-{}_{version}_amd64.deb", app.name()));
                deb::make(app, &version, &programs.join(app.program()), &package)?;
                tell(&package, out)?;
            }
        }
        if self.wants(Kind::Sbom) {
            for app in self.apps() {
                let file = folder.join(format!("mot-cua-{}-{version}.cdx.json", app.name()));
                fs::write(&file, sbom::of(app, &version, &self.manifest)?)?;
                tell(&file, out)?;
            }
        }
        sums::write(&folder)?;
        tell(&folder.join(sums::FILE), out)
    }

    fn for_windows(
        &self,
        programs: &Path,
        folder: &Path,
        version: &str,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let staged = folder.join("windows");
        fs::create_dir_all(&staged)?;
        let mut packages = Vec::new();
        for app in self.apps() {
            let name = format!("{}.exe", app.program());
            let program = staged.join(&name);
            fs::copy(programs.join(&name), &program).with_context(|| format!("{name} is not built"))?;
            exe::needs_only_windows(&program)?;
            self.signer.sign(&program, out)?;
            if self.wants(Kind::Msi) || self.wants(Kind::Nsis) {
                let package = folder.join(format!("mot-cua-{}-{version}-x64.msi", app.name()));
                msi::make(app, version, &program, &package)?;
                self.signer.sign(&package, out)?;
                tell(&package, out)?;
                packages.push((app, package));
            }
        }
        if self.wants(Kind::Nsis) {
            ensure!(packages.len() == App::ALL.len(), "the set-up carries all apps");
            let packed: Vec<Packed<'_>> =
                packages.iter().map(|(app, msi)| Packed { app: *app, msi }).collect();
            let setup = folder.join(format!("mot-cua-setup-{version}-x64.exe"));
            nsis::make(version, &packed, &setup)?;
            self.signer.sign(&setup, out)?;
            tell(&setup, out)?;
        }
        Ok(())
    }

    fn wants(&self, kind: Kind) -> bool {
        self.only.is_empty() || self.only.contains(&kind)
    }

    fn apps(&self) -> Vec<App> {
        if self.app.is_empty() { App::ALL.to_vec() } else { self.app.clone() }
    }
}

fn tell(file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "a size that people read")]
    let megabytes = fs::metadata(file)?.len() as f64 / 1e6;
    Ok(writeln!(out, "{megabytes:7.2} MB  {}", file.display())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_workspace() {
        let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
        let version = manifest["workspace"]["package"]["version"].as_str().unwrap();
        assert_eq!(OneVersion { other: None }.get().to_string(), version);
    }
}
