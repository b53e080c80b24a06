//! What a citizen sees of a case: where it is, until when, why. One row is read for it, and the answer is kept.

use super::{Answer, App, cases::check, pages::StatusEntry};
use crate::{error::Error, store::cases};
use api::{Milestone, Progress, PublicStatus};
use domain::{
    case::{Case, State},
    code::CaseCode,
    deadline::Standing,
    procedure::StepKind,
    time::Millis,
};
use i18n::Lang;
use std::sync::Arc;
use subtle::ConstantTimeEq as _;

/// The status, ready as JSON.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn status(app: &App, code: &CaseCode, k: Option<&str>) -> Result<Answer<PublicStatus>, Error> {
    let entry = entry(app, code).await?;
    let [plain, genuine, forged] = &entry.bodies;
    let body = match k {
        None => plain,
        Some(k) if agrees(&entry.check, k) => genuine,
        Some(_) => forged,
    };
    Ok(Answer::Ready(body.clone()))
}

/// The status as a value, for pages.
///
/// # Errors
/// As [`status`].
pub async fn read(app: &App, code: &CaseCode, k: Option<&str>) -> Result<PublicStatus, Error> {
    match status(app, code, k).await? {
        Answer::Value(value) => Ok(value),
        Answer::Ready(body) => {
            serde_json::from_slice(&body).map_err(|_| Error::Internal("a status is no JSON"))
        }
    }
}

async fn entry(app: &App, code: &CaseCode) -> Result<Arc<StatusEntry>, Error> {
    let now = app.now();
    let catalogue = app.catalogue();
    if let Some(entry) = app.pages.status.get(code)
        && app.fresh.holds(entry.seen)
        && entry.standing.is_none_or(|standing| standing == catalogue.standing(entry.due, now))
    {
        return Ok(entry);
    }
    let seen = app.fresh.case(code);
    let mut tx = app.db.snapshot().await?;
    let current = cases::by_code(&mut tx, code).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let mut status = of_case(app, &current.case, now);
    let mut body = |genuine| {
        status.genuine = genuine;
        serde_json::to_vec(&status)
            .map(bytes::Bytes::from)
            .map_err(|_| Error::Internal("a status is no JSON"))
    };
    let bodies = [body(None)?, body(Some(true))?, body(Some(false))?];
    let mut sixteen = [0; super::cases::CHECK_LEN];
    sixteen.iter_mut().zip(check(&current.intake).bytes()).for_each(|(to, from)| *to = from);
    let entry = StatusEntry { bodies, check: sixteen, standing: status.standing, due: status.due, seen };
    let entry = Arc::new(entry);
    app.pages.status.insert(code.clone(), Arc::clone(&entry));
    Ok(entry)
}

/// Compares in constant time, so that a check cannot be guessed digit by digit.
fn agrees(check: &[u8; 16], k: &str) -> bool {
    k.len() == check.len() && bool::from(k.to_ascii_lowercase().as_bytes().ct_eq(check))
}

/// A case as anybody with its code may see it.
fn of_case(app: &App, case: &Case, now: Millis) -> PublicStatus {
    let catalogue = app.catalogue();
    let standing = (case.state.is_open() && case.resolved_at.is_none())
        .then(|| catalogue.standing(case.deadline.due, now));
    let to_bring = match &case.supplement {
        Some(asked) if case.state == State::AwaitingSupplement => asked.items.clone(),
        _ => Vec::new(),
    };
    PublicStatus {
        code: case.code.clone(),
        procedure: case.procedure.name.clone(),
        agency: catalogue.name_of(&case.agency),
        state: case.state,
        received_at: case.received_at,
        due: case.deadline.due,
        standing: standing
            .filter(|_| case.state != State::AwaitingSupplement || standing == Some(Standing::Late)),
        to_bring,
        fee_left: if case.state.is_open() { case.fee_left() } else { 0 },
        milestones: milestones(app, case),
        explanation: i18n::explain_all(Lang::Vi, &case.deadline),
        genuine: None,
    }
}

fn milestones(app: &App, case: &Case) -> Vec<Milestone> {
    let catalogue = app.catalogue();
    let waiting = case.state == State::AwaitingSupplement;
    let mut lines = Vec::with_capacity(case.procedure.steps.len() + 2);
    for (at, step) in case.procedure.steps.iter().enumerate() {
        if step.kind == StepKind::Examine {
            lines.extend(supplement(&catalogue.name_of(&case.agency), case));
        }
        let progress = match at.cmp(&case.step) {
            std::cmp::Ordering::Less => Progress::Done,
            std::cmp::Ordering::Equal if case.state == State::Returned => Progress::Done,
            std::cmp::Ordering::Equal if case.state.is_open() && !waiting => Progress::Here,
            _ => Progress::Ahead,
        };
        let unit = match step.kind {
            StepKind::Examine | StepKind::DivisionHead => &case.division,
            _ => &case.agency,
        };
        let done = progress == Progress::Done;
        lines.push(Milestone {
            what: crate::store::cases::step_name(step.kind).to_owned(),
            step: step.kind,
            progress,
            place: catalogue.name_of(unit),
            at: done.then(|| finished(case, at, step.kind)).flatten(),
        });
    }
    lines
}

/// The supplement, which comes before the examination is done.
fn supplement(agency: &str, case: &Case) -> Vec<Milestone> {
    let Some(asked) = &case.supplement else {
        return Vec::new();
    };
    let line = |what: &str, progress, at| Milestone {
        what: what.to_owned(),
        step: StepKind::Examine,
        progress,
        place: agency.to_owned(),
        at,
    };
    let progress = match asked.completed_at {
        Some(_) => Progress::Done,
        None if case.state == State::AwaitingSupplement => Progress::Here,
        None => Progress::Ahead,
    };
    vec![
        line("supplement_asked", Progress::Done, Some(asked.asked_at)),
        line("supplement_received", progress, asked.completed_at),
    ]
}

/// When a step was done, as far as the case remembers it.
fn finished(case: &Case, at: usize, kind: StepKind) -> Option<Millis> {
    let remembered = match kind {
        StepKind::Receive => Some(case.received_at),
        StepKind::Examine | StepKind::DivisionHead => None,
        StepKind::Approve => case.approval.as_ref().map(|approval| approval.at),
        StepKind::Seal => case.seal.as_ref().map(|seal| seal.at),
        StepKind::Return => case.returned.as_ref().map(|(at, _)| *at),
    };
    // The present step began when the one before it ended.
    let just_left = (at + 1 == case.step).then_some(case.step_since);
    let drafted = || case.draft.as_ref().map(|draft| draft.at).filter(|_| kind == StepKind::Examine);
    remembered.or(just_left).or_else(drafted)
}
