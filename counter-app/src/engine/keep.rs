//! Changes on their way: kept first, then sent by the one sender; and this machine's settings.

use super::{Shared, lock};
use crate::{Command, Event, Settings, Setup, model::Page};
use api::{CaseParam, Endpoint as _, Intake, IntakeRequest, MakeTurn, TurnRequest};
use client::{
    Sender, Sent,
    local::{LocalError, OutboxRow, PrintRow, PrintState, Taken},
};
use domain::{
    case::{Attachment, HandedPaper, Turn},
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

    /// What follows from an accepted intake: a receipt to be printed, and a line in the clerk's day.
    fn follows(&self, row: &OutboxRow, view: &api::CaseView) -> (Option<PrintRow>, Option<Taken>) {
        if row.what != "intake" {
            return (None, None);
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
        (Some(receipt_row(view, 0, now)), taken)
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
        let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
        let files = body.pointer("/files").or_else(|| body.pointer("/turn/files"));
        for file in files.and_then(|files| files.as_array()).into_iter().flatten() {
            let Some(id) = file.get("file").and_then(|id| id.as_str()) else { continue };
            for ending in ["jpg", "png", "pdf"] {
                let path = self.setup.data.join("pages").join(format!("{id}.{ending}"));
                if let Err(error) = fs::remove_file(path).await
                    && error.kind() != std::io::ErrorKind::NotFound
                {
                    tracing::warn!(%error, "a sent page could not be removed");
                }
            }
        }
    }

    pub(super) async fn tell_waiting(&self) {
        match (self.local.waiting().await, self.local.parked().await) {
            (Ok(waiting), Ok(parked)) => self.events.send(Event::Waiting(waiting, parked)),
            (Err(error), _) | (_, Err(error)) => self.broken(&error),
        }
    }

    /// Sends pages that the server has not yet.
    async fn send_pages(&self, pages: Vec<Page>) -> Result<Vec<Attachment>, client::ClientError> {
        let mut sent = Vec::new();
        for page in pages {
            if let Some(attachment) = page.sent {
                sent.push(attachment);
                continue;
            }
            let content = fs::read(&page.path).await.map_err(|error| client::ClientError::Unreadable {
                detail: format!("{}: {error}", page.path.display()),
            })?;
            let attachment = self.client.upload(page.file, &page.name, &page.mime, content.into()).await?;
            self.events.send(Event::PageSent(page.file, attachment.clone()));
            sent.push(attachment);
        }
        Ok(sent)
    }

    pub(super) async fn take_in(
        &self,
        command: CommandId,
        mut request: Box<IntakeRequest>,
        pages: Vec<Page>,
    ) {
        match self.send_pages(pages).await {
            Ok(files) => request.files = files,
            Err(error) => return self.events.send(Event::PagesNotSent(error)),
        }
        let body = serde_json::to_string(&*request);
        self.forget_pending("intake");
        self.put(command, request.case, "intake", Intake::PATH.to_owned(), body, Some("intake")).await;
    }

    pub(super) async fn turn(&self, command: CommandId, case: CaseId, version: u32, turn: Turn) {
        let what = turn_name(&turn);
        let path = MakeTurn::PATH.replace("{case}", &CaseParam { case }.case.to_string());
        let body = serde_json::to_string(&TurnRequest { version, turn });
        self.put(command, case, what, path, body, None).await;
    }

    pub(super) async fn supplement(
        &self,
        command: CommandId,
        case: CaseId,
        version: u32,
        papers: Vec<HandedPaper>,
        pages: Vec<Page>,
    ) {
        match self.send_pages(pages).await {
            Ok(files) => self.turn(command, case, version, Turn::ReceiveSupplement { papers, files }).await,
            Err(error) => self.events.send(Event::PagesNotSent(error)),
        }
    }

    async fn put(
        &self,
        command: CommandId,
        case: CaseId,
        what: &str,
        path: String,
        body: serde_json::Result<String>,
        draft: Option<&str>,
    ) {
        let body = match body {
            Ok(body) => body,
            Err(error) => return self.events.send(Event::Broken(error.to_string())),
        };
        let made_at = self.clock.now();
        let row = OutboxRow {
            command,
            case,
            what: what.to_owned(),
            path,
            body,
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

/// The journal's line for a receipt.
pub(super) fn receipt_row(view: &api::CaseView, copy: u32, now: domain::time::Millis) -> PrintRow {
    let content = serde_json::to_vec(&view.case).unwrap_or_default();
    PrintRow {
        id: PrintId::new(),
        what: "receipt".to_owned(),
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
    settings
}
