//! A hall on a wall: who is called to which counter, how many wait, and results of cases. With `?loa=1` it is the one
//! loudspeaker of a zone.

use super::{filters, page, problem};
use crate::app::{
    App,
    hall::{moment, results, voice},
};
use api::{Called, HallResults, HallView, ResultSign, Shown};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    calendar::{OfficeHours, Window},
    time::Millis,
    unit::UnitCode,
};
use i18n::{Lang, number, t, with};
use jiff::civil::Date;
use serde::Deserialize;

/// Calls that the screen has room for.
const CALLS: usize = 5;

/// What the address asks for. What it says wrongly is as if it were not said: a screen shows nobody an error.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default, rename = "loa")]
    speaks: String,
    #[serde(default, rename = "quay")]
    counters: String,
    #[serde(default, rename = "ngon-ngu")]
    languages: String,
    #[serde(default, rename = "am-luong")]
    volume: String,
    #[serde(default, rename = "lap")]
    repeats: String,
}

/// How calls are spoken.
#[derive(Debug, PartialEq, Eq)]
struct Speaker {
    /// Which counters' calls: `1-5,7-7`; empty for all.
    counters: String,
    /// In which languages, in this order: `vi,en`.
    languages: String,
    /// How loud, in percent.
    volume: u8,
    /// How often each call.
    repeats: u8,
    /// The clips of these languages, to be fetched beforehand: `vi/so-1 vi/so-2`.
    clips: String,
}

impl Wanted {
    fn speaker(&self) -> Option<Speaker> {
        if self.speaks != "1" {
            return None;
        }
        let asked = self.languages.split(',').map(str::trim);
        let mut languages: Vec<(Lang, &str)> = asked
            .filter_map(|asked| voice::LANGUAGES.into_iter().find(|(_, folder)| *folder == asked))
            .collect();
        if languages.is_empty() {
            languages.extend(voice::LANGUAGES.first());
        }
        let counters: Vec<String> = self.counters.split(',').filter_map(range).collect();
        let clips = languages.iter().flat_map(|(lang, folder)| {
            lang.clips().into_iter().map(move |clip| format!("{folder}/{}", clip.name))
        });
        Some(Speaker {
            counters: counters.join(","),
            volume: self.volume.parse().unwrap_or(100).min(100),
            repeats: self.repeats.parse().unwrap_or(1).clamp(1, 5),
            clips: clips.collect::<Vec<_>>().join(" "),
            languages: languages.iter().map(|(_, folder)| *folder).collect::<Vec<_>>().join(","),
        })
    }
}

/// `1-5` or `3` as `3-3`.
fn range(text: &str) -> Option<String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to): (u16, u16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(format!("{from}-{to}"))
}

/// A row of results.
struct ResultRow {
    serial: String,
    day: String,
    name: String,
    tone: &'static str,
    text: String,
}

/// `board.html`.
#[derive(askama::Template)]
#[template(path = "board.html")]
struct BoardPage {
    unit: String,
    site: String,
    millis: i64,
    time: String,
    calls: Vec<Called>,
    no_calls: bool,
    room: usize,
    waiting: String,
    closed: String,
    results: Vec<ResultRow>,
    no_results: bool,
    hours: String,
    speaker: Option<Speaker>,
}

/// `GET /sanh/{unit}`.
pub(super) async fn board(
    State(app): State<App>,
    Path(unit): Path<UnitCode>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let read = async { Ok((moment::hall(&app, &unit).await?, results::results(&app, &unit).await?)) };
    match read.await {
        Ok((hall, results)) => {
            page(&BoardPage::new(hall, &results, &app.catalogue().calendar.hours, &wanted))
        }
        Err(error) => problem::of(&error),
    }
}

impl BoardPage {
    fn new(hall: HallView, results: &HallResults, hours: &OfficeHours, wanted: &Wanted) -> Self {
        let now = hall.server_time;
        let today = now.local().date();
        Self {
            unit: hall.site.to_string(),
            millis: now.0,
            time: i18n::clock(now.local()),
            waiting: waiting(&hall),
            closed: closed(&hall, now),
            no_calls: hall.calls.is_empty(),
            room: CALLS,
            results: results.results.iter().map(|result| row(result, today)).collect(),
            no_results: results.results.is_empty(),
            hours: with("web.board.hours", &[("hours", &said(hours))]),
            speaker: wanted.speaker(),
            site: hall.site_name,
            calls: hall.calls.into_iter().take(CALLS).collect(),
        }
    }
}

fn waiting(hall: &HallView) -> String {
    let n = number(i64::from(hall.waiting));
    match hall.wait {
        _ if hall.waiting == 0 => t("web.board.nobody").into_owned(),
        Some(_) => with("web.board.waiting", &[("n", &n), ("wait", &Lang::Vi.wait(hall.wait))]),
        None => with("web.board.waiting_only", &[("n", &n)]),
    }
}

fn closed(hall: &HallView, now: Millis) -> String {
    hall.closed.as_ref().map_or_else(String::new, |closed| Lang::Vi.no_ticket(closed, now))
}

fn row(result: &ResultSign, today: Date) -> ResultRow {
    let tone = match result.shown {
        Shown::Ready { .. } => "ok",
        Shown::Supplement => "soon",
        Shown::Apology { .. } => "late",
        Shown::Processing => "info",
    };
    let received = result.received;
    let day = if received == today {
        String::new()
    } else {
        format!("{:02}/{:02}", received.day(), received.month())
    };
    ResultRow {
        serial: result.serial.clone(),
        day,
        name: result.name.clone(),
        tone,
        text: result.text.clone(),
    }
}

/// `7:30–11:30, 13:30–17:00`.
fn said(hours: &OfficeHours) -> String {
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let window = |window: &Window| format!("{}–{}", clock(window.opens), clock(window.closes));
    hours.windows().iter().map(window).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(counters: &str, languages: &str, volume: &str, repeats: &str) -> Wanted {
        let [counters, languages, volume, repeats] =
            [counters, languages, volume, repeats].map(str::to_owned);
        Wanted { speaks: "1".to_owned(), counters, languages, volume, repeats }
    }

    #[test]
    fn a_speaker_is_set_by_its_address() {
        assert_eq!(Wanted::default().speaker(), None);
        let plain = wanted("", "", "", "").speaker().unwrap();
        assert_eq!((plain.counters.as_str(), plain.languages.as_str()), ("", "vi"));
        assert_eq!((plain.volume, plain.repeats, plain.clips.split(' ').count()), (100, 1, 46));
        let set = wanted("1-5, 7", "en,vi", "80", "2").speaker().unwrap();
        assert_eq!((set.counters.as_str(), set.languages.as_str()), ("1-5,7-7", "en,vi"));
        assert_eq!((set.volume, set.repeats, set.clips.split(' ').count()), (80, 2, 106));
        let wrong = wanted("một,-,<b>", "fr,\"", "999", "900").speaker().unwrap();
        assert_eq!((wrong.counters.as_str(), wrong.languages.as_str()), ("", "vi"));
        assert_eq!((wrong.volume, wrong.repeats), (100, 1));
    }

    #[test]
    fn hours_as_a_sign_at_the_door_says_them() {
        let hours = vec![Window { opens: 450, closes: 690 }, Window { opens: 810, closes: 1_020 }];
        assert_eq!(said(&OfficeHours::new(hours).unwrap()), "7:30–11:30, 13:30–17:00");
    }
}
