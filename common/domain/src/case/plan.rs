//! Planning: from a turn that somebody asks for to the action that will be written down.

use super::{ActionKind, Attachment, Case, Channel, HandedPaper, Holder, Intake, State, Turn};
use crate::{
    calendar::Calendar,
    code::CaseCode,
    deadline::{self, Deadline, Reason, SupplementPolicy},
    ids::StaffId,
    person::{BadText, Person, clean_remark},
    procedure::{Procedure, StepKind},
    roles::Role,
    time::Millis,
    unit::UnitCode,
};

/// Why a turn is not possible, whoever asks for it.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotAllowed {
    /// The case stands at another step or in another state.
    #[error("not possible at step {step:?} in state {state:?}")]
    NotNow {
        /// Where it stands.
        step: StepKind,
        /// In which state.
        state: State,
    },
    /// The case has been taken up already.
    #[error("already taken up")]
    AlreadyTaken,
    /// A supplement may be asked for once only (NĐ 61/2018 Art. 11).
    #[error("a supplement was asked for already")]
    SupplementOnce,
    /// A supplement slip lists at least one item.
    #[error("nothing listed to supplement")]
    NoItems,
    /// There is no draft to submit.
    #[error("no result drafted")]
    NoDraft,
    /// The result is given back when the fee is paid (III.3.1 (8)).
    #[error("{left} đồng of the fee are unpaid")]
    FeeUnpaid {
        /// Đồng still to be taken.
        left: i64,
    },
    /// A payment must be more than nothing and no more than what is owed.
    #[error("{left} đồng are owed")]
    WrongAmount {
        /// Đồng still to be taken.
        left: i64,
    },
    /// One new date is allowed (NĐ 61/2018 Art. 19.9).
    #[error("a new date was given already")]
    ApologyOnce,
    /// The new date must lie after the promised one and after the present.
    #[error("the new date is not later")]
    DateNotLater,
    /// A text is missing or cannot be printed.
    #[error("the text of {field}: {problem}")]
    Text {
        /// Which text.
        field: &'static str,
        /// What is wrong with it.
        #[source]
        problem: BadText,
    },
    /// The procedure has no step to go to: the catalogue is at fault.
    #[error("the procedure has no further step")]
    NoStep,
}

/// What the counter settles before a case exists.
#[derive(Clone, Debug)]
pub struct NewCase<'a> {
    /// The receiving agency.
    pub agency: UnitCode,
    /// The division that examines this field there; the agency itself where it has none.
    pub division: UnitCode,
    /// The counter.
    pub counter: Option<u16>,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// Whether the mountain allowance applies.
    pub mountain: bool,
    /// Who hands it in.
    pub applicant: Person,
    /// The papers.
    pub papers: Vec<HandedPaper>,
    /// Scanned pages.
    pub files: Vec<Attachment>,
    /// Sets of papers.
    pub sets: u16,
    /// The request in the applicant's words.
    pub request: String,
    /// How it came.
    pub channel: Channel,
    /// What a supplement does to the clock.
    pub policy: SupplementPolicy,
}

/// The intake of a new case received `now`, ready to be written as its first action. The case
/// lies at once with the desk that examines it, waiting to be taken up.
///
/// # Errors
/// [`NotAllowed::Text`] for a request that cannot be printed, [`NotAllowed::NoStep`] for a procedure
/// without an examining step.
pub fn begin(
    new: NewCase<'_>,
    code: CaseCode,
    now: Millis,
    calendar: &Calendar,
) -> Result<Intake, NotAllowed> {
    let mut procedure = new.procedure.clone();
    if new.division == new.agency {
        // An agency without divisions has no head of division to pass through.
        procedure.steps.retain(|step| step.kind != StepKind::DivisionHead);
    }
    let step =
        procedure.steps.iter().position(|step| step.kind != StepKind::Receive).ok_or(NotAllowed::NoStep)?;
    let kind = procedure.steps.get(step).map_or(StepKind::Return, |step| step.kind);
    Ok(Intake {
        code,
        deadline: deadline::due(now, procedure.limit_at(new.mountain), calendar),
        to: desk(&new.agency, &new.division, kind, None),
        step,
        agency: new.agency,
        division: new.division,
        counter: new.counter,
        procedure,
        applicant: new.applicant,
        papers: new.papers,
        files: new.files,
        sets: new.sets.clamp(1, 99),
        request: remark("request", &new.request)?,
        channel: new.channel,
        supplement_policy: new.policy,
    })
}

/// Plans `turn` of `case` at `now`, asked for by `staff`.
///
/// # Errors
/// [`NotAllowed`] with the rule that forbids it.
pub fn plan(
    case: &Case,
    turn: Turn,
    staff: StaffId,
    now: Millis,
    calendar: &Calendar,
) -> Result<ActionKind, NotAllowed> {
    let at = |kinds: &[StepKind]| {
        (case.state.is_running() && kinds.contains(&case.step_kind())).then_some(()).ok_or(not_now(case))
    };
    match turn {
        Turn::TakeUp => {
            case.state.is_running().then_some(()).ok_or(not_now(case))?;
            match case.holder.staff {
                None => Ok(ActionKind::TakenUp),
                Some(holder) if holder == staff => Err(NotAllowed::AlreadyTaken),
                Some(_) => Err(NotAllowed::AlreadyTaken),
            }
        }
        Turn::Assign { staff, name } => {
            case.state.is_running().then_some(()).ok_or(not_now(case))?;
            Ok(ActionKind::Assigned { staff, name: text("name", &name)? })
        }
        Turn::Examine { opinion } => {
            at(&[StepKind::Examine])?;
            Ok(ActionKind::Examined { opinion: text("opinion", &opinion)? })
        }
        Turn::Draft { text: draft } => {
            at(&[StepKind::Examine])?;
            Ok(ActionKind::Drafted { text: text("draft", &draft)? })
        }
        Turn::Submit { note } => {
            at(&[StepKind::Examine, StepKind::DivisionHead])?;
            case.draft.as_ref().ok_or(NotAllowed::NoDraft)?;
            let (step, to) = next(case)?;
            Ok(ActionKind::Submitted { to, step, note: remark("note", &note)? })
        }
        Turn::Approve { remark: said } => {
            at(&[StepKind::Approve])?;
            let (step, to) = next(case)?;
            Ok(ActionKind::Approved { to, step, remark: remark("remark", &said)? })
        }
        Turn::SendBack { reason } => {
            at(&[StepKind::DivisionHead, StepKind::Approve, StepKind::Seal])?;
            let (step, to) = examiner(case)?;
            Ok(ActionKind::SentBack { to, step, reason: text("reason", &reason)? })
        }
        Turn::AskSupplement { items, reason } => {
            at(&[StepKind::Examine])?;
            ask_supplement(case, &items, &reason)
        }
        Turn::ReceiveSupplement { papers, files } => receive_supplement(case, papers, files, now, calendar),
        Turn::Seal { number } => {
            at(&[StepKind::Seal])?;
            let (step, to) = next(case)?;
            Ok(ActionKind::Sealed { number: text("number", &number)?, to, step })
        }
        Turn::TakeFee { payment } => {
            (case.state == State::Resolved).then_some(()).ok_or(not_now(case))?;
            let left = case.fee_left();
            let fits = payment.amount > 0 && payment.amount <= left;
            fits.then_some(ActionKind::FeeTaken { payment }).ok_or(NotAllowed::WrongAmount { left })
        }
        Turn::Return { to } => {
            (case.state == State::Resolved).then_some(()).ok_or(not_now(case))?;
            match case.fee_left() {
                0 => Ok(ActionKind::Returned { to }),
                left => Err(NotAllowed::FeeUnpaid { left }),
            }
        }
        Turn::Apologise { reason, new_due } => apologise(case, &reason, new_due, now),
        Turn::Withdraw { reason } => {
            let may = case.state.is_open() && case.state != State::Resolved;
            may.then_some(()).ok_or(not_now(case))?;
            Ok(ActionKind::Withdrawn { reason: remark("reason", &reason)? })
        }
    }
}

fn ask_supplement(case: &Case, items: &[String], reason: &str) -> Result<ActionKind, NotAllowed> {
    if case.supplement.is_some() {
        return Err(NotAllowed::SupplementOnce);
    }
    let items: Vec<String> = items
        .iter()
        .filter(|item| !item.trim().is_empty())
        .map(|item| text("items", item))
        .collect::<Result<_, _>>()?;
    if items.is_empty() {
        return Err(NotAllowed::NoItems);
    }
    let to = desk(&case.agency, &case.division, StepKind::Receive, None);
    Ok(ActionKind::SupplementAsked { items, reason: text("reason", reason)?, to })
}

fn receive_supplement(
    case: &Case,
    papers: Vec<HandedPaper>,
    files: Vec<Attachment>,
    now: Millis,
    calendar: &Calendar,
) -> Result<ActionKind, NotAllowed> {
    let asked = match &case.supplement {
        Some(asked) if case.state == State::AwaitingSupplement => asked,
        _ => return Err(not_now(case)),
    };
    let deadline =
        deadline::supplemented(&case.deadline, case.supplement_policy, asked.asked_at, now, calendar);
    Ok(ActionKind::SupplementReceived {
        papers,
        files,
        deadline,
        to: asked.asked_by.clone(),
        step: case.step,
    })
}

fn apologise(case: &Case, reason: &str, new_due: Millis, now: Millis) -> Result<ActionKind, NotAllowed> {
    case.state.is_running().then_some(()).ok_or(not_now(case))?;
    if case.apology.is_some() {
        return Err(NotAllowed::ApologyOnce);
    }
    if new_due <= case.deadline.due || new_due <= now {
        return Err(NotAllowed::DateNotLater);
    }
    let mut deadline: Deadline = case.deadline.clone();
    deadline.due = new_due;
    deadline.reasons.push(Reason::Apologised { at: now });
    deadline.reasons.push(Reason::Due { at: new_due });
    Ok(ActionKind::Apologised { reason: text("reason", reason)?, deadline })
}

fn not_now(case: &Case) -> NotAllowed {
    NotAllowed::NotNow { step: case.step_kind(), state: case.state }
}

/// The desk that performs steps of a kind.
fn desk(agency: &UnitCode, division: &UnitCode, kind: StepKind, staff: Option<StaffId>) -> Holder {
    let (unit, role) = match kind {
        StepKind::Receive | StepKind::Return => (agency, Role::Clerk),
        StepKind::Examine => (division, Role::Specialist),
        StepKind::DivisionHead => (division, Role::DivisionHead),
        StepKind::Approve => (agency, Role::Leader),
        StepKind::Seal => (agency, Role::SealClerk),
    };
    Holder { unit: unit.clone(), role, staff }
}

fn next(case: &Case) -> Result<(usize, Holder), NotAllowed> {
    let step = case.step + 1;
    let kind = case.procedure.steps.get(step).ok_or(NotAllowed::NoStep)?.kind;
    Ok((step, desk(&case.agency, &case.division, kind, None)))
}

/// Back to the person who examined it.
fn examiner(case: &Case) -> Result<(usize, Holder), NotAllowed> {
    let step = case
        .procedure
        .steps
        .iter()
        .position(|step| step.kind == StepKind::Examine)
        .ok_or(NotAllowed::NoStep)?;
    Ok((step, desk(&case.agency, &case.division, StepKind::Examine, case.examiner)))
}

fn text(field: &'static str, given: &str) -> Result<String, NotAllowed> {
    let cleaned = remark(field, given)?;
    if cleaned.is_empty() {
        return Err(NotAllowed::Text { field, problem: BadText::Empty });
    }
    Ok(cleaned)
}

fn remark(field: &'static str, given: &str) -> Result<String, NotAllowed> {
    clean_remark(given).map_err(|problem| NotAllowed::Text { field, problem })
}
