//! The code with which IT leaves the kiosk.

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Leave, LeaveTrouble, Model},
    widgets::{Press, Style, TOP, Text, press, top, words},
};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use ui::{Weight, icon};

/// Width of the field and the keys below it.
const WIDTH: f32 = 560.0;
/// Height of the field and of each key.
const HEIGHT: f32 = 120.0;
/// Between two keys.
const GAP: f32 = 16.0;
const ROWS: [&str; 3] = ["123", "456", "789"];

pub(super) fn leave_ui(ui: &mut Ui, look: &Look, model: &Model, leave: &Leave, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.leave.title"), out);
    let page = ui.max_rect();
    let left = page.center().x - WIDTH / 2.0;
    let field = Rect::from_min_size(pos2(left, page.top() + TOP + 40.0), vec2(WIDTH, HEIGHT));
    field_ui(ui, look, leave, field);
    let note = leave.trouble.map(|trouble| match trouble {
        LeaveTrouble::Wrong => look.t("kiosk.leave.wrong"),
        LeaveTrouble::Locked => look.t("kiosk.leave.locked"),
    });
    let note_room = Rect::from_min_size(pos2(page.left(), field.bottom()), vec2(page.width(), 64.0));
    if let Some(note) = note {
        let text = Text::new(&note, Weight::Semi, 28.0, look.palette.mood(Mood::Bad).1);
        words(ui, look, note_room, Align2::CENTER_CENTER, &text);
    }
    let width = (WIDTH - 2.0 * GAP) / 3.0;
    let key_at = |column: usize, row: usize| {
        let (x, y) = (column as f32 * (width + GAP), row as f32 * (HEIGHT + GAP));
        Rect::from_min_size(pos2(left + x, note_room.bottom() + y), vec2(width, HEIGHT))
    };
    for (row, digits) in ROWS.iter().enumerate() {
        for (column, digit) in digits.chars().enumerate() {
            digit_key(ui, look, digit, key_at(column, row), out);
        }
    }
    let backspace = look.t("kiosk.backspace");
    let sign = Press { name: Some(&backspace), icon: Some(icon::BACKSPACE), ..Press::default() };
    if press(ui, look, Id::unique("leave-backspace"), key_at(0, 3), &sign) {
        out.push(Event::Backspace);
    }
    digit_key(ui, look, '0', key_at(1, 3), out);
    let go = look.t("kiosk.leave.go");
    let words = Press { label: &go, style: Style::Primary, size: Some(32.0), ..Press::default() };
    if press(ui, look, Id::unique("leave-go"), key_at(2, 3), &words) {
        out.push(Event::Enter);
    }
}

/// As many dots as digits were typed.
fn field_ui(ui: &Ui, look: &Look, leave: &Leave, field: Rect) {
    let label = look.t("kiosk.leave.code");
    let dots = "•".repeat(leave.typed.len());
    let response = ui.interact(field, Id::unique("leave-code"), Sense::click());
    response.widget_info(|| WidgetInfo {
        label: Some(label.to_string()),
        current_text_value: Some(dots.clone()),
        ..WidgetInfo::new(Role::PasswordInput)
    });
    let palette = &look.palette;
    ui.painter().rect(field, 18, palette.card, Stroke::new(3.0, palette.primary), StrokeKind::Inside);
    let (text, ink) = if dots.is_empty() { (&*label, palette.soft) } else { (dots.as_str(), palette.ink) };
    words(ui, look, field, Align2::CENTER_CENTER, &Text::new(text, Weight::Semi, 36.0, ink));
}

fn digit_key(ui: &Ui, look: &Look, digit: char, at: Rect, out: &mut Vec<Event>) {
    let label = digit.to_string();
    let words = Press { label: &label, size: Some(40.0), ..Press::default() };
    if press(ui, look, Id::unique(("leave", digit)), at, &words) {
        out.push(Event::Letter(digit));
    }
}
