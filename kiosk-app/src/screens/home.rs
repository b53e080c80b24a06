//! The first page: what would you like to do?

use super::line_note_ui;
use crate::{
    event::Event,
    look::Look,
    model::{Model, Target},
    widgets::{MARGIN, Press, Text, Tile, field_icon, icon_at, press, tile, words},
};
use devices::{DeviceState, Trouble};
use domain::procedure::Field;
use egui::{Align2, Id, Rect, Ui, pos2, vec2};
use i18n::Lang;
use ui::{Cut, Weight, icon};

/// Height of the band behind the upper tiles.
const BAND: f32 = 340.0;
/// Where the tiles begin.
const TILES: f32 = 236.0;
/// Height of the row of switches, and its room at the bottom.
const SWITCHES: (f32, f32) = (84.0, 76.0);
/// Between two tiles.
const GAP: f32 = 28.0;
/// The first column's share of the width.
const FIRST: f32 = 0.372;

pub(super) fn home_ui(ui: &Ui, look: &Look, model: &Model, out: &mut Vec<Event>) {
    let page = ui.max_rect();
    band(ui, look, model, page);
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TILES),
        pos2(page.right() - MARGIN, page.bottom() - SWITCHES.0 - SWITCHES.1 - 44.0),
    );
    tiles(ui, look, model, inner, out);
    let row = Rect::from_min_max(
        pos2(inner.left(), page.bottom() - SWITCHES.0 - SWITCHES.1),
        pos2(inner.right(), page.bottom() - SWITCHES.1),
    );
    switches(ui, look, model, row, out);
}

/// Office, clock and date.
fn band(ui: &Ui, look: &Look, model: &Model, page: Rect) {
    let palette = &look.palette;
    let band = Rect::from_min_size(page.min, vec2(page.width(), BAND));
    ui.painter().rect_filled(band, 0.0, palette.band);
    let left = page.left() + MARGIN;
    icon_at(ui, pos2(left + 46.0, page.top() + 114.0), Cut::Fill, icon::BANK, 96.0, palette.on_band);
    let now = model.now().local();
    let clock_room =
        Rect::from_min_size(pos2(page.right() - MARGIN - 480.0, page.top() + 58.0), vec2(480.0, 80.0));
    let clock = i18n::clock(now);
    words(
        ui,
        look,
        clock_room,
        Align2::RIGHT_CENTER,
        &Text::new(&clock, Weight::Bold, 60.0, palette.on_band),
    );
    let day = format!("{}, {}", look.lang.weekday(now.date().weekday()), i18n::date(now.date()));
    let room = clock_room.translate(vec2(0.0, look.size(62.0)));
    words(ui, look, room, Align2::RIGHT_CENTER, &Text::new(&day, Weight::Regular, 30.0, palette.on_band));
    let room = Rect::from_min_max(
        pos2(left + 120.0, page.top() + 56.0),
        pos2(clock_room.left() - 24.0, page.top() + 136.0),
    );
    let office = look.t("kiosk.office");
    words(ui, look, room, Align2::LEFT_CENTER, &Text::new(&office, Weight::Bold, 54.0, palette.on_band));
    let agency = agency(look, model);
    let room = room.translate(vec2(0.0, look.size(54.0)));
    words(ui, look, room, Align2::LEFT_CENTER, &Text::new(&agency, Weight::Regular, 32.0, palette.on_band));
}

fn agency(look: &Look, model: &Model) -> String {
    match model.place.as_deref() {
        Some(place) => look.lang.with("kiosk.agency", &[("name", &place.agency.name)]),
        None => look.t("kiosk.province").into_owned(),
    }
}

/// A large tile, and a grid at its right that later tiles join.
fn tiles(ui: &Ui, look: &Look, model: &Model, inner: Rect, out: &mut Vec<Event>) {
    let first = inner.width() * FIRST;
    let big = Rect::from_min_size(inner.min, vec2(first, inner.height()));
    if model.hall.gives {
        number_tile(ui, look, model, big, out);
    } else {
        case_tile(ui, look, big, true, out);
    }
    let grid = Rect::from_min_max(pos2(big.right() + GAP, inner.top()), inner.max);
    let (wide, high) = ((grid.width() - GAP) / 2.0, (grid.height() - GAP) / 2.0);
    let at = |column: f32, row: f32| {
        let min = pos2(grid.left() + column * (wide + GAP), grid.top() + row * (high + GAP));
        Rect::from_min_size(min, vec2(wide, high))
    };
    let counts = model.place.as_deref().map(|place| (place.procedures.len(), place.fields.len()));
    let more = match counts {
        Some((n, fields)) => {
            look.lang.with("kiosk.procedures_more", &[("n", &n.to_string()), ("fields", &fields.to_string())])
        }
        None => look.t("kiosk.procedures_short").into_owned(),
    };
    let title = look.t("kiosk.procedures");
    let words = Tile { icon: icon::BOOK_OPEN_TEXT, title: &title, more: &more, accent: false, size: 42.0 };
    if tile(ui, look, Id::unique("tile-procedures"), at(0.0, 0.0), &words) {
        out.push(Event::Go(Target::Fields));
    }
    let (title, more) = (look.t("kiosk.by_name"), look.t("kiosk.by_name_more"));
    let words = Tile { icon: icon::MAGNIFYING_GLASS, title: &title, more: &more, accent: false, size: 42.0 };
    if tile(ui, look, Id::unique("tile-search"), at(1.0, 0.0), &words) {
        out.push(Event::Go(Target::Search));
    }
    if model.hall.gives {
        case_tile(ui, look, at(0.0, 1.0), false, out);
        let (title, more) = (look.t("kiosk.rate"), look.t("kiosk.rate_more"));
        let words = Tile { icon: icon::SMILEY, title: &title, more: &more, accent: false, size: 42.0 };
        if tile(ui, look, Id::unique("tile-rate"), at(1.0, 1.0), &words) {
            out.push(Event::Go(Target::ShowTicket));
        }
    } else {
        let row = Rect::from_min_max(at(0.0, 1.0).min, at(1.0, 1.0).max);
        shortcuts(ui, look, model, row, out);
    }
}

/// Where the case is.
fn case_tile(ui: &Ui, look: &Look, at: Rect, accent: bool, out: &mut Vec<Event>) {
    let (title, more) =
        (look.t("kiosk.my_case"), look.t(if accent { "kiosk.my_case_more" } else { "kiosk.my_case_short" }));
    let size = if accent { 64.0 } else { 42.0 };
    let words = Tile { icon: icon::BARCODE, title: &title, more: &more, accent, size };
    if tile(ui, look, Id::unique("tile-case"), at, &words) {
        out.push(Event::Go(Target::Lookup));
    }
}

/// Take a number, with how many wait; or why there is none, or no paper.
fn number_tile(ui: &Ui, look: &Look, model: &Model, at: Rect, out: &mut Vec<Event>) {
    let title = look.t("kiosk.take_number");
    let mut more = look.t("kiosk.take_number_more").into_owned();
    if let Some(view) = model.hall.view.as_deref() {
        let count = [("n", view.waiting.to_string()), ("wait", look.lang.wait(view.wait))];
        let count: Vec<(&str, &str)> = count.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let says = match (&view.closed, view.waiting, view.wait) {
            (Some(closed), ..) => look.lang.no_ticket(closed, model.now()),
            (None, 0, _) => look.t("kiosk.number.nobody_line").into_owned(),
            (None, _, None) => look.lang.with("kiosk.number.line", &count),
            (None, _, Some(_)) => look.lang.with("kiosk.number.line_wait", &count),
        };
        more = format!("{more}\n{says}");
    }
    if let Some(key) = paper_note(model.hall.printer.as_ref()) {
        more = format!("{more}\n{}", look.t(key));
    }
    let words = Tile { icon: icon::TICKET, title: &title, more: &more, accent: true, size: 64.0 };
    if tile(ui, look, Id::unique("tile-number"), at, &words) {
        out.push(Event::Go(Target::Services));
    }
}

/// What is to be said of the printer, if anything.
fn paper_note(printer: Option<&DeviceState>) -> Option<&'static str> {
    match printer? {
        DeviceState::Ready | DeviceState::Unknown => None,
        DeviceState::Attention(Trouble::PaperLow) => Some("kiosk.paper.low"),
        DeviceState::Attention(Trouble::OutOfPaper) | DeviceState::Broken(Trouble::OutOfPaper) => {
            Some("kiosk.paper.empty")
        }
        DeviceState::Absent | DeviceState::Attention(_) | DeviceState::Broken(_) => Some("kiosk.paper.gone"),
    }
}

/// The fields with the most procedures, one touch away.
fn shortcuts(ui: &Ui, look: &Look, model: &Model, row: Rect, out: &mut Vec<Event>) {
    const COUNT: usize = 3;
    let Some(place) = model.place.as_deref() else {
        line_note_ui(ui, look, model, row);
        return;
    };
    let mut fields: Vec<&Field> =
        place.fields.iter().filter(|field| !model.of_field(&field.code).is_empty()).collect();
    fields.sort_by_key(|field| std::cmp::Reverse(model.of_field(&field.code).len()));
    fields.truncate(COUNT);
    let gap = 20.0;
    let width = (row.width() - gap * (COUNT as f32 - 1.0)) / COUNT as f32;
    for (n, field) in fields.into_iter().enumerate() {
        let at = Rect::from_min_size(
            pos2(row.left() + n as f32 * (width + gap), row.top()),
            vec2(width, row.height()),
        );
        let name = match look.lang {
            Lang::Vi => &field.name,
            Lang::En => &field.name_en,
        };
        let count = look.lang.with("kiosk.count", &[("n", &model.of_field(&field.code).len().to_string())]);
        let words =
            Tile { icon: field_icon(&field.code), title: name, more: &count, accent: false, size: 32.0 };
        if tile(ui, look, Id::unique(("tile-field", field.code.as_str())), at, &words) {
            out.push(Event::Go(Target::Field(field.code.clone())));
        }
    }
}

/// Language, large type, contrast, and whom to ask.
pub(super) fn switches(ui: &Ui, look: &Look, model: &Model, row: Rect, out: &mut Vec<Event>) {
    let visit = &model.visit;
    let mut x = row.left();
    let mut one = |id: &str, label: &str, sign: Option<&str>, on: bool| {
        let text = Text::new(label, Weight::Semi, 28.0, look.palette.ink).galley(ui, look, 600.0);
        let width = text.size().x + sign.map_or(0.0, |_| look.size(44.0)) + look.size(64.0);
        let at = Rect::from_min_size(pos2(x, row.top()), vec2(width, row.height()));
        x += width + 20.0;
        press(ui, look, Id::unique(id), at, &Press { label, icon: sign, on: Some(on), ..Press::default() })
    };
    let (vi, en) = (look.t("kiosk.vietnamese"), look.t("kiosk.english"));
    if one("vi", &vi, Some(icon::TRANSLATE), visit.lang == Lang::Vi) {
        out.push(Event::Speak(Lang::Vi));
    }
    if one("en", &en, None, visit.lang == Lang::En) {
        out.push(Event::Speak(Lang::En));
    }
    if one("large", &look.t("kiosk.large"), Some(icon::TEXT_AA), visit.large) {
        out.push(Event::Large(!visit.large));
    }
    if one("contrast", &look.t("kiosk.contrast"), Some(icon::CIRCLE_HALF), visit.contrast) {
        out.push(Event::Contrast(!visit.contrast));
    }
    let room = Rect::from_min_max(pos2(x + 16.0, row.top()), row.max);
    if model.place.is_some() && super::line_note(look, model).is_some() {
        line_note_ui(ui, look, model, room);
        return;
    }
    let help = look.t("kiosk.help");
    let text = Text::new(&help, Weight::Regular, 28.0, look.palette.soft).lines(2);
    words(ui, look, room, Align2::RIGHT_CENTER, &text);
}
