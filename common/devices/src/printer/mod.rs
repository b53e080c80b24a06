//! Printers: A4 sheets through the system's printing, 80 mm rolls by their own language, and simulators of both.

mod address;
mod cups;
pub mod escpos;
mod folder;
mod follow;
mod network;
#[cfg(any(windows, test))]
pub(crate) mod page;
mod raw_file;
mod roll;
mod simulator;
#[cfg(windows)]
mod spooler;

pub use address::{AddressError, RollAddress};
pub use cups::Cups;
pub use folder::PdfFolder;
pub use follow::{Followed, follow};
pub use network::Network;
pub use raw_file::RawFile;
pub use roll::RollPrinter;
pub use simulator::{Fault, Simulator};
#[cfg(windows)]
pub use spooler::Spooler;

use crate::{DeviceState, Trouble};
use image::GrayImage;
use std::{pin::Pin, sync::Arc};

/// An installed printer of this machine, by whatever its system prints with.
#[cfg(windows)]
pub type System = Spooler;
/// An installed printer of this machine, by whatever its system prints with.
#[cfg(not(windows))]
pub type System = Cups;

/// A promise of a driver.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A document that was handed over: the driver's own name of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job(pub String);

/// How far a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// On its way.
    Printing,
    /// On its way, but the printer wants a hand before it goes on: it will print then, so that printing it again
    /// would print it twice.
    Held(Trouble),
    /// On paper.
    Done,
    /// Not printed: why.
    Failed(Trouble),
    /// The printer does not say.
    Unknown,
}

/// A document could not be handed over; nothing was printed.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PrintError {
    /// There is no such printer: removed, renamed, or of another system.
    #[error("no printer {0}")]
    NoPrinter(String),
    /// The printer cannot print now.
    #[error("the printer cannot print: {0:?}")]
    NotNow(Trouble),
    /// The system's printing did not take it.
    #[error("the printing system refused: {0}")]
    Refused(String),
    /// A file could not be written.
    #[error("cannot write: {0}")]
    Write(String),
    /// The pages could not be drawn.
    #[error("cannot draw the pages: {0}")]
    Page(String),
}

/// Draws the pages of a sheet at so many dots an inch, 0 for black and 255 for white; says why it cannot.
pub type Pages = Arc<dyn Fn(u32) -> Result<Vec<GrayImage>, String> + Send + Sync>;

/// An A4 document: as a PDF for systems that print it, and as pictures for those that do not.
#[derive(Clone)]
pub struct Sheet {
    /// Its name in the printer's queue.
    pub title: String,
    /// The document.
    pub pdf: Arc<[u8]>,
    /// Its pages; drawn only where they are needed.
    pub pages: Pages,
}

/// What every printer can say.
pub trait Printer: Send + Sync {
    /// Its name, for people.
    fn name(&self) -> String;
    /// How far a document is.
    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState>;
    /// How the printer stands.
    fn state(&self) -> Promise<'_, DeviceState>;
}

/// A printer of A4 sheets.
pub trait A4: Printer {
    /// Hands a sheet over.
    fn print<'a>(&'a self, sheet: &'a Sheet) -> Promise<'a, Result<Job, PrintError>>;
}

/// A way for bytes to a printer, in the printer's own language and unchanged.
pub trait Raw: Printer {
    /// Hands bytes over.
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>>;
}

/// A file name made of a title: letters that any file system takes.
fn file_name(title: &str) -> String {
    title.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect()
}

/// Keeps `bytes` as a new file of `folder` under a name made of `title`, whole or not at all; overwrites none.
async fn keep(folder: &std::path::Path, title: &str, ending: &str, bytes: &[u8]) -> Result<Job, PrintError> {
    use tokio::fs;
    let failed = |error: std::io::Error| PrintError::Write(error.to_string());
    fs::create_dir_all(folder).await.map_err(failed)?;
    let name = file_name(title);
    let mut path = folder.join(format!("{name}.{ending}"));
    let mut count = 1;
    while fs::try_exists(&path).await.map_err(failed)? {
        count += 1;
        path = folder.join(format!("{name}-{count}.{ending}"));
    }
    let unfinished = path.with_extension("part");
    fs::write(&unfinished, bytes).await.map_err(failed)?;
    fs::rename(&unfinished, &path).await.map_err(failed)?;
    Ok(Job(path.display().to_string()))
}
