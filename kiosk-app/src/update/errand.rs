//! A receipt held under the scanner by somebody who is taking a number: it says what the number is for.

use super::{open, typing};
use crate::{
    command::Command,
    model::{Errand, Model, Screen, Trouble},
};
use api::PublicStatus;
use domain::{
    code::CaseCode,
    hall::{Purpose, Service, find_service},
    unit::ServiceCode,
};

/// Whether the receipt is for a number: its bearer is taking one, and this is where the case was received.
pub(super) fn takes(model: &Model, code: &CaseCode) -> bool {
    let taking = matches!(model.visit.screen, Screen::Services(_) | Screen::Priority(..));
    let open = model.hall.view.as_ref().is_some_and(|view| view.closed.is_none());
    taking && open && code.as_str().starts_with(&typing::usual_start(model))
}

/// Asks what the case is about.
pub(super) fn scanned(model: &mut Model, code: CaseCode, check: Option<String>) -> Vec<Command> {
    if matches!(model.visit.screen, Screen::Priority(..)) {
        model.visit.screen = model.visit.past.pop().unwrap_or_default();
    }
    model.asks += 1;
    let ask = model.asks;
    model.visit.screen = Screen::Services(Errand { case: Some(code.clone()), ask, trouble: None });
    vec![Command::LoadStatus { ask, code, check }]
}

/// The case leads to its service. Where it does not, its bearer chooses one, and the number is for the case all the same,
/// unless there is no such case.
pub(super) fn answered(
    model: &mut Model,
    status: Option<Box<PublicStatus>>,
    trouble: Option<Trouble>,
) -> Vec<Command> {
    let service = status.as_deref().and_then(|status| service(model, status));
    let Screen::Services(errand) = &mut model.visit.screen else { return Vec::new() };
    errand.trouble = trouble;
    if trouble == Some(Trouble::Unknown) {
        errand.case = None;
    }
    if let Some(service) = service {
        let case = errand.case.clone();
        open(model, Screen::Priority(service, case));
    }
    Vec::new()
}

/// Where results of the case's field are collected, or else where its papers are handed in.
fn service(model: &Model, status: &PublicStatus) -> Option<ServiceCode> {
    let (place, view) = (model.place.as_deref()?, model.hall.view.as_deref()?);
    let named = |procedure: &&domain::procedure::Procedure| procedure.name == status.case.procedure;
    let field = &place.procedures.iter().find(named)?.field;
    let services: Vec<Service> = view.services.iter().map(|view| view.service.clone()).collect();
    let found = find_service(&services, Purpose::Collect, field)
        .or_else(|| find_service(&services, Purpose::Submit, field))?;
    Some(found.code.clone())
}

#[cfg(test)]
mod tests;
