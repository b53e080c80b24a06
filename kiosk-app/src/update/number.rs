//! Taking a number, and what its holder may do with it.

use super::open;
use crate::{
    command::Command,
    event::Failure,
    model::{Held, Line, Model, Number, Opinion, Paper, Screen, Trouble},
};
use api::{TakeTicket, TicketView};
use domain::{barcode::ScannedTicket, hall::PriorityReason, ids::TicketId, unit::ServiceCode};

/// A service was chosen: whoever has priority says so next.
pub(super) fn choose(model: &mut Model, service: ServiceCode) -> Vec<Command> {
    if let Screen::Services(errand) = &model.visit.screen {
        let case = errand.case.clone();
        open(model, Screen::Priority(service, case));
    }
    Vec::new()
}

/// The number is taken. A second touch finds another page and takes none.
pub(super) fn take(model: &mut Model, priority: Option<PriorityReason>) -> Vec<Command> {
    let Screen::Priority(service, case) = &model.visit.screen else { return Vec::new() };
    let (service, case) = (service.clone(), case.clone());
    let asked = TakeTicket { ticket: TicketId::new(), service, priority, case };
    let paper = if model.hall.printer.is_some() { Paper::Printing } else { Paper::None };
    model.visit.screen = Screen::Number(Box::new(Number {
        asked: asked.clone(),
        ticket: None,
        trouble: None,
        paper,
        qr: Vec::new(),
        out: None,
    }));
    // There is no way back into a number that is taken.
    model.visit.past.clear();
    vec![Command::TakeNumber { site: model.site.clone(), asked: Box::new(asked), lang: model.visit.lang }]
}

/// Asks for the same number once more.
pub(super) fn again(model: &mut Model) -> Vec<Command> {
    let (site, lang) = (model.site.clone(), model.visit.lang);
    match &mut model.visit.screen {
        Screen::Number(number) if number.trouble.is_some() => {
            number.trouble = None;
            vec![Command::TakeNumber { site, asked: Box::new(number.asked.clone()), lang }]
        }
        Screen::Held(held) => {
            let scanned = held.scanned;
            self::scanned(model, scanned)
        }
        Screen::Home => super::opinion::send(model),
        _ => Vec::new(),
    }
}

/// The server has answered; a number that nobody waits for any more is printed all the same.
pub(super) fn taken(
    model: &mut Model,
    ticket: TicketId,
    answer: Result<Box<TicketView>, Failure>,
) -> Vec<Command> {
    heard(model, &answer);
    if let Screen::Number(number) = &mut model.visit.screen
        && number.asked.ticket == ticket
    {
        match answer {
            Ok(ticket) => {
                // Whoever cannot scan an address that is too long still has the number.
                number.qr = documents::qr_modules(&ticket.url).unwrap_or_default();
                number.ticket = Some(ticket);
            }
            Err(failure) => number.trouble = Some(trouble(&failure)),
        }
    }
    Vec::new()
}

/// Its paper went further.
pub(super) fn printed(model: &mut Model, ticket: TicketId, paper: Paper) -> Vec<Command> {
    if let Screen::Number(number) = &mut model.visit.screen
        && number.asked.ticket == ticket
    {
        number.paper = paper;
        number.out = (paper == Paper::Out).then_some(model.machine);
    }
    Vec::new()
}

/// A ticket under the scanner.
pub(super) fn scanned(model: &mut Model, scanned: ScannedTicket) -> Vec<Command> {
    model.asks += 1;
    let ask = model.asks;
    let held = Held { scanned, ask, ticket: None, trouble: None, opinion: Opinion::default() };
    if matches!(model.visit.screen, Screen::Held(_) | Screen::Number(_)) {
        // The next ticket may be the next citizen's: none is left behind to go back to.
        model.visit.screen = Screen::Held(Box::new(held));
    } else {
        open(model, Screen::Held(Box::new(held)));
    }
    vec![Command::LoadTicket { ask, site: model.site.clone(), scanned }]
}

/// Where the scanned ticket stands, also after its holder gave it up.
pub(super) fn stands(model: &mut Model, ask: u64, answer: Result<Box<TicketView>, Failure>) -> Vec<Command> {
    heard(model, &answer);
    if let Screen::Held(held) = &mut model.visit.screen
        && held.ask == ask
    {
        match answer {
            Ok(ticket) => (held.ticket, held.trouble) = (Some(ticket), None),
            Err(failure) => held.trouble = Some(trouble(&failure)),
        }
    }
    Vec::new()
}

/// The holder gives their number up.
pub(super) fn give_up(model: &mut Model) -> Vec<Command> {
    match &model.visit.screen {
        Screen::Held(held) => {
            let ticket = held.ticket.as_ref().map(|ticket| ticket.ticket);
            ticket.map(|ticket| Command::GiveUp { ask: held.ask, ticket }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn heard<T>(model: &mut Model, answer: &Result<T, Failure>) {
    model.line = if matches!(answer, Err(Failure::Offline)) { Line::Down } else { Line::Up };
}

pub(super) fn trouble(failure: &Failure) -> Trouble {
    match failure {
        Failure::Offline => Trouble::Offline,
        Failure::NotFound => Trouble::NoTicket,
        Failure::TooMany => Trouble::TooMany,
        Failure::Denied => Trouble::NoKey,
        Failure::NotAllowed => Trouble::Closed,
        Failure::Other(_) => Trouble::Broken,
    }
}

#[cfg(test)]
mod tests;
