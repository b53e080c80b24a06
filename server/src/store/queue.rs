//! The write side: one queue per process. Changes that arrive while a commit is under way are run together
//! in the next transaction and answered after its commit, so that one disk flush serves them all. A lone
//! change waits for nobody.

use super::{
    Db, StoreError, Tx,
    actions::{self, NewAction},
    cases::{self, Current, Written},
    commands::{self, CommandRow},
    figures, listen, serials,
};
use crate::error::Error;
use domain::{
    figures::Figures,
    ids::{CaseId, CommandId, FileId},
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use futures_util::{FutureExt as _, future::BoxFuture};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    panic::AssertUnwindSafe,
};
use tokio::sync::{mpsc, oneshot, watch};

/// The most changes that share a transaction.
const MAX_BATCH: usize = 256;
/// How many may wait; more are told to come back.
const MAX_WAITING: usize = 4_096;
/// Tries of a transaction that another process was in the way of.
const TRIES: u32 = 5;

/// What a change looks at; read for all changes of a transaction at once.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// Its own id: it may have been made before.
    pub command: CommandId,
    /// The case that it makes or changes.
    pub case: CaseId,
}

/// A change of cases. It looks at what the batch holds and puts what it writes into the batch, as its last step and
/// only if nothing can fail any more. It may be run more than once, if the transaction that it shared failed; only
/// the last run counts.
pub trait Change: Send + Sync + 'static {
    /// What it answers.
    type Out: Send + 'static;
    /// What it looks at; nothing, unless it says so.
    fn needs(&self) -> Option<Needs> {
        None
    }
    /// Makes it.
    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Self::Out, Error>>;
}

/// A write transaction that several changes share: what they look at, and what they write.
#[derive(Debug)]
pub struct Batch {
    /// The transaction, for reading.
    pub tx: Tx,
    commands: HashMap<CommandId, CommandRow>,
    cases: HashMap<CaseId, Held>,
    new_commands: Vec<CommandRow>,
    new_actions: Vec<NewAction>,
    /// Cases that were written to, in the order in which they were first.
    touched: Vec<CaseId>,
    files: Vec<(FileId, CaseId)>,
    written: Vec<Written>,
    serials: HashMap<String, Serial>,
    figures: BTreeMap<(UnitCode, FieldCode, Date), Figures>,
}

#[derive(Debug)]
struct Held {
    current: Current,
    /// The version in the database; none for a new case.
    stored: Option<u32>,
    touched: bool,
}

#[derive(Debug)]
struct Serial {
    last: i64,
    stored: i64,
}

impl Batch {
    fn new(tx: Tx) -> Self {
        Self {
            tx,
            commands: HashMap::new(),
            cases: HashMap::new(),
            new_commands: Vec::new(),
            new_actions: Vec::new(),
            touched: Vec::new(),
            files: Vec::new(),
            written: Vec::new(),
            serials: HashMap::new(),
            figures: BTreeMap::new(),
        }
    }

    /// Reads what changes look at, as far as the batch does not hold it.
    async fn read(&mut self, needs: &[Needs]) -> Result<(), StoreError> {
        let mut ids: Vec<CommandId> = needs.iter().map(|needs| needs.command).collect();
        ids.retain(|id| !self.commands.contains_key(id));
        for row in commands::find_many(&mut self.tx, &ids).await? {
            self.commands.insert(row.id, row);
        }
        let mut ids: Vec<CaseId> = needs.iter().map(|needs| needs.case).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !self.cases.contains_key(id));
        for current in cases::find_many(&mut self.tx, &ids).await? {
            let stored = Some(current.case.version);
            self.cases.insert(current.case.id, Held { current, stored, touched: false });
        }
        Ok(())
    }

    /// A command that was made before.
    #[must_use]
    pub fn command(&self, id: CommandId) -> Option<&CommandRow> {
        self.commands.get(&id)
    }

    /// A case as it stands now, with what this batch has written.
    #[must_use]
    pub fn case(&self, id: CaseId) -> Option<&Current> {
        self.cases.get(&id).map(|held| &held.current)
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

    /// Gives the last number of a series back: the change that asked for it is not made.
    pub fn give_back(&mut self, series: &str) {
        if let Some(serial) = self.serials.get_mut(series) {
            serial.last -= 1;
        }
    }

    /// Takes in what a change writes.
    pub(super) fn hold(
        &mut self,
        current: Current,
        action: NewAction,
        command: CommandRow,
        files: &[FileId],
    ) {
        let id = current.case.id;
        self.commands.insert(command.id, command.clone());
        self.new_commands.push(command);
        self.new_actions.push(action);
        self.files.extend(files.iter().map(|file| (*file, id)));
        match self.cases.entry(id) {
            Entry::Occupied(mut entry) => {
                let held = entry.get_mut();
                held.current = current;
                if !std::mem::replace(&mut held.touched, true) {
                    self.touched.push(id);
                }
            }
            Entry::Vacant(entry) => {
                entry.insert(Held { current, stored: None, touched: true });
                self.touched.push(id);
            }
        }
    }

    /// Takes in what is to be told after the commit.
    pub(super) fn tell(&mut self, written: Written) {
        self.written.push(written);
    }

    /// Adds to the day's figures.
    pub(super) fn count(&mut self, agency: UnitCode, field: FieldCode, at: Millis, figures: Figures) {
        if !figures.is_zero() {
            *self.figures.entry((agency, field, at.local().date())).or_default() += figures;
        }
    }

    /// Whether there is nothing to commit.
    fn is_empty(&self) -> bool {
        self.new_commands.is_empty() && self.tx.writes() == 0
    }

    /// Writes everything, and commits.
    async fn finish(mut self) -> Result<Vec<Written>, StoreError> {
        for (series, serial) in &self.serials {
            if serial.last != serial.stored {
                serials::advance(&mut self.tx, series, serial.last).await?;
            }
        }
        commands::insert(&mut self.tx, &self.new_commands).await?;
        let touched = self.touched.iter().filter_map(|id| self.cases.get(id));
        let (new, old): (Vec<&Held>, Vec<&Held>) = touched.partition(|held| held.stored.is_none());
        let new: Vec<&Current> = new.into_iter().map(|held| &held.current).collect();
        cases::insert(&mut self.tx, &new).await?;
        for held in old {
            cases::update(&mut self.tx, &held.current, held.stored.unwrap_or(0)).await?;
        }
        let places = actions::insert(&mut self.tx, &self.new_actions).await?;
        for (file, case) in &self.files {
            cases::hold_file(&mut self.tx, *file, *case).await?;
        }
        for ((agency, field, day), sums) in &self.figures {
            figures::add(&mut self.tx, agency, field, *day, sums).await?;
        }
        for written in &mut self.written {
            written.pos = places.get(&(written.case, written.seq)).copied().unwrap_or(0);
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
    let needs: Vec<Needs> = change.needs().into_iter().collect();
    batch.read(&needs).await?;
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
    fn needs(&self) -> Option<Needs>;
    fn run<'a>(&'a mut self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(), Error>>;
    fn answer(self: Box<Self>);
    fn fail(self: Box<Self>, error: Error);
}

struct Asking<C: Change> {
    change: C,
    out: Option<C::Out>,
    reply: oneshot::Sender<Result<C::Out, Error>>,
}

impl<C: Change> Waiting for Asking<C> {
    fn needs(&self) -> Option<Needs> {
        self.change.needs()
    }

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
        let held = Box::new(Asking { change, out: None, reply });
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
        let size = run_batch(&db, first, &mut receiver, &published).await;
        metrics::histogram!("mot_cua_batch_size").record(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
    }
}

/// Runs what waits in one transaction, taking in what arrives meanwhile.
async fn run_batch(
    db: &Db,
    first: Box<dyn Waiting>,
    receiver: &mut mpsc::Receiver<Box<dyn Waiting>>,
    published: &Published,
) -> usize {
    let mut todo = vec![first];
    let mut done: Vec<Box<dyn Waiting>> = Vec::with_capacity(16);
    let mut batch = match db.begin_log().await {
        Ok(tx) => Batch::new(tx),
        Err(error) => {
            tracing::error!(error = %chain(&error), "no transaction");
            todo.into_iter().for_each(|waiting| waiting.fail(Error::Busy));
            return 0;
        }
    };
    while !todo.is_empty() {
        while done.len() + todo.len() < MAX_BATCH
            && let Ok(next) = receiver.try_recv()
        {
            todo.push(next);
        }
        let needs: Vec<Needs> = todo.iter().filter_map(|waiting| waiting.needs()).collect();
        let mut broken = batch.read(&needs).await.err().map(Error::from);
        for mut waiting in todo.drain(..) {
            if broken.is_some() {
                done.push(waiting);
                continue;
            }
            match guarded(waiting.as_mut(), &mut batch).await {
                Ok(()) => done.push(waiting),
                Err(error) if error.is_store() || matches!(error, Error::Internal(_)) => {
                    broken = Some(error);
                    done.push(waiting);
                }
                // It has put nothing into the batch: the others go on.
                Err(error) => waiting.fail(error),
            }
        }
        if let Some(error) = broken {
            tracing::warn!(error = %chain(&error), size = done.len(), "a shared transaction failed");
            log_failure(batch.tx.rollback().await);
            return apart(db, done, published).await;
        }
        if done.len() < MAX_BATCH
            && let Ok(next) = receiver.try_recv()
        {
            todo.push(next);
        }
    }
    if done.is_empty() || batch.is_empty() {
        // Nothing was changed: refusals, and answers to what was made before.
        log_failure(batch.tx.rollback().await);
        done.into_iter().for_each(Waiting::answer);
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

/// Runs a change so that a mistake in it ends only itself, not the queue.
async fn guarded(waiting: &mut dyn Waiting, batch: &mut Batch) -> Result<(), Error> {
    let run = AssertUnwindSafe(waiting.run(batch)).catch_unwind().await;
    run.unwrap_or(Err(Error::Internal("a change panicked")))
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
        let needs: Vec<Needs> = waiting.needs().into_iter().collect();
        let run = match batch.read(&needs).await {
            Ok(()) => guarded(waiting, &mut batch).await,
            Err(error) => Err(error.into()),
        };
        let result = match run {
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
    use crate::store::{check, settings};

    /// Takes a number and writes a setting; or fails, or panics, before or after that.
    #[derive(Clone, Copy)]
    enum Deed {
        Put,
        Refuse,
        Panic,
        /// What the database itself refuses.
        Spoil,
    }

    struct Put(usize, Deed);

    const SPOILED: &str = "INSERT INTO settings (name, value) VALUES ('spoiled', NULL)";

    impl Change for Put {
        type Out = i64;
        fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<i64, Error>> {
            Box::pin(async move {
                let serial = batch.next_serial("S-261123").await?;
                match self.1 {
                    Deed::Refuse => {
                        batch.give_back("S-261123");
                        return Err(Error::NotFound);
                    }
                    Deed::Panic => panic!("on purpose"),
                    Deed::Spoil => {
                        let spoiled = crate::store::db::on!(batch.tx, |c| {
                            sqlx::query(SPOILED).execute(c).await.map(drop)
                        });
                        spoiled.map_err(StoreError::from)?;
                    }
                    Deed::Put => settings::set(&mut batch.tx, &format!("s{}", self.0), "x").await?,
                }
                Ok(serial)
            })
        }
    }

    async fn submit_all(deeds: impl Fn(usize) -> Deed) -> (Vec<Result<i64, Error>>, Db, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}/a.db", folder.path().display()), 2).await.unwrap();
        db.migrate().await.unwrap();
        let (_stop, stopped) = watch::channel(false);
        let (queue, _task) = Queue::start(db.clone(), Box::new(|_| Box::pin(async {})), stopped);
        let answers = (0..60).map(|n| queue.submit(Put(n, deeds(n))));
        (futures_util::future::join_all(answers).await, db, folder)
    }

    async fn check(deeds: impl Fn(usize) -> Deed) {
        let (answers, db, _folder) = submit_all(&deeds).await;
        let mut tx = db.snapshot().await.unwrap();
        for (n, answer) in answers.iter().enumerate() {
            let kept = settings::get(&mut tx, &format!("s{n}")).await.unwrap().is_some();
            assert_eq!(answer.is_ok(), matches!(deeds(n), Deed::Put), "{n}");
            assert_eq!(kept, answer.is_ok(), "{n}");
        }
        let mut given: Vec<i64> = answers.into_iter().flatten().collect();
        given.sort_unstable();
        assert_eq!(given, (1..=i64::try_from(given.len()).unwrap()).collect::<Vec<_>>());
        let stored = check::serials(&mut tx).await.unwrap();
        assert_eq!(stored, [("S-261123".to_owned(), *given.last().unwrap())]);
    }

    #[tokio::test]
    async fn a_refusal_costs_the_others_nothing() {
        check(|n| if n % 5 == 1 { Deed::Refuse } else { Deed::Put }).await;
    }

    #[tokio::test]
    async fn one_that_fails_spoils_nothing_for_the_others() {
        check(|n| if n == 17 { Deed::Spoil } else { Deed::Put }).await;
    }

    #[tokio::test]
    async fn a_mistake_in_one_does_not_end_the_queue() {
        check(|n| if n == 30 { Deed::Panic } else { Deed::Put }).await;
    }
}
