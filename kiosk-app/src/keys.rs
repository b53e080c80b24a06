//! Real keys: a keyboard, or a scanner that types like one. The screens have no text fields of egui's own, so
//! letters never reach egui; they come to the model as events.

use crate::event::Event;
use devices::scanner::{Enter, Wedge};
use domain::barcode::{self, Scan};
use egui::{Event as Raw, ImeEvent, Key, RawInput};

/// A pause longer than this begins a new line.
const LINE_GAP_MS: u64 = 1_500;

/// Side of the corner that IT touches, in points.
const CORNER: f32 = 140.0;

/// The state between two frames.
#[derive(Default)]
pub struct Keys {
    wedge: Wedge,
    /// Letters that may be a scan.
    held: String,
    /// Everything since the last pause: on a machine that draws slowly, a scan looks like typing.
    line: String,
    last_ms: u64,
}

impl Keys {
    /// Takes the keys out of a frame's input. `focused`: a button has the keyboard, and Enter presses it.
    pub fn take(&mut self, input: &mut RawInput, focused: bool) -> Vec<Event> {
        let now_ms = millis(input.time.unwrap_or(0.0));
        let mut out = Vec::new();
        input.events.retain(|event| self.one(event, now_ms, focused, &mut out));
        if self.wedge.settle(now_ms) {
            self.release(&mut out);
        }
        out
    }

    /// Whether letters are held back, so that another frame must come soon.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes one event; true leaves it to egui.
    fn one(&mut self, event: &Raw, now_ms: u64, focused: bool, out: &mut Vec<Event>) -> bool {
        match event {
            Raw::PointerButton { pressed: true, pos, .. } => {
                out.push(Event::Touched);
                if pos.x < CORNER && pos.y < CORNER {
                    out.push(Event::Corner);
                }
                true
            }
            Raw::Touch { .. } | Raw::MouseWheel { .. } => {
                out.push(Event::Touched);
                true
            }
            Raw::Text(text) | Raw::Ime(ImeEvent::Commit(text)) => {
                out.push(Event::Touched);
                text.chars().for_each(|letter| self.letter(letter, now_ms));
                false
            }
            Raw::Key { key: Key::Enter, pressed: true, .. } => {
                out.push(Event::Touched);
                let passes = focused && self.line.is_empty();
                if !passes {
                    self.enter(now_ms, out);
                }
                passes
            }
            Raw::Key { key: Key::Backspace, pressed: true, .. } => {
                out.push(Event::Touched);
                self.backspace(now_ms, out);
                false
            }
            Raw::Key { key: Key::Escape, pressed: true, .. } => {
                self.wedge.other();
                self.held.clear();
                self.line.clear();
                out.extend([Event::Touched, Event::Home]);
                false
            }
            Raw::Key { pressed: true, .. } => {
                out.push(Event::Touched);
                true
            }
            Raw::Copy | Raw::Cut | Raw::Paste(_) => false,
            _ => true,
        }
    }

    fn letter(&mut self, letter: char, now_ms: u64) {
        if letter.is_control() {
            return;
        }
        if now_ms.saturating_sub(self.last_ms) > LINE_GAP_MS || self.line.len() > barcode::MAX_BYTES {
            self.line.clear();
        }
        self.last_ms = now_ms;
        self.line.push(letter);
        self.wedge.letter(letter, now_ms);
        self.held.push(letter);
    }

    /// Within letters that are held back it takes the last of them; else it is for the field.
    fn backspace(&mut self, now_ms: u64, out: &mut Vec<Event>) {
        self.line.pop();
        if self.held.pop().is_none() {
            out.push(Event::Backspace);
        }
        if !self.wedge.erase(now_ms) {
            self.release(out);
        }
    }

    fn enter(&mut self, now_ms: u64, out: &mut Vec<Event>) {
        let line = std::mem::take(&mut self.line);
        match self.wedge.enter(now_ms) {
            Enter::Scan(code) => {
                self.held.clear();
                out.push(Event::Scanned(code));
            }
            Enter::Typing if is_ours(&line) => {
                self.held.clear();
                out.push(Event::Scanned(line));
            }
            Enter::Typing => {
                self.release(out);
                out.push(Event::Enter);
            }
        }
    }

    fn release(&mut self, out: &mut Vec<Event>) {
        out.extend(self.held.drain(..).map(Event::Letter));
    }
}

/// Whether a line is a receipt, a ticket or a card, however slowly it came.
fn is_ours(line: &str) -> bool {
    matches!(barcode::read(line), Ok(Scan::Case(..) | Scan::Citizen(_) | Scan::Ticket(_)))
}

fn millis(seconds: f64) -> u64 {
    std::time::Duration::try_from_secs_f64(seconds)
        .map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key) -> Raw {
        Raw::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: egui::Modifiers::NONE }
    }

    /// Types `text` with a frame for every letter; says what came out, letters joined.
    fn typed(text: &str, every_seconds: f64) -> Vec<String> {
        let mut keys = Keys::default();
        let mut time = 10.0;
        let mut out = Vec::new();
        for letter in text.chars() {
            time += every_seconds;
            let event = match letter {
                '\n' => key(Key::Enter),
                '\u{8}' => key(Key::Backspace),
                letter => Raw::Text(letter.to_string()),
            };
            let mut input = RawInput { time: Some(time), events: vec![event], ..RawInput::default() };
            out.extend(keys.take(&mut input, false));
            assert!(input.events.is_empty());
        }
        out.extend(keys.take(&mut RawInput { time: Some(time + 1.0), ..RawInput::default() }, false));
        let mut said: Vec<String> = Vec::new();
        let mut word = String::new();
        for event in out {
            match event {
                Event::Letter(letter) => word.push(letter),
                Event::Backspace => drop(word.pop()),
                Event::Scanned(code) => said.push(format!("scan {code}")),
                Event::Enter => said.push(format!("{} enter", std::mem::take(&mut word))),
                _ => {}
            }
        }
        if !word.is_empty() {
            said.push(word);
        }
        said
    }

    #[test]
    fn a_scan_is_one_event_and_leaks_no_letter() {
        assert_eq!(typed("H52.125-261123-0032\n", 0.004), ["scan H52.125-261123-0032"]);
    }

    #[test]
    fn a_person_types_letters_and_enter() {
        assert_eq!(typed("khai sinh\n", 0.2), ["khai sinh enter"]);
        assert_eq!(typed("dk", 0.2), ["dk"]);
    }

    #[test]
    fn words_that_unikey_reshapes_come_out_in_order() {
        for every_seconds in [0.2, 0.05, 0.004, 0.001] {
            assert_eq!(typed("khai\u{8}\u{8}ái tu\u{8}ư\u{8}ử", every_seconds), ["khái tử"]);
        }
    }

    #[test]
    fn a_scan_that_unikey_reshapes_is_still_one_scan() {
        let keys = "014088004512||Quang\u{8}\u{8}\u{8}àng Va\u{8}ăn Thuong\u{8}\u{8}\u{8}\u{8}ưởng|12041988|Nam|Hua La|25072021\n";
        let card = "scan 014088004512||Quàng Văn Thưởng|12041988|Nam|Hua La|25072021";
        assert_eq!(typed(keys, 0.004), [card]);
    }

    #[test]
    fn what_an_input_method_commits_is_typed() {
        let commit = Raw::Ime(ImeEvent::Commit("khai".into()));
        let mut input = RawInput { time: Some(1.0), events: vec![commit], ..RawInput::default() };
        let mut keys = Keys::default();
        let mut out = keys.take(&mut input, false);
        out.extend(keys.take(&mut RawInput { time: Some(2.0), ..RawInput::default() }, false));
        assert_eq!(out.iter().filter(|event| matches!(event, Event::Letter(_))).count(), 4);
    }

    #[test]
    fn on_a_slow_machine_a_code_is_still_a_scan() {
        let said = typed("H52.125-261123-0032\n", 0.09);
        assert_eq!(said.first().map(String::as_str), Some("scan H52.125-261123-0032"));
    }

    #[test]
    fn letters_that_came_fast_without_enter_are_let_through() {
        assert_eq!(typed("khai", 0.01), ["khai"]);
    }

    #[test]
    fn a_touch_in_the_corner_is_told_apart() {
        let touch = |x: f32, y: f32| {
            let button = Raw::PointerButton {
                pos: egui::pos2(x, y),
                button: egui::PointerButton::Primary,
                pressed: true,
                modifiers: egui::Modifiers::NONE,
            };
            let mut input = RawInput { events: vec![button], ..RawInput::default() };
            let out = Keys::default().take(&mut input, false);
            assert_eq!(input.events.len(), 1, "buttons there still work");
            out.iter().filter(|event| matches!(event, Event::Corner)).count()
        };
        assert_eq!((touch(20.0, 30.0), touch(200.0, 30.0), touch(20.0, 900.0)), (1, 0, 0));
    }

    #[test]
    fn enter_presses_the_button_that_has_the_keyboard() {
        let mut input = RawInput { events: vec![key(Key::Enter)], ..RawInput::default() };
        Keys::default().take(&mut input, true);
        assert_eq!(input.events.len(), 1);
    }
}
