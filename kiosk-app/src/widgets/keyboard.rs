//! The keyboard on the screen: letters in the order of a typewriter, Telex, or the letters that Vietnamese adds.

use super::{Press, Style, press};
use crate::{event::Event, look::Look, model::Search, query::OWN_LETTERS};
use egui::{Id, Rect, Ui, pos2, vec2};
use ui::icon;

/// Rows of keys.
pub(crate) const KEYBOARD_ROWS: f32 = 4.0;
/// Between two keys.
const GAP: f32 = 12.0;

const LETTERS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Draws the keyboard into a box.
pub(crate) fn keyboard(ui: &Ui, look: &Look, search: &Search, rect: Rect, out: &mut Vec<Event>) {
    let row_height = (rect.height() - GAP * (KEYBOARD_ROWS - 1.0)) / KEYBOARD_ROWS;
    let unit = (rect.width() + GAP) / 10.0;
    let row = |n: usize| rect.top() + n as f32 * (row_height + GAP);
    let key_at = |x: f32, y: f32, units: f32| {
        Rect::from_min_size(pos2(rect.left() + x * unit, y), vec2(units * unit - GAP, row_height))
    };
    let letters = if search.vowels { OWN_LETTERS } else { LETTERS };
    for (n, line) in letters.iter().enumerate() {
        // The third row stands between the two keys at its ends.
        let (from, to) = if n == 2 { (1.5, 8.5) } else { (0.0, 10.0) };
        let count = line.chars().count() as f32;
        let units = ((to - from) / count).min(1.0);
        let start = from + (to - from - count * units) / 2.0;
        for (place, letter) in line.chars().enumerate() {
            let at = key_at(start + place as f32 * units, row(n), units);
            if letter_key(ui, look, letter, at) {
                out.push(Event::Letter(letter));
            }
        }
    }
    let telex = look.t("kiosk.telex");
    let switch = Press { label: "Telex", name: Some(&telex), on: Some(search.telex), ..Press::default() };
    if press(ui, look, Id::unique("key-telex"), key_at(0.0, row(2), 1.5), &switch) {
        out.push(Event::Telex(!search.telex));
    }
    let backspace = look.t("kiosk.backspace");
    let words = Press { name: Some(&backspace), icon: Some(icon::BACKSPACE), ..Press::default() };
    if press(ui, look, Id::unique("key-backspace"), key_at(8.5, row(2), 1.5), &words) {
        out.push(Event::Backspace);
    }
    last_row(ui, look, search, |x, units| key_at(x, row(3), units), out);
}

fn letter_key(ui: &Ui, look: &Look, letter: char, at: Rect) -> bool {
    let shown: String = letter.to_uppercase().collect();
    let words = Press { label: &shown, size: Some(34.0), ..Press::default() };
    press(ui, look, Id::unique(("key", letter)), at, &words)
}

fn last_row(ui: &Ui, look: &Look, search: &Search, at: impl Fn(f32, f32) -> Rect, out: &mut Vec<Event>) {
    let (name, label) = if search.vowels {
        ("kiosk.plain_letters", "kiosk.plain_letters_key")
    } else {
        ("kiosk.vowels", "kiosk.vowels_key")
    };
    let (name, label) = (look.t(name), look.t(label));
    let switch = Press { label: &label, name: Some(&name), ..Press::default() };
    if press(ui, look, Id::unique("key-vowels"), at(0.0, 2.0), &switch) {
        out.push(Event::Vowels(!search.vowels));
    }
    let space = look.t("kiosk.space");
    if press(ui, look, Id::unique("key-space"), at(2.0, 6.0), &Press { label: &space, ..Press::default() }) {
        out.push(Event::Letter(' '));
    }
    let find = look.t("kiosk.find");
    let words = Press { label: &find, style: Style::Primary, size: Some(34.0), ..Press::default() };
    if press(ui, look, Id::unique("key-find"), at(8.0, 2.0), &words) {
        out.push(Event::Enter);
    }
}
