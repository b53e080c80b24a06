//! `server hall-key`: what the machines of a hall are set up with.

use crate::{
    app::{catalogue::Catalogue, hall::key::HallSecret},
    store::Db,
};
use anyhow::ensure;
use domain::unit::UnitCode;
use std::io::Write;

/// Prints the key of a hall.
pub(super) async fn key(db: &Db, site: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = &UnitCode::from(site);
    let catalogue = Catalogue::read(db).await?;
    ensure!(!catalogue.counters(site).is_empty(), "{site} has no counters");
    writeln!(out, "{}", HallSecret::open(db).await?.key(site))?;
    db.close().await;
    Ok(())
}
