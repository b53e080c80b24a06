//! Which case? Hold the receipt under the scanner, or type the code.

use crate::{
    event::Event,
    look::Look,
    model::{Lookup, Model},
    widgets::{
        MARGIN, Press, TOP, Text, card, heading, icon_at, keypad, paragraph, press, top, trouble, words,
    },
};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use ui::{Cut, Weight, icon};

pub(super) fn lookup_ui(ui: &mut Ui, look: &Look, model: &Model, lookup: &Lookup, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.my_case"), out);
    let page = ui.max_rect();
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 12.0),
        pos2(page.right() - MARGIN, page.bottom() - 64.0),
    );
    let half = (inner.width() - 40.0) / 2.0;
    let left = Rect::from_min_size(inner.min, vec2(half, inner.height()));
    let right = Rect::from_min_max(pos2(left.right() + 40.0, inner.top()), inner.max);
    let mut child = ui.new_child(UiBuilder::new().max_rect(left).id_salt("lookup-left"));
    scan_ui(&mut child, look, lookup);
    code_ui(ui, look, lookup, right, out);
}

/// How to scan, or what went wrong.
fn scan_ui(ui: &mut Ui, look: &Look, lookup: &Lookup) {
    ui.spacing_mut().item_spacing.y = 24.0;
    if let Some(wrong) = lookup.trouble {
        trouble(ui, look, wrong);
    }
    card(ui, look, |ui| {
        let small = lookup.trouble.is_some();
        let size = if small { 110.0 } else { 200.0 };
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size + 60.0), Sense::hover());
        icon_at(ui, rect.center(), Cut::Regular, icon::BARCODE, size, look.palette.accent);
        heading(ui, look, &look.t("kiosk.scan.title"));
        for key in ["kiosk.scan.one", "kiosk.scan.two"] {
            paragraph(ui, look, &look.t(key), Weight::Regular, 28.0, look.palette.ink);
        }
        ui.add_space(8.0);
        paragraph(ui, look, &look.t("kiosk.scan.private"), Weight::Regular, 26.0, look.palette.soft);
    });
}

/// The code, and the keypad.
fn code_ui(ui: &Ui, look: &Look, lookup: &Lookup, rect: Rect, out: &mut Vec<Event>) {
    let palette = &look.palette;
    let label = look.t("kiosk.code.label");
    let label_room = Rect::from_min_size(rect.min, vec2(rect.width(), look.size(44.0)));
    words(ui, look, label_room, Align2::LEFT_CENTER, &Text::new(&label, Weight::Semi, 30.0, palette.ink));
    let field = Rect::from_min_size(pos2(rect.left(), label_room.bottom() + 12.0), vec2(rect.width(), 104.0));
    let response = ui.interact(field, Id::unique("code"), Sense::click());
    response.widget_info(|| WidgetInfo {
        label: Some(label.to_string()),
        current_text_value: Some(lookup.code.clone()),
        ..WidgetInfo::new(Role::TextInput)
    });
    let border =
        if lookup.trouble.is_some() { palette.mood(crate::look::Mood::Bad).1 } else { palette.primary };
    ui.painter().rect(field, 18, palette.card, Stroke::new(3.0, border), StrokeKind::Inside);
    let clear = look.t("kiosk.clear");
    let clear_at = Rect::from_min_size(pos2(field.right() - 96.0, field.top() + 10.0), vec2(84.0, 84.0));
    let sign = Press { name: Some(&clear), icon: Some(icon::X), ..Press::default() };
    if press(ui, look, Id::unique("clear"), clear_at, &sign) {
        out.push(Event::Clear);
    }
    let text =
        Text::new(&lookup.code, Weight::Semi, 40.0, palette.ink).galley(ui, look, field.width() - 150.0);
    let at = pos2(field.left() + 28.0, field.center().y - text.size().y / 2.0);
    let cursor = at.x + text.size().x + 4.0;
    ui.painter().galley(at, text, palette.ink);
    ui.painter().vline(cursor, field.y_range().shrink(26.0), Stroke::new(3.0, palette.sign));
    let hint = look.t("kiosk.code.hint");
    let hint_room =
        Rect::from_min_size(pos2(rect.left(), field.bottom() + 12.0), vec2(rect.width(), look.size(72.0)));
    let text = Text::new(&hint, Weight::Regular, 26.0, palette.soft).lines(2);
    words(ui, look, hint_room, Align2::LEFT_TOP, &text);
    let keys = Rect::from_min_max(pos2(rect.left(), hint_room.bottom() + 16.0), rect.max);
    keypad(ui, look, keys, out);
}
