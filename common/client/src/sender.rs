//! The one task that empties the outbox, strictly in order.

use crate::{
    Client, ClientError,
    local::{Local, LocalError, OutboxRow, PrintRow, Taken},
};
use api::CaseView;
use domain::ids::{CaseId, CommandId};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::sync::{Notify, mpsc::UnboundedSender};

/// What became of a change.
#[derive(Clone, Debug)]
pub enum Sent {
    /// The server has it.
    Accepted(Box<Accepted>),
    /// The server refused it for good; it is parked.
    Refused {
        /// What was sent.
        command: CommandId,
        /// The case.
        case: CaseId,
        /// Why.
        error: ClientError,
    },
    /// It could not be sent now; it is kept and tried again.
    Kept {
        /// What could not be sent.
        command: CommandId,
        /// The case.
        case: CaseId,
        /// Why.
        error: ClientError,
    },
    /// The local store failed: nothing can be promised until it works.
    Broken(String),
}

/// A change that the server has.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What was sent.
    pub row: OutboxRow,
    /// The case now.
    pub view: Box<CaseView>,
    /// The sheets that follow from it.
    pub prints: Vec<PrintRow>,
}

/// What follows from an accepted change: written in the stroke that takes it from the outbox.
pub type Follow = Arc<dyn Fn(&OutboxRow, &CaseView) -> (Vec<PrintRow>, Option<Taken>) + Send + Sync>;

/// Empties the outbox.
pub struct Sender {
    client: Client,
    local: Local,
    wake: Arc<Notify>,
    follow: Follow,
}

/// First pause after a failure.
const FIRST: Duration = Duration::from_millis(800);
/// Longest pause.
const LONGEST: Duration = Duration::from_secs(30);

impl Sender {
    /// A sender that looks at the outbox whenever `wake` is notified, and by itself while something waits.
    #[must_use]
    pub fn new(client: Client, local: Local, wake: Arc<Notify>, follow: Follow) -> Self {
        Self { client, local, wake, follow }
    }

    /// Runs until nobody listens.
    pub async fn run(self, listener: UnboundedSender<Sent>) {
        let mut failures = 0;
        loop {
            let outcome = self.step().await;
            let (news, pause) = match outcome {
                Ok(None) => (None, None),
                Ok(Some(news)) => {
                    let kept = matches!(news, Sent::Kept { .. });
                    failures = if kept { failures + 1 } else { 0 };
                    (Some(news), kept.then(|| pause(failures)))
                }
                Err(error) => {
                    failures += 1;
                    let chain =
                        format!("{error}: {:?}", std::error::Error::source(&error).map(ToString::to_string));
                    (Some(Sent::Broken(chain)), Some(pause(failures)))
                }
            };
            let idle = news.is_none();
            if news.is_some_and(|news| listener.send(news).is_err()) {
                return;
            }
            match pause {
                Some(pause) => {
                    tokio::select! { () = tokio::time::sleep(pause) => {}, () = self.wake.notified() => {} }
                }
                None if idle => {
                    tokio::select! { () = self.wake.notified() => {}, () = listener.closed() => return }
                }
                None => {}
            }
        }
    }

    /// Sends the oldest row, if there is one and somebody is signed in.
    async fn step(&self) -> Result<Option<Sent>, LocalError> {
        if !self.client.has_token() {
            return Ok(None);
        }
        let Some(row) = self.local.next().await? else {
            return Ok(None);
        };
        let answer = match self.with_pages(&row).await {
            Ok(body) => self.client.command_raw::<CaseView>(row.command, &row.path, body).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(view) => {
                let (prints, taken) = (self.follow)(&row, &view);
                self.local.accepted(row.command, &prints, taken.as_ref()).await?;
                Ok(Some(Sent::Accepted(Box::new(Accepted { row, view: Box::new(view), prints }))))
            }
            Err(error) if error.may_work_later() || error.is_signed_out() => {
                self.local.failed(row.command, &error.details()).await?;
                Ok(Some(Sent::Kept { command: row.command, case: row.case, error }))
            }
            Err(error) => {
                self.local.park(row.command, &error.details()).await?;
                Ok(Some(Sent::Refused { command: row.command, case: row.case, error }))
            }
        }
    }

    /// Sends what goes before a change; answers its body with the server's words for the pages in it. Sent again, a
    /// page is answered in the same words, so the body is always the same.
    async fn with_pages(&self, row: &OutboxRow) -> Result<String, ClientError> {
        if row.pages.is_empty() {
            return Ok(row.body.clone());
        }
        let unreadable = |detail: String| ClientError::Unreadable { detail };
        let mut body: Value =
            serde_json::from_str(&row.body).map_err(|error| unreadable(error.to_string()))?;
        for page in &row.pages {
            let content = tokio::fs::read(&page.path).await;
            let content = content.map_err(|error| unreadable(format!("{}: {error}", page.path.display())))?;
            let sent = self.client.upload(page.file, &page.name, &page.mime, content.into()).await?;
            let sent = serde_json::to_value(sent).map_err(|error| unreadable(error.to_string()))?;
            match body.pointer_mut(&page.into) {
                Some(Value::Array(list)) => list.push(sent),
                _ => return Err(unreadable(format!("no list at {}", page.into))),
            }
        }
        Ok(body.to_string())
    }
}

/// Doubles with each failure, a little uneven so that counters do not come back all at once.
fn pause(failures: u32) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.min(6));
    let uneven = u64::from(std::process::id() % 400);
    doubled.min(LONGEST) + Duration::from_millis(uneven)
}
