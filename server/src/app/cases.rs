//! A case with its history, for those who may see it.

use super::{App, Asked};
use crate::{
    error::Error,
    store::{
        Tx, actions, cases,
        commands::{self, CommandRow},
    },
};
use api::CaseView;
use domain::{case::Case, code::CaseCode, ids::CaseId, roles::Actor, roles::may_see, time::Millis};

/// How many hexadecimal digits of the first hash a receipt carries.
pub const CHECK_LEN: usize = 16;

/// A case by its id.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Denied`] for another agency's case.
pub async fn get(app: &App, actor: &Actor, id: CaseId) -> Result<CaseView, Error> {
    let mut tx = app.db.snapshot().await?;
    let current = cases::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    may_see(actor, &current.case).map_err(|denied| app.denied(denied))?;
    view(app, &mut tx, current.case).await
}

/// A case by the code on its receipt.
///
/// # Errors
/// As [`get`].
pub async fn find(app: &App, actor: &Actor, code: &CaseCode) -> Result<CaseView, Error> {
    let mut tx = app.db.snapshot().await?;
    let current = cases::by_code(&mut tx, code).await?.ok_or(Error::NotFound)?;
    may_see(actor, &current.case).map_err(|denied| app.denied(denied))?;
    view(app, &mut tx, current.case).await
}

/// The case as it stood after its action `seq`: what a change answers, and answers again when it is repeated.
///
/// # Errors
/// [`Error`].
pub async fn view_at(app: &App, id: CaseId, seq: u32) -> Result<CaseView, Error> {
    let mut tx = app.db.snapshot().await?;
    let log = actions::of_case(&mut tx, id, seq).await?;
    let case = Case::fold(&log.actions).map_err(|_| Error::Internal("a command without its action"))?;
    Ok(assemble(app, case, log))
}

async fn view(app: &App, tx: &mut Tx, case: Case) -> Result<CaseView, Error> {
    let log = actions::of_case(tx, case.id, case.version).await?;
    Ok(assemble(app, case, log))
}

/// Puts a view together from a case and its log.
pub(super) fn assemble(app: &App, case: Case, log: actions::Log) -> CaseView {
    let catalogue = app.catalogue();
    CaseView {
        agency_name: catalogue.name_of(&case.agency),
        division_name: catalogue.name_of(&case.division),
        status_url: status_url(app, &case.code, &log.intake_hash),
        intact: log.intact,
        actions: log.actions,
        case,
    }
}

/// What a receipt's QR says.
fn status_url(app: &App, code: &CaseCode, intake_hash: &[u8]) -> String {
    format!("{}/tra-cuu/{code}?k={}", app.public_url, check(intake_hash))
}

/// The check of a receipt: the beginning of the hash at intake.
#[must_use]
pub fn check(intake_hash: &[u8]) -> String {
    let mut check = hex::encode(intake_hash);
    check.truncate(CHECK_LEN);
    check
}

/// The case and action of a change that was made before.
///
/// # Errors
/// [`Error::Reused`] if its id was used by somebody else or for something else.
pub(super) fn repeated(row: &CommandRow, asked: &Asked) -> Result<(CaseId, u32), Error> {
    let same = row.actor == asked.actor && row.route == asked.route && row.body_hash == asked.body_hash;
    let seq = row.case_seq.and_then(|seq| u32::try_from(seq).ok());
    row.case_id.zip(seq).filter(|_| same).ok_or(Error::Reused)
}

/// What is kept of a change.
pub(super) fn command(asked: &Asked, case: CaseId, seq: u32, at: Millis) -> CommandRow {
    CommandRow {
        id: asked.id,
        actor: asked.actor,
        route: asked.route.clone(),
        body_hash: asked.body_hash.clone(),
        case_id: Some(case),
        case_seq: Some(i32::try_from(seq).unwrap_or(i32::MAX)),
        reply: None,
        at,
    }
}

/// A change that was refused may be one that was made before, when the rules looked otherwise.
pub(super) async fn refused(app: &App, asked: &Asked, error: Error) -> Result<CaseView, Error> {
    let mut tx = app.db.snapshot().await?;
    match commands::find(&mut tx, asked.id).await? {
        Some(row) => {
            drop(tx);
            let (case, seq) = repeated(&row, asked)?;
            view_at(app, case, seq).await
        }
        None => Err(error),
    }
}
