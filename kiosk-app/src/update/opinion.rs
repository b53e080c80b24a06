//! What somebody says of the service: the holder of a scanned ticket, or whoever is before a counter's tablet.

use super::number::{heard, trouble};
use crate::{
    command::Command,
    event::Failure,
    model::{Model, Opinion, Screen},
};
use api::RateRequest;
use domain::hall::{Complaint, Level};

/// What is being said on the page that is open.
fn opinion(model: &mut Model) -> Option<&mut Opinion> {
    match &mut model.visit.screen {
        Screen::Held(held) => Some(&mut held.opinion),
        Screen::Home => model.tablet.as_mut()?.guest.as_mut().map(|guest| &mut guest.opinion),
        _ => None,
    }
}

/// How content they were; whoever was not may say with what, before it is sent.
pub(super) fn rate(model: &mut Model, level: Level) -> Vec<Command> {
    let Some(opinion) = opinion(model) else { return Vec::new() };
    opinion.level = Some(level);
    if level == Level::Unsatisfied {
        return Vec::new();
    }
    // They changed their mind about what they had begun to say.
    opinion.complaints.clear();
    send(model)
}

/// With what not; or that after all.
pub(super) fn complain(model: &mut Model, complaint: Complaint) -> Vec<Command> {
    if let Some(opinion) = opinion(model)
        && !opinion.complaints.remove(&complaint)
    {
        opinion.complaints.insert(complaint);
    }
    Vec::new()
}

/// Sends what was said.
pub(super) fn send(model: &mut Model) -> Vec<Command> {
    let Some(Opinion { level: Some(level), complaints, .. }) = opinion(model) else { return Vec::new() };
    let said = RateRequest { level: *level, complaints: complaints.clone() };
    match (&model.visit.screen, &mut model.tablet) {
        (Screen::Held(held), _) => {
            let ticket = held.ticket.as_ref().map(|ticket| ticket.ticket);
            ticket.map(|ticket| Command::Rate { ask: held.ask, ticket, said }).into_iter().collect()
        }
        (_, Some(tablet)) => {
            let (counter, site) = (tablet.counter, model.site.clone());
            let Some(guest) = &mut tablet.guest else { return Vec::new() };
            guest.trouble = None;
            vec![Command::RateCounter { ask: guest.ask, site, counter, said }]
        }
        _ => Vec::new(),
    }
}

/// What became of it. Said twice, it counts once, and both times there are thanks.
pub(super) fn rated(model: &mut Model, ask: u64, answer: Result<(), Failure>) -> Vec<Command> {
    heard(model, &answer);
    let thanked = model.machine;
    let guest = model.tablet.as_mut().and_then(|tablet| tablet.guest.as_mut());
    let (opinion, wrong) = match (&mut model.visit.screen, guest) {
        (Screen::Held(held), _) if held.ask == ask => (&mut held.opinion, &mut held.trouble),
        (_, Some(guest)) if guest.ask == ask => (&mut guest.opinion, &mut guest.trouble),
        _ => return Vec::new(),
    };
    match answer {
        Ok(()) | Err(Failure::NotAllowed) => opinion.thanked = Some(thanked),
        Err(failure) => *wrong = Some(trouble(&failure)),
    }
    Vec::new()
}
