//! `server backup` and `server restore`.

use crate::{
    store::Db,
    upkeep::backup::{self, BackupError},
};
use std::{io::Write, path::Path};

pub(super) async fn backup(db: &Db, file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let report = backup::backup(db, file).await.map_err(said)?;
    writeln!(out, "{}", report.written())?;
    Ok(())
}

pub(super) async fn restore(db: &Db, file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let report = backup::restore(db, file).await.map_err(said)?;
    writeln!(out, "{}", report.restored())?;
    db.close().await;
    Ok(())
}

/// The words for people first, then the causes.
fn said(error: BackupError) -> anyhow::Error {
    let said = error.message();
    anyhow::Error::new(error).context(said)
}
