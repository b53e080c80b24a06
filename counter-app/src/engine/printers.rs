//! The printers of this machine: handing papers over, following them, and watching how each printer stands.

use super::{Shared, lock, paper};
use crate::{Event, device_words};
use devices::{
    DeviceState, Trouble,
    printer::{A4 as _, Followed, Job, PdfFolder, PrintError, Printer, RollPrinter, Sheet, System, follow},
};
use documents::{Medium, PaperError};
use domain::time::{Clock as _, Millis};
use image::GrayImage;
use std::{sync::Arc, time::Duration};
use tokio::{task::spawn_blocking, time::sleep};

/// How often the printers' state is looked at.
const WATCH: Duration = Duration::from_secs(15);

/// What became of a paper that was handed over.
pub(super) enum Outcome {
    /// It is out; where its PDF is, if it has one.
    Done(String),
    /// Nobody knows; why, in words.
    Unknown(String),
    /// It will not come.
    Failed(Trouble),
}

impl Shared {
    fn a4(&self) -> Option<System> {
        lock(&self.settings).printer.clone().map(System::new)
    }

    fn roll(&self) -> Option<Result<RollPrinter, PrintError>> {
        lock(&self.settings).roll_printer.as_ref().map(RollPrinter::at)
    }

    /// Keeps the sheet as a PDF; where.
    pub(super) async fn file(&self, sheet: &Sheet) -> Result<String, PrintError> {
        Ok(PdfFolder::new(self.setup.print_dir.clone()).print(sheet).await?.0)
    }

    /// Hands a sheet to the A4 printer, if there is one, and follows it; `held` hears what it waits for.
    pub(super) async fn to_a4(
        &self,
        sheet: &Sheet,
        file: String,
        held: impl Fn(&Trouble),
    ) -> Result<Outcome, PrintError> {
        let Some(printer) = self.a4() else { return Ok(Outcome::Done(file)) };
        let job = printer.print(sheet).await?;
        Ok(followed(&printer, &job, file, held).await)
    }

    /// Hands a picture to the roll printer and follows it. One after the other: receipts must not mix.
    pub(super) async fn to_roll(
        &self,
        title: &str,
        dots: &GrayImage,
        held: impl Fn(&Trouble),
    ) -> Result<Outcome, PrintError> {
        let _turn = self.roll_turn.lock().await;
        let Some(printer) = self.roll() else {
            return Err(PrintError::NoPrinter(i18n::t("counter.settings.roll_none").into_owned()));
        };
        let printer = printer?;
        let job = printer.print(title, dots).await?;
        Ok(followed(&printer, &job, String::new(), held).await)
    }

    pub(super) async fn list_printers(&self) {
        self.events.send(Event::Printers(System::printers().await));
    }

    pub(super) async fn test_page(&self, medium: Medium) {
        let answer = match self.print_test(medium).await {
            Ok(Outcome::Done(detail)) => Ok(detail),
            Ok(Outcome::Unknown(why)) => {
                Err(format!("{} {why}", i18n::t("counter.settings.test_unknown")).trim_end().to_owned())
            }
            Ok(Outcome::Failed(why)) => Err(device_words::trouble(&why)),
            Err(error) => Err(device_words::refusal(&error)),
        };
        self.events.send(Event::Tested(medium, answer));
    }

    async fn print_test(&self, medium: Medium) -> Result<Outcome, PrintError> {
        let held = |trouble: &Trouble| {
            self.events.send(Event::Tested(medium, Err(device_words::trouble(trouble))));
        };
        let (place, at) = (lock(&self.place_name).clone(), self.clock.now());
        if medium == Medium::Roll {
            let dots = drawn(place, at, paper::test_roll).await?;
            return self.to_roll(paper::TEST, &dots, held).await;
        }
        let sheet = drawn(place, at, paper::test_a4).await?;
        let file = self.file(&sheet).await?;
        self.to_a4(&sheet, file, held).await
    }

    async fn a4_state(&self) -> DeviceState {
        match self.a4() {
            Some(printer) => printer.state().await,
            None => DeviceState::Absent,
        }
    }

    /// How the roll printer stands; none while it prints, for some have one line only.
    async fn roll_state(&self) -> Option<DeviceState> {
        let _turn = self.roll_turn.try_lock().ok()?;
        Some(match self.roll() {
            Some(Ok(printer)) => printer.state().await,
            Some(Err(_)) | None => DeviceState::Absent,
        })
    }
}

async fn drawn<T: Send + 'static>(
    place: String,
    at: Millis,
    draw: fn(String, Millis) -> Result<T, PaperError>,
) -> Result<T, PrintError> {
    spawn_blocking(move || draw(place, at))
        .await
        .map_err(|error| PrintError::Page(error.to_string()))?
        .map_err(|error| PrintError::Page(error.to_string()))
}

/// Follows a paper to its end.
async fn followed(printer: &dyn Printer, job: &Job, file: String, held: impl Fn(&Trouble)) -> Outcome {
    match follow(printer, job, held).await {
        Followed::Done => Outcome::Done(file),
        Followed::Failed(why) => Outcome::Failed(why),
        Followed::Unknown(why) => {
            Outcome::Unknown(why.as_ref().map(device_words::trouble).unwrap_or_default())
        }
    }
}

/// Looks at the printers now and then, and says when the state of one changes.
pub(super) async fn watch(shared: Arc<Shared>) {
    let (mut a4_known, mut roll_known) = (None, None);
    loop {
        let (a4, roll) = tokio::join!(shared.a4_state(), shared.roll_state());
        if a4_known.as_ref() != Some(&a4) {
            shared.events.send(Event::Printer(Medium::A4, a4.clone()));
            a4_known = Some(a4);
        }
        if let Some(roll) = roll.filter(|roll| roll_known.as_ref() != Some(roll)) {
            shared.events.send(Event::Printer(Medium::Roll, roll.clone()));
            roll_known = Some(roll);
        }
        tokio::select! { () = sleep(WATCH) => {}, () = shared.printer.notified() => {} }
    }
}
