//! Which version of an app a machine should run: releases, their roll-out by site, and what a machine refuses.
//!
//! A release is signed as a whole by whoever builds the product; the province's server only hands it on. So a machine
//! trusts neither the server nor the line, and these rules decide what a release that is genuine may still not do:
//! bring an older version, come a second time, come too late, or come to a site whose turn it is not.

use crate::{
    ids::MachineId,
    time::{MINUTE, Millis},
    unit::UnitCode,
};
use serde::{Deserialize, Serialize};

/// A version of the product: `1.4.0`. All apps carry the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Version {
    /// Changes that need people to learn something.
    pub major: u32,
    /// New abilities.
    pub minor: u32,
    /// Corrections.
    pub patch: u32,
}

/// A version that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version: {0:?} (say 1.4.0)")]
pub struct NotAVersion(String);

impl std::str::FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let wrong = || NotAVersion(text.to_owned());
        let mut parts = text.split('.').map(|part| {
            // `+1` and `01` are numbers to Rust, not to a version.
            let plain =
                part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            part.parse::<u32>().ok().filter(|_| plain).ok_or_else(wrong)
        });
        let mut next = || parts.next().unwrap_or_else(|| Err(wrong()));
        let version = Self { major: next()?, minor: next()?, patch: next()? };
        if parts.next().is_some() { Err(wrong()) } else { Ok(version) }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for Version {
    type Error = NotAVersion;

    fn try_from(text: String) -> Result<Self, NotAVersion> {
        text.parse()
    }
}

/// An app that is installed on machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppKind {
    /// The app of counters and divisions.
    Counter,
    /// The kiosk.
    Kiosk,
    /// The server.
    Server,
}

impl AppKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Counter, Self::Kiosk, Self::Server];

    /// Its name in files and addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Kiosk => "kiosk",
            Self::Server => "server",
        }
    }

    /// Its program's name: `counter-app`.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::Counter => "counter-app",
            Self::Kiosk => "kiosk-app",
            Self::Server => "server",
        }
    }
}

/// What a package is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Windows on x86-64.
    Windows,
    /// Linux on x86-64.
    Linux,
}

/// The program of a release, packed with gzip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// What it is made for.
    pub system: System,
    /// Its name, without a folder.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// From when on, for whom: a release goes to a few first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// From when on.
    pub from: Millis,
    /// At which sites; all of them, if none is named.
    #[serde(default)]
    pub sites: Vec<UnitCode>,
    /// For how many in a hundred of their machines.
    pub percent: u8,
}

/// A version offered to machines. Everything in it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Which app.
    pub app: AppKind,
    /// Its new version.
    pub version: Version,
    /// Goes up with every release that is signed, also of the same version; an older one that comes again is refused.
    pub serial: u64,
    /// When it was signed.
    pub issued_at: Millis,
    /// Until when it may be believed: whoever holds machines back with an old release cannot do so for long.
    pub expires_at: Millis,
    /// One package for each system.
    pub packages: Vec<Package>,
    /// Who gets it when; nobody, if there is none.
    pub stages: Vec<Stage>,
    /// What is new, in Vietnamese, for those who use it.
    #[serde(default)]
    pub notes: String,
}

/// A machine that asks what to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Its id, made once.
    pub id: MachineId,
    /// The app.
    pub app: AppKind,
    /// Its system.
    pub system: System,
    /// The version that runs.
    pub version: Version,
    /// Highest serial that it has believed so far.
    pub serial: u64,
    /// A version that did not come up and was rolled back.
    pub failed: Option<Version>,
    /// Its site.
    pub site: Option<UnitCode>,
}

/// What a machine should do about a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// It runs this version already.
    UpToDate,
    /// Its turn has not come; when it will, if that is known.
    Later(Option<Millis>),
    /// This version did not come up here before; somebody has to look first.
    FailedHere,
    /// Fetch and install this.
    Install(&'a Package),
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
    /// A newer version is being fetched.
    Fetching {
        /// Which version.
        version: Version,
        /// Bytes that are here.
        here: u64,
        /// Bytes in all.
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
    /// The last look led to nothing; what runs goes on running, and the next look tries again.
    Trouble {
        /// Of which kind.
        what: Trouble,
        /// For IT.
        detail: String,
    },
}

/// Why looking for a new version led to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The server does not answer.
    Server,
    /// What it offers was not signed by whoever builds the product, or was changed on the way.
    NotGenuine,
    /// It offers what must not be taken: an older version, one that was replaced, one that has expired.
    Refused,
    /// The disk has not enough room.
    NoRoom,
    /// The folder or the program cannot be written.
    Folder,
}

impl Trouble {
    /// Its name in the word files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::NotGenuine => "not_genuine",
            Self::Refused => "refused",
            Self::NoRoom => "no_room",
            Self::Folder => "folder",
        }
    }
}

/// Why a release is not believed, though its signature is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is another app's.
    #[error("made for another app")]
    OtherApp,
    /// It was offered before a newer one.
    #[error("release {offered} was replaced by {seen} before")]
    Replayed {
        /// Its serial.
        offered: u64,
        /// The highest seen.
        seen: u64,
    },
    /// It is no longer to be believed.
    #[error("expired")]
    Expired,
    /// It would bring an older version.
    #[error("{offered} is older than {running}")]
    Downgrade {
        /// Its version.
        offered: Version,
        /// What runs.
        running: Version,
    },
    /// It has nothing for this system.
    #[error("nothing for this system")]
    NoPackage,
    /// Its package has a name that is no plain file name.
    #[error("a package with a strange name")]
    BadName,
}

impl Release {
    /// What a machine should do about it now.
    ///
    /// # Errors
    /// [`Refused`] when it must not be believed.
    pub fn decide(&self, machine: &Machine, now: Millis) -> Result<Decision<'_>, Refused> {
        if self.app != machine.app {
            return Err(Refused::OtherApp);
        }
        if self.serial < machine.serial {
            return Err(Refused::Replayed { offered: self.serial, seen: machine.serial });
        }
        if now >= self.expires_at {
            return Err(Refused::Expired);
        }
        if self.version < machine.version {
            return Err(Refused::Downgrade { offered: self.version, running: machine.version });
        }
        if self.version == machine.version {
            return Ok(Decision::UpToDate);
        }
        let package = self.packages.iter().find(|package| package.system == machine.system);
        let package = package.ok_or(Refused::NoPackage)?;
        if !is_plain(&package.file) {
            return Err(Refused::BadName);
        }
        if machine.failed == Some(self.version) {
            return Ok(Decision::FailedHere);
        }
        match self.turn_of(machine) {
            Some(from) if from <= now => Ok(Decision::Install(package)),
            other => Ok(Decision::Later(other)),
        }
    }

    /// When a machine's turn begins; none while it has none.
    fn turn_of(&self, machine: &Machine) -> Option<Millis> {
        let lot = lot(machine.id, self.version);
        let for_it = |stage: &&Stage| {
            let here = stage.sites.is_empty()
                || machine.site.as_ref().is_some_and(|site| stage.sites.contains(site));
            here && lot < stage.percent
        };
        self.stages.iter().filter(for_it).map(|stage| stage.from).min()
    }
}

/// The hours in which a machine may restart by itself, by its own clock; over midnight when `from` is after `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// First hour, 0 to 23.
    pub from: i8,
    /// First hour that is no longer quiet.
    pub to: i8,
}

impl QuietHours {
    /// Whether an hour is one of them.
    #[must_use]
    pub fn hold(self, hour: i8) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&hour)
        } else {
            hour >= self.from || hour < self.to
        }
    }
}

/// How long a new version may take from its start to its first usable screen.
pub const COMES_UP_WITHIN: i64 = 3 * MINUTE;

/// What became of a new version, as far as one can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has started it yet, or it is still starting.
    Open,
    /// It came up.
    Up,
    /// It was started and did not come up in time.
    Down,
}

/// What became of a version that was installed: `started` and `up` are when it last said so of itself, none before it
/// did.
#[must_use]
pub fn verdict(started: Option<Millis>, up: Option<Millis>, now: Millis) -> Verdict {
    match (started, up) {
        (_, Some(_)) => Verdict::Up,
        (Some(started), None) if now.0 - started.0 > COMES_UP_WITHIN => Verdict::Down,
        (_, None) => Verdict::Open,
    }
}

/// A machine's place among a hundred, another one for each version, so that it is not always the same who go first.
fn lot(machine: MachineId, version: Version) -> u8 {
    let text = version.to_string();
    // FNV-1a: the same on every machine and in every version of this program.
    let hash =
        machine.0.as_bytes().iter().chain(text.as_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    // The low bits of the product depend on the low bits of the input only.
    u8::try_from((hash >> 32) % 100).unwrap_or(0)
}

/// Whether a name stays in the folder that it is put in.
fn is_plain(file: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    !file.is_empty() && file.len() <= 120 && !file.starts_with('.') && file.chars().all(good)
}

#[cfg(test)]
mod tests;
