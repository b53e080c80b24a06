//! Taking a case in.

use super::{case, hall, notices, words};
use crate::{
    Command, Model, Spot,
    model::{Hit, IntakeForm, LastReceipt, Page, PageTarget, PaperTick, Picture, Promise},
    receipts::medium_of,
};
use api::IntakeRequest;
use client::{Accepted, ClientError, local::PrintState};
use documents::Medium;
use domain::{
    barcode,
    case::{Channel, HandedPaper},
    deadline,
    ids::{CaseId, CommandId, FileId},
    person::{self, MAX_TEXT, clean_line},
    search,
};
use i18n::Lang;
use std::collections::BTreeMap;
use ui::Level;

/// Choices below the procedure's field.
const HITS: usize = 6;

/// Takes a text of the form in; whether it was one.
pub(super) fn typed(model: &mut Model, spot: Spot, text: &str) -> bool {
    let person = &mut model.form.person;
    let (place, error) = match spot {
        Spot::Name => (&mut person.name, "name"),
        Spot::CitizenId => (&mut person.citizen_id, "citizen_id"),
        Spot::Birth => (&mut person.birth, "birth"),
        Spot::Phone => (&mut person.phone, "phone"),
        Spot::Address => (&mut person.address, "address"),
        Spot::Procedure => {
            model.form.procedure = None;
            model.form.papers.clear();
            model.form.choice = 0;
            (&mut model.form.query, "procedure")
        }
        _ => return false,
    };
    text.clone_into(place);
    model.form_errors.remove(error);
    true
}

/// The form changed: what follows from it is computed again, and it is kept.
pub(super) fn changed(model: &mut Model) -> Vec<Command> {
    if model.form.began.is_none() && !model.form.is_blank() {
        model.form.began = Some(model.now);
    }
    refresh(model);
    match serde_json::to_string(&model.form) {
        Ok(body) if !model.form.is_blank() => vec![Command::SaveDraft("intake".to_owned(), body)],
        _ => vec![Command::DropDraft("intake".to_owned())],
    }
}

/// Computes what follows from the form: found procedures and the due date.
pub(super) fn refresh(model: &mut Model) {
    let Some(desk) = model.place().cloned() else {
        return;
    };
    let query = model.form.query.trim();
    model.hits = if model.form.procedure.is_some() || query.is_empty() {
        Vec::new()
    } else {
        let mut ranked: Vec<(u32, &domain::procedure::Procedure)> =
            desk.place.procedures.iter().filter_map(|p| Some((search::rank(query, &p.name)?, p))).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
        let hit = |(_, p): (u32, &domain::procedure::Procedure)| Hit {
            code: p.code.clone(),
            marked: words::marked(query, &p.name),
        };
        ranked.into_iter().take(HITS).map(hit).collect()
    };
    let procedure = model.form.procedure.as_ref().and_then(|code| desk.procedure(code));
    model.promise = procedure.map(|procedure| {
        let limit = procedure.limit_at(desk.place.agency.mountain);
        let deadline = deadline::due(model.now, limit, &desk.place.calendar);
        Promise { why: i18n::explain_all(Lang::Vi, &deadline), deadline }
    });
}

/// Takes the procedure that the type-ahead offers.
pub(super) fn pick(model: &mut Model, which: usize) -> Vec<Command> {
    let Some(desk) = model.place().cloned() else {
        return Vec::new();
    };
    let Some(procedure) = model.hits.get(which).and_then(|hit| desk.procedure(&hit.code)) else {
        return Vec::new();
    };
    model.form.query.clone_from(&procedure.name);
    model.form.procedure = Some(procedure.code.clone());
    model.form.papers = vec![PaperTick::default(); procedure.papers.len()];
    model.form_errors.remove("procedure");
    model.form_errors.remove("papers");
    model.focus = (!procedure.papers.is_empty()).then_some(Spot::Paper(0));
    changed(model)
}

pub(super) fn clear(model: &mut Model) -> Vec<Command> {
    if model.sending.is_some() {
        return Vec::new();
    }
    let old = std::mem::take(&mut model.form);
    model.form_errors.clear();
    if !old.is_blank() {
        let toast = model.toasts.push(Level::Note, i18n::t("counter.intake.cleared"), None, true, model.now);
        model.undo = Some((toast, Box::new(old)));
    }
    model.focus = Some(Spot::Name);
    changed(model)
}

/// The intake goes its way in the background; the counter serves the next person.
pub(super) fn next_person(model: &mut Model) -> Vec<Command> {
    if !model.sending_kept {
        return Vec::new();
    }
    model.sending = None;
    model.sending_kept = false;
    model.form = IntakeForm::default();
    model.focus = Some(Spot::Name);
    changed(model)
}

pub(super) fn accept(model: &mut Model) -> Vec<Command> {
    let Some(desk) = model.place().cloned() else {
        return Vec::new();
    };
    if model.sending.is_some() {
        return Vec::new();
    }
    model.form_errors = check(model);
    if let Some(field) = ["name", "citizen_id", "birth", "phone", "address", "procedure", "papers"]
        .into_iter()
        .find(|field| model.form_errors.contains_key(*field))
    {
        model.focus = spot_of(field);
        return Vec::new();
    }
    let Some(procedure) = model.form.procedure.as_ref().and_then(|code| desk.procedure(code)) else {
        return Vec::new();
    };
    let ticked = procedure.papers.iter().zip(&model.form.papers).filter(|(_, tick)| tick.ticked);
    let papers = ticked
        .map(|(paper, _)| HandedPaper { name: paper.name.clone(), form: paper.form, count: paper.count })
        .collect();
    let command = CommandId::new();
    let request = IntakeRequest {
        case: model.form.case,
        agency: desk.place.agency.code.clone(),
        counter: model.counter(),
        procedure: procedure.code.clone(),
        applicant: model.form.person.clone(),
        papers,
        files: Vec::new(),
        sets: 1,
        request: String::new(),
        channel: Channel::Direct,
    };
    model.sending = Some(command);
    model.sending_kept = false;
    hall::hands_in(model, model.form.case);
    vec![Command::TakeIn {
        command,
        request: Box::new(request),
        pages: model.form.pages().cloned().collect(),
        began: model.form.began,
    }]
}

/// What is wrong with the form; the server checks all of it again.
fn check(model: &Model) -> BTreeMap<String, String> {
    let person = &model.form.person;
    let today = model.now.local().date();
    let mut errors = BTreeMap::new();
    let mut note = |field: &str, problem: Option<String>| {
        if let Some(problem) = problem {
            errors.insert(field.to_owned(), problem);
        }
    };
    note("name", person::Name::parse(&person.name).err().map(words::bad_text));
    let id = match person::CitizenId::parse(&person.citizen_id) {
        Ok(id) if id.as_str().is_empty() => None,
        Ok(id) => {
            barcode::check_number(id.as_str()).err().map(|_| i18n::t("counter.error.citizen_id").into_owned())
        }
        Err(_) => Some(i18n::t("counter.error.citizen_id").into_owned()),
    };
    note("citizen_id", id);
    note("birth", person::parse_birth(&person.birth, today).err().map(words::bad_text));
    let phone =
        person::Phone::parse(&person.phone).err().map(|_| i18n::t("counter.error.phone").into_owned());
    note("phone", phone);
    let address = (!person.address.is_empty()).then(|| clean_line(&person.address, MAX_TEXT).err()).flatten();
    note("address", address.map(words::bad_text));
    let procedure = model.form.procedure.as_ref().and_then(|code| model.place()?.procedure(code));
    match procedure {
        None => note("procedure", Some(i18n::t("counter.error.procedure").into_owned())),
        Some(procedure) => {
            let lacking = procedure.papers.iter().zip(&model.form.papers);
            let lacking: Vec<&str> = lacking
                .filter(|(paper, tick)| paper.required && !tick.ticked)
                .map(|(paper, _)| paper.name.as_str())
                .collect();
            let problem = (!lacking.is_empty())
                .then(|| i18n::with("counter.error.papers", &[("papers", &lacking.join("; "))]));
            note("papers", problem);
        }
    }
    errors
}

fn spot_of(field: &str) -> Option<Spot> {
    match words::field_of(field) {
        "name" => Some(Spot::Name),
        "citizen_id" => Some(Spot::CitizenId),
        "birth" => Some(Spot::Birth),
        "phone" => Some(Spot::Phone),
        "address" => Some(Spot::Address),
        "procedure" => Some(Spot::Procedure),
        "papers" => Some(Spot::Paper(0)),
        _ => None,
    }
}

/// The server has the case: its receipt is printed, and the next person may come.
pub(super) fn accepted(model: &mut Model, accepted: Accepted) -> Vec<Command> {
    let code = accepted.view.case.code.to_string();
    let text = i18n::with("counter.intake.accepted", &[("code", &code)]);
    model.toasts.push(Level::Done, text, None, false, model.now);
    let mut commands = hall::led_to(model, accepted.view.case.id, &accepted.view.case.code);
    if model.form.case == accepted.view.case.id {
        model.sending = None;
        model.sending_kept = false;
        model.form = IntakeForm::default();
        model.form_errors.clear();
        model.undo = None;
        if model.screen == crate::model::Screen::Intake {
            model.focus = Some(Spot::Name);
        }
        refresh(model);
    }
    model.last = Some(LastReceipt {
        view: accepted.view.clone(),
        sheet: None,
        printed: accepted.prints.iter().map(|row| handed(&row.what)).collect(),
        path: None,
    });
    commands.push(Command::DrawSheet(accepted.view.clone()));
    for print in accepted.prints {
        commands.push(Command::Print(print, accepted.view.clone()));
    }
    if let Some(actor) = model.actor() {
        commands.push(Command::LoadToday(actor.staff, super::session::midnight(model.now)));
    }
    commands
}

/// What is said of a receipt that is on its way to a printer.
fn handed(what: &str) -> (Medium, String) {
    let medium = medium_of(what);
    (medium, notices::print_words(medium, PrintState::Intended, ""))
}

/// The server refused the form: it stays, with the error at its field.
pub(super) fn refused(model: &mut Model, command: CommandId, error: &ClientError) -> Vec<Command> {
    model.sending = None;
    model.sending_kept = false;
    let mut commands = vec![Command::Discard(command)];
    match error.field().and_then(|field| Some((words::field_of(field), spot_of(field)?))) {
        Some((field, spot)) => {
            model.form_errors.insert(field.to_owned(), error.sentence());
            model.focus = Some(spot);
        }
        None => notices::wrong(model, error),
    }
    commands.extend(changed(model));
    commands
}

pub(super) fn reprint(model: &mut Model) -> Vec<Command> {
    let open = model.open.as_ref().and_then(|open| open.view.value());
    let view = match model.screen {
        crate::model::Screen::Intake => model.last.as_ref().map(|last| &last.view),
        _ => open,
    };
    view.map(|view| Command::Reprint(view.clone())).into_iter().collect()
}

pub(super) fn sheet(model: &mut Model, case: CaseId, picture: Picture) -> Vec<Command> {
    if let Some(last) = model.last.as_mut().filter(|last| last.view.case.id == case) {
        last.sheet = Some(picture);
    }
    Vec::new()
}

fn pages(model: &mut Model, target: PageTarget) -> Option<&mut Vec<Page>> {
    match target {
        PageTarget::Paper(which) => model.form.papers.get_mut(which).map(|paper| &mut paper.pages),
        PageTarget::Supplement => model.open.as_mut().map(|open| &mut open.pages),
    }
}

/// The first paper of the form without a page, or the supplement in view.
pub(super) fn attach_next(model: &Model) -> Vec<Command> {
    if model.screen == crate::model::Screen::Returns {
        return vec![Command::PickFile(PageTarget::Supplement)];
    }
    let without = model.form.papers.iter().position(|paper| paper.pages.is_empty());
    without.map(|which| Command::PickFile(PageTarget::Paper(which))).into_iter().collect()
}

pub(super) fn page_read(
    model: &mut Model,
    target: PageTarget,
    answer: Result<(Page, Option<Picture>), String>,
) -> Vec<Command> {
    match answer {
        Ok((page, picture)) => {
            let file = page.file;
            let Some(list) = pages(model, target) else {
                return Vec::new();
            };
            list.push(page);
            if let PageTarget::Paper(which) = target
                && let Some(paper) = model.form.papers.get_mut(which)
            {
                paper.ticked = true;
                model.form_errors.remove("papers");
            }
            case::page_picture(model, file, picture);
            changed(model)
        }
        Err(why) => {
            model.toasts.push(Level::Wrong, why, None, false, model.now);
            Vec::new()
        }
    }
}

pub(super) fn rotate(model: &mut Model, target: PageTarget, which: usize) -> Vec<Command> {
    let page = pages(model, target).and_then(|list| list.get(which)).cloned();
    page.map(|page| Command::TurnPage(target, page)).into_iter().collect()
}

pub(super) fn page_turned(
    model: &mut Model,
    target: PageTarget,
    old: FileId,
    answer: Result<(Page, Option<Picture>), String>,
) -> Vec<Command> {
    match answer {
        Ok((page, picture)) => {
            let file = page.file;
            if let Some(place) =
                pages(model, target).and_then(|list| list.iter_mut().find(|page| page.file == old))
            {
                *place = page;
            }
            case::page_picture(model, file, picture);
            changed(model)
        }
        Err(why) => {
            model.toasts.push(Level::Wrong, why, None, false, model.now);
            Vec::new()
        }
    }
}

pub(super) fn detach(model: &mut Model, target: PageTarget, which: usize) -> Vec<Command> {
    let before = model.form.clone();
    let Some(list) = pages(model, target).filter(|list| which < list.len()) else {
        return Vec::new();
    };
    list.remove(which);
    if matches!(target, PageTarget::Paper(_)) {
        let toast = model.toasts.push(Level::Note, i18n::t("counter.intake.detached"), None, true, model.now);
        model.undo = Some((toast, Box::new(before)));
    }
    changed(model)
}

/// A form kept from before comes back, unless somebody has begun another one.
pub(super) fn draft(model: &mut Model, name: &str, body: &str) -> Vec<Command> {
    match name {
        "intake" if model.form.is_blank() && model.sending.is_none() => {
            if let Ok(form) = serde_json::from_str::<IntakeForm>(body) {
                model.form = form;
                notices::say(model, Level::Note, "counter.intake.restored");
                refresh(model);
            }
        }
        "seal-number" => body.clone_into(&mut model.last_number),
        name => case::draft(model, name, body),
    }
    Vec::new()
}
