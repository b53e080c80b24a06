//! Actions: what was done, as the log keeps it for ever.

use super::{Attachment, Channel, HandedPaper, Holder, Payment, ReturnedTo};
use crate::{
    code::CaseCode,
    deadline::{Deadline, SupplementPolicy},
    ids::{ActionId, CaseId, StaffId},
    person::Person,
    procedure::Procedure,
    roles::Role,
    time::Millis,
    unit::UnitCode,
};
use serde::{Deserialize, Serialize};

/// Who did something, named as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The member of staff.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// The post they acted from: unit.
    pub unit: UnitCode,
    /// The post they acted from: role.
    pub role: Role,
}

/// One entry of a case's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// The case.
    pub case: CaseId,
    /// Its place in the log, from 1.
    pub seq: u32,
    /// When, by the server's clock.
    pub at: Millis,
    /// Who.
    pub by: By,
    /// What.
    pub kind: ActionKind,
}

/// Everything that is settled at the moment of reception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// The code given.
    pub code: CaseCode,
    /// The receiving agency.
    pub agency: UnitCode,
    /// The division that will examine it.
    pub division: UnitCode,
    /// The counter.
    pub counter: Option<u16>,
    /// The procedure as of this day.
    pub procedure: Procedure,
    /// Who handed it in.
    pub applicant: Person,
    /// The papers.
    pub papers: Vec<HandedPaper>,
    /// Scanned pages.
    pub files: Vec<Attachment>,
    /// Sets of papers.
    pub sets: u16,
    /// What is asked for in the applicant's words; may be empty.
    pub request: String,
    /// How it came.
    pub channel: Channel,
    /// The promise.
    pub deadline: Deadline,
    /// What a supplement will do to the clock.
    pub supplement_policy: SupplementPolicy,
    /// The desk that begins, and the index of its step.
    pub to: Holder,
    /// See `to`.
    pub step: usize,
}

/// What was done. Times and deadlines that follow from it are written in it, so that reading the log
/// needs no calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionKind {
    /// The case was received (tiếp nhận).
    Received(Box<Intake>),
    /// Taken up from the common pile: the hand-over was accepted (nhận bàn giao).
    TakenUp,
    /// Given to a member of the desk.
    Assigned {
        /// Who.
        staff: StaffId,
        /// Their name.
        name: String,
    },
    /// Examined (thẩm định).
    Examined {
        /// The opinion.
        opinion: String,
    },
    /// A result was drafted.
    Drafted {
        /// Its text.
        text: String,
    },
    /// Put to the next higher desk (trình).
    Submitted {
        /// The desk.
        to: Holder,
        /// The step it begins.
        step: usize,
        /// A word to them.
        note: String,
    },
    /// Approved (ký duyệt).
    Approved {
        /// Where it goes now.
        to: Holder,
        /// The step it begins.
        step: usize,
        /// A remark.
        remark: String,
    },
    /// Sent back to the examiner.
    SentBack {
        /// The desk.
        to: Holder,
        /// The step it falls back to.
        step: usize,
        /// Why.
        reason: String,
    },
    /// The citizen was asked to complete the papers.
    SupplementAsked {
        /// What is missing.
        items: Vec<String>,
        /// Why.
        reason: String,
        /// The counter desk that waits for the citizen.
        to: Holder,
    },
    /// The citizen completed the papers.
    SupplementReceived {
        /// The papers.
        papers: Vec<HandedPaper>,
        /// Scanned pages.
        files: Vec<Attachment>,
        /// The new promise.
        deadline: Deadline,
        /// The desk that goes on.
        to: Holder,
        /// The step it goes on from.
        step: usize,
    },
    /// Numbered and stamped; the result is ready.
    Sealed {
        /// "46/GPXD".
        number: String,
        /// Where it is given back.
        to: Holder,
        /// The step it begins.
        step: usize,
    },
    /// A fee was taken.
    FeeTaken {
        /// What was paid.
        payment: Payment,
    },
    /// The result was given back.
    Returned {
        /// To whom.
        to: ReturnedTo,
    },
    /// An apology with one new date.
    Apologised {
        /// Why.
        reason: String,
        /// The new promise.
        deadline: Deadline,
    },
    /// Withdrawn by the citizen.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl ActionKind {
    /// The name under which it is stored, counted and translated.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::TakenUp => "taken_up",
            Self::Assigned { .. } => "assigned",
            Self::Examined { .. } => "examined",
            Self::Drafted { .. } => "drafted",
            Self::Submitted { .. } => "submitted",
            Self::Approved { .. } => "approved",
            Self::SentBack { .. } => "sent_back",
            Self::SupplementAsked { .. } => "supplement_asked",
            Self::SupplementReceived { .. } => "supplement_received",
            Self::Sealed { .. } => "sealed",
            Self::FeeTaken { .. } => "fee_taken",
            Self::Returned { .. } => "returned",
            Self::Apologised { .. } => "apologised",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}
