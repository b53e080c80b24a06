//! A ticket in words.

use super::filters;
use api::TicketView;
use domain::{
    hall::{Complaint, Level, State},
    ids::TicketId,
};
use i18n::{Lang, t, with};
use serde::Serialize;

/// Something to choose, with its name on the wire.
struct Choice {
    value: String,
    name: String,
}

/// `ticket.html`.
#[derive(askama::Template)]
#[template(path = "ticket.html")]
pub(super) struct TicketPage {
    id: TicketId,
    unit: String,
    site: String,
    title: String,
    number: String,
    under: String,
    priority: bool,
    state: &'static str,
    /// How many are before it, while it waits and somebody is.
    ahead: String,
    n_ahead: u32,
    headline: String,
    more: String,
    fresh: String,
    follows: bool,
    may_leave: bool,
    may_rate: bool,
    rated: bool,
    problem: String,
    levels: Vec<Choice>,
    complaints: Vec<Choice>,
}

/// `leave.html`.
#[derive(askama::Template)]
#[template(path = "leave.html")]
pub(super) struct LeavePage {
    id: TicketId,
    site: String,
    title: String,
    number: String,
}

impl LeavePage {
    /// Asks whether this ticket is given up.
    pub(super) fn new(view: &TicketView) -> Self {
        let number = view.number.to_string();
        Self {
            id: view.ticket,
            site: view.site_name.clone(),
            title: with("web.ticket.leave_ask", &[("number", &number)]),
            number,
        }
    }
}

impl TicketPage {
    /// The page of a ticket; `rated` says whether its holder has said how it was.
    pub(super) fn new(view: TicketView, rated: bool) -> Self {
        let said = Said::of(&view);
        let open = matches!(view.state, State::Waiting | State::Called { .. } | State::Parked { .. });
        let done = view.state == State::Done;
        let number = view.number.to_string();
        let time = i18n::clock(view.server_time.local());
        Self {
            id: view.ticket,
            unit: view.site.to_string(),
            title: with("web.ticket.title", &[("number", &number)]),
            under: under(&view),
            priority: view.priority,
            state: view.state.name(),
            ahead: said.ahead,
            n_ahead: view.ahead,
            headline: said.headline,
            more: said.more,
            fresh: with("web.ticket.fresh", &[("time", &time)]),
            follows: open || matches!(view.state, State::Serving { .. } | State::Missed),
            may_leave: open || view.state == State::Missed,
            may_rate: done && !rated,
            rated: done && rated,
            problem: String::new(),
            levels: choices(&Level::ALL, |level| Lang::Vi.satisfaction(level)),
            complaints: choices(&Complaint::ALL, |complaint| Lang::Vi.complaint(complaint)),
            site: view.site_name,
            number,
        }
    }

    /// The same with something that did not work.
    pub(super) fn with_problem(self, problem: String) -> Self {
        Self { problem, ..self }
    }
}

fn choices<T: Copy + Serialize>(all: &[T], say: impl Fn(T) -> String) -> Vec<Choice> {
    let value =
        |choice: T| serde_json::to_value(choice).ok().and_then(|name| name.as_str().map(str::to_owned));
    all.iter().filter_map(|choice| Some(Choice { value: value(*choice)?, name: say(*choice) })).collect()
}

/// "Hộ tịch, tư pháp · quầy 3".
fn under(view: &TicketView) -> String {
    let counters = view.counters.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    if counters.is_empty() {
        return view.service.clone();
    }
    with("web.ticket.under", &[("service", &view.service), ("counters", &counters)])
}

/// What is in the middle of the page.
struct Said {
    ahead: String,
    headline: String,
    more: String,
}

impl Said {
    fn of(view: &TicketView) -> Self {
        let word = |key: &str| t(&format!("web.ticket.{key}")).into_owned();
        let at = |key: &str, counter: u16| {
            with(&format!("web.ticket.{key}"), &[("counter", &counter.to_string())])
        };
        let plain = |headline: String, more: String| Self { ahead: String::new(), headline, more };
        match view.state {
            State::Waiting if view.ahead == 0 => plain(word("next"), Lang::Vi.wait(view.wait)),
            State::Waiting => Self {
                ahead: view.ahead.to_string(),
                headline: word("ahead"),
                more: Lang::Vi.wait(view.wait),
            },
            State::Called { counter } => plain(at("called", counter), word("called_more")),
            State::Serving { counter } => plain(at("serving", counter), String::new()),
            State::Parked { counter } => plain(at("parked", counter), word("parked_more")),
            State::Missed => plain(word("missed"), word("missed_more")),
            State::Done => plain(word("done"), word("done_more")),
            State::Left => plain(word("left"), word("left_more")),
            State::Expired => {
                let day = i18n::date(view.day);
                plain(word("expired"), with("web.ticket.expired_more", &[("day", &day)]))
            }
        }
    }
}
