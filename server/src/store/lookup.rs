//! Looking up what citizens see of cases. Those who ask while a reading is under way are served together by the
//! next one, so that many cost little more than one; a lone one waits for nobody. Nothing is kept in between: every
//! answer is what the database says now.

use super::{
    Db, StoreError,
    db::once,
    many::{Many, SIZES, select_many},
};
use domain::{case::State, code::CaseCode, time::Millis, unit::UnitCode};
use std::collections::HashMap;
use tokio::sync::{mpsc, oneshot};

static FIND: Many = select_many!(
    "lookup.find",
    "SELECT code, state, agency, division, due_at, resolved_at, intake_hash, public FROM cases WHERE code IN"
);

pub(super) const MANY: &[&Many] = &[&FIND];

/// How many may wait to be read; more wait to be let in.
const MAX_WAITING: usize = 4_096;

/// What citizens see of a case, as stored.
#[derive(Clone, Debug)]
pub struct Seen {
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
    pub intake: Vec<u8>,
    /// A [`domain::case::PublicCase`] as JSON.
    pub public: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    code: CaseCode,
    state: i16,
    agency: UnitCode,
    division: UnitCode,
    due_at: Millis,
    resolved_at: Option<Millis>,
    intake_hash: Vec<u8>,
    public: String,
}

struct Asked {
    code: CaseCode,
    reply: oneshot::Sender<Result<Option<Seen>, StoreError>>,
}

/// The way to look up.
#[derive(Clone, Debug)]
pub struct Lookups {
    db: Db,
    sender: mpsc::Sender<Asked>,
}

impl Lookups {
    /// Starts the task that reads; it ends when every handle is gone.
    #[must_use]
    pub fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        tokio::spawn(serve(db.clone(), receiver));
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
            return answer;
        }
        // The shared reading failed for somebody else's code, or its task is gone.
        let mut found = read(&self.db, std::slice::from_ref(code)).await?;
        found.remove(code).transpose()
    }
}

async fn serve(db: Db, mut receiver: mpsc::Receiver<Asked>) {
    let [most, ..] = SIZES;
    let mut waiting = Vec::with_capacity(most);
    while receiver.recv_many(&mut waiting, most).await > 0 {
        let codes: Vec<CaseCode> = waiting.iter().map(|asked| asked.code.clone()).collect();
        match read(&db, &codes).await {
            Ok(mut found) => {
                for asked in waiting.drain(..) {
                    // Two may have asked for the same one.
                    let seen = found.get(&asked.code).and_then(|seen| seen.as_ref().ok()).cloned();
                    let answer = match seen {
                        Some(seen) => Ok(Some(seen)),
                        None => found.remove(&asked.code).transpose(),
                    };
                    // Nobody waits any more.
                    drop(asked.reply.send(answer));
                }
            }
            // Each asks for itself then, and is told what is wrong.
            Err(_) => waiting.clear(),
        }
    }
}

type Found = HashMap<CaseCode, Result<Seen, StoreError>>;

async fn read(db: &Db, codes: &[CaseCode]) -> Result<Found, StoreError> {
    let [most, ..] = SIZES;
    let mut found = HashMap::with_capacity(codes.len());
    for codes in codes.chunks(most) {
        let (size, sql) = FIND.covering(codes.len());
        let again = codes.last().into_iter().cycle().take(size - codes.len());
        let rows: Vec<Row> = once!(db, |c| {
            let mut query = sqlx::query_as(sql);
            for code in codes.iter().chain(again) {
                query = query.bind(code);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(Row::read));
    }
    Ok(found)
}

impl Row {
    fn read(self) -> (CaseCode, Result<Seen, StoreError>) {
        let Some(state) = State::from_national(self.state) else {
            let broken = StoreError::broken("cases", &self.code, "no such state");
            return (self.code, Err(broken));
        };
        let seen = Seen {
            state,
            agency: self.agency,
            division: self.division,
            due: self.due_at,
            resolved_at: self.resolved_at,
            intake: self.intake_hash,
            public: self.public,
        };
        (self.code, Ok(seen))
    }
}
