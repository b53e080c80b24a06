//! Files that are whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

/// Puts a file in the place of the one at `path`, flushed to the disk; whoever reads sees the old or the new one. Its
/// permissions stay; the folder is made if it is missing.
///
/// # Errors
/// When it cannot be written; the old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Two installers at once must not write into the same new file.
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let written = write(&new, bytes, fs::metadata(path).ok().map(|old| old.permissions()))
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // What is left of it is of no use; the first error is the one to tell.
        drop(fs::remove_file(&new));
    }
    written
}

fn write(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions.filter(|permissions| !permissions.readonly()) {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Một Cửa").join("counter.toml");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("folder");
        fs::create_dir_all(taken.join("full")).unwrap();
        assert!(replace(&taken, b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
