//! What the programs log, and where: the console where somebody watches or systemd listens, otherwise files that are
//! changed every day, and for services the event log of Windows.

mod notable;
mod panic;

use crate::App;
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// Days of files that are kept.
const KEPT: usize = 14;
/// Name of the source in the event log of Windows.
pub const EVENT_SOURCE: &str = "Mot Cua";

/// Where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// Standard error.
    Console,
    /// Files in this folder.
    Folder(PathBuf),
    /// Files in this folder, and what matters in the event log of the system.
    Service(PathBuf),
}

impl To {
    /// The console when somebody reads it, else files in `folder`.
    #[must_use]
    pub fn whoever_reads(folder: &Path) -> Self {
        let watched = std::io::stderr().is_terminal() || std::env::var_os("JOURNAL_STREAM").is_some();
        if watched { Self::Console } else { Self::Folder(folder.to_owned()) }
    }

    /// The folder of files, if there are any.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Console => None,
            Self::Folder(folder) | Self::Service(folder) => Some(folder),
        }
    }
}

/// Begins to log what `filter` lets through; panics are logged, too. Files that cannot be written give way to the console,
/// which says so.
pub fn start(app: App, filter: &str, json: bool, to: &To) {
    let (files, refused) = match to.folder().map(|folder| files(app, folder)) {
        Some(Ok(files)) => (Some(files), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match files {
        Some(files) => lines(json, false, files),
        None => lines(json, std::io::stderr().is_terminal(), std::io::stderr),
    };
    let events = matches!(to, To::Service(_)).then(notable::to_the_system);
    let filter = EnvFilter::try_new(filter).unwrap_or_default();
    // A second subscriber in one process would be a test's; the first one stays.
    drop(tracing_subscriber::registry().with(lines).with(events.flatten()).with(filter).try_init());
    panic::hook();
    if let Some(error) = refused {
        tracing::warn!(%error, "log files cannot be written");
    }
}

fn lines<W>(json: bool, colours: bool, writer: W) -> Box<dyn Layer<Registry> + Send + Sync>
where
    W: for<'a> tracing_subscriber::fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let plain = tracing_subscriber::fmt::layer().with_ansi(colours).with_writer(writer);
    if json { plain.json().boxed() } else { plain.boxed() }
}

fn files(app: App, folder: &Path) -> Result<RollingFileAppender, tracing_appender::rolling::InitError> {
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(app.name())
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder)
}

/// The log files of a folder, newest first.
#[must_use]
pub fn newest(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "log"))
        .collect();
    // Their names carry the day.
    found.sort_by(|a, b| b.cmp(a));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_fortnight_of_days_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        for day in 1..=20 {
            std::fs::write(dir.path().join(format!("server.2026-01-{day:02}.log")), "old\n").unwrap();
        }
        let mut files = files(App::Server, dir.path()).unwrap();
        files.write_all(b"today\n").unwrap();
        let found = newest(dir.path());
        assert_eq!(found.len(), KEPT);
        assert_eq!(std::fs::read_to_string(&found[0]).unwrap(), "today\n");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_and_no_panic() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("taken");
        std::fs::write(&taken, "").unwrap();
        assert!(files(App::Kiosk, &taken.join("logs")).is_err());
    }
}
