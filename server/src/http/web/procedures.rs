//! The catalogue for citizens: search without diacritics, and everything that the law has published.

use super::{filters, page, problem};
use crate::app::{App, catalogue::Catalogue};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    procedure::{Paper, Procedure, Step},
    search::{fold, rank},
    unit::{ProcedureCode, Unit, UnitCode, UnitKind},
};
use i18n::{Lang, number, t, with};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// Rows that one page shows.
const ROWS: usize = 60;

/// What is looked for, and where.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    noi: String,
}

struct Agency {
    code: String,
    name: String,
    chosen: bool,
}

struct Row {
    href: String,
    name: String,
    more: String,
}

struct Named {
    name: String,
    more: String,
}

#[derive(askama::Template)]
#[template(path = "procedures.html")]
struct ListPage {
    q: String,
    agencies: Vec<Agency>,
    found: String,
    rows: Vec<Row>,
    none: bool,
}

#[derive(askama::Template)]
#[template(path = "procedure.html")]
struct DetailPage {
    back: String,
    name: String,
    code: String,
    field: String,
    unverified: String,
    limit: String,
    fee: String,
    fee_note: String,
    subject: String,
    result: String,
    papers: Vec<Named>,
    steps: Vec<Named>,
    law: Vec<String>,
}

/// `GET /thu-tuc`.
pub(super) async fn list(State(app): State<App>, Query(wanted): Query<Wanted>) -> Response {
    let catalogue = app.catalogue();
    let agencies = agencies(&catalogue);
    let chosen = agencies.iter().find(|unit| unit.code.as_str() == wanted.noi).or(agencies.first());
    let Some(chosen) = chosen else { return problem::not_found() };
    let q: String = wanted.q.chars().take(100).collect();
    let all: Vec<_> =
        catalogue.procedures().filter(|procedure| procedure.levels.contains(&chosen.kind)).collect();
    let mut found: Vec<_> = all
        .iter()
        .filter_map(|procedure| {
            let score = if q.trim().is_empty() { Some(0) } else { rank(&q, &procedure.name) };
            score
                .or_else(|| (procedure.code.as_str() == q.trim()).then_some(u32::MAX))
                .map(|score| (score, *procedure))
        })
        .collect();
    found.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.name.cmp(&second.name)));
    let count = number(i64::try_from(found.len()).unwrap_or(0));
    let rows: Vec<Row> = found.iter().take(ROWS).map(|(_, procedure)| row(procedure, chosen)).collect();
    page(&ListPage {
        found: with("web.procedures.found", &[("n", &count)]),
        none: rows.is_empty(),
        rows,
        agencies: agencies
            .iter()
            .map(|unit| Agency {
                code: unit.code.to_string(),
                name: full_name(&catalogue, unit),
                chosen: unit.code == chosen.code,
            })
            .collect(),
        q,
    })
}

/// Where citizens hand in.
fn agencies(catalogue: &Catalogue) -> Vec<&Unit> {
    let mut agencies: Vec<&Unit> = catalogue.units().filter(|unit| unit.kind.is_agency()).collect();
    agencies.sort_by_key(|unit| {
        let order = match unit.kind {
            UnitKind::District => 0,
            UnitKind::Commune | UnitKind::Division => 1,
            UnitKind::Department => 2,
            UnitKind::Province => 3,
        };
        (order, fold(&unit.short_name), unit.code.clone())
    });
    agencies
}

/// Names of communes repeat: the unit above tells them apart.
fn full_name(catalogue: &Catalogue, unit: &Unit) -> String {
    let above = unit.parent.as_ref().and_then(|code| catalogue.unit(code));
    match above.filter(|above| above.parent.is_some()) {
        Some(above) => format!("{} ({})", unit.name, above.short_name),
        None => unit.name.clone(),
    }
}

fn row(procedure: &Procedure, at: &Unit) -> Row {
    let mut more = vec![Lang::Vi.limit(procedure.limit_at(at.mountain)), Lang::Vi.fee(procedure.fee)];
    if procedure.online_level >= 3 {
        more.push(t("web.procedures.online").into_owned());
    }
    Row { href: address(&procedure.code, &at.code), name: procedure.name.clone(), more: more.join(" · ") }
}

fn address(procedure: &ProcedureCode, at: &UnitCode) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!("/thu-tuc/{}?noi={}", encode(procedure.as_str()), encode(at.as_str()))
}

/// `GET /thu-tuc/{code}`.
pub(super) async fn detail(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let catalogue = app.catalogue();
    let Some(procedure) = catalogue.procedure(&ProcedureCode::from(code.as_str())) else {
        return problem::not_found();
    };
    let noi = utf8_percent_encode(&wanted.noi, NON_ALPHANUMERIC);
    page(&DetailPage {
        back: if wanted.noi.is_empty() { "/thu-tuc".to_owned() } else { format!("/thu-tuc?noi={noi}") },
        name: procedure.name.clone(),
        code: procedure.code.to_string(),
        field: catalogue.field_name(&procedure.field),
        unverified: unverified(procedure),
        limit: limit(procedure),
        fee: Lang::Vi.fee(procedure.fee),
        fee_note: procedure.fee_note.clone(),
        subject: procedure.subject.clone(),
        result: procedure.result.clone(),
        papers: procedure.papers.iter().map(paper).collect(),
        steps: procedure.steps.iter().map(step).collect(),
        law: procedure.legal_basis.clone(),
    })
    .into_response()
}

fn limit(procedure: &Procedure) -> String {
    let usual = Lang::Vi.limit(procedure.limit);
    match procedure.mountain_limit {
        Some(mountain) if mountain != procedure.limit => {
            with("web.procedure.mountain", &[("limit", &usual), ("mountain", &Lang::Vi.limit(mountain))])
        }
        _ => usual,
    }
}

fn unverified(procedure: &Procedure) -> String {
    let verified = &procedure.verified;
    let parts = [
        ("code_name", verified.code_name),
        ("limit", verified.limit),
        ("fee", verified.fee),
        ("legal", verified.legal),
        ("papers", verified.papers),
    ];
    let open = parts.iter().filter(|(_, checked)| !checked);
    let names: Vec<String> =
        open.map(|(name, _)| t(&format!("web.procedure.part_{name}")).into_owned()).collect();
    if names.is_empty() { String::new() } else { format!("{}.", names.join("; ")) }
}

fn paper(paper: &Paper) -> Named {
    let form = Lang::Vi.paper_form(paper.form);
    let more = with("web.procedure.paper", &[("form", &form), ("n", &paper.count.to_string())]);
    let more = if paper.required { more } else { with("web.procedure.if_any", &[("more", &more)]) };
    Named { name: paper.name.clone(), more }
}

fn step(step: &Step) -> Named {
    let (key, n) = match (step.hours % 8, step.hours / 8) {
        (0, days) if days > 0 => ("web.procedure.step_days", days),
        _ => ("web.procedure.step_hours", step.hours),
    };
    let name = t(&format!("web.status.here.{}", step.kind.name())).into_owned();
    Named { name, more: if step.hours == 0 { String::new() } else { with(key, &[("n", &n.to_string())]) } }
}
