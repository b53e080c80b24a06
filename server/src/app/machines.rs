//! The machines on which the apps are installed: what they report, and the overview for IT.
//!
//! A machine signs in with nothing but a secret that it made itself, so a report proves only that it comes from where
//! the first one came from. It is shown to IT and decides nothing.

use super::App;
use crate::{
    error::Error,
    store::machines::{self, MachineRow},
};
use api::{MachineReport, MachineView, Machines, ReportTaken};
use domain::{
    ids::MachineId,
    machine::{Finding, is_silent, wants_visit, worst},
    person::clean_line,
    roles::{Actor, Permission, allowed},
    unit::UnitCode,
};
use sha2::{Digest as _, Sha256};

/// The most machines that are kept: a province has a few thousand, and whoever invents more fills no disk.
const MOST: i64 = 20_000;
/// The most findings of one machine.
const MOST_FINDINGS: usize = 40;
/// The longest name of a computer, in letters.
const MAX_NAME: usize = 64;
/// The longest sentence of a finding, in letters.
const MAX_SAID: usize = 600;

/// Takes a machine's report.
///
/// # Errors
/// [`Error::Field`] for what no machine of ours reports, [`Error::Busy`] when there are too many already.
pub async fn report(app: &App, report: MachineReport) -> Result<ReportTaken, Error> {
    let now = app.now();
    let key = checked_key(&report.key)?;
    let name = clean_line(&report.name, MAX_NAME).map_err(|problem| Error::text("name", problem))?;
    let row = MachineRow {
        id: report.machine,
        app: report.app,
        version: report.version,
        system: report.system,
        name,
        site: report.site.filter(|site| app.catalogue().unit(site).is_some()),
        counter: report.counter,
        findings: report.findings.into_iter().take(MOST_FINDINGS).map(clean).collect(),
        standing: report.update,
        first_seen: now,
        last_seen: now,
    };
    let mut tx = app.db.begin().await?;
    if machines::key(&mut tx, row.id).await?.is_none() && machines::count(&mut tx).await? >= MOST {
        return Err(Error::Busy);
    }
    if !machines::put(&mut tx, &row, &key).await? {
        return Err(Error::field("key", "other_machine"));
    }
    tx.commit().await?;
    Ok(ReportTaken { now })
}

/// Only the hash of the secret is kept.
fn checked_key(key: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(key, &mut bytes).map_err(|_| Error::field("key", "wrong_digits"))?;
    Ok(Sha256::digest(bytes).to_vec())
}

/// What cannot be shown in a line is left out, not refused: a report about a broken disk matters more than its form.
fn clean(finding: Finding) -> Finding {
    let short = |text: String| {
        let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        shown.take(MAX_SAID).collect::<String>()
    };
    Finding { what: short(finding.what), said: short(finding.said), advice: short(finding.advice), ..finding }
}

/// Every machine that this person may look after.
///
/// # Errors
/// [`Error::Denied`] without such a post.
pub async fn all(app: &App, actor: &Actor) -> Result<Machines, Error> {
    let places = places(app, actor)?;
    let (catalogue, now) = (app.catalogue(), app.now());
    let mut tx = app.db.snapshot().await?;
    let rows = machines::all(&mut tx, MOST).await?;
    let view = |row: MachineRow| {
        let (state, silent) = (worst(&row.findings), is_silent(row.last_seen, now));
        MachineView {
            site_name: row.site.as_ref().map(|site| catalogue.name_of(site)).unwrap_or_default(),
            state,
            silent,
            wants_visit: wants_visit(state, silent, row.standing.as_ref()),
            machine: row.id,
            app: row.app,
            version: row.version,
            system: row.system,
            name: row.name,
            site: row.site,
            counter: row.counter,
            first_seen: row.first_seen,
            last_seen: row.last_seen,
            findings: row.findings,
            update: row.standing,
        }
    };
    let mine = rows.into_iter().filter(|row| places.hold(row.site.as_ref()));
    Ok(Machines { machines: mine.map(view).collect() })
}

/// Forgets a machine that is no longer there.
///
/// # Errors
/// [`Error::Denied`], or [`Error::NotFound`] where this person looks after no such machine.
pub async fn forget(app: &App, actor: &Actor, id: MachineId) -> Result<(), Error> {
    let known = all(app, actor).await?.machines.iter().any(|machine| machine.machine == id);
    let mut tx = app.db.begin().await?;
    if !known || !machines::forget(&mut tx, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Whose machines somebody looks after.
enum Places {
    /// Everybody's.
    All,
    /// Those of some agencies.
    Some(Vec<UnitCode>),
}

impl Places {
    fn hold(&self, site: Option<&UnitCode>) -> bool {
        match self {
            Self::All => true,
            Self::Some(units) => site.is_some_and(|site| units.contains(site)),
        }
    }
}

fn places(app: &App, actor: &Actor) -> Result<Places, Error> {
    let catalogue = app.catalogue();
    let looks_after = |unit: &UnitCode| allowed(actor, &Permission::LookAfterMachines(unit));
    let province = catalogue.province().map(|unit| unit.code.clone()).unwrap_or_default();
    let Err(denied) = looks_after(&province) else {
        return Ok(Places::All);
    };
    let units = actor.posts.iter().map(|post| &post.unit).filter(|unit| looks_after(unit).is_ok());
    let units: Vec<UnitCode> = units.cloned().collect();
    if units.is_empty() { Err(app.denied(denied)) } else { Ok(Places::Some(units)) }
}
