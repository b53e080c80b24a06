//! A case's public status in words.

use super::filters;
use api::PublicStatus;
use domain::{
    case::{Milestone, Progress, State},
    deadline::Standing,
    time::Millis,
};
use i18n::{Lang, t, with};

/// One line of the way.
pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) mark: &'static str,
    pub(super) name: String,
    pub(super) more: String,
    pub(super) word: String,
}

/// `status.html`.
#[derive(askama::Template)]
#[template(path = "status.html")]
pub(super) struct StatusPage {
    agency: String,
    code: String,
    procedure: String,
    tone: &'static str,
    mark: &'static str,
    headline: String,
    promise: String,
    then: String,
    has_to_bring: bool,
    to_bring: Vec<String>,
    fee: String,
    milestones: Vec<Line>,
    has_explanation: bool,
    explanation: Vec<String>,
    genuine: bool,
    forged: bool,
    fresh: String,
}

impl StatusPage {
    /// The page of `status` as it stands `now`.
    pub(super) fn new(status: PublicStatus, now: Millis) -> Self {
        let said = Said::of(&status, now);
        let milestones = status.case.milestones.iter();
        let milestones =
            milestones.map(|milestone| line(milestone, status.place(milestone.stop), now)).collect();
        let case = status.case;
        let explanation = i18n::explain_all(Lang::Vi, &case.deadline);
        let time = format!("{}, {}", i18n::clock(now.local()), i18n::date(now.local().date()));
        Self {
            code: case.code.to_string(),
            tone: said.tone,
            mark: said.mark,
            headline: said.headline,
            promise: said.promise,
            then: said.then,
            has_to_bring: !case.to_bring.is_empty(),
            fee: if case.owes() { Lang::Vi.money(case.fee_left) } else { String::new() },
            milestones,
            has_explanation: explanation.len() > 1,
            genuine: status.genuine == Some(true),
            forged: status.genuine == Some(false),
            fresh: with("web.status.fresh", &[("time", &time)]),
            agency: status.agency,
            procedure: case.procedure,
            to_bring: case.to_bring,
            explanation,
        }
    }
}

/// The coloured card.
struct Said {
    tone: &'static str,
    mark: &'static str,
    headline: String,
    promise: String,
    then: String,
}

impl Said {
    fn of(status: &PublicStatus, now: Millis) -> Self {
        let (tone, mark) = look(status);
        let state = Lang::Vi.state(status.case.state);
        let said =
            |headline: String, promise: String, then: String| Self { tone, mark, headline, promise, then };
        match status.case.state {
            State::Received | State::Processing | State::Registered => {
                let late = status.standing == Some(Standing::Late);
                let key = if late { "web.status.promise_was" } else { "web.status.promise" };
                let sorry = with("web.status.late_sorry", &[("agency", &status.agency)]);
                let promise = with(key, &[("when", &when(status.case.deadline.due, now))]);
                said(standing_at(status), promise, if late { sorry } else { String::new() })
            }
            State::AwaitingSupplement => said(state, word("at.supplement"), word("waits")),
            State::Resolved => {
                let place = with("web.status.ready_where", &[("agency", &status.agency)]);
                said(word("at.return"), word("ready"), place)
            }
            State::Returned | State::Refused | State::AwaitingPayment | State::Withdrawn | State::Stopped => {
                said(word("now"), state, String::new())
            }
        }
    }
}

fn word(key: &str) -> String {
    t(&format!("web.status.{key}")).into_owned()
}

fn look(status: &PublicStatus) -> (&'static str, &'static str) {
    match (status.case.state, status.standing) {
        (State::AwaitingSupplement | State::AwaitingPayment, _) => ("soon", "warning"),
        (State::Resolved, _) => ("ok", "done"),
        (State::Returned, _) => ("info", "done"),
        (State::Refused | State::Withdrawn | State::Stopped, _) => ("info", "info"),
        (_, Some(Standing::Late)) => ("late", "warning"),
        (_, Some(Standing::Soon)) => ("soon", "clock"),
        (_, Some(Standing::OnTime) | None) => ("ok", "clock"),
    }
}

/// "Đang thẩm định".
fn standing_at(status: &PublicStatus) -> String {
    word(&format!("at.{}", status.case.here().name()))
}

/// "16:30 hôm nay", "17:00 Thứ Ba, 24/11/2026".
fn when(due: Millis, now: Millis) -> String {
    let (then, today) = (due.local(), now.local().date());
    let time = i18n::clock(then);
    if then.date() == today {
        return with("web.status.today", &[("time", &time)]);
    }
    let (weekday, date) = (Lang::Vi.weekday(then.date().weekday()), i18n::date(then.date()));
    with("web.status.on_day", &[("time", &time), ("weekday", &weekday), ("date", &date)])
}

fn line(milestone: &Milestone, place: &str, now: Millis) -> Line {
    let (class, words, mark) = match milestone.progress {
        Progress::Done => ("done", "done", "done"),
        Progress::Here => ("here", "here", "here"),
        Progress::Ahead => ("ahead", "here", "ahead"),
    };
    let more = match (milestone.progress, milestone.at) {
        (Progress::Done, Some(at)) => Lang::Vi.due(at, now),
        (Progress::Here, _) => place.to_owned(),
        _ => String::new(),
    };
    Line {
        class,
        mark,
        name: word(&format!("{words}.{}", milestone.stop.name())),
        more,
        word: word(&format!("word.{class}")),
    }
}
