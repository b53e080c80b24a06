//! A folder as a printer: every sheet is kept as a PDF file.

use super::{A4, Job, JobState, PrintError, Promise};
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

    async fn keep(&self, title: &str, pdf: &[u8]) -> Result<Job, PrintError> {
        let failed = |error: std::io::Error| PrintError::Write(error.to_string());
        fs::create_dir_all(&self.folder).await.map_err(failed)?;
        let safe: String = title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' })
            .collect();
        let mut path = self.folder.join(format!("{safe}.pdf"));
        let mut count = 1;
        while fs::try_exists(&path).await.map_err(failed)? {
            count += 1;
            path = self.folder.join(format!("{safe}-{count}.pdf"));
        }
        let unfinished = path.with_extension("part");
        fs::write(&unfinished, pdf).await.map_err(failed)?;
        fs::rename(&unfinished, &path).await.map_err(failed)?;
        Ok(Job(path.display().to_string()))
    }
}

impl A4 for PdfFolder {
    fn name(&self) -> String {
        self.folder.display().to_string()
    }

    fn print<'a>(&'a self, title: &'a str, pdf: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.keep(title, pdf))
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
