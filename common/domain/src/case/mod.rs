//! A case (hồ sơ): what it is now, the turns that people ask for, and the actions that are
//! written down. The present case is the fold of its actions and nothing else.

mod action;
mod apply;
mod plan;
mod public;
mod state;
mod turn;

pub use action::{Action, ActionKind, By, Intake};
pub use apply::Broken;
pub use plan::{NewCase, NotAllowed, begin, plan};
pub use public::{Milestone, Progress, PublicCase, Stop};
pub use state::State;
pub use turn::{HandedPaper, Payment, ReturnedTo, Turn};

use crate::{
    code::CaseCode,
    deadline::{Deadline, SupplementPolicy},
    ids::{CaseId, FileId, StaffId},
    person::Person,
    procedure::{Procedure, Step, StepKind},
    roles::Role,
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use serde::{Deserialize, Serialize};

/// How the papers came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Handed in at the counter.
    #[default]
    Direct,
    /// Sent through the portal.
    Online,
    /// Sent by post.
    Post,
}

/// Whose desk a case lies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The agency or division.
    pub unit: UnitCode,
    /// In which role it is worked on there.
    pub role: Role,
    /// The person who has taken it up; none while anyone of the desk may.
    pub staff: Option<StaffId>,
}

/// What the specialist proposes as the result (dự thảo kết quả).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The text of the document.
    pub text: String,
    /// Who drafted it, as the log names them.
    pub by: String,
    /// When.
    pub at: Millis,
}

/// The leader's approval (ký duyệt).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approved.
    pub by: String,
    /// When.
    pub at: Millis,
    /// A remark; may be empty.
    pub remark: String,
}

/// Number and date given by the seal clerk (văn thư).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// "46/GPXD".
    pub number: String,
    /// When it was stamped.
    pub at: Millis,
}

/// A supplement that was asked for (Mẫu 02); the law allows it once (NĐ 61/2018 Art. 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// What is missing, one item a line of the slip.
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub asked_at: Millis,
    /// When the citizen had completed the papers.
    pub completed_at: Option<Millis>,
    /// The desk that asked, to which the case goes back then.
    pub asked_by: Holder,
}

/// An apology with one new date (Mẫu 04, NĐ 61/2018 Art. 19.9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apology {
    /// Why the date could not be kept.
    pub reason: String,
    /// When the apology was made.
    pub at: Millis,
    /// The date that was promised before.
    pub promised: Millis,
}

/// A paper as handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The stored file.
    pub file: FileId,
    /// What the citizen or clerk calls it.
    pub name: String,
    /// Pages.
    pub pages: u16,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
}

/// A case as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its code, on the receipt.
    pub code: CaseCode,
    /// How many actions it has; an edit must name the version it saw.
    pub version: u32,
    /// The agency that received it.
    pub agency: UnitCode,
    /// The division that examines it.
    pub division: UnitCode,
    /// The procedure as it was on the day of reception: a later change of the catalogue does
    /// not touch running cases.
    pub procedure: Procedure,
    /// Who handed it in.
    pub applicant: Person,
    /// Papers handed in.
    pub papers: Vec<HandedPaper>,
    /// Scanned pages.
    pub files: Vec<Attachment>,
    /// How many sets of the papers (số lượng hồ sơ, bộ).
    pub sets: u16,
    /// What the applicant asks for beyond the procedure's name.
    pub request: String,
    /// How it came in.
    pub channel: Channel,
    /// The state of the ten national ones.
    pub state: State,
    /// Index of the present step in `procedure.steps`.
    pub step: usize,
    /// When the present step began.
    pub step_since: Millis,
    /// Whose desk it lies on.
    pub holder: Holder,
    /// The specialist who examines it, once taken up; what is sent back goes to them.
    pub examiner: Option<StaffId>,
    /// When it was received.
    pub received_at: Millis,
    /// The clerk who received it, as the log names them.
    pub received_by: String,
    /// The counter that received it.
    pub counter: Option<u16>,
    /// When it is due, and why.
    pub deadline: Deadline,
    /// What a supplement does to the clock in this agency.
    pub supplement_policy: SupplementPolicy,
    /// The supplement asked for, if any.
    pub supplement: Option<Supplement>,
    /// The apology made, if any.
    pub apology: Option<Apology>,
    /// The examiner's last opinion (ý kiến thẩm định).
    pub opinion: String,
    /// The draft result.
    pub draft: Option<Draft>,
    /// The leader's approval.
    pub approval: Option<Approval>,
    /// The number and stamp.
    pub seal: Option<Seal>,
    /// When the result was ready (đã xử lý xong).
    pub resolved_at: Option<Millis>,
    /// Fees taken.
    pub payments: Vec<Payment>,
    /// Who took the result, and when.
    pub returned: Option<(Millis, ReturnedTo)>,
}

impl Case {
    /// The step it stands at.
    #[must_use]
    pub fn current_step(&self) -> Option<Step> {
        self.procedure.steps.get(self.step).copied()
    }

    /// The kind of step it stands at; a case past its last step stands at the return desk.
    #[must_use]
    pub fn step_kind(&self) -> StepKind {
        self.current_step().map_or(StepKind::Return, |step| step.kind)
    }

    /// The field, for lists and figures.
    #[must_use]
    pub fn field(&self) -> &FieldCode {
        &self.procedure.field
    }

    /// The fee still to be taken, in đồng.
    #[must_use]
    pub fn fee_left(&self) -> i64 {
        let paid: i64 = self.payments.iter().map(|payment| payment.amount).sum();
        (self.procedure.fee - paid).max(0)
    }

    /// Whether the result was ready by its due time; none while it is not ready.
    #[must_use]
    pub fn was_on_time(&self) -> Option<bool> {
        self.resolved_at.map(|at| at <= self.deadline.due)
    }
}

#[cfg(test)]
mod tests;
