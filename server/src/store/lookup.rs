//! Looking up what citizens see of cases. Those who ask while a reading is under way are served together by the
//! next one, so that many cost little more than one; a lone one waits for nobody. Nothing is kept in between: every
//! answer is what the database says now.

use super::{
    Db, StoreError,
    cases::Current,
    db::once,
    many::{Many, SIZES, select_many},
};
use domain::{case::State, code::CaseCode, time::Millis, unit::UnitCode};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, ops::Range, sync::Arc};
use tokio::sync::{Mutex, mpsc, oneshot};

// All that was found in one text, line after line: an engine's cost is by the row and by the column.
static FIND: Many = select_many!("lookup.find", "SELECT string_agg(public, '\n') FROM cases WHERE code IN");

pub(super) const MANY: &[&Many] = &[&FIND];

/// How many may wait to be read; more wait to be let in.
const MAX_WAITING: usize = 4_096;

/// How many readings are under way at once: while one is read, another is answered.
const READERS: usize = 2;

/// What an answer is made of besides the case itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Code.
    pub code: CaseCode,
    /// State.
    pub state: State,
    /// The agency that received it.
    pub agency: UnitCode,
    /// The division that examines it.
    pub division: UnitCode,
    /// Due at.
    pub due: Millis,
    /// Ready at.
    pub resolved_at: Option<Millis>,
    /// Hash of its first action.
    #[serde(with = "hex::serde")]
    pub intake: Vec<u8>,
}

/// What citizens see of a case.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What the present adds something to.
    pub head: Head,
    /// Everything that was read with it.
    found: Arc<str>,
    case: Range<usize>,
}

impl Seen {
    /// A [`domain::case::PublicCase`] as JSON.
    #[must_use]
    pub fn case(&self) -> &str {
        self.found.get(self.case.clone()).unwrap_or_default()
    }
}

/// What is kept in a case's column `public`: two lines of JSON, the [`Head`] and the [`domain::case::PublicCase`], so
/// that nothing else has to be read for an answer, and the longer one goes out as it is.
pub(super) fn public(current: &Current) -> Result<String, StoreError> {
    let case = &current.case;
    let head = Head {
        code: case.code.clone(),
        state: case.state,
        agency: case.agency.clone(),
        division: case.division.clone(),
        due: case.deadline.due,
        resolved_at: case.resolved_at,
        intake: current.intake.clone(),
    };
    Ok(format!("{}\n{}", serde_json::to_string(&head)?, serde_json::to_string(&case.public())?))
}

type Answer = Option<Arc<Seen>>;

struct Asked {
    code: CaseCode,
    reply: oneshot::Sender<Answer>,
}

/// The way to look up.
#[derive(Clone, Debug)]
pub struct Lookups {
    db: Db,
    sender: mpsc::Sender<Asked>,
}

impl Lookups {
    /// Starts the tasks that read; they end when every handle is gone.
    #[must_use]
    pub fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..READERS {
            tokio::spawn(serve(db.clone(), Arc::clone(&receiver)));
        }
        Self { db, sender }
    }

    /// What citizens see of a case, if there is one of this code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, code: &CaseCode) -> Result<Answer, StoreError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked { code: code.clone(), reply };
        if self.sender.send(asked).await.is_ok()
            && let Ok(answer) = answer.await
        {
            return Ok(answer);
        }
        // The shared reading failed, perhaps for somebody else's code, or its task is gone.
        Ok(read(&self.db, std::slice::from_ref(code)).await?.remove(code))
    }
}

async fn serve(db: Db, receiver: Arc<Mutex<mpsc::Receiver<Asked>>>) {
    let [most, ..] = SIZES;
    let mut waiting = Vec::with_capacity(most);
    while receiver.lock().await.recv_many(&mut waiting, most).await > 0 {
        let codes: Vec<CaseCode> = waiting.iter().map(|asked| asked.code.clone()).collect();
        match read(&db, &codes).await {
            Ok(found) => {
                for Asked { code, reply } in waiting.drain(..) {
                    // An error is that nobody waits any more.
                    drop(reply.send(found.get(&code).cloned()));
                }
            }
            // Each asks for itself then, and is told what is wrong.
            Err(_) => waiting.clear(),
        }
    }
}

/// Those of so few codes that there are.
async fn read(db: &Db, codes: &[CaseCode]) -> Result<HashMap<CaseCode, Arc<Seen>>, StoreError> {
    let (size, sql) = FIND.covering(codes.len());
    let again = codes.last().into_iter().cycle().take(size.saturating_sub(codes.len()));
    let found: Option<String> = once!(db, |c| {
        let mut query = sqlx::query_scalar(sql);
        for code in codes.iter().chain(again) {
            query = query.bind(code);
        }
        query.fetch_one(c).await
    })?;
    let found: Arc<str> = found.unwrap_or_default().into();
    let (mut seen, mut from, mut lines) = (HashMap::with_capacity(codes.len()), 0, found.split('\n'));
    while let (Some(head), Some(case)) = (lines.next(), lines.next()) {
        let begins = from + head.len() + 1;
        let ends = begins + case.len();
        let head: Head =
            serde_json::from_str(head).map_err(|error| StoreError::broken("cases", said(codes), error))?;
        seen.insert(
            head.code.clone(),
            Arc::new(Seen { head, found: Arc::clone(&found), case: begins..ends }),
        );
        from = ends + 1;
    }
    Ok(seen)
}

fn said(codes: &[CaseCode]) -> String {
    codes.iter().map(CaseCode::as_str).collect::<Vec<_>>().join(", ")
}
