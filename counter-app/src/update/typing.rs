//! Letters, ticks, and the choice in lists below fields.

use super::{case, intake, lists, returns};
use crate::{Command, Model, Spot, model::Panel};
use domain::code::CaseCode;

pub(super) fn typed(model: &mut Model, spot: Spot, text: String) -> Vec<Command> {
    if intake::typed(model, spot, &text) {
        return intake::changed(model);
    }
    match spot {
        Spot::Login => model.sign_in.login = text,
        Spot::Password => model.sign_in.password = text,
        Spot::NewPassword => model.sign_in.new = text,
        Spot::AgainPassword => model.sign_in.again = text,
        Spot::Omni => return lists::omni_typed(model, text),
        Spot::ReturnCode => {
            model.return_code = text;
            model.return_error = None;
        }
        spot => return typed_in_case(model, spot, text),
    }
    Vec::new()
}

fn typed_in_case(model: &mut Model, spot: Spot, text: String) -> Vec<Command> {
    let Some(open) = &mut model.open else {
        return Vec::new();
    };
    match (spot, &mut open.panel) {
        (Spot::Opinion, _) => open.opinion = text,
        (Spot::Draft, _) => open.draft = text,
        (Spot::SealNumber, _) => open.number = text,
        (Spot::FeeAmount, _) => open.handing.amount = text,
        (Spot::FeeReceipt, _) => open.handing.receipt_no = text,
        (Spot::Receiver, _) => open.handing.receiver = text,
        (Spot::Authorisation, _) => open.handing.authorisation = text,
        (Spot::SupplementItems, Some(Panel::Supplement { items, .. })) => *items = text,
        (Spot::SupplementReason, Some(Panel::Supplement { reason, .. })) => *reason = text,
        (Spot::BackReason, Some(Panel::Back { reason })) => *reason = text,
        _ => {}
    }
    open.errors.clear();
    if matches!(spot, Spot::Opinion | Spot::Draft) { vec![case::keep(open)] } else { Vec::new() }
}

pub(super) fn entered(model: &mut Model, spot: Spot) -> Vec<Command> {
    let next = match spot {
        Spot::Login => Spot::Password,
        Spot::Password => return super::session::sign_in(model),
        Spot::NewPassword => Spot::AgainPassword,
        Spot::AgainPassword => return super::session::change_password(model),
        Spot::Omni => return lists::omni_entered(model),
        Spot::Name => Spot::CitizenId,
        Spot::CitizenId => Spot::Birth,
        Spot::Birth => Spot::Phone,
        Spot::Phone => Spot::Address,
        Spot::Address => Spot::Procedure,
        Spot::Procedure => return picked(model, spot, model.form.choice),
        Spot::ReturnCode => return return_code(model),
        Spot::SealNumber => return case::seal(model),
        Spot::FeeAmount => Spot::FeeReceipt,
        Spot::FeeReceipt => Spot::Receiver,
        Spot::Receiver if returns::needs_authorisation(model) => Spot::Authorisation,
        Spot::BackReason => return case::send_back(model),
        Spot::SupplementReason => return case::ask_supplement(model),
        _ => return Vec::new(),
    };
    model.focus = Some(next);
    Vec::new()
}

fn return_code(model: &mut Model) -> Vec<Command> {
    match CaseCode::parse(&model.return_code) {
        Ok(code) => vec![Command::FindCase(code)],
        Err(_) => {
            model.return_error = Some(i18n::t("counter.returns.bad_code").into_owned());
            model.focus = Some(Spot::ReturnCode);
            Vec::new()
        }
    }
}

pub(super) fn toggled(model: &mut Model, spot: Spot) -> Vec<Command> {
    match spot {
        Spot::Paper(usize::MAX) => {
            let desk = model.place().cloned();
            let procedure = model.form.procedure.as_ref().and_then(|code| desk.as_ref()?.procedure(code));
            let asked = procedure.map_or(&[][..], |procedure| procedure.papers.as_slice());
            for (tick, _) in model.form.papers.iter_mut().zip(asked).filter(|(_, paper)| paper.required) {
                tick.ticked = true;
            }
            model.form_errors.remove("papers");
            intake::changed(model)
        }
        Spot::Paper(which) => {
            if let Some(paper) = model.form.papers.get_mut(which) {
                paper.ticked = !paper.ticked;
            }
            model.form_errors.remove("papers");
            intake::changed(model)
        }
        Spot::Supplied(which) => {
            if let Some(paper) = model.open.as_mut().and_then(|open| open.supplied.get_mut(which)) {
                paper.ticked = !paper.ticked;
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

pub(super) fn moved(model: &mut Model, spot: Spot, by: i32) -> Vec<Command> {
    let (choice, count) = match spot {
        Spot::Procedure => (&mut model.form.choice, model.hits.len()),
        Spot::Omni => (&mut model.omni.choice, model.omni.found.value().map_or(0, Vec::len)),
        _ => return Vec::new(),
    };
    let step = usize::try_from(by.unsigned_abs()).unwrap_or(0);
    *choice =
        if by < 0 { choice.saturating_sub(step) } else { (*choice + step).min(count.saturating_sub(1)) };
    Vec::new()
}

pub(super) fn picked(model: &mut Model, spot: Spot, which: usize) -> Vec<Command> {
    match spot {
        Spot::Procedure => intake::pick(model, which),
        Spot::Omni => {
            let found = model.omni.found.value().and_then(|rows| rows.get(which)).map(|row| row.case);
            found.map_or_else(Vec::new, |id| lists::open_found(model, id))
        }
        _ => Vec::new(),
    }
}
