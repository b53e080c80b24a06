//! Who this machine is to the server: an id and a secret, made at its first start and kept.

use domain::ids::MachineId;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};
use uuid::Uuid;

/// Name of the file.
const FILE: &str = "identity.json";

/// A machine's id, and the secret by which the server knows its later reports from another's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The id.
    pub machine: MachineId,
    /// The secret: 64 hexadecimal digits.
    pub key: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("machine", &self.machine).finish_non_exhaustive()
    }
}

impl Identity {
    /// The identity kept in a folder; a new one where there is none. Two programs that begin at once agree on one.
    ///
    /// # Errors
    /// When the folder cannot be read or written, or holds something else.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        if let Some(known) = read(&path)? {
            return Ok(known);
        }
        fs::create_dir_all(folder)?;
        let key = [Uuid::new_v4(), Uuid::new_v4()].map(|part| part.simple().to_string()).concat();
        let identity = Self { machine: MachineId::new(), key };
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec_pretty(&identity)?)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(&path) {
            Ok(_) => Ok(identity),
            // Somebody else was first.
            Err(error) => read(&path)?.ok_or(error.error),
        }
    }
}

fn read(path: &Path) -> io::Result<Option<Identity>> {
    match fs::read(path) {
        Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_stays_who_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("talk");
        let first = Identity::of(&folder).unwrap();
        assert_eq!(Identity::of(&folder).unwrap(), first);
        assert_eq!(first.key.len(), 64);
        assert!(!format!("{first:?}").contains(&first.key));
        fs::write(folder.join(FILE), "{").unwrap();
        assert!(Identity::of(&folder).is_err(), "a torn file is not replaced by somebody else's identity");
    }
}
