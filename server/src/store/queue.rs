//! The write side: one queue per process. Changes that arrive while a commit is under way are run together
//! in the next transaction and answered after its commit, so that one disk flush serves them all. A lone
//! change waits for nobody.

use super::{Db, StoreError};
use crate::error::Error;
use futures_util::{FutureExt as _, future::BoxFuture};
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot, watch};

pub use super::batch::{Batch, HallNews, Needs, News};

/// The most changes that share a transaction.
const MAX_BATCH: usize = 256;
/// How many may wait; more are told to come back.
const MAX_WAITING: usize = 4_096;
/// Tries of a transaction that another process was in the way of.
const TRIES: u32 = 5;

/// A change of cases or of a hall. It looks at what the batch holds and puts what it writes into the batch, as its last step and
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

/// Runs one change in a transaction of its own, outside any queue: for commands of the command line.
///
/// # Errors
/// What the change or the database says.
pub async fn run_alone<C: Change>(db: &Db, change: &C) -> Result<(C::Out, News), Error> {
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
pub type Published = Box<dyn Fn(News) -> BoxFuture<'static, ()> + Send + Sync>;

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
        Ok(news) => {
            published(news).await;
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
            Ok(news) => {
                published(news).await;
                waiting.answer();
            }
            Err(error) => waiting.fail(error),
        }
    }
    size
}

async fn alone(db: &Db, waiting: &mut dyn Waiting) -> Result<News, Error> {
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
mod tests;
