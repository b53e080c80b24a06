//! Keeps the program of one machine up to date: looks, fetches, waits for a quiet hour or for somebody's word, puts the
//! new program in place, and takes it back if it does not come up. It runs with the right to write the program's
//! folder; the app itself runs without.

use super::{FetchError, Memory, MemoryError, OfferError, Pending, Swap, Talk, fetch, offer};
use crate::Client;
use domain::{
    time::Clock,
    unit::UnitCode,
    update::{AppKind, Decision, Machine, QuietHours, Refused, Release, System, Verdict, Version, verdict},
};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use std::{io, path::PathBuf, sync::Arc, time::Duration};
use tokio::process::Command;

/// A program that says its version takes no longer.
const PROBE: Duration = Duration::from_secs(30);

/// What a keeper keeps, and for whom.
pub struct Keeper {
    /// The province's server.
    pub client: Client,
    /// Which app.
    pub app: AppKind,
    /// What system it runs on.
    pub system: System,
    /// Where its program lies.
    pub program: PathBuf,
    /// Folder of packages and of what is remembered; only the keeper writes there.
    pub folder: PathBuf,
    /// How app and keeper tell each other things.
    pub talk: Talk,
    /// The site of the machine.
    pub site: Option<UnitCode>,
    /// Keys of whoever builds the product.
    pub keys: Vec<VerifyingKey>,
    /// When it may install unasked.
    pub quiet: QuietHours,
    /// Whether nothing is fetched without being asked: the line costs by the byte.
    pub metered: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// How the machine stands, for the app's screen and for IT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// Nothing newer is offered.
    UpToDate,
    /// A newer version is offered; this machine's turn comes later.
    Later,
    /// A newer version is offered, and the line costs: somebody has to ask for it.
    Asks {
        /// Which version.
        version: Version,
        /// Bytes.
        size: u64,
    },
    /// A new version is here and will be put in place at a quiet hour, or now if somebody says so.
    Ready {
        /// Which version.
        version: Version,
        /// What is new.
        notes: String,
    },
    /// It is in place and runs from the next start on.
    Installed {
        /// Which version.
        version: Version,
    },
    /// It did not come up; the old one is back.
    RolledBack {
        /// Which version.
        version: Version,
    },
}

/// Why a round led to nothing. The version that runs goes on running.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// There is no offer to look at.
    #[error("no offer")]
    Offer(#[from] OfferError),
    /// The offer must not be believed.
    #[error("refused")]
    Refused(#[from] Refused),
    /// The package is not here yet.
    #[error("not fetched")]
    Fetch(#[from] FetchError),
    /// What is remembered cannot be read or written.
    #[error("the folder of updates")]
    Memory(#[from] MemoryError),
    /// A program could not be put in place or be started.
    #[error("the program")]
    Io(#[from] io::Error),
    /// The program does not say its version.
    #[error("the program says {0:?} and no version")]
    NoVersion(String),
}

impl Keeper {
    /// One round: sees what became of the last update, then looks for the next. To be called again and again.
    ///
    /// # Errors
    /// [`KeeperError`]; the next round tries again.
    pub async fn round(&self) -> Result<Standing, KeeperError> {
        let mut memory = Memory::open(&self.folder)?;
        Swap::of(self.program.clone()).mend()?;
        let standing = match self.settle(&mut memory).await? {
            Some(standing) => standing,
            None => self.look(&mut memory).await?,
        };
        self.talk.tell(&standing)?;
        Ok(standing)
    }

    /// What became of an update that is under way; none, if none is.
    async fn settle(&self, memory: &mut Memory) -> Result<Option<Standing>, KeeperError> {
        let Some(version) = memory.pending.as_ref().map(|pending| pending.to) else {
            return Ok(None);
        };
        match verdict(self.talk.started(version)?, self.talk.up(version)?, self.clock.now()) {
            Verdict::Open => match self.installed().await {
                Ok(installed) if installed == version => Ok(Some(Standing::Installed { version })),
                // The power was cut before it was in place.
                Ok(_) => {
                    memory.pending = None;
                    memory.save(&self.folder)?;
                    Ok(None)
                }
                Err(_) => self.take_back(memory, version).map(Some),
            },
            Verdict::Up => {
                memory.came_up(version);
                memory.save(&self.folder)?;
                Ok(None)
            }
            Verdict::Down => self.take_back(memory, version).map(Some),
        }
    }

    fn take_back(&self, memory: &mut Memory, version: Version) -> Result<Standing, KeeperError> {
        Swap::of(self.program.clone()).back()?;
        memory.rolled_back();
        memory.save(&self.folder)?;
        tracing::error!(%version, "a new version did not come up; the old one is back");
        Ok(Standing::RolledBack { version })
    }

    async fn look(&self, memory: &mut Memory) -> Result<Standing, KeeperError> {
        let Some(release) = offer(&self.client, self.app, &self.keys).await? else {
            return Ok(Standing::UpToDate);
        };
        let machine = self.machine(memory).await?;
        let package = match release.decide(&machine, self.clock.now())? {
            Decision::UpToDate => return self.seen(memory, &release, Standing::UpToDate),
            Decision::Later(_) => return self.seen(memory, &release, Standing::Later),
            Decision::FailedHere => {
                return self.seen(memory, &release, Standing::RolledBack { version: release.version });
            }
            Decision::Install(package) => package,
        };
        self.seen(memory, &release, ())?;
        let (version, asked) = (release.version, self.talk.is_asked());
        if self.metered && !asked {
            return Ok(Standing::Asks { version, size: package.size });
        }
        let file = fetch(&self.client, package, &self.folder, |_| ()).await?;
        if !asked && !self.quiet.hold(self.clock.now().local().hour()) {
            return Ok(Standing::Ready { version, notes: release.notes });
        }
        let pending = Pending { to: version, from: machine.version, package: file, since: self.clock.now() };
        self.install(memory, pending).await
    }

    fn seen<T>(&self, memory: &mut Memory, release: &Release, then: T) -> Result<T, KeeperError> {
        memory.saw(release);
        memory.save(&self.folder)?;
        Ok(then)
    }

    async fn machine(&self, memory: &Memory) -> Result<Machine, KeeperError> {
        Ok(Machine {
            id: memory.machine,
            app: self.app,
            system: self.system,
            version: self.installed().await?,
            serial: memory.serial,
            failed: memory.failed,
            site: self.site.clone(),
        })
    }

    /// Puts it in place, and takes it back at once if it cannot even say its version. What was begun is written down
    /// first, so that a power cut at any moment leaves something that the next round understands.
    async fn install(&self, memory: &mut Memory, pending: Pending) -> Result<Standing, KeeperError> {
        let (version, package) = (pending.to, pending.package.clone());
        self.talk.forget(version)?;
        memory.pending = Some(pending);
        memory.save(&self.folder)?;
        if let Err(error) = Swap::of(self.program.clone()).put(&package) {
            memory.pending = None;
            memory.save(&self.folder)?;
            return Err(error.into());
        }
        self.talk.done()?;
        match self.installed().await {
            Ok(installed) if installed == version => {
                tracing::info!(%version, "a new version is in place");
                Ok(Standing::Installed { version })
            }
            other => {
                tracing::error!(%version, ?other, "a new version cannot be started");
                self.take_back(memory, version)
            }
        }
    }

    /// The version of the program that lies there, as it says itself: `counter-app 0.1.0`.
    async fn installed(&self) -> Result<Version, KeeperError> {
        let run = Command::new(&self.program).arg("--version").kill_on_drop(true).output();
        let output = tokio::time::timeout(PROBE, run).await.map_err(io::Error::from)??;
        let said = String::from_utf8_lossy(&output.stdout);
        let version = said.split_whitespace().last().and_then(|word| word.parse().ok());
        version
            .filter(|_| output.status.success())
            .ok_or_else(|| KeeperError::NoVersion(said.trim().to_owned()))
    }
}
