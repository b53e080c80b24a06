//! What the person may do with the case in view: asked of the domain's own rules, so that buttons and keys
//! agree with what the server will say.

use super::Model;
use api::CaseView;
use domain::{
    case::{Payment, ReturnedTo, State, Turn, plan},
    person::Name,
    roles::can,
};

/// Something that one may want to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Take it up.
    TakeUp,
    /// Write opinion and draft.
    Examine,
    /// Put it to the next desk.
    Submit,
    /// Send it back.
    SendBack,
    /// Ask for a supplement.
    AskSupplement,
    /// Take a supplement in.
    TakeSupplement,
    /// Number and stamp.
    Seal,
    /// Take the fee and give the result back.
    GiveBack,
}

/// Whether the signed-in person may do it now.
#[must_use]
pub fn may(model: &Model, view: &CaseView, right: Right) -> bool {
    let (Some(actor), Some(desk)) = (model.actor(), model.place()) else {
        return false;
    };
    let case = &view.case;
    if right == Right::Examine && case.holder.staff.is_none() {
        return false;
    }
    if right == Right::Submit
        && case.holder.staff.is_none()
        && case.step_kind() == domain::procedure::StepKind::Examine
    {
        return false;
    }
    let word = || ".".to_owned();
    let turn = match right {
        Right::TakeUp => Turn::TakeUp,
        Right::Examine => Turn::Examine { opinion: word() },
        Right::Submit if case.draft.is_none() && case.step_kind() == domain::procedure::StepKind::Examine => {
            // The draft is sent along with the submission.
            Turn::Draft { text: word() }
        }
        Right::Submit => Turn::Submit { note: String::new() },
        Right::SendBack => Turn::SendBack { reason: word() },
        Right::AskSupplement if case.holder.staff.is_none() => return false,
        Right::AskSupplement => Turn::AskSupplement { items: vec![word()], reason: word() },
        Right::TakeSupplement => Turn::ReceiveSupplement { papers: Vec::new(), files: Vec::new() },
        Right::Seal => Turn::Seal { number: word() },
        Right::GiveBack if case.fee_left() > 0 => {
            Turn::TakeFee { payment: Payment { amount: case.fee_left(), receipt_no: String::new() } }
        }
        Right::GiveBack => Turn::Return { to: ReturnedTo { name: Name::default(), authorisation: None } },
    };
    if right == Right::TakeSupplement && case.state != State::AwaitingSupplement {
        return false;
    }
    can(actor, &turn, case).is_ok() && plan(case, turn, actor.staff, model.now, &desk.place.calendar).is_ok()
}
