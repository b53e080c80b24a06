//! The province in figures, in words. Every number is one of [`api::Province`].

use super::{curve::Curve, filters};
use api::{Line, LiveEvent, OpenCases, Province};
use domain::time::Millis;
use i18n::{Lang, number, t, with};

/// Units that a wall screen has room for.
const ROOM: usize = 13;
/// Events likewise.
const EVENTS: usize = 8;
/// Fields likewise.
const FIELDS: usize = 6;

/// One of the six figures.
pub(super) struct Figure {
    tone: &'static str,
    name: String,
    value: String,
    more: String,
}

/// A unit's row; the bar's widths are thousandths.
pub(super) struct UnitRow {
    name: String,
    ok: i64,
    soon: i64,
    late_x: i64,
    late: i64,
    said: String,
    share: String,
    received: String,
    returned: String,
    running: String,
    n_soon: String,
    n_late: String,
}

/// A field that is behind.
pub(super) struct FieldRow {
    name: String,
    late: String,
}

/// Something that just happened.
pub(super) struct Event {
    key: i64,
    iso: String,
    time: String,
    who: String,
    did: String,
    tone: &'static str,
    procedure: String,
}

/// `monitor.html`.
#[derive(askama::Template)]
#[template(path = "monitor.html")]
pub(super) struct MonitorPage {
    all: bool,
    title: String,
    millis: i64,
    time: String,
    day: String,
    figures: Vec<Figure>,
    units: Vec<UnitRow>,
    rest: String,
    curve: Curve,
    fields: Vec<FieldRow>,
    no_fields: bool,
    stream: Vec<Event>,
    quiet: bool,
}

impl MonitorPage {
    /// The page of `province` as it stands `now`; with `all` its units, however many.
    pub(super) fn new(province: &Province, all: bool, now: Millis) -> Self {
        let local = now.local();
        let fits = all || province.units.len() <= ROOM + 1;
        let room = if fits { province.units.len() } else { ROOM };
        let (shown, hidden) = province.units.split_at_checked(room).unwrap_or((&province.units, &[]));
        Self {
            all,
            title: with("web.monitor.title", &[("province", &inside_a_sentence(&province.name))]),
            millis: now.0,
            time: i18n::clock(local),
            day: format!("{} {}", Lang::Vi.weekday(local.date().weekday()), i18n::date(local.date())),
            figures: figures(province),
            units: shown.iter().map(unit).collect(),
            rest: rest(hidden),
            curve: Curve::new(&province.days),
            fields: province
                .fields
                .iter()
                .filter(|line| line.open.late > 0)
                .take(FIELDS)
                .map(field)
                .collect(),
            no_fields: province.fields.iter().all(|line| line.open.late == 0),
            stream: province
                .stream
                .iter()
                .filter(|event| is_told(&event.kind))
                .take(EVENTS)
                .map(event)
                .collect(),
            quiet: !province.stream.iter().any(|event| is_told(&event.kind)),
        }
    }
}

/// "Tỉnh Sơn La" begins with a capital letter only where it begins.
fn inside_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn say(key: &str) -> String {
    t(&format!("web.monitor.{key}")).into_owned()
}

fn say_n(key: &str, n: &str) -> String {
    with(&format!("web.monitor.{key}"), &[("n", n)])
}

fn figures(province: &Province) -> Vec<Figure> {
    let Line { open, today, month, .. } = &province.total;
    let yesterday = province.days.iter().rev().nth(1).map_or(0, |line| line.figures.received);
    let figure = |tone, name, value: String, more| Figure { tone, name: say(name), value, more };
    let share = month.on_time_per_mille();
    let late_share = (open.running() > 0).then(|| open.late * 1_000 / open.running());
    vec![
        figure("", "received", number(today.received), say_n("received_more", &number(yesterday))),
        figure("", "running", number(open.running()), say_n("running_more", &number(open.soon))),
        figure("", "returned", number(today.returned), say_n("returned_more", &number(open.ready))),
        figure(
            "ok",
            "share",
            share.map_or_else(|| "–".to_owned(), i18n::per_mille),
            if share.is_some() { say_n("share_more", &number(month.resolved())) } else { say("share_none") },
        ),
        figure("soon", "waiting", number(open.waiting), say_n("waiting_more", &number(today.supplements))),
        figure(
            "late",
            "overdue",
            number(open.late),
            late_share.map_or_else(String::new, |share| say_n("overdue_more", &i18n::per_mille(share))),
        ),
    ]
}

fn unit(line: &Line) -> UnitRow {
    let OpenCases { on_time, soon, late, .. } = line.open;
    let (ok_width, soon_width, late_width) = widths(&line.open);
    UnitRow {
        name: line.name.clone(),
        ok: ok_width,
        soon: soon_width,
        late_x: ok_width + soon_width,
        late: late_width,
        said: with(
            "web.monitor.said",
            &[("ok", &number(on_time)), ("soon", &number(soon)), ("late", &number(late))],
        ),
        share: line.month.on_time_per_mille().map_or_else(|| "–".to_owned(), i18n::per_mille),
        received: number(line.today.received),
        returned: number(line.today.returned),
        running: number(line.open.running()),
        n_soon: number(soon),
        n_late: number(late),
    }
}

/// The bar's parts in thousandths. What there is shows, however little it is: never thinner than a line.
fn widths(open: &OpenCases) -> (i64, i64, i64) {
    const LEAST: i64 = 25;
    if open.running() <= 0 {
        return (0, 0, 0);
    }
    let part = |n: i64| if n > 0 { (n * 1_000 / open.running()).max(LEAST) } else { 0 };
    let (soon, late) = (part(open.soon), part(open.late));
    if open.on_time <= 0 {
        let late = if soon == 0 { 1_000 } else { late.min(1_000 - LEAST) };
        return (0, 1_000 - late, late);
    }
    let late = late.min(1_000 - 2 * LEAST);
    let soon = soon.min(1_000 - LEAST - late);
    (1_000 - soon - late, soon, late)
}

fn rest(hidden: &[Line]) -> String {
    if hidden.is_empty() {
        return String::new();
    }
    let late = hidden.iter().map(|line| line.open.late).sum();
    let count = i64::try_from(hidden.len()).unwrap_or(0);
    with("web.monitor.rest", &[("n", &number(count)), ("late", &number(late))])
}

fn field(line: &Line) -> FieldRow {
    FieldRow { name: line.name.clone(), late: say_n("field_late", &number(line.open.late)) }
}

/// What happens inside an office, such as a hand-over from desk to desk, is no news for the wall.
fn is_told(kind: &str) -> bool {
    !matches!(kind, "taken_up" | "assigned" | "examined" | "drafted" | "fee_taken")
}

fn event(event: &LiveEvent) -> Event {
    let tone = match event.kind.as_str() {
        "sealed" | "returned" => "ok",
        "supplement_asked" | "sent_back" => "soon",
        "apologised" => "late",
        _ => "",
    };
    Event {
        key: event.pos,
        iso: format!("{}+07:00", event.at.local()),
        time: i18n::clock(event.at.local()),
        who: event.agency_name.clone(),
        did: say(&format!("did.{}", event.kind)),
        tone,
        procedure: event.procedure.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_whole_and_hide_nothing() {
        for (on_time, soon, late) in
            [(780, 40, 11), (1, 0, 0), (0, 0, 3), (0, 5, 0), (0, 1, 999), (1, 9_999, 9_999)]
        {
            let open = OpenCases { on_time, soon, late, ..OpenCases::default() };
            let (a, b, c) = widths(&open);
            assert_eq!(a + b + c, 1_000, "{open:?}");
            assert_eq!((a > 0, b > 0, c > 0), (on_time > 0, soon > 0, late > 0), "{open:?}");
        }
        assert_eq!(widths(&OpenCases::default()), (0, 0, 0));
    }
}
