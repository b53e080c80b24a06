//! Looking up on PostgreSQL: those who ask while a reading is under way are served together by the next one, so that
//! many cost little more than one; a lone one waits for nobody.

use super::{Seen, parts};
use crate::store::{
    Db, StoreError,
    db::{Kept, kept},
    many::{Many, SIZES, select_many},
};
use domain::code::CaseCode;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot, watch};

// All that was found in one text, line after line: an engine's cost is by the row and by the column.
static FIND: Many = select_many!("lookup.find", "SELECT string_agg(public, '\n') FROM cases WHERE code IN");

pub(in crate::store) const MANY: &[&Many] = &[&FIND];

/// How many may wait to be read; more wait to be let in.
const MAX_WAITING: usize = 4_096;

/// How many connections that turn out to be lost are tried, before that is said.
const TRIES: u32 = 32;

/// How many readings are under way at once: while one is read, another is answered. Each keeps a connection.
pub(in crate::store) const READERS: u32 = 2;

struct Asked {
    code: CaseCode,
    reply: oneshot::Sender<Option<Seen>>,
}

/// The way to the readings.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    db: Db,
    sender: mpsc::Sender<Asked>,
}

impl Shared {
    /// Starts the tasks that read; they end, and give their connections back, when they are told to or every handle is
    /// gone.
    pub(super) fn start(db: Db, stop: &watch::Receiver<bool>) -> Self {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..READERS {
            tokio::spawn(serve(db.clone(), Arc::clone(&receiver), stop.clone()));
        }
        Self { db, sender }
    }

    /// What citizens see of a case, if there is one of this code.
    pub(super) async fn find(&self, code: &CaseCode) -> Result<Option<Seen>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked { code: code.clone(), reply };
        if self.sender.send(asked).await.is_ok()
            && let Ok(answer) = answer.await
        {
            return Ok(answer);
        }
        // The shared reading failed, perhaps for somebody else's code, or its task is gone.
        let mut tries = 1;
        loop {
            let found = read(&mut self.db.kept().await?, &[code]).await;
            match found {
                // A database that was restarted has left more connections behind that are none.
                Err(error) if error.is_lost() && tries < TRIES => tries += 1,
                found => return Ok(found?.into_iter().next().map(|(_, seen)| seen)),
            }
        }
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

async fn read_on(
    db: &Db,
    connection: &mut Option<Kept>,
    waiting: &[Asked],
) -> Result<Vec<(String, Seen)>, StoreError> {
    let connection = match connection {
        Some(connection) => connection,
        none => none.insert(db.kept().await?),
    };
    let codes: Vec<&CaseCode> = waiting.iter().map(|asked| &asked.code).collect();
    read(connection, &codes).await
}

/// Those of so few codes that there are.
async fn read(connection: &mut Kept, codes: &[&CaseCode]) -> Result<Vec<(String, Seen)>, StoreError> {
    let (size, sql) = FIND.covering(codes.len());
    let again = codes.last().into_iter().cycle().take(size.saturating_sub(codes.len()));
    let found: Option<String> = kept!(connection, |c| {
        let mut query = sqlx::query_scalar(sql);
        for code in codes.iter().chain(again) {
            query = query.bind(*code);
        }
        query.fetch_one(c).await
    })?;
    parts(found.unwrap_or_default().into())
}
