//! A case as the leader reads it: the draft first, then how it came here, then the papers.

use super::list::{Tab, tone_of};
use crate::app::catalogue::Catalogue;
use api::CaseView;
use domain::{
    case::{Action, ActionKind, Case},
    deadline::Standing,
    ids::CommandId,
    procedure::StepKind,
    roles::{Actor, Role},
    time::Millis,
};
use i18n::{Lang, t, with};

/// One line of the history.
pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) mark: &'static str,
    pub(super) name: String,
    pub(super) more: String,
    pub(super) quote: String,
}

/// A paper, or a scanned file with its address.
pub(super) struct Paper {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) more: String,
}

/// What a person had written when the page had to come back.
#[derive(Default)]
pub(super) struct Kept {
    /// The reason for sending back; none when that panel was not in use.
    pub(super) reason: Option<String>,
    /// The remark with the signature.
    pub(super) remark: String,
}

/// The right-hand side.
#[derive(Default)]
pub(super) struct Detail {
    pub(super) key: String,
    pub(super) back: String,
    pub(super) procedure: String,
    pub(super) tone: &'static str,
    pub(super) left: String,
    pub(super) under: String,
    pub(super) broken: bool,
    pub(super) has_draft: bool,
    pub(super) heading: String,
    pub(super) subheading: String,
    pub(super) draft: String,
    pub(super) drafted: String,
    pub(super) request: String,
    pub(super) history: Vec<Line>,
    pub(super) files: Vec<Paper>,
    pub(super) papers: Vec<Paper>,
    pub(super) can_act: bool,
    pub(super) reason_open: bool,
    pub(super) reason: String,
    pub(super) remark_open: bool,
    pub(super) remark: String,
    pub(super) case: String,
    pub(super) command: String,
    pub(super) command_back: String,
    pub(super) version: u32,
}

impl Detail {
    /// The detail of `view` for `actor` at `now`.
    pub(super) fn new(
        view: &CaseView,
        tab: Tab,
        kept: Kept,
        actor: &Actor,
        catalogue: &Catalogue,
        now: Millis,
    ) -> Self {
        let case = &view.case;
        let due = catalogue.standing(case.deadline.due, now);
        let waits = case.state.is_running() && case.step_kind() == StepKind::Approve;
        let mine = actor.holds(&case.holder.unit, Role::Leader)
            && case.holder.staff.is_none_or(|staff| staff == actor.staff);
        let (heading, draft) = case.draft.as_ref().map_or(("", ""), |draft| parts(&draft.text));
        let end = heading.find('\n').unwrap_or(heading.len());
        let (heading, subheading) = heading.split_at_checked(end).unwrap_or((heading, ""));
        let drafted = case.draft.as_ref().map_or_else(String::new, |draft| {
            with("web.leader.drafted", &[("name", &draft.by), ("at", &i18n::short_moment(draft.at))])
        });
        Self {
            key: format!("{}:{}", case.id, case.version),
            back: tab.address(),
            procedure: case.procedure.name.clone(),
            tone: pill(case, due).0,
            left: pill_text(case, due, now),
            under: under(case),
            broken: !view.intact,
            has_draft: case.draft.is_some(),
            heading: heading.to_owned(),
            subheading: subheading.to_owned(),
            draft: draft.to_owned(),
            drafted,
            request: case.request.clone(),
            history: history(&view.actions, case, now),
            files: files(case),
            papers: papers(case),
            can_act: waits && mine && view.intact,
            reason_open: kept.reason.is_some(),
            reason: kept.reason.unwrap_or_default(),
            remark_open: !kept.remark.is_empty(),
            remark: kept.remark,
            case: case.id.to_string(),
            command: CommandId::new().to_string(),
            command_back: CommandId::new().to_string(),
            version: case.version,
        }
    }
}

/// The class of the pill beside the title; what is signed no longer runs late.
fn pill(case: &Case, due: Standing) -> (&'static str, bool) {
    if case.resolved_at.is_some() { ("info", false) } else { (tone_of(due), true) }
}

fn pill_text(case: &Case, due: Standing, now: Millis) -> String {
    if pill(case, due).1 { Lang::Vi.left(case.deadline.due, now) } else { Lang::Vi.state(case.state) }
}

fn under(case: &Case) -> String {
    let (received, due) = (case.received_at.local(), case.deadline.due.local());
    let date = i18n::date(due.date());
    let due = with("web.leader.at_time", &[("date", &date), ("time", &i18n::clock(due))]);
    with(
        "web.leader.under",
        &[("who", case.applicant.name.as_str()), ("received", &i18n::date(received.date())), ("due", &due)],
    )
}

/// A document's heading, if its first lines are one, and the rest.
fn parts(text: &str) -> (&str, &str) {
    match text.split_once("\n\n") {
        Some((head, rest))
            if head.lines().count() <= 4 && head.lines().all(|line| line.chars().count() <= 70) =>
        {
            (head.trim(), rest.trim_start_matches('\n'))
        }
        _ => ("", text),
    }
}

fn files(case: &Case) -> Vec<Paper> {
    let file = |file: &domain::case::Attachment| Paper {
        href: format!("{}/{}", api::FILES_PATH, file.file),
        name: file.name.clone(),
        more: with("web.leader.file_more", &[("n", &file.pages.to_string())]),
    };
    case.files.iter().map(file).collect()
}

fn papers(case: &Case) -> Vec<Paper> {
    let paper = |paper: &domain::case::HandedPaper| Paper {
        href: String::new(),
        name: paper.name.clone(),
        more: with(
            "web.leader.paper_more",
            &[("form", &Lang::Vi.paper_form(paper.form)), ("n", &paper.count.to_string())],
        ),
    };
    case.papers.iter().map(paper).collect()
}

fn history(actions: &[Action], case: &Case, now: Millis) -> Vec<Line> {
    let mut opinion = String::new();
    let mut lines = Vec::new();
    for action in actions {
        if let ActionKind::Examined { opinion: said } = &action.kind {
            opinion.clone_from(said);
        }
        lines.extend(past(action, &opinion));
    }
    if case.state.is_open() {
        lines.push(Line {
            class: "here",
            mark: "here",
            name: Lang::Vi.step(case.step_kind()),
            more: with("web.leader.here_since", &[("left", &Lang::Vi.left(case.deadline.due, now))]),
            quote: String::new(),
        });
        let ahead = case.procedure.steps.iter().skip(case.step + 1);
        let names: Vec<String> = ahead.map(|step| ahead_name(step.kind)).collect();
        if !names.is_empty() {
            lines.push(Line {
                class: "ahead",
                mark: "ahead",
                name: names.join(" · "),
                more: String::new(),
                quote: String::new(),
            });
        }
    }
    lines
}

fn ahead_name(kind: StepKind) -> String {
    t(&format!("web.status.here.{}", kind.name())).into_owned()
}

/// What was done, for those actions that a leader wants to see.
fn past(action: &Action, opinion: &str) -> Option<Line> {
    let name = Lang::Vi.action(&action.kind);
    let (class, mark, name, quote) = match &action.kind {
        ActionKind::Received(_) | ActionKind::SupplementReceived { .. } | ActionKind::Returned { .. } => {
            ("done", "done", name, String::new())
        }
        ActionKind::Submitted { note, .. } => {
            let head = action.by.role == Role::DivisionHead;
            let step = if head { StepKind::DivisionHead } else { StepKind::Examine };
            let quote = if head || opinion.is_empty() { note.clone() } else { joined(opinion, note) };
            ("done", "done", Lang::Vi.step(step), quote)
        }
        ActionKind::Approved { remark, .. } => ("done", "done", name, remark.clone()),
        ActionKind::SentBack { reason, .. } => ("back", "arrow-u-up-left", name, reason.clone()),
        ActionKind::SupplementAsked { items, .. } => ("back", "files", name, items.join("; ")),
        ActionKind::Sealed { number, .. } => ("done", "done", name, number.clone()),
        ActionKind::Apologised { reason, .. } | ActionKind::Withdrawn { reason } => {
            ("back", "warning", name, reason.clone())
        }
        ActionKind::TakenUp
        | ActionKind::Assigned { .. }
        | ActionKind::Examined { .. }
        | ActionKind::Drafted { .. }
        | ActionKind::FeeTaken { .. } => return None,
    };
    let more = format!("{} · {}", action.by.name, i18n::short_moment(action.at));
    Some(Line { class, mark, name, more, quote })
}

fn joined(opinion: &str, note: &str) -> String {
    if note.is_empty() { opinion.to_owned() } else { format!("{opinion} {note}") }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_heading_is_set_apart() {
        assert_eq!(parts("GIẤY PHÉP\nSố: 46\n\n1. Cấp cho"), ("GIẤY PHÉP\nSố: 46", "1. Cấp cho"));
        assert_eq!(parts("Một dòng"), ("", "Một dòng"));
    }
}
