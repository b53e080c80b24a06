//! Putting a new program in the place of the one that runs, and the old one back.

use flate2::read::GzDecoder;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Where a program lies. A program that runs may be renamed on every system, but not overwritten on Windows: so the
/// old one steps aside under another name, and stays there until the next update.
#[derive(Clone, Debug)]
pub struct Swap {
    program: PathBuf,
}

impl Swap {
    /// Of the program at this path.
    #[must_use]
    pub fn of(program: PathBuf) -> Self {
        Self { program }
    }

    /// Puts what a package holds (the program, packed with gzip) in its place.
    ///
    /// # Errors
    /// When the package cannot be unpacked or the folder not be written; the old program is in its place then.
    pub fn put(&self, package: &Path) -> io::Result<()> {
        self.mend()?;
        let new = self.beside("new");
        unpack(package, &new)?;
        if self.program.exists() {
            fs::set_permissions(&new, fs::metadata(&self.program)?.permissions())?;
            fs::rename(&self.program, self.beside("previous"))?;
        }
        fs::rename(&new, &self.program).or_else(|error| {
            self.mend()?;
            Err(error)
        })
    }

    /// Puts the previous program back; the one that did not come up is thrown away.
    ///
    /// # Errors
    /// When there is none, or the folder cannot be written.
    pub fn back(&self) -> io::Result<()> {
        self.mend()?;
        let (previous, aside) = (self.beside("previous"), self.beside("failed"));
        if !previous.exists() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "there is no previous program"));
        }
        fs::rename(&self.program, &aside)?;
        fs::rename(&previous, &self.program).or_else(|error| {
            fs::rename(&aside, &self.program)?;
            Err(error)
        })?;
        // On Windows it may still be running; the next update takes it away.
        drop(fs::remove_file(aside));
        Ok(())
    }

    /// After a power cut between two renames: whatever else is there, a program is in its place.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn mend(&self) -> io::Result<()> {
        let candidates = [self.beside("previous"), self.beside("failed")];
        match candidates.iter().find(|path| path.exists()) {
            Some(other) if !self.program.exists() => fs::rename(other, &self.program),
            _ => Ok(()),
        }
    }

    fn beside(&self, what: &str) -> PathBuf {
        let mut name = self.program.as_os_str().to_owned();
        name.push(format!(".{what}"));
        name.into()
    }
}

fn unpack(package: &Path, to: &Path) -> io::Result<()> {
    let mut file = File::create(to)?;
    io::copy(&mut GzDecoder::new(File::open(package)?), &mut file)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write as _;

    fn packed(folder: &Path, content: &str) -> PathBuf {
        let path = folder.join("package.gz");
        let mut packer = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
        packer.write_all(content.as_bytes()).unwrap();
        packer.finish().unwrap();
        path
    }

    #[test]
    fn there_and_back() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("counter-app.exe");
        fs::write(&program, "one").unwrap();
        let swap = Swap::of(program.clone());
        let now = || fs::read_to_string(&program).unwrap();
        for (content, after) in [("two", "two"), ("three", "three")] {
            swap.put(&packed(folder.path(), content)).unwrap();
            assert_eq!(now(), after);
        }
        swap.back().unwrap();
        assert_eq!(now(), "two");
        assert!(swap.back().is_err(), "one step only");
        assert_eq!(now(), "two");
    }

    #[test]
    fn a_torn_package_leaves_the_program_alone() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("kiosk-app");
        fs::write(&program, "one").unwrap();
        let package = packed(folder.path(), &"two".repeat(10_000));
        let whole = fs::read(&package).unwrap();
        for length in [0, 5, whole.len() / 2, whole.len() - 1] {
            fs::write(&package, &whole[..length]).unwrap();
            assert!(Swap::of(program.clone()).put(&package).is_err(), "{length} bytes");
            assert_eq!(fs::read_to_string(&program).unwrap(), "one");
        }
    }

    #[test]
    fn a_power_cut_between_two_renames_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("kiosk-app");
        let swap = Swap::of(program.clone());
        for left in ["previous", "failed"] {
            fs::write(swap.beside(left), "one").unwrap();
            swap.mend().unwrap();
            assert_eq!(fs::read_to_string(&program).unwrap(), "one");
            fs::remove_file(&program).unwrap();
        }
    }
}
