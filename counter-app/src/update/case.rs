//! The case in view, and its turns.

use super::{lists, notices, story, words};
use crate::{
    Command, Model, Spot,
    model::{OpenCase, Panel, Picture, Right, Screen, Supplied, may},
};
use api::{CaseView, problem_code};
use client::{Accepted, ClientError};
use domain::{
    case::{State, Turn},
    code::CaseCode,
    ids::{CaseId, CommandId, FileId},
};
use i18n::Lang;
use ui::Level;

/// Pictures that are kept before those of other cases are dropped.
const MOST_THUMBS: usize = 200;

pub(super) fn open(model: &mut Model, id: CaseId) -> Vec<Command> {
    if model.thumbs.len() > MOST_THUMBS {
        let kept: Vec<FileId> = model.form.pages().map(|page| page.file).collect();
        model.thumbs.retain(|file, _| kept.contains(file));
    }
    let open = OpenCase::new(id);
    let name = open.draft_name();
    model.open = Some(open);
    vec![Command::LoadCase(id), Command::LoadDraft(name)]
}

pub(super) fn arrived(
    model: &mut Model,
    id: CaseId,
    answer: Result<Box<CaseView>, ClientError>,
) -> Vec<Command> {
    if model.open.as_ref().is_none_or(|open| open.id != id) {
        return Vec::new();
    }
    match answer {
        Ok(view) => show(model, view),
        Err(error) => {
            if let Some(open) = &mut model.open {
                open.view.settle(Err(error.sentence()));
            }
            if error.is_signed_out() {
                notices::wrong(model, &error);
            }
            Vec::new()
        }
    }
}

/// Puts a case into view as the server has it now.
fn show(model: &mut Model, view: Box<CaseView>) -> Vec<Command> {
    let suggestion = next_number(&model.last_number);
    let desk = model.desk.value().cloned();
    let Some(open) = &mut model.open else {
        return Vec::new();
    };
    open.moments = story::moments(&view, desk.as_deref());
    open.why = i18n::explain_all(Lang::Vi, &view.case.deadline);
    let case = &view.case;
    if !open.filled {
        open.filled = true;
        if open.opinion.is_empty() {
            open.opinion.clone_from(&case.opinion);
        }
        if open.draft.is_empty() {
            open.draft = case.draft.as_ref().map(|draft| draft.text.clone()).unwrap_or_default();
        }
        open.number = suggestion;
        open.handing.receiver = case.applicant.name.as_str().to_owned();
        if let Some(asked) = case.supplement.as_ref().filter(|_| case.state == State::AwaitingSupplement) {
            open.supplied =
                asked.items.iter().map(|item| Supplied { item: item.clone(), ticked: false }).collect();
        }
    }
    open.handing.amount = if case.fee_left() > 0 { i18n::number(case.fee_left()) } else { String::new() };
    let missing: Vec<_> =
        case.files.iter().filter(|file| !model.thumbs.contains_key(&file.file)).cloned().collect();
    for file in &missing {
        model.thumbs.insert(file.file, None);
    }
    open.view.settle(Ok(view));
    focus_for(model);
    if missing.is_empty() { Vec::new() } else { vec![Command::LoadThumbs(missing)] }
}

/// Puts the keyboard where this person will want it.
fn focus_for(model: &mut Model) {
    let Some(view) = model.open.as_ref().and_then(|open| open.view.value()) else {
        return;
    };
    let spot = match model.screen {
        Screen::Seal if may(model, view, Right::Seal) => Spot::SealNumber,
        Screen::Work if may(model, view, Right::Examine) => Spot::Opinion,
        Screen::Returns if view.case.state == State::AwaitingSupplement => Spot::Supplied(0),
        Screen::Returns if may(model, view, Right::GiveBack) => match view.case.fee_left() {
            0 => Spot::Receiver,
            _ => Spot::FeeAmount,
        },
        _ => return,
    };
    model.focus = Some(spot);
}

pub(super) fn found(
    model: &mut Model,
    code: &CaseCode,
    answer: Result<Box<CaseView>, ClientError>,
) -> Vec<Command> {
    match answer {
        Ok(view) => {
            let id = view.case.id;
            model.omni = crate::model::Omni::default();
            model.return_error = None;
            let screen = screen_for(model, &view);
            let mut commands = if model.screen == screen { Vec::new() } else { super::go(model, screen) };
            commands.extend(open(model, id));
            commands.retain(|command| !matches!(command, Command::LoadCase(_)));
            commands.extend(show(model, view));
            commands
        }
        Err(error) => {
            let unknown = error.code() == Some(problem_code::NOT_FOUND);
            if unknown {
                let text = i18n::with("counter.case.unknown", &[("code", code.as_str())]);
                if model.screen == Screen::Returns {
                    model.return_error = Some(text);
                    model.focus = Some(Spot::ReturnCode);
                } else {
                    model.toasts.push(Level::Wrong, text, None, false, model.now);
                }
            } else {
                notices::wrong(model, &error);
            }
            Vec::new()
        }
    }
}

/// Where this person works with a case; a screen that shows cases stays.
fn screen_for(model: &Model, view: &CaseView) -> Screen {
    if !matches!(model.screen, Screen::Intake | Screen::Settings) {
        return model.screen;
    }
    let rights = [
        (Screen::Returns, Right::GiveBack),
        (Screen::Returns, Right::TakeSupplement),
        (Screen::Seal, Right::Seal),
        (Screen::Work, Right::TakeUp),
        (Screen::Work, Right::Submit),
    ];
    let fits = rights.into_iter().find(|(screen, right)| model.may_go(*screen) && may(model, view, *right));
    fits.map_or(Screen::Cases, |(screen, _)| screen)
}

pub(super) fn thumb(model: &mut Model, file: FileId, picture: Option<Picture>) -> Vec<Command> {
    page_picture(model, file, picture);
    Vec::new()
}

/// Keeps the picture of a page, for the form and for the case in view alike.
pub(super) fn page_picture(model: &mut Model, file: FileId, picture: Option<Picture>) {
    model.thumbs.insert(file, picture);
}

/// Keeps opinion and draft on this machine while they are being typed.
pub(super) fn keep(open: &OpenCase) -> Command {
    let body = serde_json::json!({ "opinion": open.opinion, "draft": open.draft });
    Command::SaveDraft(open.draft_name(), body.to_string())
}

pub(super) fn draft(model: &mut Model, name: &str, body: &str) {
    if let Some(open) = model.open.as_mut().filter(|open| open.draft_name() == name)
        && let Ok(kept) = serde_json::from_str::<serde_json::Value>(body)
    {
        let text = |field: &str| kept.get(field).and_then(serde_json::Value::as_str).map(str::to_owned);
        if let Some(opinion) = text("opinion").filter(|text| !text.is_empty()) {
            open.opinion = opinion;
        }
        if let Some(draft) = text("draft").filter(|text| !text.is_empty()) {
            open.draft = draft;
        }
    }
}

/// The case in view, if this person may do `right` with it and nothing is on its way.
fn ready(model: &mut Model, right: Right) -> Option<&mut OpenCase> {
    let open = model.open.as_ref()?;
    let view = open.view.value()?;
    (open.sending.is_none() && may(model, view, right)).then_some(())?;
    model.open.as_mut()
}

pub(super) fn take_up(model: &mut Model) -> Vec<Command> {
    match ready(model, Right::TakeUp) {
        Some(_) => turns(model, vec![Turn::TakeUp]),
        None => Vec::new(),
    }
}

/// Opinion and draft as turns, where they differ from what the server has.
fn written(open: &OpenCase) -> Vec<Turn> {
    let Some(view) = open.view.value() else {
        return Vec::new();
    };
    let mut turns = Vec::new();
    if !open.opinion.trim().is_empty() && open.opinion.trim() != view.case.opinion {
        turns.push(Turn::Examine { opinion: open.opinion.clone() });
    }
    let stored = view.case.draft.as_ref().map_or("", |draft| draft.text.as_str());
    if !open.draft.trim().is_empty() && open.draft.trim() != stored {
        turns.push(Turn::Draft { text: open.draft.clone() });
    }
    turns
}

pub(super) fn save(model: &mut Model) -> Vec<Command> {
    let turns_to_send = ready(model, Right::Examine).map(|open| written(open)).unwrap_or_default();
    turns(model, turns_to_send)
}

pub(super) fn submit(model: &mut Model) -> Vec<Command> {
    let Some(open) = ready(model, Right::Submit) else {
        return Vec::new();
    };
    open.errors.clear();
    let examining =
        open.view.value().is_some_and(|view| view.case.step_kind() == domain::procedure::StepKind::Examine);
    if !examining {
        return turns(model, vec![Turn::Submit { note: String::new() }]);
    }
    let missing = [
        ("opinion", open.opinion.trim().is_empty(), Spot::Opinion),
        ("draft", open.draft.trim().is_empty(), Spot::Draft),
    ];
    let mut focus = None;
    for (field, empty, spot) in missing {
        if empty {
            open.errors.insert(field.to_owned(), i18n::t("counter.error.empty").into_owned());
            focus = focus.or(Some(spot));
        }
    }
    if focus.is_some() {
        model.focus = focus;
        return Vec::new();
    }
    let mut all = written(open);
    all.push(Turn::Submit { note: String::new() });
    turns(model, all)
}

pub(super) fn ask_supplement(model: &mut Model) -> Vec<Command> {
    let Some(open) = ready(model, Right::AskSupplement) else {
        return Vec::new();
    };
    let Some(Panel::Supplement { items, reason }) = &open.panel else {
        open.panel = Some(Panel::Supplement { items: String::new(), reason: String::new() });
        open.errors.clear();
        model.focus = Some(Spot::SupplementItems);
        return Vec::new();
    };
    let list: Vec<String> =
        items.lines().map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect();
    let (empty_items, empty_reason) = (list.is_empty(), reason.trim().is_empty());
    let turn = Turn::AskSupplement { items: list, reason: reason.clone() };
    for (field, empty) in [("items", empty_items), ("reason", empty_reason)] {
        if empty {
            open.errors.insert(field.to_owned(), i18n::t("counter.error.empty").into_owned());
        }
    }
    if empty_items || empty_reason {
        model.focus = Some(if empty_items { Spot::SupplementItems } else { Spot::SupplementReason });
        return Vec::new();
    }
    let mut all = written(open);
    all.push(turn);
    turns(model, all)
}

pub(super) fn send_back(model: &mut Model) -> Vec<Command> {
    let Some(open) = ready(model, Right::SendBack) else {
        return Vec::new();
    };
    let Some(Panel::Back { reason }) = &open.panel else {
        open.panel = Some(Panel::Back { reason: String::new() });
        open.errors.clear();
        model.focus = Some(Spot::BackReason);
        return Vec::new();
    };
    if reason.trim().is_empty() {
        open.errors.insert("reason".to_owned(), i18n::t("counter.error.empty").into_owned());
        model.focus = Some(Spot::BackReason);
        return Vec::new();
    }
    let turn = Turn::SendBack { reason: reason.clone() };
    turns(model, vec![turn])
}

pub(super) fn seal(model: &mut Model) -> Vec<Command> {
    let Some(open) = ready(model, Right::Seal) else {
        return Vec::new();
    };
    let number = open.number.trim().to_owned();
    if number.is_empty() {
        open.errors.insert("number".to_owned(), i18n::t("counter.error.empty").into_owned());
        model.focus = Some(Spot::SealNumber);
        return Vec::new();
    }
    turns(model, vec![Turn::Seal { number }])
}

/// The number after the last one: "46/GPXD" is followed by "47/GPXD".
fn next_number(last: &str) -> String {
    let digits = last.chars().take_while(char::is_ascii_digit).count();
    match last.get(..digits).and_then(|number| number.parse::<u64>().ok()) {
        Some(number) => format!("{:0digits$}{}", number + 1, last.get(digits..).unwrap_or_default()),
        None => String::new(),
    }
}

/// Sends turns one after the other, each with the version that the one before made.
pub(super) fn turns(model: &mut Model, turns: Vec<Turn>) -> Vec<Command> {
    let Some(open) = &mut model.open else {
        return Vec::new();
    };
    open.turns = turns.into();
    next_turn(open).into_iter().collect()
}

fn next_turn(open: &mut OpenCase) -> Option<Command> {
    let version = open.view.value()?.case.version;
    let turn = open.turns.pop_front()?;
    let command = CommandId::new();
    open.sending = Some(command);
    open.kept = false;
    Some(Command::Turn { command, case: open.id, version, turn: Box::new(turn) })
}

pub(super) fn accepted(model: &mut Model, accepted: Accepted) -> Vec<Command> {
    let what = accepted.row.what;
    let Some(open) = model.open.as_mut().filter(|open| open.id == accepted.view.case.id) else {
        return lists::refresh(model, true);
    };
    open.sending = None;
    open.kept = false;
    open.view.settle(Ok(accepted.view.clone()));
    if let Some(next) = next_turn(open) {
        return vec![next];
    }
    open.panel = None;
    open.errors.clear();
    let mut commands = Vec::new();
    if matches!(what.as_str(), "submit" | "ask_supplement") {
        commands.push(Command::DropDraft(open.draft_name()));
    }
    if what == "receive_supplement" {
        open.pages.clear();
        open.supplied.clear();
    }
    if what == "seal"
        && let Some(seal) = &accepted.view.case.seal
    {
        model.last_number.clone_from(&seal.number);
        commands.push(Command::SaveDraft("seal-number".to_owned(), seal.number.clone()));
    }
    let text = i18n::with(&format!("counter.done.{what}"), &[("code", accepted.view.case.code.as_str())]);
    model.toasts.push(Level::Done, text, None, false, model.now);
    commands.extend(show(model, accepted.view));
    commands.extend(lists::refresh(model, false));
    if model.screen == Screen::Returns && what == "return" {
        model.return_code.clear();
        model.focus = Some(Spot::ReturnCode);
    }
    commands
}

pub(super) fn refused(model: &mut Model, command: CommandId, error: &ClientError) -> Vec<Command> {
    let mut commands = vec![Command::Discard(command)];
    if let Some(open) = &mut model.open {
        open.sending = None;
        open.kept = false;
        open.turns.clear();
        if let Some(field) = error.field() {
            open.errors.insert(words::field_of(field).to_owned(), error.sentence());
        }
        commands.push(Command::LoadCase(open.id));
    }
    notices::wrong(model, error);
    commands
}
