//! Loading a pack: what it says is put in place of what was there; loading it again changes nothing. What another
//! pack had beyond that is taken out while there are no cases; later it stays, for the cases that speak of it.

use crate::{
    error::Error,
    pack::Pack,
    store::{Db, Tx, catalogue, settings},
};
use domain::unit::{ProcedureCode, UnitCode};
use std::collections::HashSet;

/// How much a loading changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Units.
    pub units: usize,
    /// Counters.
    pub counters: usize,
    /// Fields.
    pub fields: usize,
    /// Procedures.
    pub procedures: usize,
    /// Days of the calendar.
    pub holidays: usize,
}

impl Changed {
    /// Changes in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.units + self.counters + self.fields + self.procedures + self.holidays
    }
}

/// Loads a pack.
///
/// # Errors
/// [`Error`].
pub async fn load(db: &Db, pack: &Pack) -> Result<Changed, Error> {
    let mut tx = db.begin().await?;
    let mut changed = put(&mut tx, pack).await?;
    let known = settings::get(&mut tx, settings::PACK).await?;
    let other = known.as_deref() != Some(pack.about.code.as_str());
    if other && !catalogue::in_use(&mut tx).await? {
        take_out(&mut tx, pack, &mut changed).await?;
    }
    if changed.total() > 0 || other {
        let version = settings::get(&mut tx, settings::CATALOGUE_VERSION).await?;
        let version = version.and_then(|version| version.parse::<i64>().ok()).unwrap_or(0) + 1;
        settings::set(&mut tx, settings::PACK, &pack.about.code).await?;
        settings::set(&mut tx, settings::PACK_BODY, &pack.about_text).await?;
        settings::set(&mut tx, settings::CATALOGUE_VERSION, &version.to_string()).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

async fn put(tx: &mut Tx, pack: &Pack) -> Result<Changed, Error> {
    let mut changed = Changed::default();
    for unit in &pack.units {
        changed.units += usize::from(catalogue::put_unit(tx, unit).await?);
    }
    for counter in &pack.counters {
        changed.counters += usize::from(catalogue::put_counter(tx, counter).await?);
    }
    for field in &pack.fields {
        changed.fields += usize::from(catalogue::put_field(tx, field).await?);
    }
    for procedure in &pack.procedures {
        changed.procedures += usize::from(catalogue::put_procedure(tx, procedure).await?);
    }
    for holiday in &pack.holidays {
        changed.holidays += usize::from(catalogue::put_holiday(tx, holiday).await?);
    }
    Ok(changed)
}

/// Takes out the units and procedures that the pack does not have.
async fn take_out(tx: &mut Tx, pack: &Pack, changed: &mut Changed) -> Result<(), Error> {
    let units: HashSet<&UnitCode> = pack.units.iter().map(|unit| &unit.code).collect();
    for unit in catalogue::units(tx).await?.iter().filter(|unit| !units.contains(&unit.code)) {
        catalogue::drop_unit(tx, unit).await?;
        changed.units += 1;
    }
    let kept: HashSet<&ProcedureCode> = pack.procedures.iter().map(|procedure| &procedure.code).collect();
    for procedure in catalogue::procedures(tx).await?.iter().filter(|p| !kept.contains(&p.code)) {
        catalogue::drop_procedure(tx, procedure).await?;
        changed.procedures += 1;
    }
    Ok(())
}

/// The code of the pack that was loaded last; none for an empty database.
///
/// # Errors
/// [`Error`].
pub async fn loaded(db: &Db) -> Result<Option<String>, Error> {
    let mut tx = db.snapshot().await?;
    Ok(settings::get(&mut tx, settings::PACK).await?)
}
