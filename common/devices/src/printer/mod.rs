//! Printers of A4 sheets.

mod cups;
mod folder;
mod simulator;

pub use cups::Cups;
pub use folder::PdfFolder;
pub use simulator::{Fault, Simulator};

use crate::DeviceState;
use std::pin::Pin;

/// A promise of a driver.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A sheet that was handed over: the driver's own name of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job(pub String);

/// How far a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// On its way.
    Printing,
    /// On paper.
    Done,
    /// Not printed: why.
    Failed(String),
    /// The printer does not say.
    Unknown,
}

/// A sheet could not be handed over; nothing was printed.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PrintError {
    /// There is no such printer.
    #[error("no printer {0}")]
    NoPrinter(String),
    /// The system's printing did not take it.
    #[error("the printing system refused: {0}")]
    Refused(String),
    /// A file could not be written.
    #[error("cannot write: {0}")]
    Write(String),
}

/// A printer of A4 sheets.
pub trait A4: Send + Sync {
    /// Its name, for people.
    fn name(&self) -> String;
    /// Hands a PDF over.
    fn print<'a>(&'a self, title: &'a str, pdf: &'a [u8]) -> Promise<'a, Result<Job, PrintError>>;
    /// How far a sheet is.
    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState>;
    /// How the printer stands.
    fn state(&self) -> Promise<'_, DeviceState>;
}
