//! Paper that agrees with the journal: intended, handed over, done; after a crash the journal says what is in doubt.

use super::{Shared, keep::receipt_row, lock, paper};
use crate::Event;
use api::{CaseParam, CaseView, GetCase};
use client::local::{PrintRow, PrintState};
use devices::{
    DeviceState,
    printer::{A4, Cups, JobState, PdfFolder},
};
use domain::{ids::PrintId, time::Clock as _};
use std::{sync::Arc, time::Duration};
use tokio::{task::spawn_blocking, time::sleep};

/// How often a printer is asked how a sheet goes.
const ASK: Duration = Duration::from_secs(1);
/// After so many questions nobody knows.
const QUESTIONS: usize = 90;
/// How often the printer's state is looked at.
const WATCH: Duration = Duration::from_secs(15);

impl Shared {
    fn printer(&self) -> Option<Cups> {
        lock(&self.settings).printer.clone().map(Cups::new)
    }

    async fn moved(&self, row: &PrintRow, state: PrintState, note: String) {
        if let Err(error) = self.local.print_moved(row.id, state, &note, self.clock.now()).await {
            self.broken(&error);
        }
        self.events.send(Event::Printed(row.id, row.case, state, note));
    }

    /// Prints a receipt that the journal intends.
    pub(super) async fn print(&self, row: PrintRow, view: &CaseView) {
        let (case, place, reprint) = (view.clone(), lock(&self.place_name).clone(), row.copy > 0);
        let pdf = match spawn_blocking(move || paper::pdf(&case, &place, reprint)).await {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(error)) => return self.moved(&row, PrintState::Failed, error).await,
            Err(error) => return self.moved(&row, PrintState::Failed, error.to_string()).await,
        };
        self.moved(&row, PrintState::Handed, String::new()).await;
        let folder = PdfFolder::new(self.setup.print_dir.clone());
        let file = match folder.print(row.code.as_str(), &pdf).await {
            Ok(job) => job.0,
            Err(error) => return self.moved(&row, PrintState::Failed, error.to_string()).await,
        };
        let (state, note) = match self.printer() {
            None => (PrintState::Done, file),
            Some(printer) => match printer.print(row.code.as_str(), &pdf).await {
                Err(error) => (PrintState::Failed, error.to_string()),
                Ok(job) => match wait(&printer, &job).await {
                    JobState::Done => (PrintState::Done, file),
                    JobState::Failed(why) => (PrintState::Failed, why),
                    JobState::Printing | JobState::Unknown => (PrintState::Unknown, file),
                },
            },
        };
        self.moved(&row, state, note).await;
    }

    /// Prints a receipt once more, marked as a reprint.
    pub(super) async fn reprint(&self, view: &CaseView) {
        match self.local.copies(view.case.id, "receipt").await {
            Ok(copies) => {
                let row = receipt_row(view, copies, self.clock.now());
                match self.local.intend(&row).await {
                    Ok(()) => self.print(row, view).await,
                    Err(error) => self.broken(&error),
                }
            }
            Err(error) => self.broken(&error),
        }
    }

    /// A sheet in doubt is printed again, as a reprint of its case.
    pub(super) async fn print_again(&self, row: PrintRow) {
        match self.client.call::<GetCase>(&CaseParam { case: row.case }, &()).await {
            Ok(view) => self.reprint(&view).await,
            Err(error) => {
                self.events.send(Event::Printed(row.id, row.case, PrintState::Failed, error.sentence()))
            }
        }
    }

    pub(super) async fn let_be(&self, print: PrintId) {
        let note = "settled by the clerk";
        if let Err(error) = self.local.print_moved(print, PrintState::Unknown, note, self.clock.now()).await {
            self.broken(&error);
        }
    }

    /// After a crash: what was only intended is printed now; what was handed over is in doubt, and a person is asked.
    pub(super) async fn recover_prints(self: Arc<Self>) {
        let rows = match self.local.unfinished_prints().await {
            Ok(rows) => rows,
            Err(error) => return self.broken(&error),
        };
        let (intended, doubtful): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.state == PrintState::Intended);
        if !doubtful.is_empty() {
            self.events.send(Event::DoubtfulPrints(doubtful));
        }
        for row in intended {
            let shared = self.clone();
            tokio::spawn(async move {
                match shared.client.call::<GetCase>(&CaseParam { case: row.case }, &()).await {
                    Ok(view) => shared.print(row, &view).await,
                    Err(error) => tracing::warn!(%error, "an intended sheet waits for the next start"),
                }
            });
        }
    }

    pub(super) async fn draw_sheet(&self, view: &CaseView) {
        let (case, place) = (view.clone(), lock(&self.place_name).clone());
        match spawn_blocking(move || paper::sheet(&case, &place)).await {
            Ok(Ok(sheet)) => self.events.send(Event::Sheet(view.case.id, sheet)),
            Ok(Err(error)) => tracing::warn!(%error, "no picture of the receipt"),
            Err(error) => tracing::warn!(%error, "no picture of the receipt"),
        }
    }

    pub(super) async fn list_printers(&self) {
        self.events.send(Event::Printers(Cups::queues().await));
    }

    pub(super) async fn test_page(&self) {
        let answer = self.print_test().await;
        self.events.send(Event::Tested(answer));
    }

    async fn print_test(&self) -> Result<String, String> {
        let (place, at) = (lock(&self.place_name).clone(), self.clock.now());
        let pdf = spawn_blocking(move || paper::test_page(place, at))
            .await
            .map_err(|error| error.to_string())??;
        let title = "test-page";
        let file = PdfFolder::new(self.setup.print_dir.clone()).print(title, &pdf).await;
        let file = file.map_err(|error| error.to_string())?.0;
        let Some(printer) = self.printer() else {
            return Ok(file);
        };
        let job = printer.print(title, &pdf).await.map_err(|error| error.to_string())?;
        match wait(&printer, &job).await {
            JobState::Done => Ok(format!("{} · {file}", printer.name())),
            JobState::Failed(why) => Err(why),
            JobState::Printing | JobState::Unknown => Err(i18n::t("counter.print.unknown").into_owned()),
        }
    }
}

async fn wait(printer: &dyn A4, job: &devices::printer::Job) -> JobState {
    for _ in 0..QUESTIONS {
        match printer.job(job).await {
            JobState::Printing => sleep(ASK).await,
            settled => return settled,
        }
    }
    JobState::Unknown
}

/// Looks at the printer now and then, and says when its state changes.
pub(super) async fn watch(shared: Arc<Shared>) {
    let mut known = None;
    loop {
        let state = match shared.printer() {
            Some(printer) => printer.state().await,
            None => DeviceState::Absent,
        };
        if known.as_ref() != Some(&state) {
            shared.events.send(Event::Printer(state.clone()));
            known = Some(state);
        }
        tokio::select! { () = sleep(WATCH) => {}, () = shared.printer.notified() => {} }
    }
}
