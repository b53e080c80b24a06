//! Lists of cases, the omnibox, and what the live stream changes in them.

use super::{case, go, notices};
use crate::{
    Command, Model,
    model::{Omni, Screen},
};
use api::{LiveEvent, Pile, WorkItem, WorkPage};
use client::ClientError;
use domain::{code::CaseCode, ids::CaseId, roles::Role};

/// Rows of a page.
const PAGE: u16 = 200;
/// More rows at once when a list is being refreshed from its beginning.
const MOST: usize = 500;

/// The lists that this person has.
fn piles(model: &Model) -> Vec<Pile> {
    let mut piles = Vec::new();
    if [Role::Specialist, Role::DivisionHead, Role::SealClerk].iter().any(|role| model.is(*role)) {
        piles.push(Pile::Mine);
    }
    if model.is(Role::Clerk) || model.is(Role::Specialist) {
        piles.push(Pile::Waiting);
    }
    if model.is(Role::Clerk) {
        piles.push(Pile::Returns);
    }
    piles
}

/// Fetches the lists again from their beginning; old rows stay until the new ones are here.
pub(super) fn refresh(model: &mut Model, soft: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    for pile in piles(model) {
        if let Some(list) = model.list_mut(pile) {
            list.loading = true;
            let limit = u16::try_from(list.rows.len().clamp(usize::from(PAGE), MOST)).unwrap_or(PAGE);
            commands.push(Command::LoadWork { pile, after: None, limit, soft });
        }
    }
    commands
}

/// Fetches everything that is shown again: lists, and the case in view unless a change of it is on its way.
pub(super) fn reload(model: &mut Model) -> Vec<Command> {
    let mut commands = refresh(model, true);
    let open = model.open.as_ref().filter(|open| open.sending.is_none());
    commands.extend(open.map(|open| Command::LoadCase(open.id)));
    commands
}

pub(super) fn near_end(model: &mut Model, pile: Pile) -> Vec<Command> {
    match model.list_mut(pile) {
        Some(list) if !list.loading && list.next.is_some() => {
            list.loading = true;
            vec![Command::LoadWork { pile, after: list.next.clone(), limit: MOST as u16, soft: false }]
        }
        _ => Vec::new(),
    }
}

pub(super) fn arrived(
    model: &mut Model,
    pile: Pile,
    after: Option<&str>,
    answer: Result<WorkPage, ClientError>,
) -> Vec<Command> {
    let now = model.now;
    let Some(list) = model.list_mut(pile) else {
        return Vec::new();
    };
    match answer {
        // The list was refreshed while this page was on its way: it belongs to the list of before.
        Ok(_) if after.is_some() && after != list.next.as_deref() => list.loading = false,
        Ok(page) => list.take(page, after, now),
        Err(error) => {
            list.loading = false;
            list.failure = Some(error.sentence());
            if error.is_signed_out() {
                notices::wrong(model, &error);
            }
        }
    }
    Vec::new()
}

/// Something happened in the province: what concerns this person is fetched again.
pub(super) fn live(model: &mut Model, event: &LiveEvent) -> Vec<Command> {
    let Some(actor) = model.actor() else {
        return Vec::new();
    };
    let mine = actor.posts.iter().any(|post| post.unit == event.agency || post.unit == event.holder);
    let shown = |list: &crate::model::List| list.rows.iter().any(|row| row.case == event.case);
    if !mine && !shown(&model.work) && !shown(&model.ready) && !shown(&model.waits) {
        return Vec::new();
    }
    let mut commands = refresh(model, true);
    if model.open.as_ref().is_some_and(|open| open.id == event.case && open.sending.is_none()) {
        commands.push(Command::LoadCase(event.case));
    }
    commands
}

pub(super) fn omni_typed(model: &mut Model, text: String) -> Vec<Command> {
    model.omni.choice = 0;
    model.omni.open = !text.trim().is_empty();
    model.omni.text = text;
    if model.omni.text.trim().chars().count() < 2 {
        model.omni.found = ui::Remote::Ready(Vec::new());
        return Vec::new();
    }
    model.omni.found.reload();
    vec![Command::Search(model.omni.text.trim().to_owned())]
}

pub(super) fn searched(
    model: &mut Model,
    query: &str,
    answer: Result<Vec<WorkItem>, ClientError>,
) -> Vec<Command> {
    if model.omni.text.trim() == query {
        model.omni.found.settle(answer.map_err(|error| error.sentence()));
    }
    Vec::new()
}

pub(super) fn omni_entered(model: &mut Model) -> Vec<Command> {
    if let Ok(code) = CaseCode::parse(&model.omni.text) {
        return vec![Command::FindCase(code)];
    }
    super::typing::picked(model, crate::Spot::Omni, model.omni.choice)
}

/// Opens what was found, where this person works with it.
pub(super) fn open_found(model: &mut Model, id: CaseId) -> Vec<Command> {
    model.omni = Omni::default();
    let screen = [(Screen::Work, &model.work), (Screen::Seal, &model.work), (Screen::Returns, &model.ready)]
        .into_iter()
        .find(|(screen, list)| model.may_go(*screen) && list.rows.iter().any(|row| row.case == id))
        .map_or(Screen::Cases, |(screen, _)| screen);
    let mut commands = if model.screen == screen { Vec::new() } else { go(model, screen) };
    commands.extend(case::open(model, id));
    commands
}
