//! A file as a printer: a folder that keeps each document, or a device file that takes the bytes.

use super::{Job, JobState, PrintError, Printer, Promise, Raw, keep};
use crate::{DeviceState, Trouble};
use std::{io::ErrorKind, path::PathBuf};
use tokio::{fs, io::AsyncWriteExt as _};

/// A folder, or a device such as `/dev/usb/lp0` or `\\.\LPT1`.
#[derive(Clone, Debug)]
pub struct RawFile {
    path: PathBuf,
}

impl RawFile {
    /// What stands at `path`; where there is nothing, a folder is made with the first document.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    async fn is_folder(&self) -> bool {
        match fs::metadata(&self.path).await {
            Ok(there) => there.is_dir(),
            // A device that is unplugged must not become a folder.
            Err(_) => !self.is_device(),
        }
    }

    fn is_device(&self) -> bool {
        self.path.starts_with("/dev") || self.path.to_string_lossy().starts_with(r"\\.\")
    }

    async fn hand_over(&self, title: &str, bytes: &[u8]) -> Result<Job, PrintError> {
        if self.is_folder().await {
            return keep(&self.path, title, "escpos", bytes).await;
        }
        let gone = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => PrintError::NoPrinter(self.name()),
            ErrorKind::PermissionDenied => PrintError::NotNow(Trouble::Forbidden),
            ErrorKind::ResourceBusy => PrintError::NotNow(Trouble::InUse),
            _ => PrintError::Write(error.to_string()),
        };
        let mut device = fs::OpenOptions::new().append(true).open(&self.path).await.map_err(gone)?;
        device.write_all(bytes).await.map_err(gone)?;
        device.flush().await.map_err(gone)?;
        Ok(Job(title.to_owned()))
    }
}

impl Printer for RawFile {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn job<'a>(&'a self, _job: &'a Job) -> Promise<'a, JobState> {
        // All bytes were taken before there was a job.
        Box::pin(async { JobState::Done })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(async {
            match fs::metadata(&self.path).await {
                Ok(_) => DeviceState::Ready,
                Err(_) if self.is_device() => DeviceState::Absent,
                Err(_) => DeviceState::Ready,
            }
        })
    }
}

impl Raw for RawFile {
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.hand_over(title, bytes))
    }
}
