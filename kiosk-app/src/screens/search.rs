//! Which procedure, by its words?

use super::line_note_ui;
use crate::{
    event::Event,
    look::Look,
    model::{Model, Search},
    widgets::{KEYBOARD_ROWS, MARGIN, Press, TOP, Text, icon_at, keyboard, press, rows, top, words},
};
use domain::procedure::Procedure;
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use ui::{Cut, Weight, icon};

/// Height of a key, and of the room that it takes.
const KEY: (f32, f32) = (86.0, 98.0);

pub(super) fn search_ui(ui: &mut Ui, look: &Look, model: &Model, search: &Search, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.procedures"), out);
    let page = ui.max_rect();
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP - 4.0),
        pos2(page.right() - MARGIN, page.bottom() - 36.0),
    );
    let field = Rect::from_min_size(inner.min, vec2(inner.width(), 96.0));
    field_ui(ui, look, search, field, out);
    let keys = KEY.1 * KEYBOARD_ROWS - (KEY.1 - KEY.0);
    let bottom = if search.keyboard { inner.bottom() - keys - 18.0 } else { inner.bottom() };
    let list = Rect::from_min_max(pos2(inner.left(), field.bottom() + 20.0), pos2(inner.right(), bottom));
    list_ui(ui, look, model, search, list, out);
    if search.keyboard {
        let at = Rect::from_min_max(pos2(inner.left(), inner.bottom() - keys), inner.max);
        keyboard(ui, look, search, at, out);
    }
}

fn field_ui(ui: &Ui, look: &Look, search: &Search, field: Rect, out: &mut Vec<Event>) {
    let palette = &look.palette;
    let text = search.query.text();
    let name = look.t("kiosk.search_name");
    let response = ui.interact(field, Id::unique("query"), Sense::click());
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_string()),
        current_text_value: Some(text.clone()),
        ..WidgetInfo::new(Role::TextInput)
    });
    if response.clicked() {
        out.push(Event::Keyboard);
    }
    ui.painter().rect(field, 22, palette.card, Stroke::new(3.0, palette.primary), StrokeKind::Inside);
    icon_at(
        ui,
        pos2(field.left() + 52.0, field.center().y),
        Cut::Regular,
        icon::MAGNIFYING_GLASS,
        42.0,
        palette.ink,
    );
    let left = field.left() + 84.0;
    let mut right = field.right() - 24.0;
    if search.query.is_empty() {
        let hint = look.t("kiosk.search_hint");
        let room = Rect::from_min_max(pos2(left, field.top()), pos2(right, field.bottom()));
        words(ui, look, room, Align2::LEFT_CENTER, &Text::new(&hint, Weight::Regular, 34.0, palette.soft));
        return;
    }
    let clear = look.t("kiosk.clear");
    let clear_at = Rect::from_min_size(pos2(right - 68.0, field.top() + 8.0), vec2(80.0, 80.0));
    if press(
        ui,
        look,
        Id::unique("clear"),
        clear_at,
        &Press { name: Some(&clear), icon: Some(icon::X), ..Press::default() },
    ) {
        out.push(Event::Clear);
    }
    right = clear_at.left() - 24.0;
    let count = look.lang.with("kiosk.count", &[("n", &search.results.len().to_string())]);
    let room = Rect::from_min_max(pos2(right - 400.0, field.top()), pos2(right, field.bottom()));
    let place =
        words(ui, look, room, Align2::RIGHT_CENTER, &Text::new(&count, Weight::Regular, 28.0, palette.soft));
    let shown =
        Text::new(&text, Weight::Regular, 40.0, palette.ink).galley(ui, look, place.left() - left - 24.0);
    let at = pos2(left, field.center().y - shown.size().y / 2.0);
    let trailing = if text.ends_with(' ') { look.size(12.0) } else { 0.0 };
    let cursor = left + shown.size().x + trailing + 3.0;
    ui.painter().galley(at, shown, palette.ink);
    ui.painter().vline(cursor, field.y_range().shrink(24.0), Stroke::new(3.0, palette.sign));
}

fn list_ui(ui: &Ui, look: &Look, model: &Model, search: &Search, rect: Rect, out: &mut Vec<Event>) {
    let list: Vec<&Procedure> = search.results.iter().filter_map(|code| model.procedure(code)).collect();
    if !list.is_empty() {
        rows(ui, look, model, &list, search.first, rect, out);
        return;
    }
    if model.place.is_none() {
        line_note_ui(ui, look, model, rect);
        return;
    }
    let (what, how) = if search.query.is_empty() {
        ("kiosk.search_empty", "kiosk.search_empty_how")
    } else {
        ("kiosk.search_none", "kiosk.search_none_how")
    };
    let (what, how) = (look.t(what), look.t(how));
    let ink = look.palette;
    let middle = rect.center().y;
    let upper = Rect::from_min_max(rect.min, pos2(rect.right(), middle));
    words(ui, look, upper, Align2::CENTER_BOTTOM, &Text::new(&what, Weight::Semi, 34.0, ink.ink));
    let lower = Rect::from_min_max(pos2(rect.left(), middle + 10.0), rect.max);
    words(ui, look, lower, Align2::CENTER_TOP, &Text::new(&how, Weight::Regular, 28.0, ink.soft).lines(3));
}
