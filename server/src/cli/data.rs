//! Commands that work on all data: packs and checks.

use crate::{app::load, pack::Pack, store::Db, upkeep::check};
use anyhow::bail;
use std::io::Write;

pub(super) async fn load_pack(db: &Db, code: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let pack = Pack::read(code)?;
    let changed = load::load(db, &pack).await?;
    let text = |n: usize| n.to_string();
    let said = i18n::with(
        "server.cli.pack_loaded",
        &[
            ("pack", code),
            ("units", &text(changed.units)),
            ("counters", &text(changed.counters)),
            ("fields", &text(changed.fields)),
            ("procedures", &text(changed.procedures)),
            ("holidays", &text(changed.holidays)),
        ],
    );
    writeln!(out, "{said}")?;
    Ok(())
}

pub(super) async fn fsck(db: &Db, out: &mut dyn Write) -> anyhow::Result<()> {
    report(check::fsck(db).await?, out)
}

pub(super) async fn verify(db: &Db, out: &mut dyn Write) -> anyhow::Result<()> {
    report(check::verify(db).await?, out)
}

fn report(found: check::Report, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{} cases, {} actions", found.cases, found.actions)?;
    match found.first_bad {
        None => Ok(writeln!(out, "everything agrees")?),
        Some(bad) => bail!("{bad} ({} in all)", found.bad),
    }
}
