//! Use cases: what people can ask of the server. Rights are checked here and nowhere else, through the
//! domain's rules. This layer knows no HTTP and no SQL.

pub mod account;
pub mod cases;
pub mod catalogue;
pub mod files;
pub mod fresh;
pub mod hall;
pub mod intake;
pub mod live;
pub mod load;
pub mod machines;
pub mod pages;
pub mod papers;
pub mod province;
pub mod search;
pub mod sessions;
pub mod status;
pub mod turns;
pub mod work;

use crate::{
    config::Config,
    error::Error,
    store::{Db, lookup::Lookups, queue::Queue},
};
use catalogue::Catalogue;
use domain::{
    ids::{CommandId, StaffId},
    roles::Denied,
    time::{Clock, Millis},
};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;

/// Everything that a request may need. Many hold it; there is one.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// See [`App`].
pub struct Shared {
    /// The database, for reading.
    pub db: Db,
    /// The way to look up what citizens see.
    pub lookups: Lookups,
    /// The way to change cases.
    pub queue: Queue,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How it is set up.
    pub config: Arc<Config>,
    /// The address on receipts, without a trailing slash.
    pub public_url: Arc<str>,
    /// What has changed since something was kept.
    pub fresh: Arc<fresh::Fresh>,
    /// Who listens.
    pub live: Arc<live::Hub>,
    /// Who looks at which hall.
    pub halls: Arc<hall::halls::Halls>,
    /// From what the keys of halls are made.
    pub hall_secret: hall::key::HallSecret,
    /// Answers kept ready.
    pub pages: pages::Pages,
    /// Sessions known lately.
    pub sessions: sessions::Known,
    catalogue: Arc<RwLock<Arc<Catalogue>>>,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("config", &self.config).finish_non_exhaustive()
    }
}

/// What an app is put together from.
pub(crate) struct Parts {
    pub(crate) db: Db,
    pub(crate) queue: Queue,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) config: Arc<Config>,
    pub(crate) public_url: Arc<str>,
    pub(crate) fresh: Arc<fresh::Fresh>,
    pub(crate) live: Arc<live::Hub>,
    pub(crate) halls: Arc<hall::halls::Halls>,
    pub(crate) hall_secret: hall::key::HallSecret,
    pub(crate) catalogue: Arc<RwLock<Arc<Catalogue>>>,
    pub(crate) stop: watch::Receiver<bool>,
}

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        let pages = pages::Pages::new(parts.config.cache_mb);
        Self(Arc::new(Shared {
            lookups: Lookups::start(parts.db.clone(), &parts.stop),
            db: parts.db,
            queue: parts.queue,
            clock: parts.clock,
            config: parts.config,
            public_url: parts.public_url,
            fresh: parts.fresh,
            live: parts.live,
            halls: parts.halls,
            hall_secret: parts.hall_secret,
            pages,
            sessions: sessions::Known::default(),
            catalogue: parts.catalogue,
        }))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Units, procedures and calendar as they are now.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the catalogue again, after it was changed.
    ///
    /// # Errors
    /// [`Error`] when the database does not give it.
    pub async fn reload_catalogue(&self) -> Result<(), Error> {
        let read = Arc::new(Catalogue::read(&self.db).await?);
        *self.catalogue.write().unwrap_or_else(PoisonError::into_inner) = read;
        self.fresh.everything();
        self.halls.all_changed().await;
        Ok(())
    }

    /// Reads the catalogue again if another process has changed it.
    ///
    /// # Errors
    /// [`Error`] when the database does not give it.
    pub async fn refresh_catalogue(&self) -> Result<(), Error> {
        let version = catalogue::stored_version(&self.db).await?;
        if version == self.catalogue().version { Ok(()) } else { self.reload_catalogue().await }
    }

    /// A refusal with the name of the unit that it speaks of.
    #[must_use]
    pub fn denied(&self, denied: Denied) -> Error {
        let unit = match &denied {
            Denied::NotYourDesk { unit, .. } | Denied::NeedsPost { unit, .. } => {
                self.catalogue().name_of(unit)
            }
            Denied::TakenByColleague | Denied::OtherAgency => String::new(),
        };
        Error::Denied { denied, unit }
    }
}

/// A change as it was asked for: its id, by whom, and what exactly.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Made by the app that asks.
    pub id: CommandId,
    /// Who asks.
    pub actor: StaffId,
    /// Method and path.
    pub route: String,
    /// SHA-256 of what was sent.
    pub body_hash: Vec<u8>,
}

/// An answer: a value, or one that was kept ready as JSON.
#[derive(Clone, Debug)]
pub enum Answer<T> {
    /// A value.
    Value(T),
    /// Ready JSON.
    Ready(bytes::Bytes),
}
