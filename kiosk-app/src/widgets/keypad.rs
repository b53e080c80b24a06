//! The keypad for case codes.

use super::{Press, Style, press};
use crate::{event::Event, look::Look};
use egui::{Id, Rect, Ui, pos2, vec2};
use ui::icon;

/// Between two keys.
const GAP: f32 = 14.0;
const KEYS: [&str; 4] = ["123", "456", "789", "H0."];

/// Draws the keypad into a box.
pub(crate) fn keypad(ui: &Ui, look: &Look, rect: Rect, out: &mut Vec<Event>) {
    let (width, height) = ((rect.width() + GAP) / 4.0, (rect.height() + GAP) / 4.0);
    let at = |column: usize, row: usize, rows: f32| {
        let min = pos2(rect.left() + column as f32 * width, rect.top() + row as f32 * height);
        Rect::from_min_size(min, vec2(width - GAP, height * rows - GAP))
    };
    for (row, line) in KEYS.iter().enumerate() {
        for (column, letter) in line.chars().enumerate() {
            let label = letter.to_string();
            let words = Press { label: &label, size: Some(44.0), ..Press::default() };
            if press(ui, look, Id::unique(("pad", letter)), at(column, row, 1.0), &words) {
                out.push(Event::Letter(letter));
            }
        }
    }
    let backspace = look.t("kiosk.backspace");
    let words = Press { name: Some(&backspace), icon: Some(icon::BACKSPACE), ..Press::default() };
    if press(ui, look, Id::unique("pad-backspace"), at(3, 0, 1.0), &words) {
        out.push(Event::Backspace);
    }
    let hyphen = look.t("kiosk.hyphen");
    let words = Press { label: "-", name: Some(&hyphen), size: Some(44.0), ..Press::default() };
    if press(ui, look, Id::unique("pad-hyphen"), at(3, 1, 1.0), &words) {
        out.push(Event::Letter('-'));
    }
    let go = look.t("kiosk.look_up");
    let words = Press { label: &go, style: Style::Primary, size: Some(36.0), ..Press::default() };
    if press(ui, look, Id::unique("pad-go"), at(3, 2, 2.0), &words) {
        out.push(Event::Enter);
    }
}
