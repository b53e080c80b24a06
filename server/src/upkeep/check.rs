//! Checks of everything: that no entry of the log was altered, and that all that is kept beside it agrees with it.

mod hall;

use crate::{
    error::Error,
    store::{
        Db, StoreError, actions,
        cases::{Columns, Current},
        check::{self, StoredAction, StoredCase},
        search,
    },
};
use domain::{
    case::{Action, Case},
    figures::Figures,
};
use std::collections::{BTreeMap, HashMap};

/// Cases read at once.
const CHUNK: i64 = 500;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Cases looked at.
    pub cases: u64,
    /// Actions looked at.
    pub actions: u64,
    /// Things that do not agree.
    pub bad: u64,
    /// The first of them.
    pub first_bad: Option<String>,
}

impl Report {
    fn bad(&mut self, said: impl FnOnce() -> String) {
        self.bad += 1;
        if self.first_bad.is_none() {
            self.first_bad = Some(said());
        }
    }
}

/// Recomputes the hash of every entry of every case's log.
///
/// # Errors
/// [`Error`] when the database cannot be read.
pub async fn verify(db: &Db) -> Result<Report, Error> {
    let mut report = Report::default();
    walk(db, &mut report, chain).await?;
    Ok(report)
}

/// Checks chains, that each row is the fold of its log, that each day's figures are the recount, that each series of
/// numbers is whole, and that each hall's lines are what its tickets say.
///
/// # Errors
/// [`Error`] when the database cannot be read.
pub async fn fsck(db: &Db) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut recount: BTreeMap<(String, String, String), Figures> = BTreeMap::new();
    let mut series: HashMap<String, (i64, i64)> = HashMap::new();
    walk(db, &mut report, |report, case, log| {
        chain(report, case, log);
        if let Err(said) = row(case, log, &mut recount) {
            report.bad(|| format!("case {}: {said}", case.code));
        }
        if let Some((name, serial)) = case.code.rsplit_once('-') {
            let (count, last) = series.entry(name.to_owned()).or_default();
            *count += 1;
            *last = serial.parse().unwrap_or(i64::MAX).max(*last);
        }
    })
    .await?;
    let mut tx = db.snapshot().await?;
    hall::walk(&mut tx, &mut report, &mut series).await?;
    if let Some(case) = check::orphan(&mut tx).await? {
        report.bad(|| format!("case {case} has a log or a body but no row"));
    }
    let serials: HashMap<String, i64> = check::serials(&mut tx).await?.into_iter().collect();
    for (name, (count, last)) in &series {
        let given = serials.get(name).copied().unwrap_or(0);
        if *last != given || *count != given {
            report.bad(|| {
                format!("series {name}: {count} are there, highest number {last}, {given} were given")
            });
        }
    }
    for (name, given) in serials.iter().filter(|(name, _)| !series.contains_key(*name)) {
        report.bad(|| format!("series {name}: {given} numbers were given and none is there"));
    }
    figures(&mut report, recount, check::figures(&mut tx).await?);
    Ok(report)
}

async fn walk(
    db: &Db,
    report: &mut Report,
    mut look: impl FnMut(&mut Report, &StoredCase, &[StoredAction]),
) -> Result<(), StoreError> {
    let mut tx = db.snapshot().await?;
    let mut rid = i64::MIN;
    loop {
        let cases = check::cases(&mut tx, rid, CHUNK).await?;
        let Some(last) = cases.last().map(|case| case.rid) else {
            return Ok(());
        };
        let log = check::actions(&mut tx, rid, last).await?;
        rid = last;
        let mut rest = log.as_slice();
        for case in &cases {
            let count = rest.iter().take_while(|action| action.case_id == case.id).count();
            let (own, others) = rest.split_at(count);
            rest = others;
            report.cases += 1;
            report.actions += u64::try_from(count).unwrap_or(0);
            look(report, case, own);
        }
    }
}

fn chain(report: &mut Report, case: &StoredCase, log: &[StoredAction]) {
    let mut head: Vec<u8> = vec![0; 32];
    for (action, seq) in log.iter().zip(1..) {
        let broken = action.seq != seq
            || action.prev_hash != head
            || actions::chain(&head, &action.body) != action.hash;
        if broken {
            report.bad(|| format!("case {}: action {} is not what was written", case.code, action.seq));
            return;
        }
        head.clone_from(&action.hash);
    }
    let first = log.first().map(|action| action.hash.as_slice());
    if first != Some(case.intake_hash.as_slice()) || head != case.head_hash {
        report.bad(|| format!("case {}: its log has lost its beginning or its end", case.code));
    }
}

/// Whether a row is the fold of its log; counts what its actions add to the figures.
fn row(
    stored: &StoredCase,
    log: &[StoredAction],
    recount: &mut BTreeMap<(String, String, String), Figures>,
) -> Result<(), String> {
    let mut case: Option<Case> = None;
    for stored in log {
        let action: Action = serde_json::from_str(&stored.body).map_err(|error| error.to_string())?;
        let same = action.kind.name() == stored.kind
            && action.by.staff == stored.actor
            && action.at == stored.at
            && action.case == stored.case_id;
        if !same {
            return Err(format!("the columns of action {} differ from its text", stored.seq));
        }
        let after = Case::apply(case, &action).map_err(|error| error.to_string())?;
        let figures = Figures::of(&action, &after);
        if !figures.is_zero() {
            let day = action.at.local().date().to_string();
            *recount.entry((after.agency.0.clone(), after.field().0.clone(), day)).or_default() += figures;
        }
        case = Some(after);
    }
    let case = case.ok_or("it has no log")?;
    if stored.body.is_empty() {
        return Err("its body is missing".to_owned());
    }
    let body: Case = serde_json::from_str(&stored.body).map_err(|error| error.to_string())?;
    if body != case {
        return Err("the row is not the fold of its log".to_owned());
    }
    if expected(case, stored).map_err(|error| error.to_string())? != *stored {
        return Err("the columns of the row differ from its body".to_owned());
    }
    Ok(())
}

/// The row as it should be.
fn expected(case: Case, stored: &StoredCase) -> Result<StoredCase, StoreError> {
    let current = Current { case, head: stored.head_hash.clone(), intake: stored.intake_hash.clone() };
    let columns = Columns::of(&current)?;
    let Current { case, head, intake } = current;
    Ok(StoredCase {
        rid: stored.rid,
        id: case.id,
        code: case.code.to_string(),
        version: columns.version,
        agency: case.agency.0.clone(),
        division: case.division.0.clone(),
        procedure: case.procedure.code.0.clone(),
        procedure_name: case.procedure.name.clone(),
        field: case.field().0.clone(),
        state: columns.state,
        step: columns.step.to_owned(),
        step_no: columns.step_no,
        steps: columns.steps,
        holder_unit: case.holder.unit.0.clone(),
        holder_role: columns.role,
        holder_staff: case.holder.staff,
        applicant: case.applicant.name.as_str().to_owned(),
        search_text: search::text(&case),
        received_at: case.received_at,
        due_at: case.deadline.due,
        resolved_at: case.resolved_at,
        returned_at: columns.returned_at,
        head_hash: head,
        intake_hash: intake,
        public: columns.public,
        body: stored.body.clone(),
    })
}

fn figures(
    report: &mut Report,
    mut recount: BTreeMap<(String, String, String), Figures>,
    stored: Vec<check::StoredFigures>,
) {
    for (agency, field, day, received, resolved_on_time, resolved_late, returned, supplements, fees) in stored
    {
        let kept = Figures { received, resolved_on_time, resolved_late, returned, supplements, fees };
        let counted = recount.remove(&(agency.clone(), field.clone(), day.clone())).unwrap_or_default();
        if kept != counted {
            report.bad(|| format!("figures of {agency} {field} {day}: kept {kept:?}, counted {counted:?}"));
        }
    }
    if let Some(((agency, field, day), counted)) = recount.into_iter().next() {
        report.bad(|| format!("figures of {agency} {field} {day}: nothing kept, counted {counted:?}"));
    }
}
