//! Approval on the leader's tablet. Everything is a page and a plain form; the script only spares the reload.

mod acts;
mod detail;
mod list;
mod page;

pub(super) use acts::{approve, batch, send_back};

use super::{Me, guard, page as render};
use crate::{
    app::{App, cases, work},
    error::Error,
};
use api::{Pile, WorkItem, WorkRequest};
use axum::{
    extract::{Query, State},
    response::{IntoResponse as _, Response},
};
use detail::{Detail, Kept};
use domain::{
    case::{ActionKind, State as CaseState},
    deadline::Standing,
    ids::CaseId,
    procedure::StepKind,
    roles::Role,
};
use http::StatusCode;
use list::{Desk, List, Tab};
use page::{Flash, LeaderPage};
use serde::Deserialize;
use std::sync::LazyLock;

/// Cases that one page lists.
const ROWS: u16 = 200;
/// Open cases of the agency that are looked through for signed ones.
const OPEN_ROWS: u16 = 500;
/// Cases whose whole log is looked through for the batch.
const LOOKED_THROUGH: usize = 60;

/// Whether nothing speaks against a case at a version: looked through once.
static CLEAR: LazyLock<moka::sync::Cache<(CaseId, u32), bool>> =
    LazyLock::new(|| moka::sync::Cache::new(20_000));

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    muc: String,
    #[serde(default, rename = "ho-so")]
    case: String,
    #[serde(default)]
    bao: String,
    #[serde(default)]
    ma: String,
    #[serde(default)]
    n: String,
    #[serde(default)]
    loi: String,
}

/// Which page, and what is said on it.
#[derive(Default)]
struct Shown {
    tab: Tab,
    case: Option<CaseId>,
    flash: Flash,
    kept: Kept,
}

/// `GET /lanh-dao`.
pub(super) async fn desk(State(app): State<App>, me: Me, Query(wanted): Query<Wanted>) -> Response {
    let shown = Shown {
        tab: Tab::of(&wanted.muc),
        case: wanted.case.parse().ok(),
        flash: Flash::of(&wanted.bao, &wanted.ma, count(&wanted.n), count(&wanted.loi)),
        kept: Kept::default(),
    };
    show(&app, &me, shown, StatusCode::OK).await
}

fn count(text: &str) -> usize {
    text.parse().unwrap_or(0)
}

async fn show(app: &App, me: &Me, shown: Shown, status: StatusCode) -> Response {
    match build(app, me, shown).await {
        Ok(page) => (status, render(&page)).into_response(),
        Err(error) => super::problem::of(&error),
    }
}

async fn build(app: &App, me: &Me, shown: Shown) -> Result<LeaderPage, Error> {
    let post = me.actor().posts.iter().find(|post| post.role == Role::Leader);
    let Some(post) = post else {
        let unit = me.actor().posts.first().map(|post| post.unit.clone()).unwrap_or_default();
        return Err(app.denied(domain::roles::Denied::NeedsPost { unit, role: Role::Leader }));
    };
    let (catalogue, now, tab) = (app.catalogue(), app.now(), shown.tab);
    let desk = read_desk(app, me, tab).await?;
    let first = match tab {
        Tab::Waiting => desk.waiting.first(),
        Tab::Soon => desk.waiting.iter().find(|item| catalogue.standing(item.due, now) != Standing::OnTime),
        Tab::Done => desk.done.first(),
    };
    let chosen = shown.case.or(first.map(|item| item.case));
    let view = match chosen {
        Some(case) => Some(cases::get(app, me.actor(), case).await?),
        None => None,
    };
    let list = List::new(&desk, tab, chosen, &catalogue, now);
    let detail = view.map(|view| Detail::new(&view, tab, shown.kept, me.actor(), &catalogue, now));
    let here = chosen.map_or_else(|| tab.address(), |case| format!("{}&ho-so={case}", tab.address()));
    Ok(LeaderPage {
        picked: shown.case.is_some(),
        here,
        agency: catalogue.name_of(&post.unit),
        me: me.actor().name.clone(),
        csrf: guard::token(&me.token),
        pile: tab.slug(),
        no_rows: list.rows.is_empty(),
        has_batch: list.batch.len() > 1,
        batch_label: i18n::with("web.leader.batch", &[("n", &list.batch.len().to_string())]),
        list,
        flash_tone: shown.flash.tone,
        flash_mark: shown.flash.mark(),
        flash: shown.flash.text,
        has_detail: detail.is_some(),
        d: detail.unwrap_or_default(),
    })
}

async fn read_desk(app: &App, me: &Me, tab: Tab) -> Result<Desk, Error> {
    let mine = work::for_approval(app, me.actor(), None, ROWS).await?;
    let (waiting, more) = (mine.items, mine.next.is_some());
    if tab == Tab::Done {
        let signed = |item: &WorkItem| matches!(item.step, StepKind::Seal | StepKind::Return);
        let request = WorkRequest { pile: Pile::Agency, after: None, limit: Some(OPEN_ROWS) };
        let all = work::read(app, me.actor(), &request).await?.items;
        let done = all
            .into_iter()
            .filter(|item| signed(item) && item.state != CaseState::AwaitingSupplement)
            .collect();
        return Ok(Desk { waiting, more, done, clear: Vec::new() });
    }
    let clear = clear(app, me, &waiting).await?;
    Ok(Desk { waiting, more, done: Vec::new(), clear })
}

/// Those that nothing speaks against: in time, never sent back, no papers asked for, no apology, and a log
/// that holds.
async fn clear(app: &App, me: &Me, waiting: &[WorkItem]) -> Result<Vec<CaseId>, Error> {
    let (catalogue, now) = (app.catalogue(), app.now());
    let mut clear = Vec::new();
    for item in waiting.iter().take(LOOKED_THROUGH) {
        if catalogue.standing(item.due, now) == Standing::Late {
            continue;
        }
        let key = (item.case, item.version);
        let is_clear = match CLEAR.get(&key) {
            Some(known) => known,
            None => {
                let view = cases::get(app, me.actor(), item.case).await?;
                let spoken = view.actions.iter().any(|action| speaks_against(&action.kind));
                CLEAR.insert(key, view.intact && !spoken);
                view.intact && !spoken
            }
        };
        if is_clear {
            clear.push(item.case);
        }
    }
    Ok(clear)
}

fn speaks_against(kind: &ActionKind) -> bool {
    matches!(
        kind,
        ActionKind::SentBack { .. } | ActionKind::SupplementAsked { .. } | ActionKind::Apologised { .. }
    )
}
