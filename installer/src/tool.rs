//! Running the tools that make packages.

use anyhow::{Context as _, ensure};
use std::{ffi::OsStr, process::Command};

/// Runs a tool to its end and gives what it printed.
///
/// # Errors
/// When it is not installed or fails; what it said of that is in the error.
pub(crate) fn run<S: AsRef<OsStr>>(
    tool: &str,
    arguments: impl IntoIterator<Item = S>,
) -> anyhow::Result<String> {
    finish(Command::new(tool).args(arguments), tool)
}

/// The same for a command that is already put together.
///
/// # Errors
/// As [`run`].
pub(crate) fn finish(command: &mut Command, tool: &str) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("{tool} cannot be run; is it installed?"))?;
    ensure!(
        output.status.success(),
        "{tool}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
