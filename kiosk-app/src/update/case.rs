//! A receipt under the scanner, a code from the keypad, and the server's answer.

use super::{errand, open, typing};
use crate::{
    command::Command,
    event::{Event, Failure},
    model::{CaseScreen, Line, Lookup, Model, Screen, Trouble},
};
use api::PublicStatus;
use domain::{
    barcode::{self, Scan, ScanError},
    code::CaseCode,
};
use ui::Remote;

/// A scan may come on any page. A person's card is never kept, not even for a moment.
pub(super) fn scanned(model: &mut Model, raw: &str) -> Vec<Command> {
    if model.tablet.is_some() {
        // The tablet of a counter asks one question and answers none.
        return Vec::new();
    }
    match barcode::read(raw) {
        Ok(Scan::Case(code, check)) if errand::takes(model, &code) => errand::scanned(model, code, check),
        Ok(Scan::Case(code, check)) => ask(model, code, check),
        Ok(Scan::Citizen(_)) => wrong(model, Trouble::Card),
        Ok(Scan::Unknown(text)) if matches!(model.visit.screen, Screen::Search(_)) => {
            // Somebody types fast: words, not a receipt.
            for letter in text.chars() {
                super::update(model, Event::Letter(letter));
            }
            typing::enter(model)
        }
        Ok(Scan::Ticket(ticket)) => super::number::scanned(model, ticket),
        Ok(Scan::Unknown(_)) => wrong(model, Trouble::Damaged),
        Err(
            ScanError::TooFewFields { .. } | ScanError::BadNumber(_) | ScanError::Shifted | ScanError::NoName,
        ) => wrong(model, Trouble::Card),
        Err(_) => wrong(model, Trouble::Damaged),
    }
}

/// A code was typed.
pub(super) fn typed(model: &mut Model, text: &str) -> Vec<Command> {
    match CaseCode::parse(text) {
        Ok(code) => ask(model, code, None),
        Err(_) => {
            if let Screen::Lookup(lookup) = &mut model.visit.screen {
                lookup.trouble = Some(Trouble::NotACode);
            }
            Vec::new()
        }
    }
}

/// Asks for the case that is shown once more.
pub(super) fn again(model: &mut Model) -> Vec<Command> {
    let Screen::Case(case) = &mut model.visit.screen else { return Vec::new() };
    model.asks += 1;
    case.ask = model.asks;
    case.trouble = None;
    case.status.reload();
    vec![Command::LoadStatus { ask: case.ask, code: case.code.clone(), check: case.check.clone() }]
}

/// The server's answer. One that nobody waits for any more is dropped.
pub(super) fn answered(
    model: &mut Model,
    ask: u64,
    answer: Result<Box<PublicStatus>, Failure>,
) -> Vec<Command> {
    match &answer {
        Err(Failure::Offline) => model.line = Line::Down,
        _ => model.line = Line::Up,
    }
    let trouble = answer.as_ref().err().map(trouble);
    let case = match &mut model.visit.screen {
        Screen::Case(case) if case.ask == ask => case,
        Screen::Services(errand) if errand.ask == ask => {
            return errand::answered(model, answer.ok(), trouble);
        }
        _ => return Vec::new(),
    };
    case.trouble = trouble;
    let why = trouble.map_or("", Trouble::key);
    case.status.settle(answer.map(|status| *status).map_err(|_| why.to_owned()));
    Vec::new()
}

/// What a failed question about a case means to whoever asked.
fn trouble(failure: &Failure) -> Trouble {
    match failure {
        Failure::Offline => Trouble::Offline,
        Failure::NotFound => Trouble::Unknown,
        Failure::TooMany => Trouble::TooMany,
        Failure::Denied | Failure::NotAllowed | Failure::Other(_) => Trouble::Broken,
    }
}

fn ask(model: &mut Model, code: CaseCode, check: Option<String>) -> Vec<Command> {
    model.asks += 1;
    let ask = model.asks;
    let screen = CaseScreen {
        code: code.clone(),
        check: check.clone(),
        ask,
        status: Remote::Loading(None),
        trouble: None,
    };
    leave_case(model);
    open(model, Screen::Case(Box::new(screen)));
    vec![Command::LoadStatus { ask, code, check }]
}

fn wrong(model: &mut Model, trouble: Trouble) -> Vec<Command> {
    if let Screen::Lookup(lookup) = &mut model.visit.screen {
        lookup.trouble = Some(trouble);
        return Vec::new();
    }
    if let Screen::Services(errand) = &mut model.visit.screen {
        errand.trouble = Some(trouble);
        return Vec::new();
    }
    leave_case(model);
    let code = typing::usual_start(model);
    open(model, Screen::Lookup(Lookup { code, trouble: Some(trouble) }));
    Vec::new()
}

/// The next receipt may be the next citizen's: no case is left behind to go back to.
fn leave_case(model: &mut Model) {
    model.visit.past.retain(|screen| !matches!(screen, Screen::Case(_)));
    if matches!(model.visit.screen, Screen::Case(_)) {
        model.visit.screen = model.visit.past.pop().unwrap_or_default();
    }
}
