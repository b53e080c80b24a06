//! Checksums of everything that is handed out.

use anyhow::Context as _;
use std::{fs, path::Path};

/// The file that `sha256sum -c` reads.
pub(crate) const FILE: &str = "SHA256SUMS";

/// SHA-256 of a file, hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn sha256(file: &Path) -> anyhow::Result<String> {
    Ok(client::sha256_hex(&fs::read(file).with_context(|| file.display().to_string())?))
}

/// Writes the checksums of all files of a folder into it.
///
/// # Errors
/// When the folder cannot be read or written.
pub(crate) fn write(folder: &Path) -> anyhow::Result<()> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file name that is no text")?;
        if entry.file_type()?.is_file() && name != FILE {
            names.push(name);
        }
    }
    names.sort();
    let mut text = String::new();
    for name in names {
        text.push_str(&format!("{}  {name}\n", sha256(&folder.join(&name))?));
    }
    Ok(fs::write(folder.join(FILE), text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn sha256sum_agrees_and_notices_a_change() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.msi"), "một").unwrap();
        fs::write(folder.path().join("b.deb"), "hai").unwrap();
        write(folder.path()).unwrap();
        let check = || {
            let mut check = Command::new("sha256sum");
            check.args(["--check", "--strict", "--quiet", FILE]).current_dir(folder.path());
            check.output().unwrap().status.success()
        };
        assert!(check());
        fs::write(folder.path().join("b.deb"), "ba").unwrap();
        assert!(!check());
    }
}
