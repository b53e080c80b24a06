//! What each event does. Pure: the same model and event always give the same model and commands.

mod case;
mod errand;
mod leave;
mod number;
mod opinion;
mod tablet;
mod typing;

use crate::{
    command::Command,
    event::{Event, Failure},
    model::{Errand, Line, Lookup, Model, Screen, Search, Target, Visit},
};
use api::Place;
use domain::{
    time::{MINUTE, Millis},
    update::Standing,
};
use std::sync::Arc;

/// Kept pages to go back to; more than anybody goes.
const PAST: usize = 24;
/// How long a catalogue is taken as fresh.
const FRESH_MS: i64 = 10 * MINUTE;
/// How long to wait before an unreachable server is tried again.
const RETRY_MS: i64 = 20_000;

/// What to do first.
#[must_use]
pub fn begin(model: &mut Model) -> Vec<Command> {
    let mut commands = vec![Command::ReadKept(model.site.clone())];
    commands.extend(ask_for_place(model));
    commands
}

/// Takes an event into the model.
pub fn update(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::Tick(machine) => tick(model, machine),
        Event::Touched => {
            model.touched = model.machine;
            Vec::new()
        }
        Event::Corner => leave::corner(model),
        Event::Go(target) => go(model, target),
        Event::Back => back(model),
        Event::Home => {
            let past = std::mem::take(&mut model.visit);
            model.visit = Visit { screen: Screen::Home, past: Vec::new(), ..past };
            Vec::new()
        }
        Event::Speak(lang) => {
            model.visit.lang = lang;
            typing::search_again(model);
            Vec::new()
        }
        Event::Large(on) => {
            model.visit.large = on;
            Vec::new()
        }
        Event::Contrast(on) => {
            model.visit.contrast = on;
            Vec::new()
        }
        Event::Letter(letter) => typing::letter(model, letter),
        Event::Backspace => typing::backspace(model),
        Event::Clear => typing::clear(model),
        Event::Enter => typing::enter(model),
        Event::Scanned(raw) => case::scanned(model, &raw),
        Event::Telex(on) => typing::with_search(model, |search| search.telex = on),
        Event::Vowels(on) => typing::with_search(model, |search| search.vowels = on),
        Event::Keyboard => typing::with_search(model, |search| {
            search.keyboard = true;
            search.first = 0;
        }),
        Event::First(row) => {
            match &mut model.visit.screen {
                Screen::Search(search) => search.first = row,
                Screen::Field(_, first) => *first = row,
                _ => {}
            }
            Vec::new()
        }
        Event::Kept(place) => {
            // The server may have been quicker.
            if model.place.is_none() {
                model.place = place;
            }
            Vec::new()
        }
        Event::Place(answer, machine) => place(model, answer, machine),
        Event::Examine => leave::examine(model),
        Event::Examined(findings) => leave::examined(model, findings),
        Event::Leave => leave::leave(model),
        Event::Update(standing) => {
            model.update = Some(standing);
            Vec::new()
        }
        Event::Status { ask, answer } => case::answered(model, ask, answer),
        event => numbers(model, event),
    }
}

/// Events of the hall.
fn numbers(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::Hall(view) => {
            model.hall.view = Some(view);
            tablet::hall(model);
            Vec::new()
        }
        Event::Printer(state) => {
            model.hall.printer = Some(state);
            Vec::new()
        }
        Event::Choose(service) => number::choose(model, service),
        Event::Take(priority) => number::take(model, priority),
        Event::Again => number::again(model),
        Event::Taken { ticket, answer } => number::taken(model, ticket, answer),
        Event::Printed { ticket, paper } => number::printed(model, ticket, paper),
        Event::Stands { ask, answer } => number::stands(model, ask, answer),
        Event::GiveUp => number::give_up(model),
        Event::Rate(level) => opinion::rate(model, level),
        Event::Complain(complaint) => opinion::complain(model, complaint),
        Event::SendOpinion => opinion::send(model),
        Event::Rated { ask, answer } => opinion::rated(model, ask, answer),
        _ => Vec::new(),
    }
}

fn tick(model: &mut Model, machine: Millis) -> Vec<Command> {
    model.machine = machine;
    if model.left_ms() == Some(0) {
        model.visit = Visit::default();
        // Whatever is still under way was asked by somebody who has gone.
        model.asks += 1;
    }
    tablet::tick(model, machine);
    if is_alone(model) && waits_for_restart(model) {
        return vec![Command::StartAgain];
    }
    let pause = if model.line == Line::Down { RETRY_MS } else { FRESH_MS };
    match model.asked {
        Some(asked) if machine.0 - asked.0 < pause => Vec::new(),
        _ => ask_for_place(model),
    }
}

/// Whether nobody is at the kiosk: the first page, and no touch for as long as a visit lasts.
fn is_alone(model: &Model) -> bool {
    let guest = model.tablet.as_ref().is_some_and(|tablet| tablet.guest.is_some());
    matches!(model.visit.screen, Screen::Home) && !guest && model.machine.0 - model.touched.0 > model.idle_ms
}

/// Whether another version than the running one is in place.
fn waits_for_restart(model: &Model) -> bool {
    let running = api::VERSION.parse().ok();
    matches!(model.update, Some(Standing::Installed { version }) if Some(version) != running)
}

fn ask_for_place(model: &mut Model) -> Vec<Command> {
    model.asked = Some(model.machine);
    vec![Command::LoadPlace(model.site.clone())]
}

fn place(model: &mut Model, answer: Result<Arc<Place>, Failure>, machine: Millis) -> Vec<Command> {
    match answer {
        Ok(place) => {
            model.ahead_ms = place.server_time.0 - machine.0;
            model.line = Line::Up;
            model.place = Some(Arc::clone(&place));
            typing::search_again(model);
            vec![Command::KeepPlace(place)]
        }
        Err(_) => {
            model.line = Line::Down;
            Vec::new()
        }
    }
}

fn go(model: &mut Model, target: Target) -> Vec<Command> {
    let screen = match target {
        Target::Services => Screen::Services(Errand::default()),
        Target::ShowTicket => Screen::ShowTicket,
        Target::Lookup => Screen::Lookup(Lookup { code: typing::usual_start(model), trouble: None }),
        Target::Fields => Screen::Fields,
        Target::Field(field) => Screen::Field(field, 0),
        Target::Search => Screen::Search(Search::default()),
        Target::Procedure(code) => Screen::Procedure(code),
    };
    open(model, screen);
    Vec::new()
}

fn open(model: &mut Model, screen: Screen) {
    let before = std::mem::replace(&mut model.visit.screen, screen);
    model.visit.past.push(before);
    let surplus = model.visit.past.len().saturating_sub(PAST);
    model.visit.past.drain(..surplus);
}

fn back(model: &mut Model) -> Vec<Command> {
    model.visit.screen = model.visit.past.pop().unwrap_or_default();
    Vec::new()
}

#[cfg(test)]
pub(crate) mod tests;
