//! The hub: everybody who listens hears of every action once, in the order of the log. What this process
//! writes comes in before its writer is answered; what others write comes in when the database tells.

use super::{catalogue::Catalogue, fresh::Fresh, province::event};
use crate::{
    error::Error,
    store::{Db, StoreError, actions, cases::Written},
};
use api::LiveEvent;
use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::{Mutex, broadcast};

/// Events that a slow listener may be behind before it has to begin anew.
const BEHIND: usize = 1_024;
/// Events read at once when catching up.
const CHUNK: i64 = 1_000;

/// The hub.
pub struct Hub {
    db: Db,
    fresh: Arc<Fresh>,
    catalogue: Arc<RwLock<Arc<Catalogue>>>,
    sender: RwLock<Option<broadcast::Sender<Arc<LiveEvent>>>>,
    turn: Mutex<()>,
    pos: AtomicI64,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("pos", &self.pos).finish_non_exhaustive()
    }
}

impl Hub {
    /// A hub that has heard everything written so far.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn open(
        db: Db,
        fresh: Arc<Fresh>,
        catalogue: Arc<RwLock<Arc<Catalogue>>>,
    ) -> Result<Self, StoreError> {
        let pos = actions::head(&mut db.snapshot().await?).await?;
        let sender = RwLock::new(Some(broadcast::channel(BEHIND).0));
        Ok(Self { db, fresh, catalogue, sender, turn: Mutex::new(()), pos: AtomicI64::new(pos) })
    }

    /// The place of the log up to which everybody has heard.
    #[must_use]
    pub fn pos(&self) -> i64 {
        self.pos.load(Ordering::SeqCst)
    }

    /// Listens from now on; none when the server is stopping.
    #[must_use]
    pub fn listen(&self) -> Option<broadcast::Receiver<Arc<LiveEvent>>> {
        let sender = self.sender.read().unwrap_or_else(PoisonError::into_inner);
        sender.as_ref().map(broadcast::Sender::subscribe)
    }

    /// Ends every stream.
    pub fn close(&self) {
        *self.sender.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Tells of what this process has just committed.
    pub(crate) async fn publish(&self, written: Vec<Written>) {
        // Kept answers end first, whatever may fail after.
        written.iter().for_each(|written| self.spoil(written));
        let _turn = self.turn.lock().await;
        if let (Some(first), Some(last)) = (written.first(), written.last()) {
            if let Err(error) = self.read_until(first.pos - 1).await {
                tracing::warn!(error = %crate::store::queue::chain(&error), "cannot hear what others wrote");
            }
            let last = last.pos;
            written.iter().for_each(|written| self.tell(written));
            self.pos.fetch_max(last, Ordering::SeqCst);
        }
    }

    /// Hears what other processes wrote.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn catch_up(&self) -> Result<(), StoreError> {
        let head = actions::head(&mut self.db.snapshot().await?).await?;
        if head <= self.pos() {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        self.read_until(head).await
    }

    /// Reads what lies between the last place heard and `until`, and tells of it.
    async fn read_until(&self, until: i64) -> Result<(), StoreError> {
        while self.pos() < until {
            let mut tx = self.db.snapshot().await?;
            let missed = actions::since(&mut tx, self.pos(), until, CHUNK).await?;
            drop(tx);
            let Some(last) = missed.last().map(|written| written.pos) else {
                self.pos.fetch_max(until, Ordering::SeqCst);
                return Ok(());
            };
            for written in &missed {
                self.spoil(written);
                self.tell(written);
            }
            self.pos.fetch_max(last, Ordering::SeqCst);
        }
        Ok(())
    }

    fn spoil(&self, written: &Written) {
        self.fresh.changed([&written.agency, &written.division, &written.holder]);
    }

    fn tell(&self, written: &Written) {
        let sender = self.sender.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = sender.as_ref().filter(|sender| sender.receiver_count() > 0) {
            let catalogue = Arc::clone(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner));
            // Nobody listening any more is fine.
            drop(sender.send(Arc::new(event(&catalogue, written))));
        }
    }

    /// What happened after `since`, oldest first, as far as one answer holds; true if there is more.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn missed(&self, since: i64) -> Result<(Vec<LiveEvent>, bool), Error> {
        let until = self.pos();
        if since >= until {
            return Ok((Vec::new(), false));
        }
        let mut tx = self.db.snapshot().await?;
        let missed = actions::since(&mut tx, since, until, CHUNK).await?;
        let more = i64::try_from(missed.len()).unwrap_or(CHUNK) >= CHUNK;
        let catalogue = Arc::clone(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner));
        Ok((missed.iter().map(|written| event(&catalogue, written)).collect(), more))
    }
}
