//! The machines on which the apps are installed, for IT: what wants a visit first.

use super::{Me, filters, guard, page, problem, sent::Sent};
use crate::app::{App, machines};
use api::MachineView;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    ids::MachineId,
    machine::FindingState,
    update::{AppKind, Standing, System},
};
use i18n::{Lang, number, short_moment, t, with};
use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    muc: String,
    #[serde(default)]
    bao: String,
}

#[derive(askama::Template)]
#[template(path = "machines.html")]
struct MachinesPage {
    csrf: String,
    sum: String,
    forgot: bool,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
}

struct Tab {
    href: String,
    label: String,
    here: bool,
}

struct Row {
    id: MachineId,
    name: String,
    site: String,
    app: String,
    seen: String,
    state: String,
    tone: &'static str,
    since: String,
    findings: Vec<Line>,
    open: bool,
}

struct Line {
    state: String,
    tone: &'static str,
    said: String,
    advice: String,
}

/// `GET /may-tram`.
pub(super) async fn overview(State(app): State<App>, me: Me, Query(wanted): Query<Wanted>) -> Response {
    match machines::all(&app, me.actor()).await {
        Ok(all) => page(&MachinesPage::new(&all.machines, &wanted, guard::token(&me.token))),
        Err(error) => problem::of(&error),
    }
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub(super) struct ForgetForm {
    #[serde(default)]
    csrf: String,
}

/// `POST /may-tram/{machine}/bo`.
pub(super) async fn forget(
    State(app): State<App>,
    me: Me,
    Path(machine): Path<String>,
    Sent(form): Sent<ForgetForm>,
) -> Response {
    if !guard::is_token(&form.csrf, &me.token) {
        return problem::forged();
    }
    let Ok(machine) = machine.parse() else {
        return problem::not_found();
    };
    match machines::forget(&app, me.actor(), machine).await {
        Ok(()) => Redirect::to("/may-tram?bao=da-bo").into_response(),
        Err(error) => problem::of(&error),
    }
}

impl MachinesPage {
    fn new(machines: &[MachineView], wanted: &Wanted, csrf: String) -> Self {
        let newest = machines.iter().map(|machine| machine.version).max();
        let is_old = |machine: &MachineView| newest.is_some_and(|newest| machine.version < newest);
        let visit = machines.iter().filter(|machine| machine.wants_visit).count();
        let old = machines.iter().filter(|machine| is_old(machine)).count();
        let chosen = |machine: &&MachineView| match wanted.muc.as_str() {
            "can-xem" => machine.wants_visit,
            "ban-cu" => is_old(machine),
            _ => true,
        };
        let mut shown: Vec<&MachineView> = machines.iter().filter(chosen).collect();
        // What wants a visit stands first; otherwise by place and name, as they came.
        shown.sort_by_key(|machine| !machine.wants_visit);
        let tab = |slug: &str, key: &str, count: usize| Tab {
            href: if slug.is_empty() { "/may-tram".to_owned() } else { format!("/may-tram?muc={slug}") },
            label: with(&format!("web.machines.{key}"), &[("n", &counted(count))]),
            here: wanted.muc == slug,
        };
        Self {
            csrf,
            sum: with(
                "web.machines.sum",
                &[
                    ("n", &counted(machines.len())),
                    ("bad", &counted(visit)),
                    ("version", &newest.map_or_else(|| "–".to_owned(), |version| version.to_string())),
                ],
            ),
            forgot: wanted.bao == "da-bo",
            tabs: vec![
                tab("", "all", machines.len()),
                tab("can-xem", "visit", visit),
                tab("ban-cu", "old", old),
            ],
            rows: shown.into_iter().map(Row::new).collect(),
        }
    }
}

fn counted(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

impl Row {
    fn new(machine: &MachineView) -> Self {
        let (state, tone) = if machine.silent { ("silent", "late") } else { of(machine.state) };
        let mut findings: Vec<Line> = machine.findings.iter().map(Line::of_finding).collect();
        findings.extend(machine.update.as_ref().map(Line::of_update));
        let system = match machine.system {
            System::Windows => "Windows",
            System::Linux => "Linux",
        };
        let since = [
            ("when", short_moment(machine.first_seen)),
            ("system", system.to_owned()),
            ("id", machine.machine.to_string()),
        ];
        Self {
            id: machine.machine,
            name: machine.name.clone(),
            site: place(machine),
            app: format!("{} {}", app_name(machine.app), machine.version),
            seen: short_moment(machine.last_seen),
            state: t(&format!("web.machines.{state}")).into_owned(),
            tone,
            since: with("web.machines.since", &since.each_ref().map(|(name, value)| (*name, value.as_str()))),
            findings,
            open: machine.wants_visit,
        }
    }
}

fn place(machine: &MachineView) -> String {
    if machine.site.is_none() {
        return t("web.machines.no_site").into_owned();
    }
    match machine.counter {
        Some(counter) => {
            let counter = with("web.machines.counter", &[("n", &counter.to_string())]);
            format!("{}, {counter}", machine.site_name)
        }
        None => machine.site_name.clone(),
    }
}

fn app_name(app: AppKind) -> String {
    t(&format!("web.machines.app_{}", app.name())).into_owned()
}

/// A state's word and colour.
fn of(state: FindingState) -> (&'static str, &'static str) {
    match state {
        FindingState::Ok => ("ok", "ok"),
        FindingState::Attention => ("attention", "soon"),
        FindingState::Bad => ("bad", "late"),
    }
}

impl Line {
    fn new(state: FindingState, said: String, advice: String) -> Self {
        let (key, tone) = of(state);
        Self { state: t(&format!("web.machines.{key}")).into_owned(), tone, said, advice }
    }

    fn of_finding(finding: &domain::machine::Finding) -> Self {
        Self::new(finding.state, finding.said.clone(), finding.advice.clone())
    }

    fn of_update(standing: &Standing) -> Self {
        let (state, detail) = match standing {
            Standing::RolledBack { .. } => (FindingState::Bad, String::new()),
            Standing::Trouble { detail, .. } => (FindingState::Attention, detail.clone()),
            _ => (FindingState::Ok, String::new()),
        };
        let said = format!("{}: {}", t("web.machines.update"), Lang::Vi.update_standing(standing));
        Self::new(state, said, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{machine::Finding, time::Millis};

    fn machine(version: &str, state: FindingState, silent: bool) -> MachineView {
        let said = "Máy in hết giấy.".to_owned();
        MachineView {
            machine: MachineId::new(),
            app: AppKind::Counter,
            version: version.parse().expect("version"),
            system: System::Windows,
            name: "QUẦY-3".to_owned(),
            site: None,
            site_name: String::new(),
            counter: None,
            first_seen: Millis(0),
            last_seen: Millis(0),
            state,
            silent,
            wants_visit: silent || state != FindingState::Ok,
            findings: vec![Finding { what: "printer".to_owned(), state, said, advice: String::new() }],
            update: None,
        }
    }

    #[test]
    fn what_wants_a_visit_stands_first() {
        let all = [
            machine("0.2.0", FindingState::Ok, false),
            machine("0.1.0", FindingState::Bad, false),
            machine("0.2.0", FindingState::Ok, true),
        ];
        let shown = MachinesPage::new(&all, &Wanted::default(), String::new());
        let states: Vec<&str> = shown.rows.iter().map(|row| row.state.as_str()).collect();
        assert_eq!(states, ["Hỏng", "Im lặng", "Tốt"]);
        assert_eq!(shown.sum, "3 máy · 2 cần xem · bản mới nhất 0.2.0");
        let old = Wanted { muc: "ban-cu".to_owned(), bao: String::new() };
        assert_eq!(MachinesPage::new(&all, &old, String::new()).rows.len(), 1);
    }
}
