//! Changes on their way: kept first, then sent by the one sender; and this machine's settings.

use super::{Shared, lock};
use crate::{Command, Event, Settings, Setup, model::Page, receipts::journal_name};
use api::{CaseParam, Endpoint as _, Intake, IntakeRequest, MakeTurn, TurnRequest};
use client::{
    Sender, Sent,
    local::{LocalError, OutboxPage, OutboxRow, PrintRow, PrintState, Taken},
};
use documents::Medium;
use domain::{
    case::Turn,
    ids::{CaseId, CommandId, PrintId, StaffId},
    time::Clock as _,
};
use std::sync::{Arc, atomic::Ordering};
use tokio::{fs, sync::mpsc};

impl Shared {
    /// Says that the local store failed.
    pub(super) fn broken(&self, error: &LocalError) {
        let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
        self.events.send(Event::Broken(format!("{error}{cause}")));
    }

    /// Starts sending and following; brings up what a crash left.
    pub(super) async fn begin(self: Arc<Self>, staff: StaffId) {
        *lock(&self.staff) = Some(staff);
        self.clone().follow();
        if !self.running.swap(true, Ordering::SeqCst) {
            let (listener, news) = mpsc::unbounded_channel();
            let maker = self.clone();
            let follow = Arc::new(move |row: &OutboxRow, view: &api::CaseView| maker.follows(row, view));
            let sender = Sender::new(self.client.clone(), self.local.clone(), self.wake.clone(), follow);
            tokio::spawn(sender.run(listener));
            tokio::spawn(self.clone().listen(news));
            self.clone().recover_prints().await;
        }
        self.wake.notify_one();
        self.tell_waiting().await;
    }

    /// What follows from an accepted intake: its receipt on each medium to be printed, and a line in the clerk's day.
    fn follows(&self, row: &OutboxRow, view: &api::CaseView) -> (Vec<PrintRow>, Option<Taken>) {
        if row.what != "intake" {
            return (Vec::new(), None);
        }
        let now = self.clock.now();
        let began = lock(&self.began).remove(&row.case).unwrap_or(row.made_at);
        let seconds = u32::try_from((row.made_at.0 - began.0).max(0) / 1_000).unwrap_or(0);
        let taken = lock(&self.staff).map(|staff| Taken {
            case: row.case,
            code: view.case.code.clone(),
            procedure: view.case.procedure.name.clone(),
            staff,
            at: view.case.received_at,
            seconds,
        });
        let media = lock(&self.settings).media();
        (media.iter().map(|medium| receipt_row(view, *medium, 0, now)).collect(), taken)
    }

    async fn listen(self: Arc<Self>, mut news: mpsc::UnboundedReceiver<Sent>) {
        while let Some(sent) = news.recv().await {
            match sent {
                Sent::Accepted(accepted) => {
                    self.drop_pages(&accepted.row).await;
                    self.events.send(Event::Line(true));
                    self.events.send(Event::Accepted(accepted));
                }
                Sent::Refused { command, case, error } => {
                    self.events.send(Event::Refused(command, case, error));
                }
                Sent::Kept { command, case, error } => self.events.send(Event::Kept(command, case, error)),
                Sent::Broken(detail) => self.events.send(Event::Broken(detail)),
            }
            self.tell_waiting().await;
        }
    }

    /// The server has the pages: this machine forgets them.
    async fn drop_pages(&self, row: &OutboxRow) {
        for page in &row.pages {
            if let Err(error) = fs::remove_file(&page.path).await
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "a sent page could not be removed");
            }
        }
    }

    pub(super) async fn tell_waiting(&self) {
        match (self.local.waiting().await, self.local.parked().await) {
            (Ok(waiting), Ok(parked)) => self.events.send(Event::Waiting(waiting, parked)),
            (Err(error), _) | (_, Err(error)) => self.broken(&error),
        }
    }

    pub(super) async fn take_in(&self, command: CommandId, request: &IntakeRequest, pages: Vec<Page>) {
        let body = serde_json::to_string(request);
        self.forget_pending("intake");
        let change =
            Change { command, case: request.case, what: "intake", path: Intake::PATH.to_owned(), body };
        self.put(change, on_their_way(pages, "/files"), Some("intake")).await;
    }

    pub(super) async fn turn(
        &self,
        command: CommandId,
        case: CaseId,
        version: u32,
        turn: Turn,
        pages: Vec<Page>,
    ) {
        let what = turn_name(&turn);
        let path = MakeTurn::PATH.replace("{case}", &CaseParam { case }.case.to_string());
        let body = serde_json::to_string(&TurnRequest { version, turn });
        let change = Change { command, case, what, path, body };
        self.put(change, on_their_way(pages, "/turn/files"), None).await;
    }

    async fn put(&self, change: Change, pages: Vec<OutboxPage>, draft: Option<&str>) {
        let body = match change.body {
            Ok(body) => body,
            Err(error) => return self.events.send(Event::Broken(error.to_string())),
        };
        let made_at = self.clock.now();
        let row = OutboxRow {
            command: change.command,
            case: change.case,
            what: change.what.to_owned(),
            path: change.path,
            body,
            pages,
            made_at,
            tries: 0,
            last_error: None,
        };
        match self.local.put(&row, draft).await {
            Ok(()) => {
                self.wake.notify_one();
                self.tell_waiting().await;
            }
            Err(error) => self.broken(&error),
        }
    }

    pub(super) async fn reconsider(&self, command: Command) {
        let done = match command {
            Command::Retry(command) => self.local.unpark(command).await,
            Command::Discard(command) => self.local.discard(command).await,
            _ => Ok(()),
        };
        if let Err(error) = done {
            self.broken(&error);
        }
        self.wake.notify_one();
        self.tell_waiting().await;
    }

    pub(super) async fn save_settings(&self, settings: Settings) {
        let path = self.setup.data.join("settings.json");
        let written = match serde_json::to_vec_pretty(&settings) {
            Ok(body) => fs::write(path, body).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = written {
            self.events.send(Event::Broken(error));
        }
        *lock(&self.settings) = settings;
        self.printer.notify_one();
    }
}

/// A change to be kept, still without its pages.
struct Change {
    command: CommandId,
    case: CaseId,
    what: &'static str,
    path: String,
    body: serde_json::Result<String>,
}

fn on_their_way(pages: Vec<Page>, into: &str) -> Vec<OutboxPage> {
    pages.into_iter().map(|page| page.on_its_way(into)).collect()
}

/// The journal's line for a receipt on one medium.
pub(super) fn receipt_row(
    view: &api::CaseView,
    medium: Medium,
    copy: u32,
    now: domain::time::Millis,
) -> PrintRow {
    let content = serde_json::to_vec(&view.case).unwrap_or_default();
    PrintRow {
        id: PrintId::new(),
        what: journal_name(medium).to_owned(),
        case: view.case.id,
        code: view.case.code.clone(),
        content_hash: client::sha256_hex(&content),
        state: PrintState::Intended,
        copy,
        made_at: now,
        changed_at: now,
        note: String::new(),
    }
}

/// The name under which a turn waits.
fn turn_name(turn: &Turn) -> &'static str {
    match turn {
        Turn::TakeUp => "take_up",
        Turn::Assign { .. } => "assign",
        Turn::Examine { .. } => "examine",
        Turn::Draft { .. } => "draft",
        Turn::Submit { .. } => "submit",
        Turn::Approve { .. } => "approve",
        Turn::SendBack { .. } => "send_back",
        Turn::AskSupplement { .. } => "ask_supplement",
        Turn::ReceiveSupplement { .. } => "receive_supplement",
        Turn::Seal { .. } => "seal",
        Turn::TakeFee { .. } => "take_fee",
        Turn::Return { .. } => "return",
        Turn::Apologise { .. } => "apologise",
        Turn::Withdraw { .. } => "withdraw",
    }
}

/// The settings kept on this machine; the usual ones where there are none.
pub(crate) async fn load_settings(setup: &Setup) -> Settings {
    let kept = fs::read(setup.data.join("settings.json")).await.ok();
    let mut settings: Settings = kept.and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default();
    if setup.printer.is_some() {
        settings.printer.clone_from(&setup.printer);
    }
    if setup.roll_printer.is_some() {
        settings.roll_printer.clone_from(&setup.roll_printer);
    }
    settings
}
