//! Work lists: what lies on a person's desks, by due time.

use super::{Answer, App, fresh::Seen, pages::WorkEntry};
use crate::{
    error::Error,
    store::work::{self, List, Mark},
};
use api::{Pile, WorkItem, WorkPage, WorkRequest};
use domain::{
    case::State,
    ids::{CaseId, StaffId},
    roles::{Actor, Role},
    time::Millis,
    unit::UnitCode,
};
use std::collections::BTreeSet;

/// Rows of a page when nobody says how many.
const PAGE: u16 = 100;
/// The most rows of a page.
const MAX_PAGE: u16 = 500;

/// What a kept page answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    staff: StaffId,
    posts: Vec<(UnitCode, Role)>,
    request: WorkRequest,
}

/// A page of work, ready as JSON.
///
/// # Errors
/// [`Error::Field`] for a limit or mark that makes no sense.
pub async fn page(app: &App, actor: &Actor, request: WorkRequest) -> Result<Answer<WorkPage>, Error> {
    let posts = actor.posts.iter().map(|post| (post.unit.clone(), post.role)).collect();
    let key = Key { staff: actor.staff, posts, request };
    if let Some(entry) = app.pages.work.get(&key)
        && entry.seen.iter().all(|seen| app.fresh.holds(*seen))
    {
        return Ok(Answer::Ready(entry.body));
    }
    let units: BTreeSet<&UnitCode> = actor.posts.iter().map(|post| &post.unit).collect();
    let seen: Vec<Seen> = units.into_iter().map(|unit| app.fresh.unit(unit)).collect();
    let page = read(app, actor, &key.request).await?;
    let body =
        bytes::Bytes::from(serde_json::to_vec(&page).map_err(|_| Error::Internal("a page is no JSON"))?);
    app.pages.work.insert(key, WorkEntry { body: body.clone(), seen: seen.into() });
    Ok(Answer::Ready(body))
}

/// A page of work as a value.
///
/// # Errors
/// As [`page`].
pub async fn read(app: &App, actor: &Actor, request: &WorkRequest) -> Result<WorkPage, Error> {
    let limit = request.limit.unwrap_or(PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(Error::field("limit", "bad_limit"));
    }
    let mark = request.after.as_deref().map_or(Some(Mark::START), parse_mark);
    let mark = mark.ok_or_else(|| Error::field("after", "bad_mark"))?;
    lists(app, lists_of(app, actor, request.pile), mark, usize::from(limit)).await
}

/// A page of the cases that wait for this leader's approval: the running ones at leaders' desks.
///
/// # Errors
/// [`Error`].
pub async fn for_approval(
    app: &App,
    actor: &Actor,
    after: Option<&str>,
    limit: u16,
) -> Result<WorkPage, Error> {
    let mark = after.map_or(Some(Mark::START), parse_mark);
    let mark = mark.ok_or_else(|| Error::field("after", "bad_mark"))?;
    let desks = desks(actor, |role| role == Role::Leader);
    lists(app, desks, mark, usize::from(limit.clamp(1, MAX_PAGE))).await
}

async fn lists(app: &App, lists: Vec<List>, mark: Mark, limit: usize) -> Result<WorkPage, Error> {
    let mut tx = app.db.snapshot().await?;
    let mut items: Vec<WorkItem> = Vec::new();
    let fetch = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    for list in &lists {
        items.extend(work::page(&mut tx, list, mark, fetch).await?);
    }
    items.sort_by_key(|item| (item.due, item.case));
    items.dedup_by_key(|item| item.case);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(mark_of);
    Ok(WorkPage { items, next })
}

fn lists_of(app: &App, actor: &Actor, pile: Pile) -> Vec<List> {
    if pile == Pile::Mine {
        return desks(actor, |_| true);
    }
    let catalogue = app.catalogue();
    let units: BTreeSet<&UnitCode> = actor.posts.iter().map(|post| &post.unit).collect();
    let is_agency = |unit: &UnitCode| catalogue.unit(unit).is_none_or(|unit| unit.kind.is_agency());
    let list = |unit: &UnitCode| {
        let unit = unit.clone();
        let code = State::national_code;
        match (pile, is_agency(&unit)) {
            (Pile::Waiting, true) => List::Waiting(unit),
            (Pile::Returns, true) => List::Ready(unit),
            (_, true) => List::Open(unit),
            (Pile::Waiting, false) => {
                let state = code(State::AwaitingSupplement);
                List::Division { unit, from: state, to: state }
            }
            (Pile::Returns, false) => {
                let state = code(State::Resolved);
                List::Division { unit, from: state, to: state }
            }
            (_, false) => List::Division { unit, from: 1, to: 10 },
        }
    };
    units.into_iter().map(list).collect()
}

fn desks(actor: &Actor, wanted: impl Fn(Role) -> bool) -> Vec<List> {
    let desk = |post: &domain::roles::Post| List::Desk {
        unit: post.unit.clone(),
        role: crate::store::cases::role_name(post.role),
        staff: actor.staff,
    };
    actor.posts.iter().filter(|post| works(post.role) && wanted(post.role)).map(desk).collect()
}

/// Whether cases can lie on a desk of this role at all.
fn works(role: Role) -> bool {
    matches!(role, Role::Clerk | Role::Specialist | Role::DivisionHead | Role::Leader | Role::SealClerk)
}

fn mark_of(item: &WorkItem) -> String {
    format!("{}.{}", item.due.0, item.case)
}

fn parse_mark(text: &str) -> Option<Mark> {
    let (due, case) = text.split_once('.')?;
    let case: CaseId = case.parse().ok()?;
    Some(Mark { due: Millis(due.parse().ok()?), case })
}
