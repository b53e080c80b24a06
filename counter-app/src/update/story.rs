//! A case's log as a way with a past, a present and a future, in words.

use crate::model::Desk;
use api::CaseView;
use domain::{
    case::{Action, ActionKind, Case},
    procedure::{Step, StepKind},
    time::Millis,
};
use i18n::{Lang, short_moment};
use ui::{Moment, Stage};

/// Office hours of a working day.
const DAY_HOURS: u32 = 8;

/// The whole way of a case.
pub(super) fn moments(view: &CaseView, desk: Option<&Desk>) -> Vec<Moment> {
    let case = &view.case;
    let mut moments: Vec<Moment> = view.actions.iter().filter_map(|action| past(action, desk)).collect();
    if case.state.is_open() {
        moments.push(here(case));
    }
    let ahead = case.procedure.steps.iter().skip(case.step + 1);
    if case.state.is_open() {
        moments.extend(ahead.map(|step| Moment {
            stage: Stage::Ahead,
            what: Lang::Vi.step(step.kind),
            when: share(*step),
            more: String::new(),
        }));
    }
    moments
}

fn past(action: &Action, desk: Option<&Desk>) -> Option<Moment> {
    let unit = desk.and_then(|desk| desk.unit_name(&action.by.unit)).unwrap_or_default();
    let more = match &action.kind {
        ActionKind::Received(intake) => match intake.counter {
            Some(counter) => i18n::with(
                "counter.story.received",
                &[("counter", &counter.to_string()), ("by", &action.by.name)],
            ),
            None => action.by.name.clone(),
        },
        // Opinion and draft are shown in full beside the way.
        ActionKind::Examined { .. } | ActionKind::Drafted { .. } => return None,
        ActionKind::TakenUp => with_unit(&action.by.name, unit),
        ActionKind::Assigned { name, .. } => i18n::with("counter.story.assigned", &[("name", name)]),
        ActionKind::Submitted { note, .. } => and_words(&action.by.name, note),
        ActionKind::Approved { remark, .. } => and_words(&action.by.name, remark),
        ActionKind::SentBack { reason, .. } | ActionKind::Apologised { reason, .. } => {
            and_words(&action.by.name, reason)
        }
        ActionKind::SupplementAsked { items, .. } => items.join("; "),
        ActionKind::SupplementReceived { deadline, .. } => {
            i18n::with("counter.story.new_due", &[("due", &short_moment(deadline.due))])
        }
        ActionKind::Sealed { number, .. } => i18n::with("counter.story.sealed", &[("number", number)]),
        ActionKind::FeeTaken { payment } => Lang::Vi.money(payment.amount),
        ActionKind::Returned { to } => i18n::with("counter.story.returned", &[("name", to.name.as_str())]),
        ActionKind::Withdrawn { reason } => reason.clone(),
    };
    Some(Moment {
        stage: Stage::Done,
        what: Lang::Vi.action(&action.kind),
        when: short_moment(action.at),
        more,
    })
}

fn with_unit(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name} · {unit}") }
}

fn and_words(name: &str, words: &str) -> String {
    if words.is_empty() { name.to_owned() } else { format!("{name}: {words}") }
}

fn here(case: &Case) -> Moment {
    let what = match case.state {
        domain::case::State::AwaitingSupplement => Lang::Vi.state(case.state),
        _ => Lang::Vi.step(case.step_kind()),
    };
    let more = match case.current_step() {
        Some(step) if step.kind != StepKind::Return && step.hours > 0 => {
            i18n::with("counter.story.share", &[("share", &share(step)), ("since", &since(case.step_since))])
        }
        _ => since(case.step_since),
    };
    Moment { stage: Stage::Here, what, when: i18n::t("counter.story.here").into_owned(), more }
}

fn since(at: Millis) -> String {
    i18n::with("counter.story.since", &[("at", &short_moment(at))])
}

/// A step's share of the limit: "2 ngày", "4 giờ".
fn share(step: Step) -> String {
    match step.hours {
        0 => String::new(),
        hours if hours % DAY_HOURS == 0 => {
            i18n::with("counter.story.days", &[("n", &(hours / DAY_HOURS).to_string())])
        }
        hours => i18n::with("counter.story.hours", &[("n", &hours.to_string())]),
    }
}
