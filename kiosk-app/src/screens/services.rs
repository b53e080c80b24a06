//! What is the number for, and does somebody go before others?

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Errand, Model},
    widgets::{
        MARGIN, Press, Style, TOP, Text, Tile, field_icon, heading, icon_at, low_tile, mood_card, paragraph,
        press, top, words,
    },
};
use api::ServiceView;
use domain::{
    code::CaseCode,
    hall::{PriorityReason, Service},
    unit::ServiceCode,
};
use egui::{Align2, Color32, Id, Rect, Ui, UiBuilder, pos2, vec2};
use i18n::Lang;
use ui::{Cut, Weight, icon};

/// Tiles and reasons in a row.
const COLUMNS: usize = 2;
/// Between two of them.
const GAP: f32 = 24.0;

/// The room below the bar.
fn inner(ui: &Ui) -> Rect {
    let page = ui.max_rect();
    Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 12.0),
        pos2(page.right() - MARGIN, page.bottom() - 56.0),
    )
}

/// A box of a grid of two columns.
fn cell(room: Rect, n: usize, high: f32) -> Rect {
    let wide = (room.width() - GAP) / COLUMNS as f32;
    let (column, row) = ((n % COLUMNS) as f32, (n / COLUMNS) as f32);
    let min = pos2(room.left() + column * (wide + GAP), room.top() + row * (high + GAP));
    Rect::from_min_size(min, vec2(wide, high))
}

/// Height of the line below the grid.
const NOTE: f32 = 56.0;

/// The line below the grid, and the room above it.
fn with_note(look: &Look, room: Rect) -> (Rect, Rect) {
    let top = room.bottom() - look.size(NOTE);
    let above = Rect::from_min_max(room.min, pos2(room.right(), top - GAP));
    (above, Rect::from_min_max(pos2(room.left(), top), room.max))
}

/// An icon and a line.
fn note_ui(ui: &Ui, look: &Look, sign: &str, ink: Color32, text: &str, at: Rect) {
    icon_at(ui, pos2(at.left() + 22.0, at.center().y), Cut::Regular, sign, 44.0, ink);
    let room = Rect::from_min_max(pos2(at.left() + 64.0, at.top()), at.max);
    words(ui, look, room, Align2::LEFT_CENTER, &Text::new(text, Weight::Medium, 28.0, look.palette.ink));
}

/// What a receipt is good for here, or what became of the one that was scanned.
fn errand_ui(ui: &Ui, look: &Look, errand: &Errand, at: Rect) {
    let plain = look.palette.sign;
    match (errand.trouble, &errand.case) {
        (Some(wrong), _) => {
            let text = look.t(&format!("kiosk.trouble.{}.what", wrong.key()));
            note_ui(ui, look, icon::WARNING_CIRCLE, look.palette.mood(Mood::Bad).1, &text, at);
        }
        (None, Some(case)) => {
            let text = look.lang.with("kiosk.number.choose_for", &[("code", &case.to_string())]);
            note_ui(ui, look, icon::RECEIPT, plain, &text, at);
        }
        (None, None) => {
            note_ui(ui, look, icon::BARCODE, plain, &look.t("kiosk.number.scan_receipt"), at);
        }
    }
}

pub(super) fn services_ui(ui: &mut Ui, look: &Look, model: &Model, errand: &Errand, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.number.what"), out);
    let room = inner(ui);
    let Some(view) = model.hall.view.as_deref() else {
        super::line_note_ui(ui, look, model, room);
        return;
    };
    if let Some(closed) = &view.closed {
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("closed"));
        mood_card(&mut child, look, Mood::Soon, icon::CLOCK, |ui| {
            heading(ui, look, &look.t("kiosk.number.closed"));
            let why = look.lang.no_ticket(closed, model.now());
            paragraph(ui, look, &why, Weight::Regular, 30.0, look.palette.ink);
        });
        return;
    }
    let (room, note) = with_note(look, room);
    errand_ui(ui, look, errand, note);
    let lines = view.services.len().div_ceil(COLUMNS).max(1) as f32;
    let high = ((room.height() + GAP) / lines - GAP).min(230.0);
    for (n, service) in view.services.iter().enumerate() {
        service_tile(ui, look, service, cell(room, n, high), out);
    }
}

fn service_tile(ui: &Ui, look: &Look, view: &ServiceView, at: Rect, out: &mut Vec<Event>) {
    let service = &view.service;
    let more = match view.waiting {
        0 => look.t("kiosk.number.nobody").into_owned(),
        n => {
            let count = look.lang.with("kiosk.number.waiting", &[("n", &n.to_string())]);
            if view.wait.is_some() { format!("{count}, {}", look.lang.wait(view.wait)) } else { count }
        }
    };
    let sign = service.fields.first().map_or(icon::FILES, field_icon);
    let tile = Tile { icon: sign, title: name_of(look, service), more: &more, accent: false, size: 36.0 };
    if low_tile(ui, look, Id::unique(("service", service.code.as_str())), at, &tile) {
        out.push(Event::Choose(service.code.clone()));
    }
}

/// A service's name in the citizen's language.
pub(super) fn name_of<'a>(look: &Look, service: &'a Service) -> &'a str {
    match look.lang {
        Lang::En if !service.name_en.is_empty() => &service.name_en,
        _ => &service.name,
    }
}

pub(super) fn priority_ui(
    ui: &mut Ui,
    look: &Look,
    model: &Model,
    service: &ServiceCode,
    case: Option<&CaseCode>,
    out: &mut Vec<Event>,
) {
    let name = model.hall.service(service).map_or("", |service| name_of(look, service));
    top(ui, look, model, name, out);
    let mut room = inner(ui);
    if let Some(case) = case {
        let (above, note) = with_note(look, room);
        let text = look.lang.with("kiosk.number.for_case", &[("code", &case.to_string())]);
        note_ui(ui, look, icon::RECEIPT, look.palette.sign, &text, note);
        room = above;
    }
    let ordinary = look.t("kiosk.number.ordinary");
    let first = Rect::from_min_size(room.min, vec2(room.width(), 190.0));
    let usual = Press {
        label: &ordinary,
        icon: Some(icon::TICKET),
        style: Style::Primary,
        size: Some(44.0),
        ..Press::default()
    };
    if press(ui, look, Id::unique("ordinary"), first, &usual) {
        out.push(Event::Take(None));
    }
    let ask = look.t("kiosk.number.priority");
    let line =
        Rect::from_min_size(pos2(room.left(), first.bottom() + 40.0), vec2(room.width(), look.size(48.0)));
    words(ui, look, line, Align2::LEFT_CENTER, &Text::new(&ask, Weight::Bold, 34.0, look.palette.ink));
    let rest = Rect::from_min_max(pos2(room.left(), line.bottom() + 20.0), room.max);
    let lines = PriorityReason::USUAL.len().div_ceil(COLUMNS) as f32;
    let high = ((rest.height() + GAP) / lines - GAP).min(120.0);
    for (n, reason) in PriorityReason::USUAL.into_iter().enumerate() {
        let label = look.lang.priority_reason(reason);
        let words = Press { label: &label, size: Some(32.0), ..Press::default() };
        if press(ui, look, Id::unique(("priority", reason.name())), cell(rest, n, high), &words) {
            out.push(Event::Take(Some(reason)));
        }
    }
}
