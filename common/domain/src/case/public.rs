//! What a citizen sees of a case: where it is and until when, with nobody's name. It follows from the case alone.

use super::{Case, State};
use crate::{code::CaseCode, deadline::Deadline, procedure::StepKind, time::Millis};
use serde::{Deserialize, Serialize};

/// A case as anybody with its code may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicCase {
    /// Code.
    pub code: CaseCode,
    /// Name of the procedure.
    pub procedure: String,
    /// State.
    pub state: State,
    /// Received at.
    pub received_at: Millis,
    /// When it is due, and why.
    pub deadline: Deadline,
    /// What the citizen has to bring, while a supplement is awaited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_bring: Vec<String>,
    /// Fee to be paid when the result is collected, in đồng.
    pub fee_left: i64,
    /// The way it goes.
    pub milestones: Vec<Milestone>,
}

/// One stop of the way that a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What happens there.
    pub stop: Stop,
    /// How far it is.
    pub progress: Progress,
    /// When it was done, as far as the case remembers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
}

/// What happens at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The citizen was asked for papers.
    SupplementAsked,
    /// The citizen brought them.
    SupplementReceived,
    /// A step of the procedure.
    #[serde(untagged)]
    Step(StepKind),
}

/// How far a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Behind it.
    Done,
    /// Here it stands.
    Here,
    /// Before it.
    Ahead,
}

impl Stop {
    /// Its name in keys of words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Step(kind) => kind.name(),
            Self::SupplementAsked => "supplement_asked",
            Self::SupplementReceived => "supplement_received",
        }
    }

    /// The step that it belongs to.
    #[must_use]
    pub fn step(self) -> StepKind {
        match self {
            Self::Step(kind) => kind,
            Self::SupplementAsked | Self::SupplementReceived => StepKind::Examine,
        }
    }

    /// Whether it lies with the examining division, not with the agency's one-stop office, leader or seal clerk.
    #[must_use]
    pub fn is_at_division(self) -> bool {
        matches!(self, Self::Step(StepKind::Examine | StepKind::DivisionHead))
    }
}

impl PublicCase {
    /// The step that the citizen is told; reception, where the way does not say.
    #[must_use]
    pub fn here(&self) -> StepKind {
        let here = self.milestones.iter().find(|milestone| milestone.progress == Progress::Here);
        here.map_or(StepKind::Receive, |milestone| milestone.stop.step())
    }

    /// Whether a fee is still to be paid.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.fee_left > 0 && self.state.is_open()
    }
}

impl Case {
    /// As anybody with its code may see it.
    #[must_use]
    pub fn public(&self) -> PublicCase {
        let to_bring = match &self.supplement {
            Some(asked) if self.state == State::AwaitingSupplement => asked.items.clone(),
            _ => Vec::new(),
        };
        PublicCase {
            code: self.code.clone(),
            procedure: self.procedure.name.clone(),
            state: self.state,
            received_at: self.received_at,
            deadline: self.deadline.clone(),
            to_bring,
            fee_left: if self.state.is_open() { self.fee_left() } else { 0 },
            milestones: milestones(self),
        }
    }
}

fn milestones(case: &Case) -> Vec<Milestone> {
    let waiting = case.state == State::AwaitingSupplement;
    let mut way = Vec::with_capacity(case.procedure.steps.len() + 2);
    for (at, step) in case.procedure.steps.iter().enumerate() {
        if step.kind == StepKind::Examine {
            way.extend(supplement(case).into_iter().flatten());
        }
        let progress = match at.cmp(&case.step) {
            std::cmp::Ordering::Less => Progress::Done,
            std::cmp::Ordering::Equal if case.state == State::Returned => Progress::Done,
            std::cmp::Ordering::Equal if case.state.is_open() && !waiting => Progress::Here,
            _ => Progress::Ahead,
        };
        let done = progress == Progress::Done;
        way.push(Milestone {
            stop: Stop::Step(step.kind),
            progress,
            at: done.then(|| finished(case, at, step.kind)).flatten(),
        });
    }
    way
}

/// The supplement, which comes before the examination is done.
fn supplement(case: &Case) -> Option<[Milestone; 2]> {
    let asked = case.supplement.as_ref()?;
    let progress = match asked.completed_at {
        Some(_) => Progress::Done,
        None if case.state == State::AwaitingSupplement => Progress::Here,
        None => Progress::Ahead,
    };
    Some([
        Milestone { stop: Stop::SupplementAsked, progress: Progress::Done, at: Some(asked.asked_at) },
        Milestone { stop: Stop::SupplementReceived, progress, at: asked.completed_at },
    ])
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
