//! Paper that agrees with the journal: intended, handed over, done; after a crash the journal says what is in doubt.

use super::{Shared, keep::receipt_row, lock, paper, printers::Outcome};
use crate::{Event, device_words, model::Printed, receipts::medium_of};
use api::{CaseParam, CaseView, GetCase};
use client::local::{PrintRow, PrintState};
use devices::{Trouble, printer::PrintError};
use documents::{Medium, PaperError};
use domain::{ids::PrintId, time::Clock as _};
use std::sync::Arc;
use tokio::task::spawn_blocking;

impl Shared {
    async fn moved(&self, row: &PrintRow, state: PrintState, note: String) {
        if let Err(error) = self.local.print_moved(row.id, state, &note, self.clock.now()).await {
            self.broken(&error);
        }
        self.tell(row, state, note);
    }

    fn tell(&self, row: &PrintRow, state: PrintState, note: String) {
        let printed = Printed { case: row.case, medium: medium_of(&row.what), state, note };
        self.events.send(Event::Printed(printed));
    }

    /// Prints a receipt that the journal intends, on what it intends.
    pub(super) async fn print(&self, row: PrintRow, view: &CaseView) {
        let held = |trouble: &Trouble| self.tell(&row, PrintState::Handed, device_words::trouble(trouble));
        let outcome = match medium_of(&row.what) {
            Medium::Roll => self.print_roll(&row, view, held).await,
            Medium::A4 | Medium::A5 => self.print_a4(&row, view, held).await,
        };
        let (state, note) = match outcome {
            Ok(Outcome::Done(note)) => (PrintState::Done, note),
            Ok(Outcome::Unknown(why)) => (PrintState::Unknown, why),
            Ok(Outcome::Failed(why)) => (PrintState::Failed, device_words::trouble(&why)),
            Err(error) => (PrintState::Failed, device_words::refusal(&error)),
        };
        self.moved(&row, state, note).await;
    }

    /// The sheet is kept as a PDF in any case, and goes to the A4 printer if there is one.
    async fn print_a4(
        &self,
        row: &PrintRow,
        view: &CaseView,
        held: impl Fn(&Trouble),
    ) -> Result<Outcome, PrintError> {
        let sheet = self.drawn(row, view, paper::a4).await?;
        self.moved(row, PrintState::Handed, String::new()).await;
        let file = self.file(&sheet).await?;
        self.to_a4(&sheet, file, held).await
    }

    async fn print_roll(
        &self,
        row: &PrintRow,
        view: &CaseView,
        held: impl Fn(&Trouble),
    ) -> Result<Outcome, PrintError> {
        let dots = self.drawn(row, view, paper::roll).await?;
        self.moved(row, PrintState::Handed, String::new()).await;
        self.to_roll(row.code.as_str(), &dots, held).await
    }

    async fn drawn<T: Send + 'static>(
        &self,
        row: &PrintRow,
        view: &CaseView,
        draw: fn(&CaseView, &str, bool) -> Result<T, PaperError>,
    ) -> Result<T, PrintError> {
        let (view, place, reprint) = (view.clone(), lock(&self.place_name).clone(), row.copy > 0);
        spawn_blocking(move || draw(&view, &place, reprint))
            .await
            .map_err(|error| PrintError::Page(error.to_string()))?
            .map_err(|error| PrintError::Page(error.to_string()))
    }

    /// Prints a receipt once more, marked as a reprint, on whatever receipts are printed on now.
    pub(super) async fn reprint(self: Arc<Self>, view: &CaseView) {
        let media = lock(&self.settings).media();
        for medium in media {
            self.clone().reprint_on(*medium, view).await;
        }
    }

    async fn reprint_on(self: Arc<Self>, medium: Medium, view: &CaseView) {
        let mut row = receipt_row(view, medium, 1, self.clock.now());
        match self.local.copies(view.case.id, &row.what).await {
            Ok(copies) => row.copy = copies.max(1),
            Err(error) => return self.broken(&error),
        }
        if let Err(error) = self.local.intend(&row).await {
            return self.broken(&error);
        }
        let view = view.clone();
        tokio::spawn(async move { self.print(row, &view).await });
    }

    /// A sheet in doubt is printed again on the same medium, as a reprint of its case.
    pub(super) async fn print_again(self: Arc<Self>, row: PrintRow) {
        match self.client.call::<GetCase>(&CaseParam { case: row.case }, &()).await {
            Ok(view) => self.reprint_on(medium_of(&row.what), &view).await,
            Err(error) => self.tell(&row, PrintState::Failed, error.sentence()),
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
        match spawn_blocking(move || paper::picture(&case, &place)).await {
            Ok(Ok(sheet)) => self.events.send(Event::Sheet(view.case.id, sheet)),
            Ok(Err(error)) => tracing::warn!(%error, "no picture of the receipt"),
            Err(error) => tracing::warn!(%error, "no picture of the receipt"),
        }
    }
}
