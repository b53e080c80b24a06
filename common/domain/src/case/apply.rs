//! The fold: a case is what its actions made of it.

use super::{Action, ActionKind, Apology, Approval, Case, Draft, Holder, Intake, Seal, State, Supplement};
use crate::{ids::StaffId, time::Millis};

/// A log that does not make a case.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Broken {
    /// The first action is not a reception, or a second reception follows.
    #[error("action {seq} begins or does not begin a case")]
    Beginning {
        /// Place in the log.
        seq: u32,
    },
    /// An action is missing or stands twice.
    #[error("expected action {expected}, found {found}")]
    Gap {
        /// The place that should come.
        expected: u32,
        /// The place that came.
        found: u32,
    },
}

impl Case {
    /// The case after `action`; `before` is none for its first.
    ///
    /// # Errors
    /// [`Broken`] when the action does not follow on the log so far.
    pub fn apply(before: Option<Self>, action: &Action) -> Result<Self, Broken> {
        let expected = before.as_ref().map_or(1, |case| case.version + 1);
        if action.seq != expected {
            return Err(Broken::Gap { expected, found: action.seq });
        }
        match (before, &action.kind) {
            (None, ActionKind::Received(intake)) => Ok(Self::received(action, intake)),
            (Some(case), kind) if !matches!(kind, ActionKind::Received(_)) => Ok(case.after(action)),
            _ => Err(Broken::Beginning { seq: action.seq }),
        }
    }

    /// The case that a whole log makes.
    ///
    /// # Errors
    /// [`Broken`] when the log is empty, has a gap, or does not begin with a reception.
    pub fn fold<'a>(actions: impl IntoIterator<Item = &'a Action>) -> Result<Self, Broken> {
        let mut case = None;
        for action in actions {
            case = Some(Self::apply(case, action)?);
        }
        case.ok_or(Broken::Beginning { seq: 0 })
    }

    fn received(action: &Action, intake: &Intake) -> Self {
        Self {
            id: action.case,
            code: intake.code.clone(),
            version: action.seq,
            agency: intake.agency.clone(),
            division: intake.division.clone(),
            procedure: intake.procedure.clone(),
            applicant: intake.applicant.clone(),
            papers: intake.papers.clone(),
            files: intake.files.clone(),
            sets: intake.sets,
            request: intake.request.clone(),
            channel: intake.channel,
            state: State::Received,
            step: intake.step,
            step_since: action.at,
            holder: intake.to.clone(),
            examiner: None,
            received_at: action.at,
            received_by: action.by.name.clone(),
            counter: intake.counter,
            deadline: intake.deadline.clone(),
            supplement_policy: intake.supplement_policy,
            supplement: None,
            apology: None,
            opinion: String::new(),
            draft: None,
            approval: None,
            seal: None,
            resolved_at: None,
            payments: Vec::new(),
            returned: None,
        }
    }

    fn after(mut self, action: &Action) -> Self {
        self.version = action.seq;
        let at = action.at;
        let by = || action.by.name.clone();
        match action.kind.clone() {
            // `apply` lets no second reception through.
            ActionKind::Received(_) => {}
            ActionKind::TakenUp => self.taken_up(action.by.staff),
            ActionKind::Assigned { staff, .. } => self.taken_up(staff),
            ActionKind::Examined { opinion } => self.opinion = opinion,
            ActionKind::Drafted { text } => self.draft = Some(Draft { text, by: by(), at }),
            ActionKind::Submitted { to, step, .. } => self.move_to(step, to, at),
            ActionKind::Approved { to, step, remark } => {
                self.approval = Some(Approval { by: by(), at, remark });
                self.move_to(step, to, at);
            }
            ActionKind::SentBack { to, step, .. } => {
                self.approval = None;
                self.move_to(step, to, at);
            }
            ActionKind::SupplementAsked { items, reason, to } => {
                let asked_by = std::mem::replace(&mut self.holder, to);
                self.supplement =
                    Some(Supplement { items, reason, asked_at: at, completed_at: None, asked_by });
                self.state = State::AwaitingSupplement;
            }
            ActionKind::SupplementReceived { papers, files, deadline, to, step } => {
                self.papers.extend(papers);
                self.files.extend(files);
                self.deadline = deadline;
                if let Some(supplement) = &mut self.supplement {
                    supplement.completed_at = Some(at);
                }
                self.state = State::Processing;
                self.move_to(step, to, at);
            }
            ActionKind::Sealed { number, to, step } => {
                self.seal = Some(Seal { number, at });
                self.resolved_at = Some(at);
                self.state = State::Resolved;
                self.move_to(step, to, at);
            }
            ActionKind::FeeTaken { payment } => self.payments.push(payment),
            ActionKind::Returned { to } => {
                self.state = State::Returned;
                self.returned = Some((at, to));
            }
            ActionKind::Apologised { reason, deadline } => {
                self.apology = Some(Apology { reason, at, promised: self.deadline.due });
                self.deadline = deadline;
            }
            ActionKind::Withdrawn { .. } => {
                self.state = State::Withdrawn;
                self.resolved_at = Some(at);
            }
        }
        self
    }

    fn taken_up(&mut self, staff: StaffId) {
        self.holder.staff = Some(staff);
        self.state = State::Processing;
        if self.step_kind() == crate::procedure::StepKind::Examine {
            self.examiner = Some(staff);
        }
    }

    fn move_to(&mut self, step: usize, to: Holder, at: Millis) {
        self.step = step;
        self.step_since = at;
        self.holder = to;
    }
}
