//! Keeps the program of one machine up to date: looks, fetches, waits for a quiet hour or for somebody's word, puts the
//! new program in place, and takes it back if it does not come up. It runs with the right to write the program's
//! folder; the app itself runs without.

use super::{FetchError, Memory, MemoryError, OfferError, Pending, Swap, Talk, fetch, offer};
use crate::Client;
use domain::{
    ids::MachineId,
    time::Clock,
    unit::UnitCode,
    update::{
        AppKind, Decision, Machine, QuietHours, Refused, Release, Standing, System, Trouble, Verdict,
        Version, verdict,
    },
};
use ed25519_dalek::VerifyingKey;
use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
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
    /// The machine's id.
    pub machine: MachineId,
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

impl KeeperError {
    /// What people are told.
    fn standing(&self) -> Standing {
        let what = match self {
            Self::Offer(OfferError::Client(_))
            | Self::Fetch(FetchError::Client(_) | FetchError::Strange(_)) => Trouble::Server,
            Self::Offer(OfferError::NotBelieved(_)) | Self::Fetch(FetchError::Tampered) => {
                Trouble::NotGenuine
            }
            Self::Refused(_) => Trouble::Refused,
            Self::Fetch(FetchError::NoRoom { .. }) => Trouble::NoRoom,
            Self::Fetch(FetchError::Io(_)) | Self::Memory(_) | Self::Io(_) | Self::NoVersion(_) => {
                Trouble::Folder
            }
        };
        Standing::Trouble { what, detail: chain(self) }
    }
}

/// An error with everything behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl Keeper {
    /// One round: sees what became of the last update, then looks for the next. To be called again and again.
    ///
    /// # Errors
    /// [`KeeperError`]; the next round tries again.
    pub async fn round(&self) -> Result<Standing, KeeperError> {
        let outcome = self.settle_or_look().await;
        let told = match &outcome {
            Ok(standing) => self.talk.tell(standing),
            Err(error) => self.talk.tell(&error.standing()),
        };
        let standing = outcome?;
        told?;
        Ok(standing)
    }

    async fn settle_or_look(&self) -> Result<Standing, KeeperError> {
        let mut memory = Memory::open(&self.folder)?;
        Swap::of(self.program.clone()).mend()?;
        match self.settle(&mut memory).await? {
            Some(standing) => Ok(standing),
            None => self.look(&mut memory).await,
        }
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
        let file = fetch(&self.client, package, &self.folder, self.progress(version, package.size)).await?;
        if !asked && !self.quiet.hold(self.clock.now().local().hour()) {
            return Ok(Standing::Ready { version, notes: release.notes });
        }
        let pending = Pending { to: version, from: machine.version, package: file, since: self.clock.now() };
        self.install(memory, pending).await
    }

    /// Tells how far fetching is, a hundred times at most.
    fn progress(&self, version: Version, size: u64) -> impl Fn(u64) + Send {
        let (talk, told) = (self.talk.clone(), AtomicU64::new(0));
        move |here| {
            let percent = here.saturating_mul(100).checked_div(size).unwrap_or(100);
            if told.swap(percent, Ordering::Relaxed) != percent
                && let Err(error) = talk.tell(&Standing::Fetching { version, here, size })
            {
                tracing::warn!(%error, "nobody sees how far fetching is");
            }
        }
    }

    fn seen<T>(&self, memory: &mut Memory, release: &Release, then: T) -> Result<T, KeeperError> {
        memory.saw(release);
        memory.save(&self.folder)?;
        Ok(then)
    }

    async fn machine(&self, memory: &Memory) -> Result<Machine, KeeperError> {
        Ok(Machine {
            id: self.machine,
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
