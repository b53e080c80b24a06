//! Secrets kept by the system instead of the configuration: on Windows sealed for this machine, on Linux a credential
//! that systemd hands over, or a file that only the service may read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The password of the server's database.
pub const DATABASE_PASSWORD: &str = "database-password";

/// The secrets of an app.
#[derive(Clone, Debug)]
pub struct Secrets {
    folder: PathBuf,
    credentials: Option<PathBuf>,
}

impl Secrets {
    /// Those of the app whose data lie here.
    #[must_use]
    pub fn beside(data: &Path) -> Self {
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        Self { folder: data.join("secrets"), credentials }
    }

    /// The secret of this name, if it is kept. What systemd hands over wins.
    ///
    /// # Errors
    /// When it is there but cannot be read.
    pub fn get(&self, name: &str) -> io::Result<Option<String>> {
        if let Some(folder) = &self.credentials
            && let Some(text) = found(fs::read(folder.join(name)))?
        {
            return text_of(text).map(Some);
        }
        match found(fs::read(self.path(name)))? {
            Some(sealed) => text_of(open(&sealed)?).map(Some),
            None => Ok(None),
        }
    }

    /// Keeps a secret; the one before is forgotten.
    ///
    /// # Errors
    /// When it cannot be kept; the one before is then as it was.
    pub fn set(&self, name: &str, secret: &str) -> io::Result<PathBuf> {
        let path = self.path(name);
        keep(&self.folder, &path, secret)?;
        Ok(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn found(read: io::Result<Vec<u8>>) -> io::Result<Option<Vec<u8>>> {
    match read {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A secret without the line's end that an editor or `echo` leaves.
fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(windows)]
fn open(sealed: &[u8]) -> io::Result<Vec<u8>> {
    crate::windows::unseal(sealed)
}

#[cfg(windows)]
fn keep(_folder: &Path, path: &Path, secret: &str) -> io::Result<()> {
    crate::files::replace(path, &crate::windows::seal(secret.as_bytes())?)
}

#[cfg(not(windows))]
fn open(sealed: &[u8]) -> io::Result<Vec<u8>> {
    Ok(sealed.to_vec())
}

/// The file and its folder belong to whoever owns the data: the service, even when root sets the secret.
#[cfg(not(windows))]
fn keep(folder: &Path, path: &Path, secret: &str) -> io::Result<()> {
    use std::{
        io::Write as _,
        os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, chown},
    };
    let data = folder.parent().unwrap_or(folder);
    fs::create_dir_all(data)?;
    let owner = fs::metadata(data)?;
    if !folder.exists() {
        fs::DirBuilder::new().mode(0o700).create(folder)?;
    }
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    let written = file
        .write_all(secret.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| chown(folder, Some(owner.uid()), Some(owner.gid())))
        .and_then(|()| chown(&new, Some(owner.uid()), Some(owner.gid())))
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // Half a secret must not stay.
        drop(fs::remove_file(&new));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_and_changed() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Secrets { folder: dir.path().join("secrets"), credentials: None };
        assert_eq!(secrets.get(DATABASE_PASSWORD).unwrap(), None);
        secrets.set(DATABASE_PASSWORD, "bí mật").unwrap();
        secrets.set(DATABASE_PASSWORD, "bí mật hơn").unwrap();
        assert_eq!(secrets.get(DATABASE_PASSWORD).unwrap().as_deref(), Some("bí mật hơn"));
        assert_eq!(fs::read_dir(dir.path().join("secrets")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let secrets = Secrets { folder: dir.path().join("secrets"), credentials: None };
        let path = secrets.set(DATABASE_PASSWORD, "x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&dir.path().join("secrets"))), (0o600, 0o700));
    }

    #[test]
    fn what_systemd_hands_over_wins() {
        let dir = tempfile::tempdir().unwrap();
        let handed = dir.path().join("credentials");
        fs::create_dir(&handed).unwrap();
        fs::write(handed.join(DATABASE_PASSWORD), "from systemd\n").unwrap();
        let secrets = Secrets { folder: dir.path().join("secrets"), credentials: Some(handed) };
        secrets.set(DATABASE_PASSWORD, "from the file").unwrap();
        assert_eq!(secrets.get(DATABASE_PASSWORD).unwrap().as_deref(), Some("from systemd"));
    }
}
