//! The installed printers of Windows: sheets drawn through the driver, raw bytes past it, both in the spooler's queue.

use super::{
    A4, Job, JobState, PrintError, Printer, Promise, Raw, Sheet,
    page::{fineness, place, rows},
};
use crate::{
    DeviceState, Trouble,
    windows::{self, Dib, Drawing, Queue},
};
use std::io;
use windows_sys::Win32::{
    Foundation::{ERROR_ACCESS_DENIED, ERROR_INVALID_PRINTER_NAME, ERROR_PRINTER_DELETED},
    Graphics::Printing as w,
};

/// A printer that Windows knows.
#[derive(Clone, Debug)]
pub struct Spooler {
    name: String,
}

impl Spooler {
    /// The printer with this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    /// The names of all installed printers, the default one first.
    pub async fn printers() -> Vec<String> {
        let asked = tokio::task::spawn_blocking(|| {
            let mut names = windows::printers();
            let default = windows::default_printer();
            names.sort_by_key(|name| default.as_ref() != Some(name));
            names
        });
        asked.await.unwrap_or_default()
    }

    /// Runs `act` where it may take its time: a driver may open a window or ask the network.
    async fn apart<T: Send + 'static>(
        &self,
        act: impl FnOnce(&str) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<T, PrintError> {
        let name = self.name.clone();
        let done = tokio::task::spawn_blocking(move || act(&name)).await;
        done.unwrap_or_else(|error| Err(PrintError::Refused(error.to_string())))
    }

    async fn follow(&self, job: &Job) -> JobState {
        let Ok(id) = job.0.parse() else { return JobState::Unknown };
        let name = self.name.clone();
        let asked = tokio::task::spawn_blocking(move || Queue::open(&name)?.job(id)).await;
        match asked {
            Ok(Ok(Some(status))) => job_state(status),
            // The spooler forgets a document when its last byte has gone to the printer.
            Ok(Ok(None)) => JobState::Done,
            _ => JobState::Unknown,
        }
    }

    async fn look(&self) -> DeviceState {
        let name = self.name.clone();
        let asked = tokio::task::spawn_blocking(move || Queue::open(&name)?.status()).await;
        match asked {
            Ok(Ok(status)) => match trouble(status.status, status.attributes) {
                None => DeviceState::Ready,
                Some(trouble) => DeviceState::Attention(trouble),
            },
            Ok(Err(error)) => match refusal("", &error) {
                PrintError::NoPrinter(_) => DeviceState::Absent,
                PrintError::NotNow(trouble) => DeviceState::Broken(trouble),
                _ => DeviceState::Broken(Trouble::Other(error.to_string())),
            },
            Err(error) => DeviceState::Broken(Trouble::Other(error.to_string())),
        }
    }
}

impl Printer for Spooler {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        Box::pin(self.follow(job))
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(self.look())
    }
}

impl A4 for Spooler {
    fn print<'a>(&'a self, sheet: &'a Sheet) -> Promise<'a, Result<Job, PrintError>> {
        let sheet = sheet.clone();
        Box::pin(self.apart(move |name| draw(name, &sheet)))
    }
}

impl Raw for Spooler {
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        let (title, bytes) = (title.to_owned(), bytes.to_vec());
        Box::pin(self.apart(move |name| {
            let sent = Queue::open(name).and_then(|queue| queue.send_raw(&title, &bytes));
            sent.map(job).map_err(|error| refusal(name, &error))
        }))
    }
}

/// Draws a sheet through the printer's driver.
fn draw(name: &str, sheet: &Sheet) -> Result<Job, PrintError> {
    let refused = |error: io::Error| refusal(name, &error);
    let mut drawing = Drawing::on_a4(name).map_err(refused)?;
    let caps = drawing.caps();
    let dpi = fineness(&caps);
    let pages = (sheet.pages)(dpi).map_err(PrintError::Page)?;
    let id = drawing.begin(&sheet.title).map_err(refused)?;
    for page in &pages {
        let dib = Dib { width: page.width(), height: page.height(), rows: rows(page) };
        drawing.page(&dib, place(&caps, page.dimensions(), dpi)).map_err(refused)?;
    }
    drawing.end().map_err(refused)?;
    Ok(job(id))
}

fn job(id: u32) -> Job {
    Job(id.to_string())
}

/// What the system's error means for printing.
fn refusal(name: &str, error: &io::Error) -> PrintError {
    let code = error.raw_os_error().and_then(|code| u32::try_from(code).ok());
    match code {
        Some(ERROR_INVALID_PRINTER_NAME | ERROR_PRINTER_DELETED) => PrintError::NoPrinter(name.to_owned()),
        Some(ERROR_ACCESS_DENIED) => PrintError::NotNow(Trouble::Forbidden),
        _ => PrintError::Refused(error.to_string()),
    }
}

/// What the spooler says of a document.
fn job_state(status: u32) -> JobState {
    let has = |bits: u32| status & bits != 0;
    if has(w::JOB_STATUS_PRINTED | w::JOB_STATUS_COMPLETE) {
        JobState::Done
    } else if has(w::JOB_STATUS_DELETED | w::JOB_STATUS_DELETING) {
        // Taken out of the queue by a person, perhaps with a page already on paper.
        JobState::Unknown
    } else if has(w::JOB_STATUS_PAPEROUT) {
        JobState::Held(Trouble::OutOfPaper)
    } else if has(w::JOB_STATUS_OFFLINE) {
        JobState::Held(Trouble::Offline)
    } else if has(w::JOB_STATUS_PAUSED) {
        JobState::Held(Trouble::Paused)
    } else if has(w::JOB_STATUS_ERROR | w::JOB_STATUS_USER_INTERVENTION | w::JOB_STATUS_BLOCKED_DEVQ) {
        JobState::Held(Trouble::WantsHand)
    } else {
        JobState::Printing
    }
}

/// What is wrong with a printer, the cause that a person can see first.
fn trouble(status: u32, attributes: u32) -> Option<Trouble> {
    let known = [
        (w::PRINTER_STATUS_PAPER_JAM, Trouble::PaperJam),
        (w::PRINTER_STATUS_DOOR_OPEN, Trouble::CoverOpen),
        (w::PRINTER_STATUS_PAPER_OUT | w::PRINTER_STATUS_PAPER_PROBLEM, Trouble::OutOfPaper),
        (w::PRINTER_STATUS_NO_TONER, Trouble::OutOfToner),
        (w::PRINTER_STATUS_PAUSED, Trouble::Paused),
        (
            w::PRINTER_STATUS_OFFLINE | w::PRINTER_STATUS_NOT_AVAILABLE | w::PRINTER_STATUS_SERVER_OFFLINE,
            Trouble::Offline,
        ),
        (
            w::PRINTER_STATUS_ERROR | w::PRINTER_STATUS_USER_INTERVENTION | w::PRINTER_STATUS_OUTPUT_BIN_FULL,
            Trouble::WantsHand,
        ),
    ];
    let offline = attributes & w::PRINTER_ATTRIBUTE_WORK_OFFLINE != 0;
    let found = known.into_iter().find(|(bits, _)| status & bits != 0).map(|(_, trouble)| trouble);
    found.or(offline.then_some(Trouble::Offline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_says_of_a_printer() {
        assert_eq!(trouble(0, 0), None);
        assert_eq!(trouble(w::PRINTER_STATUS_TONER_LOW | w::PRINTER_STATUS_POWER_SAVE, 0), None);
        assert_eq!(
            trouble(w::PRINTER_STATUS_ERROR | w::PRINTER_STATUS_PAPER_OUT, 0),
            Some(Trouble::OutOfPaper)
        );
        assert_eq!(trouble(0, w::PRINTER_ATTRIBUTE_WORK_OFFLINE), Some(Trouble::Offline));
    }

    #[test]
    fn what_windows_says_of_a_document() {
        assert_eq!(job_state(0), JobState::Printing);
        assert_eq!(job_state(w::JOB_STATUS_PRINTED | w::JOB_STATUS_DELETING), JobState::Done);
        assert_eq!(job_state(w::JOB_STATUS_DELETING), JobState::Unknown);
        let held = w::JOB_STATUS_PRINTING | w::JOB_STATUS_PAPEROUT;
        assert_eq!(job_state(held), JobState::Held(Trouble::OutOfPaper));
    }

    #[test]
    fn a_printer_that_is_gone_is_called_by_its_name() {
        let gone = io::Error::from_raw_os_error(ERROR_INVALID_PRINTER_NAME as i32);
        assert_eq!(refusal("Máy in quầy 3", &gone), PrintError::NoPrinter("Máy in quầy 3".into()));
    }
}
