//! The hall: one key goes on, and what is done at the counter follows from who stands there.

use super::notices;
use crate::{
    Command, Model,
    model::{HallAct, HallChange, HallStep},
};
use api::{CounterParam, CounterView, Deed, DeedRequest, NextCalled};
use client::ClientError;
use domain::{
    barcode::ScannedTicket,
    code::CaseCode,
    hall::{MISS_AFTER, Opening, State, Ticket},
    ids::{CaseId, CommandId, TicketId},
    roles::Role,
};
use i18n::Lang;
use ui::Level;

/// This counter, where the machine and the person make one.
pub(super) fn at(model: &Model) -> Option<CounterParam> {
    let number = model.counter().filter(|_| model.is(Role::Clerk))?;
    let agency = &model.place()?.place.agency.code;
    Some(CounterParam { unit: agency.clone(), number })
}

/// What is fetched and followed once the clerk is signed in and the place is known.
pub(super) fn begin(model: &Model) -> Vec<Command> {
    let Some(at) = at(model).filter(|_| model.actor().is_some()) else {
        return Vec::new();
    };
    vec![Command::WatchHall(at.unit.clone()), Command::LoadCounter(at)]
}

/// The hall has changed.
pub(super) fn changed(model: &Model) -> Vec<Command> {
    at(model).filter(|_| model.actor().is_some()).map(Command::LoadCounter).into_iter().collect()
}

/// The counter arrived; an older state than the one in view is not shown.
pub(super) fn arrived(model: &mut Model, answer: Result<Box<CounterView>, ClientError>) -> Vec<Command> {
    match answer {
        Ok(view) if model.hall.view.as_ref().is_some_and(|before| before.version > view.version) => {}
        Ok(view) => model.hall.view = Some(view),
        // A machine that is no counter of this agency has no hall.
        Err(error) if error.code() == Some(api::problem_code::NOT_FOUND) => model.hall.view = None,
        Err(error) => tracing::debug!(%error, "the counter did not arrive"),
    }
    Vec::new()
}

/// What a clerk does.
pub(super) fn act(model: &mut Model, act: HallAct) -> Vec<Command> {
    if let HallAct::Menu(menu) = act {
        model.hall.menu = (model.hall.menu != Some(menu)).then_some(menu);
        return Vec::new();
    }
    let (Some(at), Some(view), false) = (at(model), &model.hall.view, model.hall.busy) else {
        return Vec::new();
    };
    let changes = changes(view, act);
    if changes.is_empty() {
        return Vec::new();
    }
    model.hall.busy = true;
    model.hall.menu = None;
    vec![Command::InHall(at, steps(changes))]
}

fn steps(changes: Vec<HallChange>) -> Vec<HallStep> {
    changes.into_iter().map(|what| HallStep { id: CommandId::new(), what }).collect()
}

fn deed(ticket: TicketId, deed: Deed) -> HallChange {
    HallChange::Deed(DeedRequest { ticket, deed })
}

/// What is asked of the server for an act.
fn changes(view: &CounterView, act: HallAct) -> Vec<HallChange> {
    let here = view.at_hand.as_ref();
    let with = |what: Deed| here.map(|ticket| deed(ticket.id, what)).into_iter().collect();
    match act {
        HallAct::Onward => onward(view),
        HallAct::Recall => with(Deed::Recall),
        HallAct::Here => with(Deed::Serve),
        HallAct::Missed => with(Deed::Miss),
        HallAct::Park => with(Deed::Park),
        HallAct::Transfer(to) => with(Deed::Transfer { to }),
        HallAct::Resume(ticket) => vec![deed(ticket, Deed::Resume)],
        HallAct::CameBack(ticket) => vec![deed(ticket, Deed::ComeBack)],
        HallAct::Set(opening) => vec![HallChange::Opening(opening)],
        HallAct::Menu(_) => Vec::new(),
    }
}

fn onward(view: &CounterView) -> Vec<HallChange> {
    let next = (view.opening == Opening::Open).then_some(HallChange::Next);
    match &view.at_hand {
        Some(ticket) if matches!(ticket.state, State::Serving { .. }) => {
            std::iter::once(deed(ticket.id, Deed::Finish)).chain(next).collect()
        }
        Some(ticket) if ticket.calls < MISS_AFTER => vec![deed(ticket.id, Deed::Recall)],
        Some(ticket) => std::iter::once(deed(ticket.id, Deed::Miss)).chain(next).collect(),
        None => vec![next.unwrap_or(HallChange::Opening(Opening::Open))],
    }
}

/// The server has answered to what was done.
pub(super) fn done(model: &mut Model, answer: Result<Option<NextCalled>, ClientError>) -> Vec<Command> {
    model.hall.busy = false;
    match answer {
        Ok(Some(NextCalled { ticket: None })) => {
            notices::say(model, Level::Note, "counter.hall.nobody_waits")
        }
        Ok(_) => {}
        Err(error) => notices::wrong(model, &error),
    }
    Vec::new()
}

/// Whoever was called has begun to hand something in: they are here.
pub(super) fn is_here(model: &mut Model) -> Vec<Command> {
    if model.hall.awaited().is_some() { act(model, HallAct::Here) } else { Vec::new() }
}

/// An intake goes off for whoever stands here.
pub(super) fn hands_in(model: &mut Model, case: CaseId) {
    model.hall.handing_in = model.hall.at_hand().map(|ticket| (case, ticket.id));
}

/// That intake has become a case: the ticket is told which, if its holder still stands here.
pub(super) fn led_to(model: &mut Model, id: CaseId, case: &CaseCode) -> Vec<Command> {
    let handed = model.hall.handing_in.take_if(|(handed, _)| *handed == id);
    let (Some((_, ticket)), Some(at)) = (handed, at(model)) else {
        return Vec::new();
    };
    let Some(here) = model.hall.at_hand().filter(|here| here.id == ticket) else {
        return Vec::new();
    };
    let arrives = matches!(here.state, State::Called { .. }).then(|| deed(ticket, Deed::Serve));
    let attach = deed(ticket, Deed::Attach { case: case.clone() });
    vec![Command::InHall(at, steps(arrives.into_iter().chain([attach]).collect()))]
}

/// A ticket was scanned, by its bars or by the address for its holder's telephone.
pub(super) fn scanned(model: &mut Model, ticket: ScannedTicket) -> Vec<Command> {
    match at(model) {
        Some(at) => vec![Command::FindTicket(at.unit, ticket)],
        None => {
            notices::say(model, Level::Note, "counter.scan.not_a_counter");
            Vec::new()
        }
    }
}

/// The scanned ticket: its holder stands here, so what waited for them goes on.
pub(super) fn found(model: &mut Model, answer: Result<Box<Ticket>, ClientError>) -> Vec<Command> {
    let ticket = match answer {
        Ok(ticket) => ticket,
        Err(error) => {
            notices::wrong(model, &error);
            return Vec::new();
        }
    };
    let here = model.counter();
    match ticket.state {
        State::Called { counter } if Some(counter) == here => act(model, HallAct::Here),
        State::Parked { counter } if Some(counter) == here => act(model, HallAct::Resume(ticket.id)),
        State::Missed => act(model, HallAct::CameBack(ticket.id)),
        state => {
            let said = [("number", ticket.number.to_string()), ("state", Lang::Vi.ticket_state(state))];
            let said: Vec<(&str, &str)> = said.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let text = i18n::with("counter.hall.found", &said);
            model.toasts.push(Level::Note, text, None, false, model.now);
            Vec::new()
        }
    }
}

/// Whether what is shown counts seconds.
pub(crate) fn counts_seconds(model: &Model) -> bool {
    model.hall.at_hand().is_some() && model.actor().is_some()
}

#[cfg(test)]
mod tests;
