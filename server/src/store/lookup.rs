//! Looking up what citizens see of cases. Those who ask while a reading is under way are served together by the
//! next one, so that many cost little more than one; a lone one waits for nobody. Nothing is kept in between: every
//! answer is what the database says now.

use super::{
    Db, StoreError,
    cases::Current,
    db::{Kept, kept},
    many::{Many, SIZES, select_many},
};
use domain::{
    case::{PublicCase, State},
    code::CaseCode,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, ops::Range, sync::Arc};
use tokio::sync::{Mutex, mpsc, oneshot, watch};

// All that was found in one text, line after line: an engine's cost is by the row and by the column.
static FIND: Many = select_many!("lookup.find", "SELECT string_agg(public, '\n') FROM cases WHERE code IN");

pub(super) const MANY: &[&Many] = &[&FIND];

/// How many may wait to be read; more wait to be let in.
const MAX_WAITING: usize = 4_096;

/// How many readings are under way at once: while one is read, another is answered. Each keeps a connection.
pub(super) const READERS: u32 = 2;

/// What an answer is made of besides the case itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head<'a> {
    /// Code.
    #[serde(borrow)]
    pub code: Cow<'a, str>,
    /// State.
    pub state: State,
    /// The agency that received it.
    #[serde(borrow)]
    pub agency: Cow<'a, str>,
    /// The division that examines it.
    #[serde(borrow)]
    pub division: Cow<'a, str>,
    /// Due at.
    pub due: Millis,
    /// Ready at.
    pub resolved_at: Option<Millis>,
    /// Hash of its first action, in hexadecimal digits.
    #[serde(borrow)]
    pub intake: Cow<'a, str>,
}

/// What citizens see of a case: the part that is theirs of a text that was read for many.
#[derive(Clone, Debug)]
pub struct Seen {
    found: Arc<str>,
    head: Range<usize>,
    case: Range<usize>,
}

impl Seen {
    /// What the present adds something to.
    ///
    /// # Errors
    /// [`StoreError::Broken`].
    pub fn head(&self) -> Result<Head<'_>, StoreError> {
        read_head(self.found.get(self.head.clone()).unwrap_or_default())
    }

    /// A [`domain::case::PublicCase`] as JSON.
    #[must_use]
    pub fn case(&self) -> &str {
        self.found.get(self.case.clone()).unwrap_or_default()
    }
}

fn read_head(line: &str) -> Result<Head<'_>, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::broken("cases", line, error))
}

/// What is kept in a case's column `public`: two lines of JSON, the [`Head`] and the [`domain::case::PublicCase`], so
/// that nothing else has to be read for an answer, and the longer one goes out as it is.
pub(super) fn public(current: &Current) -> Result<String, StoreError> {
    let case = &current.case;
    let head = Head {
        code: case.code.as_str().into(),
        state: case.state,
        agency: case.agency.as_str().into(),
        division: case.division.as_str().into(),
        due: case.deadline.due,
        resolved_at: case.resolved_at,
        intake: hex::encode(&current.intake).into(),
    };
    Ok(format!("{}\n{}", serde_json::to_string(&head)?, serde_json::to_string(&case.public())?))
}

/// The case in what is kept in a case's column `public`.
pub(super) fn public_case(public: &str) -> Result<PublicCase, StoreError> {
    let (head, case) = public.split_once('\n').unwrap_or_default();
    serde_json::from_str(case).map_err(|error| StoreError::broken("cases", head, error))
}

struct Asked {
    code: CaseCode,
    reply: oneshot::Sender<Option<Seen>>,
}

/// The way to look up.
#[derive(Clone, Debug)]
pub struct Lookups {
    db: Db,
    sender: mpsc::Sender<Asked>,
}

impl Lookups {
    /// Starts the tasks that read; they end, and give their connections back, when they are told to or every handle is
    /// gone.
    #[must_use]
    pub fn start(db: Db, stop: &watch::Receiver<bool>) -> Self {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..READERS {
            tokio::spawn(serve(db.clone(), Arc::clone(&receiver), stop.clone()));
        }
        Self { db, sender }
    }

    /// What citizens see of a case, if there is one of this code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, code: &CaseCode) -> Result<Option<Seen>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked { code: code.clone(), reply };
        if self.sender.send(asked).await.is_ok()
            && let Ok(answer) = answer.await
        {
            return Ok(answer);
        }
        // The shared reading failed, perhaps for somebody else's code, or its task is gone.
        let found = read(&mut self.db.kept().await?, &[code]).await?;
        Ok(found.into_iter().next().map(|(_, seen)| seen))
    }
}

async fn serve(db: Db, receiver: Arc<Mutex<mpsc::Receiver<Asked>>>, mut stop: watch::Receiver<bool>) {
    let [most, ..] = SIZES;
    let mut waiting = Vec::with_capacity(most);
    let mut connection = None;
    while gather(&receiver, &mut stop, &mut waiting, most).await {
        match read_on(&db, &mut connection, &waiting).await {
            Ok(found) => {
                for Asked { code, reply } in waiting.drain(..) {
                    let its = found.iter().find(|(of, _)| of == code.as_str());
                    // An error is that nobody waits any more.
                    drop(reply.send(its.map(|(_, seen)| seen.clone())));
                }
            }
            // Each asks for itself then, and is told what is wrong; the connection may be what is.
            Err(_) => {
                connection = None;
                waiting.clear();
            }
        }
    }
}

/// Waits for somebody who asks, and takes along who else is about to; false at the end.
async fn gather(
    receiver: &Mutex<mpsc::Receiver<Asked>>,
    stop: &mut watch::Receiver<bool>,
    waiting: &mut Vec<Asked>,
    most: usize,
) -> bool {
    let mut receiver = receiver.lock().await;
    let many = tokio::select! {
        biased;
        many = receiver.recv_many(waiting, most) => many,
        _ = stop.changed() => 0,
    };
    if many == 0 {
        return false;
    }
    // Requests that have arrived already are handled first.
    tokio::task::yield_now().await;
    while waiting.len() < most
        && let Ok(asked) = receiver.try_recv()
    {
        waiting.push(asked);
    }
    true
}

type Found = Vec<(String, Seen)>;

async fn read_on(db: &Db, connection: &mut Option<Kept>, waiting: &[Asked]) -> Result<Found, StoreError> {
    let connection = match connection {
        Some(connection) => connection,
        none => none.insert(db.kept().await?),
    };
    let codes: Vec<&CaseCode> = waiting.iter().map(|asked| &asked.code).collect();
    read(connection, &codes).await
}

/// Those of so few codes that there are.
async fn read(connection: &mut Kept, codes: &[&CaseCode]) -> Result<Found, StoreError> {
    let (size, sql) = FIND.covering(codes.len());
    let again = codes.last().into_iter().cycle().take(size.saturating_sub(codes.len()));
    let found: Option<String> = kept!(connection, |c| {
        let mut query = sqlx::query_scalar(sql);
        for code in codes.iter().chain(again) {
            query = query.bind(*code);
        }
        query.fetch_one(c).await
    })?;
    let text: Arc<str> = found.unwrap_or_default().into();
    let (mut found, mut from, mut lines) = (Vec::with_capacity(codes.len()), 0, text.split('\n'));
    while let (Some(head), Some(case)) = (lines.next(), lines.next()) {
        let begins = from + head.len() + 1;
        let ends = begins + case.len();
        let code = read_head(head)?.code.into_owned();
        found.push((code, Seen { found: Arc::clone(&text), head: from..begins - 1, case: begins..ends }));
        from = ends + 1;
    }
    Ok(found)
}
