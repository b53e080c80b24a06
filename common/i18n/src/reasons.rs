//! A due time explained, sentence by sentence.

use crate::{Lang, clock, date};
use domain::{
    deadline::{Deadline, Reason},
    time::Millis,
};

/// One reason as a sentence.
#[must_use]
pub fn explain(lang: Lang, reason: &Reason) -> String {
    let moment = |at: Millis| {
        let local = at.local();
        format!("{} {} {}", clock(local), lang.weekday(local.date().weekday()), date(local.date()))
    };
    let say = |key: &str, values: &[(&str, &str)]| lang.with(&format!("domain.reason.{key}"), values);
    match reason {
        Reason::Received { at } => say("received", &[("at", &moment(*at))]),
        Reason::AfterCutoff { start } => say("after_cutoff", &[("start", &moment(*start))]),
        Reason::OutsideHours { start } => say("outside_hours", &[("start", &moment(*start))]),
        Reason::Skipped { from, to, holiday } => {
            let span = if from == to { date(*from) } else { format!("{}–{}", date(*from), date(*to)) };
            match holiday {
                Some(name) => say("holiday", &[("days", &span), ("name", name)]),
                None => say("weekend", &[("days", &span)]),
            }
        }
        Reason::SwapDayWorked { day, name } => say("swap_day", &[("day", &date(*day)), ("name", name)]),
        Reason::EndMoved { from, to } => say("end_moved", &[("from", &date(*from)), ("to", &date(*to))]),
        Reason::Restarted { at } => say("restarted", &[("at", &moment(*at))]),
        Reason::Paused { from, to, left_minutes } => say(
            "paused",
            &[
                ("from", &moment(*from)),
                ("to", &moment(*to)),
                ("hours", &format!("{},{}", left_minutes / 60, left_minutes % 60 * 10 / 60)),
            ],
        ),
        Reason::Apologised { at } => say("apologised", &[("at", &moment(*at))]),
        Reason::Due { at } => say("due", &[("at", &moment(*at))]),
    }
}

/// A whole deadline: the limit first, then every reason in order.
#[must_use]
pub fn explain_all(lang: Lang, deadline: &Deadline) -> Vec<String> {
    let limit = lang.with("domain.reason.limit", &[("limit", &lang.limit(deadline.limit))]);
    std::iter::once(limit).chain(deadline.reasons.iter().map(|reason| explain(lang, reason))).collect()
}
