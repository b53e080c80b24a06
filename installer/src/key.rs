//! The pair of keys with which releases are signed: the private one stays with whoever builds the product, the public
//! one is built into the apps.

use anyhow::Context as _;
use clap::Args;
use ed25519_dalek::SigningKey;
use rand::Rng as _;
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Flags of `key`.
#[derive(Debug, Args)]
pub(crate) struct MakeKey {
    /// The file of the private key; it must not be there yet.
    #[arg(long)]
    out: PathBuf,
}

impl MakeKey {
    /// Writes the private key and says the public one.
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut seed = [0; 32];
        rand::rng().fill(&mut seed);
        let key = SigningKey::from_bytes(&seed);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&self.out)
            .with_context(|| self.out.display().to_string())?;
        writeln!(file, "{}", hex::encode(seed))?;
        writeln!(out, "{}", hex::encode(key.verifying_key().to_bytes()))?;
        Ok(())
    }
}

/// Reads the private key.
///
/// # Errors
/// When the file cannot be read or holds no key.
pub(crate) fn read(file: &Path) -> anyhow::Result<SigningKey> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut seed = [0; 32];
    hex::decode_to_slice(text.trim(), &mut seed)
        .with_context(|| format!("{} holds no key", file.display()))?;
    Ok(SigningKey::from_bytes(&seed))
}
