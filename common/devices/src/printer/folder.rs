//! A folder as a printer: every sheet is kept as a PDF file.

use super::{A4, Job, JobState, PrintError, Printer, Promise, Sheet, keep};
use crate::DeviceState;
use std::path::PathBuf;
use tokio::fs;

/// A folder that takes sheets.
#[derive(Clone, Debug)]
pub struct PdfFolder {
    folder: PathBuf,
}

impl PdfFolder {
    /// A folder; it is made with the first sheet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

impl Printer for PdfFolder {
    fn name(&self) -> String {
        self.folder.display().to_string()
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        Box::pin(async move {
            match fs::try_exists(&job.0).await {
                Ok(true) => JobState::Done,
                _ => JobState::Unknown,
            }
        })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(async { DeviceState::Ready })
    }
}

impl A4 for PdfFolder {
    fn print<'a>(&'a self, sheet: &'a Sheet) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(keep(&self.folder, &sheet.title, "pdf", &sheet.pdf))
    }
}
