//! What a machine remembers of updates from one start to the next.

use domain::{
    time::Millis,
    update::{Release, Version},
};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Name of the file in the folder of updates.
const FILE: &str = "memory.json";

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// Highest serial believed.
    #[serde(default)]
    pub serial: u64,
    /// A version that did not come up here.
    #[serde(default)]
    pub failed: Option<Version>,
    /// An update under way.
    #[serde(default)]
    pub pending: Option<Pending>,
}

/// An update that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// What is being installed.
    pub to: Version,
    /// What ran before, and is put back if it does not come up.
    pub from: Version,
    /// Its package.
    pub package: PathBuf,
    /// When it was begun.
    pub since: Millis,
}

/// Why nothing is remembered.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// The folder cannot be read or written.
    #[error("the folder of updates")]
    Io(#[from] io::Error),
    /// The file is not what this program writes.
    #[error("{0} cannot be read")]
    Broken(PathBuf),
}

impl Memory {
    /// Reads what is remembered in a folder, and begins to, where there is nothing yet.
    ///
    /// # Errors
    /// [`MemoryError`]. A broken file is not replaced: its serial would be forgotten, and an old release believed.
    pub fn open(folder: &Path) -> Result<Self, MemoryError> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|_| MemoryError::Broken(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::fs::create_dir_all(folder)?;
                let memory = Self::default();
                memory.save(folder)?;
                Ok(memory)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// [`MemoryError::Io`].
    pub fn save(&self, folder: &Path) -> Result<(), MemoryError> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        let new = folder.join(format!("{FILE}.new"));
        let mut file = std::fs::File::create(&new)?;
        file.write_all(&text)?;
        file.sync_all()?;
        std::fs::rename(new, folder.join(FILE))?;
        Ok(())
    }

    /// A genuine release was seen.
    pub fn saw(&mut self, release: &Release) {
        self.serial = self.serial.max(release.serial);
    }

    /// This version has come up: an update to it is done.
    pub fn came_up(&mut self, version: Version) {
        if self.pending.as_ref().is_some_and(|pending| pending.to == version) {
            self.pending = None;
            self.failed = None;
        }
    }

    /// The update under way did not come up and was rolled back; its version is not tried again.
    pub fn rolled_back(&mut self) {
        self.failed = self.pending.take().map(|pending| pending.to).or(self.failed);
    }
}
