//! What app and keeper tell each other: small files in a folder that both may write. Nothing in it is trusted with more
//! than it says; the worst that a wrong file can do is a restart at a bad time or a version taken back.

use domain::{
    time::Millis,
    update::{Standing, Version},
};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

/// How often the app looks what the keeper says.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// The folder.
#[derive(Clone, Debug)]
pub struct Talk {
    folder: PathBuf,
}

impl Talk {
    /// In this folder; it is made if it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// The keeper: whoever uses this machine may say things here. Windows lets everybody add files to folders of the
    /// whole machine; on Linux that has to be said, as for `/tmp`.
    pub(super) fn open_to_all(&self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o1777))?;
        }
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The app: this version is starting.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn say_started(&self, version: Version, now: Millis) -> io::Result<()> {
        // The first start counts: a program that dies at every start shall not stay for ever.
        if self.started(version)?.is_some() {
            Ok(())
        } else {
            self.put(&format!("started-{version}"), &now.0.to_string())
        }
    }

    /// The app: this version has come up, its first screen can be used.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn say_up(&self, version: Version, now: Millis) -> io::Result<()> {
        self.put(&format!("up-{version}"), &now.0.to_string())
    }

    /// The app: somebody wants the new version now.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn ask(&self) -> io::Result<()> {
        self.put("now", "")
    }

    /// The app: how the machine stands, as the keeper told last.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        serde_json::from_slice(&fs::read(self.folder.join("standing.json")).ok()?).ok()
    }

    /// The app: calls `tell` with how the machine stands, now and whenever that changes, for ever.
    pub async fn watch(&self, tell: impl Fn(Standing)) {
        let mut known = None;
        loop {
            let standing = self.standing();
            if standing != known
                && let Some(standing) = standing.clone()
            {
                tell(standing);
            }
            known = standing;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    pub(super) fn started(&self, version: Version) -> io::Result<Option<Millis>> {
        self.time(&format!("started-{version}"))
    }

    pub(super) fn up(&self, version: Version) -> io::Result<Option<Millis>> {
        self.time(&format!("up-{version}"))
    }

    pub(super) fn is_asked(&self) -> bool {
        self.folder.join("now").exists()
    }

    pub(super) fn done(&self) -> io::Result<()> {
        self.remove("now")
    }

    /// What an earlier try of this version said no longer counts.
    pub(super) fn forget(&self, version: Version) -> io::Result<()> {
        self.remove(&format!("started-{version}"))?;
        self.remove(&format!("up-{version}"))
    }

    pub(super) fn tell(&self, standing: &Standing) -> io::Result<()> {
        self.put("standing.json", &serde_json::to_string(standing)?)
    }

    fn time(&self, name: &str) -> io::Result<Option<Millis>> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(text.trim().parse().ok().map(Millis)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let new = self.folder.join(format!("{name}.new"));
        let mut file = fs::File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(new, self.folder.join(name))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
