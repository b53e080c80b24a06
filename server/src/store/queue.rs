//! The write side: one queue per process. Changes that arrive while a commit is under way are run together
//! in the next transaction and answered after its commit, so that one disk flush serves them all. A lone
//! change waits for nobody.

use super::{Db, StoreError, Tx, cases::Written, figures, listen, serials};
use crate::error::Error;
use domain::{
    figures::Figures,
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use tokio::sync::{mpsc, oneshot, watch};

/// The most changes that share a transaction.
const MAX_BATCH: usize = 256;
/// How many may wait; more are told to come back.
const MAX_WAITING: usize = 4_096;
/// Tries of a transaction that another process was in the way of.
const TRIES: u32 = 5;

/// A change of cases. It may be run more than once, if what it shared a transaction with failed; only
/// the last run counts.
pub trait Change: Send + Sync + 'static {
    /// What it answers.
    type Out: Send + 'static;
    /// Makes it.
    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Self::Out, Error>>;
}

/// A write transaction that several changes share.
#[derive(Debug)]
pub struct Batch {
    /// The transaction.
    pub tx: Tx,
    /// What was written to the log so far.
    pub(super) written: Vec<Written>,
    serials: HashMap<String, Serial>,
    figures: BTreeMap<(UnitCode, FieldCode, Date), Figures>,
}

#[derive(Debug)]
struct Serial {
    last: i64,
    stored: i64,
}

impl Batch {
    fn new(tx: Tx) -> Self {
        Self { tx, written: Vec::new(), serials: HashMap::new(), figures: BTreeMap::new() }
    }

    /// The next number of a series. The first of a transaction comes from the database and holds the series;
    /// those after it follow on in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_serial(&mut self, series: &str) -> Result<i64, StoreError> {
        if let Some(serial) = self.serials.get_mut(series) {
            serial.last += 1;
            return Ok(serial.last);
        }
        let last = serials::next(&mut self.tx, series).await?;
        self.serials.insert(series.to_owned(), Serial { last, stored: last });
        Ok(last)
    }

    /// Adds to the day's figures.
    pub(super) fn count(&mut self, agency: UnitCode, field: FieldCode, at: Millis, figures: Figures) {
        if !figures.is_zero() {
            *self.figures.entry((agency, field, at.local().date())).or_default() += figures;
        }
    }

    /// Writes what was held back, and commits.
    async fn finish(mut self) -> Result<Vec<Written>, StoreError> {
        for (series, serial) in &self.serials {
            if serial.last != serial.stored {
                serials::advance(&mut self.tx, series, serial.last).await?;
            }
        }
        for ((agency, field, day), sums) in &self.figures {
            figures::add(&mut self.tx, agency, field, *day, sums).await?;
        }
        if let Some(last) = self.written.last() {
            listen::notify(&mut self.tx, last.pos).await?;
        }
        self.tx.commit().await?;
        Ok(self.written)
    }
}

/// Runs one change in a transaction of its own, outside any queue: for commands of the command line.
///
/// # Errors
/// What the change or the database says.
pub async fn run_alone<C: Change>(db: &Db, change: &C) -> Result<(C::Out, Vec<Written>), Error> {
    let mut batch = Batch::new(db.begin_log().await?);
    match change.run(&mut batch).await {
        Ok(out) => Ok((out, batch.finish().await?)),
        Err(error) => {
            batch.tx.rollback().await?;
            Err(error)
        }
    }
}

/// A change in the queue, with the one who waits for it.
trait Waiting: Send {
    fn run<'a>(&'a mut self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(), Error>>;
    fn answer(self: Box<Self>);
    fn fail(self: Box<Self>, error: Error);
}

struct Held<C: Change> {
    change: C,
    out: Option<C::Out>,
    reply: oneshot::Sender<Result<C::Out, Error>>,
}

impl<C: Change> Waiting for Held<C> {
    fn run<'a>(&'a mut self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.out = None;
            self.out = Some(self.change.run(batch).await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>) {
        let reply = self.out.ok_or(Error::Internal("a change without an answer"));
        // Nobody waits any more: the change is kept all the same.
        drop(self.reply.send(reply));
    }

    fn fail(self: Box<Self>, error: Error) {
        drop(self.reply.send(Err(error)));
    }
}

/// Told of every commit, before those who wait are answered.
pub type Published = Box<dyn Fn(Vec<Written>) -> BoxFuture<'static, ()> + Send + Sync>;

/// The way into the queue.
#[derive(Clone)]
pub struct Queue {
    sender: mpsc::Sender<Box<dyn Waiting>>,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue").field("free", &self.sender.capacity()).finish()
    }
}

impl Queue {
    /// Starts the queue's task; it ends when it is told to or every handle is gone, after all that waited is done.
    pub fn start(
        db: Db,
        published: Published,
        stop: watch::Receiver<bool>,
    ) -> (Self, tokio::task::JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let task = tokio::spawn(work(db, receiver, published, stop));
        (Self { sender }, task)
    }

    /// Makes a change and answers after it is durable.
    ///
    /// # Errors
    /// What the change says, or that the server is stopping or overloaded.
    pub async fn submit<C: Change>(&self, change: C) -> Result<C::Out, Error> {
        let (reply, answer) = oneshot::channel();
        let held = Box::new(Held { change, out: None, reply });
        self.sender.try_send(held).map_err(|_| Error::Busy)?;
        answer.await.map_err(|_| Error::Busy)?
    }
}

async fn work(
    db: Db,
    mut receiver: mpsc::Receiver<Box<dyn Waiting>>,
    published: Published,
    mut stop: watch::Receiver<bool>,
) {
    let mut stopping = false;
    loop {
        let next = tokio::select! {
            biased;
            next = receiver.recv() => next,
            _ = stop.changed(), if !stopping => {
                // Nothing more comes in; what waits is still done.
                stopping = true;
                receiver.close();
                continue;
            }
        };
        let Some(first) = next else {
            return;
        };
        let mut batch = Vec::with_capacity(16);
        batch.push(first);
        let size = run_batch(&db, &mut batch, &mut receiver, &published).await;
        metrics::histogram!("mot_cua_batch_size").record(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
    }
}

/// Runs what waits in one transaction, taking in what arrives meanwhile.
async fn run_batch(
    db: &Db,
    first: &mut Vec<Box<dyn Waiting>>,
    receiver: &mut mpsc::Receiver<Box<dyn Waiting>>,
    published: &Published,
) -> usize {
    let mut todo = std::mem::take(first);
    let mut done: Vec<Box<dyn Waiting>> = Vec::with_capacity(16);
    let mut batch = match db.begin_log().await {
        Ok(tx) => Batch::new(tx),
        Err(error) => {
            tracing::error!(error = %chain(&error), "no transaction");
            todo.into_iter().for_each(|waiting| waiting.fail(Error::Busy));
            return 0;
        }
    };
    while let Some(mut waiting) = todo.pop() {
        let before = batch.tx.writes();
        match waiting.run(&mut batch).await {
            Ok(()) => done.push(waiting),
            Err(error) if batch.tx.writes() == before && !error.is_store() => waiting.fail(error),
            // It failed after it had written: everything is undone and each is run by itself.
            Err(error) => {
                tracing::debug!(%error, size = done.len() + 1, "a shared transaction is taken apart");
                let undone = batch.tx.rollback().await;
                log_failure(undone);
                done.push(waiting);
                return apart(db, done, published).await;
            }
        }
        if done.len() < MAX_BATCH
            && let Ok(next) = receiver.try_recv()
        {
            todo.push(next);
        }
    }
    if done.is_empty() {
        log_failure(batch.tx.rollback().await);
        return 0;
    }
    match batch.finish().await {
        Ok(written) => {
            published(written).await;
            let size = done.len();
            done.into_iter().for_each(Waiting::answer);
            size
        }
        Err(error) => {
            tracing::warn!(error = %chain(&error), size = done.len(), "a shared commit failed");
            apart(db, done, published).await
        }
    }
}

/// Runs each change in a transaction of its own.
async fn apart(db: &Db, all: Vec<Box<dyn Waiting>>, published: &Published) -> usize {
    let size = all.len();
    for mut waiting in all {
        match alone(db, waiting.as_mut()).await {
            Ok(written) => {
                published(written).await;
                waiting.answer();
            }
            Err(error) => waiting.fail(error),
        }
    }
    size
}

async fn alone(db: &Db, waiting: &mut dyn Waiting) -> Result<Vec<Written>, Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut batch = Batch::new(db.begin_log().await?);
        let result = match waiting.run(&mut batch).await {
            Ok(()) => batch.finish().await.map_err(Error::from),
            Err(error) => {
                log_failure(batch.tx.rollback().await);
                Err(error)
            }
        };
        match result {
            Err(error) if error.is_transient() && tries < TRIES => {}
            other => return other,
        }
    }
}

fn log_failure(result: Result<(), StoreError>) {
    if let Err(error) = result {
        tracing::warn!(error = %chain(&error), "a rollback failed");
    }
}

/// An error with everything that caused it, for the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::settings;
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    /// Writes a setting; fails before or after, if asked to.
    struct Put {
        name: String,
        fails_before: bool,
        fails_after: bool,
        runs: Arc<AtomicU32>,
    }

    impl Change for Put {
        type Out = i64;
        fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<i64, Error>> {
            Box::pin(async move {
                self.runs.fetch_add(1, Ordering::SeqCst);
                if self.fails_before {
                    return Err(Error::NotFound);
                }
                let serial = batch.next_serial("S-261123").await?;
                settings::set(&mut batch.tx, &self.name, "x").await?;
                if self.fails_after { Err(Error::Stale) } else { Ok(serial) }
            })
        }
    }

    async fn submit_all(changes: Vec<Put>) -> (Vec<Result<i64, Error>>, Db, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}/a.db", folder.path().display()), 2).await.unwrap();
        db.migrate().await.unwrap();
        let (_stop, stopped) = watch::channel(false);
        let (queue, _task) = Queue::start(db.clone(), Box::new(|_| Box::pin(async {})), stopped);
        let answers = changes.into_iter().map(|change| queue.submit(change));
        (futures_util::future::join_all(answers).await, db, folder)
    }

    fn put(n: usize, runs: &Arc<AtomicU32>) -> Put {
        Put { name: format!("s{n}"), fails_before: false, fails_after: false, runs: Arc::clone(runs) }
    }

    #[tokio::test]
    async fn one_that_fails_spoils_nothing_for_the_others() {
        let runs = Arc::new(AtomicU32::new(0));
        let change = |n| Put { fails_before: n % 5 == 1, fails_after: n == 17, ..put(n, &runs) };
        let (answers, db, _folder) = submit_all((0..40).map(change).collect()).await;
        let mut tx = db.snapshot().await.unwrap();
        for (n, answer) in answers.iter().enumerate() {
            let kept = settings::get(&mut tx, &format!("s{n}")).await.unwrap().is_some();
            assert_eq!(answer.is_ok(), !(n % 5 == 1 || n == 17), "{n}");
            assert_eq!(kept, answer.is_ok(), "{n}");
        }
    }

    #[tokio::test]
    async fn numbers_have_no_gap_and_no_double() {
        let runs = Arc::new(AtomicU32::new(0));
        let change = |n| Put { fails_after: n % 7 == 3, ..put(n, &runs) };
        let (answers, db, _folder) = submit_all((0..60).map(change).collect()).await;
        let mut given: Vec<i64> = answers.into_iter().flatten().collect();
        given.sort_unstable();
        assert_eq!(given, (1..=i64::try_from(given.len()).unwrap()).collect::<Vec<_>>());
        let mut tx = db.snapshot().await.unwrap();
        let stored = crate::store::check::serials(&mut tx).await.unwrap();
        assert_eq!(stored, [("S-261123".to_owned(), *given.last().unwrap())]);
    }
}
