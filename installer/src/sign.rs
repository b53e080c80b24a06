//! Signatures by which Windows tells who made a program or a package.

use crate::tool;
use anyhow::Context as _;
use clap::Args;
use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
};

/// With what to sign; without a certificate nothing is signed.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Signer {
    /// Certificate chain (PEM) that vouches for the key.
    #[arg(long, env = "MOTCUA_SIGN_CERT", requires = "sign_key")]
    sign_cert: Option<PathBuf>,
    /// Private key (PEM).
    #[arg(long, env = "MOTCUA_SIGN_KEY", requires = "sign_cert")]
    sign_key: Option<PathBuf>,
    /// Address of a time-stamping service, so that a signature outlives its certificate.
    #[arg(long, env = "MOTCUA_SIGN_TIMESTAMP", requires = "sign_cert")]
    sign_timestamp: Option<String>,
}

/// Flags of `sign`.
#[derive(Debug, Args)]
pub(crate) struct SignFiles {
    #[command(flatten)]
    signer: Signer,
    /// Programs, MSI packages and set-ups.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl SignFiles {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        self.files.iter().try_for_each(|file| self.signer.sign(file, out))
    }
}

impl Signer {
    /// Signs a file in place, or says that it stays unsigned.
    ///
    /// # Errors
    /// When certificate, key or file are not what they should be; the file is then as it was.
    pub(crate) fn sign(&self, file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
        let (Some(certificate), Some(key)) = (&self.sign_cert, &self.sign_key) else {
            return Ok(writeln!(out, "not signed (no --sign-cert): {}", file.display())?);
        };
        let signed = beside(file);
        let mut arguments: Vec<OsString> = ["sign", "-h", "sha256", "-certs"].map(Into::into).into();
        let product = i18n::t("installer.product").into_owned();
        arguments.extend([certificate.into(), "-key".into(), key.into(), "-n".into(), product.into()]);
        if let Some(address) = &self.sign_timestamp {
            arguments.extend(["-ts".into(), address.into()]);
        }
        arguments.extend(["-in".into(), file.into(), "-out".into(), signed.clone().into()]);
        tool::run("osslsigncode", arguments).with_context(|| format!("signing {}", file.display()))?;
        std::fs::rename(&signed, file)?;
        Ok(writeln!(out, "signed: {}", file.display())?)
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".signed");
    name.into()
}
