//! The set-up for a person at a machine. It carries the MSI packages and installs those that are chosen, so that there
//! is one way of installing, upgrading and removing each app, whoever begins it.

use crate::{app::App, tool};
use anyhow::Context as _;
use askama::Template;
use std::{fs, path::Path};

#[derive(Template)]
#[template(path = "setup.nsi")]
struct Setup<'a> {
    version: &'a str,
    out: &'a str,
    packages: &'a [Packed<'a>],
}

/// An app with its MSI package.
pub(crate) struct Packed<'a> {
    /// Which app.
    pub(crate) app: App,
    /// Its package.
    pub(crate) msi: &'a Path,
}

/// Makes the set-up.
///
/// # Errors
/// When makensis is missing or a folder cannot be written.
pub(crate) fn make(version: &str, packages: &[Packed<'_>], setup: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let out = setup.to_str().context("a folder whose name is no text")?;
    let script = folder.path().join("setup.nsi");
    fs::write(&script, Setup { version, out, packages }.render()?)?;
    fs::write(folder.path().join("app.ico"), App::Counter.ico())?;
    tool::run("makensis", ["-V2".as_ref(), "-INPUTCHARSET".as_ref(), "UTF8".as_ref(), script.as_os_str()])
        .map(drop)
}
