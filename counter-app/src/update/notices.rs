//! Notices, the line, the clock, and what became of changes and sheets.

use super::{case, intake, lists, session};
use crate::{
    Command, Model,
    model::{Line, Printed},
};
use client::{ClientError, local::PrintState};
use documents::Medium;
use domain::{
    ids::{CaseId, CommandId, PrintId},
    time::{MINUTE, Millis},
};
use ui::{Level, ToastAct};

/// Shows a notice by its key.
pub(super) fn say(model: &mut Model, level: Level, key: &str) {
    model.toasts.push(level, i18n::t(key), None, false, model.now);
}

/// Shows what went wrong; a session that ended leads back to the sign-in form.
pub(super) fn wrong(model: &mut Model, error: &ClientError) {
    if error.is_signed_out() && model.who.is_some() {
        session::leave(model, Some(i18n::t("counter.sign_in.ended").into_owned()));
        return;
    }
    model.toasts.push(Level::Wrong, error.sentence(), Some(error.details()), false, model.now);
}

pub(super) fn tick(model: &mut Model, now: Millis) -> Vec<Command> {
    let minute_passed = now.0.div_euclid(MINUTE) != model.now.0.div_euclid(MINUTE);
    let day_passed = now.local().date() != model.now.local().date();
    model.now = now;
    model.toasts.expire(now);
    if minute_passed {
        intake::refresh(model);
        for list in [&mut model.work, &mut model.waits, &mut model.ready] {
            list.regroup(now);
        }
    }
    match model.actor() {
        Some(actor) if day_passed => vec![Command::LoadToday(actor.staff, session::midnight(now))],
        _ => Vec::new(),
    }
}

pub(super) fn act(model: &mut Model, act: ToastAct) -> Vec<Command> {
    match act {
        ToastAct::Close(id) => model.toasts.close(id),
        ToastAct::Unfold(id) => model.toasts.unfold(id),
        ToastAct::CloseHistory => model.toasts.history_open = false,
        ToastAct::Undo(id) => {
            model.toasts.close(id);
            if let Some((_, form)) = model.undo.take_if(|(toast, _)| *toast == id) {
                model.form = *form;
                intake::refresh(model);
                return intake::changed(model);
            }
        }
    }
    Vec::new()
}

pub(super) fn line(model: &mut Model, up: bool) -> Vec<Command> {
    let was = model.line;
    model.line = if up { Line::Up } else { Line::Down };
    if up && was != Line::Up && model.actor().is_some() { lists::reload(model) } else { Vec::new() }
}

/// The machine was away: nothing that is shown is sure until the server said so.
pub(super) fn woke(model: &mut Model) -> Vec<Command> {
    if model.actor().is_none() {
        return Vec::new();
    }
    model.line = Line::Unknown;
    lists::reload(model)
}

/// The server refused a change for good.
pub(super) fn refused(
    model: &mut Model,
    command: CommandId,
    id: CaseId,
    error: &ClientError,
) -> Vec<Command> {
    if model.sending == Some(command) {
        return intake::refused(model, command, error);
    }
    if model.open.as_ref().is_some_and(|open| open.id == id && open.sending == Some(command)) {
        return case::refused(model, command, error);
    }
    wrong(model, error);
    Vec::new()
}

/// A change waits for the line.
pub(super) fn kept(model: &mut Model, command: CommandId, id: CaseId, error: &ClientError) -> Vec<Command> {
    if error.is_signed_out() {
        wrong(model, error);
        return Vec::new();
    }
    // The form or the case says so itself, for as long as it lasts.
    if model.sending == Some(command) {
        model.sending_kept = true;
    }
    if let Some(open) = model.open.as_mut().filter(|open| open.id == id && open.sending == Some(command)) {
        open.kept = true;
    }
    if error.is_offline() {
        model.line = Line::Down;
    }
    Vec::new()
}

pub(super) fn broken(model: &mut Model, detail: String) -> Vec<Command> {
    let text = i18n::t("counter.notice.local_broken");
    model.toasts.push(Level::Wrong, text, Some(detail), false, model.now);
    Vec::new()
}

/// How a sheet goes.
pub(super) fn printed(model: &mut Model, printed: Printed) -> Vec<Command> {
    let Printed { case, medium, state, note } = printed;
    let words = print_words(medium, state, &note);
    if let Some(last) = model.last.as_mut().filter(|last| last.view.case.id == case) {
        last.printed.retain(|(known, _)| *known != medium);
        last.printed.push((medium, words.clone()));
        last.printed.sort_by_key(|(medium, _)| *medium == Medium::Roll);
        if state == PrintState::Done && !note.is_empty() {
            last.path = Some(note.clone());
        }
    }
    match state {
        PrintState::Failed | PrintState::Unknown => {
            let detail = (!note.is_empty()).then_some(note);
            model.toasts.push(Level::Wrong, words, detail, false, model.now);
        }
        // It waits for a hand.
        PrintState::Handed if !note.is_empty() => {
            model.toasts.push(Level::Note, words, None, false, model.now);
        }
        PrintState::Intended | PrintState::Handed | PrintState::Done => {}
    }
    Vec::new()
}

/// How a receipt goes on a medium, in words; `note` is what the printer waits for, if it waits.
pub(super) fn print_words(medium: Medium, state: PrintState, note: &str) -> String {
    let [on_sheet, on_roll] = match state {
        PrintState::Handed if !note.is_empty() => ["counter.print.held", "counter.print_roll.held"],
        PrintState::Intended | PrintState::Handed => ["counter.print.handed", "counter.print_roll.handed"],
        PrintState::Done => ["counter.print.done", "counter.print_roll.done"],
        PrintState::Unknown => ["counter.print.unknown", "counter.print_roll.unknown"],
        PrintState::Failed => ["counter.print.failed", "counter.print_roll.failed"],
    };
    i18n::with(if medium == Medium::Roll { on_roll } else { on_sheet }, &[("detail", note)])
}

pub(super) fn doubtful(model: &mut Model, id: PrintId, again: bool) -> Vec<Command> {
    let Some(at) = model.doubtful.iter().position(|row| row.id == id) else {
        return Vec::new();
    };
    let row = model.doubtful.remove(at);
    if again { vec![Command::LetBe(id), Command::PrintAgain(row)] } else { vec![Command::LetBe(id)] }
}
