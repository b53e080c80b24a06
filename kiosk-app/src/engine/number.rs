//! Numbers: noted, asked for, printed. What a crash left behind is put in order at the next start.

use super::Tools;
use crate::{
    event::{Event, Failure},
    model::Paper,
};
use api::{
    FindTicket, GetTicket, IssueTicket, LeaveTicket, TakeTicket, TicketCodeParam, TicketParam, TicketView,
    UnitParam,
};
use client::{
    ClientError,
    local::{Local, PrintState},
};
use devices::{
    DeviceState,
    printer::{Followed, PrintError, Printer as _, RollAddress, RollPrinter, follow},
};
use documents::Ticket;
use domain::{
    barcode::ScannedTicket,
    hall::State,
    ids::TicketId,
    time::{DAY, Millis},
    unit::UnitCode,
};
use i18n::Lang;
use std::{pin::pin, sync::mpsc, time::Duration};
use tokio::{
    sync::Mutex,
    task::spawn_blocking,
    time::{sleep, timeout},
};

/// How often the same number is asked for when the line is cut, before the citizen is told.
const TRIES: u32 = 4;
/// How long is waited between two of them.
const PAUSE: Duration = Duration::from_millis(500);
/// How long somebody stands before the kiosk without the paper, until the screen serves instead.
const PATIENCE: Duration = Duration::from_secs(12);
/// How often the printer's state is looked at.
const WATCH: Duration = Duration::from_secs(10);
/// So long after it was asked for, in milliseconds, whoever took a number may still stand before the kiosk.
const STILL_THERE: i64 = 120_000;
/// How long finished numbers are kept.
const KEPT: i64 = 30 * DAY;

/// The printer of a kiosk. One paper after the other.
pub struct Press {
    address: RollAddress,
    turn: Mutex<()>,
}

impl Press {
    /// The printer at an address.
    #[must_use]
    pub fn at(address: RollAddress) -> Self {
        Self { address, turn: Mutex::default() }
    }

    /// Prints a paper in its turn. `handed` notes that it is in the printer's hands, just before it is; `held` hears
    /// that the printer waits for somebody.
    async fn print(
        &self,
        title: &str,
        paper: Ticket,
        handed: impl AsyncFnOnce(),
        held: impl Fn(),
    ) -> Result<Followed, PrintError> {
        let dots = spawn_blocking(move || paper.roll())
            .await
            .map_err(|error| PrintError::Page(error.to_string()))?
            .map_err(|error| PrintError::Page(error.to_string()))?;
        let _turn = self.turn.lock().await;
        let printer = RollPrinter::at(&self.address)?;
        handed().await;
        let job = printer.print(title, &dots).await?;
        Ok(follow(&printer, &job, |_| held()).await)
    }

    /// How it stands; none while it prints, for some have one line only.
    async fn state(&self) -> Option<DeviceState> {
        let _turn = self.turn.try_lock().ok()?;
        Some(match RollPrinter::at(&self.address) {
            Ok(printer) => printer.state().await,
            Err(_) => DeviceState::Absent,
        })
    }
}

/// Takes a number and prints it; says what came of it as it goes.
pub(super) async fn take(
    tools: &Tools,
    done: &mpsc::Sender<Event>,
    site: UnitCode,
    asked: TakeTicket,
    lang: Lang,
) {
    let say = |event: Event| {
        if done.send(event).is_ok() {
            (tools.wake)();
        }
    };
    let ticket = asked.ticket;
    let noted = match tools.local.get() {
        Some(local) => local.intend_ticket(ticket, tools.clock.now()).await.is_ok(),
        None => false,
    };
    if !noted {
        tracing::error!("a number cannot be noted, so none is given");
        say(Event::Taken { ticket, answer: Err(Failure::Other("journal".to_owned())) });
        return;
    }
    let answer = insist(tools, site, &asked).await;
    match answer {
        Ok(view) => {
            say(Event::Taken { ticket, answer: Ok(Box::new(view.clone())) });
            print(tools, &view, lang, &|paper| say(Event::Printed { ticket, paper })).await;
        }
        Err(error) => {
            // Whether the server has it is not known; when the line is back it is put in order.
            if !error.is_offline() {
                moved(tools, ticket, PrintState::Failed).await;
            }
            say(Event::Taken { ticket, answer: Err(super::answer::failure(&error)) });
        }
    }
}

async fn insist(tools: &Tools, unit: UnitCode, asked: &TakeTicket) -> Result<TicketView, ClientError> {
    let (param, mut tries) = (UnitParam { unit }, 1);
    loop {
        match tools.client.call::<IssueTicket>(&param, asked).await {
            Err(error) if error.is_offline() && tries < TRIES => {
                tries += 1;
                sleep(PAUSE).await;
            }
            answer => return answer,
        }
    }
}

/// Prints a number once, and says how its paper goes. Where the paper keeps the citizen waiting, whatever for, the screen
/// is to serve instead of it; it may still come.
async fn print(tools: &Tools, view: &TicketView, lang: Lang, say: &impl Fn(Paper)) {
    let Some(press) = &tools.press else {
        moved(tools, view.ticket, PrintState::Failed).await;
        return say(Paper::None);
    };
    let title = view.number.to_string();
    let handed = async || moved(tools, view.ticket, PrintState::Handed).await;
    let mut printing = pin!(press.print(&title, paper(view, lang), handed, || say(Paper::Failed)));
    let outcome = match timeout(PATIENCE, &mut printing).await {
        Ok(outcome) => outcome,
        Err(_) => {
            say(Paper::Failed);
            printing.await
        }
    };
    let (state, paper) = match outcome {
        Ok(Followed::Done) => (PrintState::Done, Paper::Out),
        Ok(Followed::Unknown(_)) => (PrintState::Unknown, Paper::Out),
        Ok(Followed::Failed(why)) => {
            tracing::warn!(?why, "a number was not printed");
            (PrintState::Failed, Paper::Failed)
        }
        Err(error) => {
            tracing::warn!(%error, "a number was not printed");
            (PrintState::Failed, Paper::Failed)
        }
    };
    moved(tools, view.ticket, state).await;
    say(paper);
}

fn paper(view: &TicketView, lang: Lang) -> Ticket {
    let english = lang == Lang::En && !view.service_en.is_empty();
    Ticket {
        lang,
        agency: view.site_name.clone(),
        number: view.number,
        code: view.code,
        url: view.url.clone(),
        service: if english { view.service_en.clone() } else { view.service.clone() },
        counters: view.counters.clone(),
        priority: view.priority,
        ahead: view.ahead,
        wait: view.wait,
        issued_at: view.issued_at,
    }
}

async fn moved(tools: &Tools, ticket: TicketId, state: PrintState) {
    if let Some(local) = tools.local.get()
        && let Err(error) = local.ticket_moved(ticket, state, tools.clock.now()).await
    {
        tracing::error!(%error, "how far a number's paper is was not noted");
    }
}

/// When the kiosk starts, after a crash: a number that was never handed to the printer is printed if whoever took it may still be there, and
/// given up if not, so that nobody is called who has no paper. What was handed over may be out: it stays.
pub(super) async fn recover(tools: &Tools, local: &Local) {
    let now = tools.clock.now();
    let left = match local.unfinished_tickets().await {
        Ok(left) => left,
        Err(error) => return tracing::error!(%error, "the kiosk's journal cannot be read"),
    };
    for row in left {
        if row.state != PrintState::Intended {
            moved(tools, row.ticket, PrintState::Unknown).await;
        } else if now.0 - row.made_at.0 < STILL_THERE
            && let Ok(view) = tools.client.call::<GetTicket>(&TicketParam { ticket: row.ticket }, &()).await
            && view.state == State::Waiting
        {
            print(tools, &view, Lang::Vi, &|_| ()).await;
        }
    }
    give_back_lost(tools, local).await;
    if let Err(error) = local.forget_tickets(now.plus(-KEPT)).await {
        tracing::warn!(%error, "old numbers are not forgotten");
    }
}

/// Whenever the line is back: numbers that were asked for when it broke, and whose citizens have gone without knowing
/// them, are given up.
pub(super) async fn give_back_lost(tools: &Tools, local: &Local) {
    let now = tools.clock.now();
    let left = match local.unfinished_tickets().await {
        Ok(left) => left,
        Err(error) => return tracing::error!(%error, "the kiosk's journal cannot be read"),
    };
    let gone = |made_at: Millis| now.0 - made_at.0 >= STILL_THERE;
    for row in left.iter().filter(|row| row.state == PrintState::Intended && gone(row.made_at)) {
        let param = TicketParam { ticket: row.ticket };
        match give_back(tools, &param).await {
            Ok(()) => moved(tools, row.ticket, PrintState::Failed).await,
            Err(error) if error.is_offline() => {
                tracing::warn!(%error, "a number without paper stays in the line until the line is back");
            }
            // The server has never heard of it, or somebody has called it.
            Err(_) => moved(tools, row.ticket, PrintState::Failed).await,
        }
    }
}

async fn give_back(tools: &Tools, param: &TicketParam) -> Result<(), ClientError> {
    let view = tools.client.call::<GetTicket>(param, &()).await?;
    if view.state == State::Waiting {
        tools.client.call::<LeaveTicket>(param, &()).await?;
    }
    Ok(())
}

/// Where a scanned ticket stands.
pub(super) async fn find(
    tools: &Tools,
    unit: UnitCode,
    scanned: ScannedTicket,
) -> Result<TicketView, ClientError> {
    match scanned {
        ScannedTicket::Code(code) => {
            tools.client.call::<FindTicket>(&TicketCodeParam { unit, code }, &()).await
        }
        ScannedTicket::Id(ticket) => tools.client.call::<GetTicket>(&TicketParam { ticket }, &()).await,
    }
}

/// Says when the printer's state changes, as long as the kiosk runs.
pub(super) async fn watch(tools: &Tools, press: &Press, done: &mpsc::Sender<Event>) {
    let mut known = None;
    loop {
        let state = press.state().await;
        if let Some(state) = state.filter(|state| known.as_ref() != Some(state)) {
            known = Some(state.clone());
            if done.send(Event::Printer(state)).is_err() {
                return;
            }
            (tools.wake)();
        }
        sleep(WATCH).await;
    }
}
