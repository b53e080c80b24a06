//! A keeper at work: round after round, as long as the machine is on.

use super::{Keeper, Talk, pinned_keys};
use crate::{Client, Identity, SystemClock};
use domain::{
    time::MINUTE,
    unit::UnitCode,
    update::{AppKind, QuietHours, Standing, System},
};
use machine::{logs, places::Places, service::Told};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::time::Instant;

/// How often a new version is looked for.
const LOOK_EVERY: i64 = 30 * MINUTE;
/// How often it is looked whether a version just installed has come up.
const SETTLE_EVERY: i64 = MINUTE / 6;
/// How soon it is tried again for somebody who cannot wait.
const TRY_AGAIN: i64 = MINUTE / 2;
/// How often it is looked whether somebody cannot wait.
const ASKED_EVERY: Duration = Duration::from_secs(2);

/// What keeps an app of this machine up to date, as it is configured.
#[derive(Clone, Debug)]
pub struct Post {
    /// Which app: the program that runs this.
    pub app: AppKind,
    /// Address of the province's server.
    pub server: String,
    /// The site of the machine.
    pub site: Option<UnitCode>,
    /// When it may install unasked.
    pub quiet: QuietHours,
    /// Whether the line costs by the byte.
    pub metered: bool,
}

impl Post {
    /// Its name as a service of Windows.
    #[must_use]
    pub fn service(&self) -> &'static str {
        match self.app {
            AppKind::Counter => "MotCuaCounterKeeper",
            AppKind::Kiosk => "MotCuaKioskKeeper",
            AppKind::Server => "MotCuaServerKeeper",
        }
    }

    /// Keeps the app up to date until the system says stop; under the service manager of Windows if it is a service.
    /// Says whether it ended well.
    #[must_use]
    pub fn run(self, as_service: bool) -> bool {
        let folder = Places::here().machine_data(self.app).join("logs");
        let to = match logs::To::whoever_reads(&folder) {
            logs::To::Folder(folder) => logs::To::Service(folder),
            console => console,
        };
        logs::start(self.app, "info", false, &to);
        let name = self.service();
        let work = move |told: Told| match self.keep(&told) {
            Ok(()) => true,
            Err(error) => {
                tracing::error!("nothing keeps this machine up to date: {error:#}");
                false
            }
        };
        if as_service { serve(name, work) } else { work(Told::by_signals()) }
    }

    fn keep(self, told: &Told) -> Result<(), KeepError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let keeper = self.keeper();
        runtime.block_on(async {
            told.ready();
            let keeper = match keeper {
                // A build without keys updates itself never; that is no fault, and nothing to start again for.
                Ok(None) => {
                    tracing::info!("this build believes nobody's releases: no key was pinned");
                    told.stop().await;
                    return Ok(());
                }
                Ok(Some(keeper)) => keeper,
                Err(error) => return Err(error),
            };
            tokio::select! {
                () = rounds(&keeper) => {}
                // Wherever a round is cut, the next start understands what it finds, as after a power cut.
                () = told.stop() => {}
            }
            Ok(())
        })
    }

    fn keeper(self) -> Result<Option<Keeper>, KeepError> {
        let (places, keys) = (Places::here(), pinned_keys());
        // The app talks with its keeper also where there is nothing to believe.
        let talk = Talk::in_folder(places.machine_talk(self.app))?;
        talk.open_to_all()?;
        let machine = Identity::of(talk.folder())?.machine;
        if keys.is_empty() {
            return Ok(None);
        }
        Ok(Some(Keeper {
            client: Client::new(&self.server)?,
            app: self.app,
            system: if cfg!(windows) { System::Windows } else { System::Linux },
            program: program()?,
            folder: places.machine_data(self.app).join("updates"),
            talk,
            machine,
            site: self.site,
            keys,
            quiet: self.quiet,
            metered: self.metered,
            clock: Arc::new(SystemClock),
        }))
    }
}

/// The program's own place, whatever link it was started through.
fn program() -> std::io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    // Windows' long form of a path would be shown to people.
    if cfg!(windows) { Ok(program) } else { program.canonicalize() }
}

#[cfg(windows)]
fn serve(name: &'static str, work: impl FnOnce(Told) -> bool + Send + 'static) -> bool {
    machine::service::run(name, work).unwrap_or_else(|error| {
        tracing::error!(%error, "not started as a service");
        false
    })
}

#[cfg(not(windows))]
fn serve(_name: &'static str, work: impl FnOnce(Told) -> bool) -> bool {
    work(Told::by_signals())
}

/// Why nothing can be kept up to date.
#[derive(Debug, thiserror::Error)]
enum KeepError {
    #[error("its folders")]
    Io(#[from] std::io::Error),
    #[error("the server's address")]
    Server(#[from] crate::ClientError),
}

/// Round after round, for ever. One that fails is tried again; what runs goes on running meanwhile.
async fn rounds(keeper: &Keeper) {
    loop {
        let wait = match keeper.round().await {
            Ok(Standing::Installed { .. }) => SETTLE_EVERY,
            Ok(_) => LOOK_EVERY + keeper.jitter(),
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::warn!(%error, cause, "looking for a new version led to nothing");
                LOOK_EVERY + keeper.jitter()
            }
        };
        // What was asked for and could not be done waits a little; what is asked for now does not.
        let asked = keeper.talk.is_asked();
        let wait = if asked { wait.min(TRY_AGAIN) } else { wait };
        let until = Instant::now() + Duration::from_millis(wait.unsigned_abs());
        while Instant::now() < until && (asked || !keeper.talk.is_asked()) {
            tokio::time::sleep(ASKED_EVERY).await;
        }
    }
}

impl Keeper {
    /// Up to five minutes more, another amount for each machine: not all of a province ask at the same moment.
    fn jitter(&self) -> i64 {
        let [.., low] = self.machine.0.as_bytes();
        i64::from(*low) * 5 * MINUTE / 256
    }
}
