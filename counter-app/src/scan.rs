//! Keys on their way to the window: a scanner's are caught, a person's pass.

use devices::scanner::{Enter, Wedge};
use domain::barcode::{self, Scan};
use egui::{Event, Key};
use std::collections::VecDeque;

/// Watches the keyboard for scans.
#[derive(Default)]
pub(crate) struct Watch {
    wedge: Wedge,
    held: Vec<Event>,
    /// The event before was a shortcut with Alt: what it would type is no text.
    shortcut: bool,
    /// What waits for the next frame.
    later: VecDeque<Event>,
}

/// What came of a batch of keys.
#[derive(Default)]
pub(crate) struct Watched {
    /// What the window shall see.
    pub(crate) pass: Vec<Event>,
    /// What was scanned.
    pub(crate) scans: Vec<String>,
    /// Whether to look again at once, because keys are held back.
    pub(crate) again: bool,
}

impl Watch {
    /// Takes the keys of a frame at `now_ms`, by a clock that only goes forward.
    pub(crate) fn take(&mut self, events: Vec<Event>, now_ms: u64) -> Watched {
        let mut out = Watched::default();
        for event in events {
            self.one(event, now_ms, &mut out);
        }
        if self.wedge.settle(now_ms) {
            out.pass.append(&mut self.held);
        }
        self.later.extend(std::mem::take(&mut out.pass));
        out.pass = self.next_frame();
        out.again = self.wedge.is_holding() || !self.later.is_empty();
        out
    }

    /// As much of what waits as one frame may see. Typing, and what leads elsewhere, never share a frame: the keyboard
    /// moves at the beginning or the end of a frame, and letters would land in the wrong field or in none.
    fn next_frame(&mut self) -> Vec<Event> {
        let mut frame = Vec::new();
        let mut kind = Kind::Neither;
        while let Some(event) = self.later.pop_front() {
            let next = Kind::of(&event);
            if next == Kind::Neither || kind == Kind::Neither || (next == kind && next == Kind::Edits) {
                kind = if next == Kind::Neither { kind } else { next };
                frame.push(event);
            } else {
                self.later.push_front(event);
                break;
            }
        }
        frame
    }

    fn one(&mut self, event: Event, now_ms: u64, out: &mut Watched) {
        let after_shortcut = std::mem::take(&mut self.shortcut);
        if let Event::Key { pressed: true, modifiers, .. } = &event {
            self.shortcut = modifiers.alt && !modifiers.ctrl;
        }
        match &event {
            Event::Text(_) if after_shortcut => {}
            Event::Text(text) => {
                text.chars().for_each(|letter| self.wedge.letter(letter, now_ms));
                self.held.push(event);
            }
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.is_none() => {
                self.enter(event.clone(), now_ms, out);
            }
            Event::Key { key: Key::Backspace, pressed, modifiers, .. }
                if modifiers.is_none() && self.wedge.is_holding() =>
            {
                self.held.push(event.clone());
                if *pressed && !self.wedge.erase(now_ms) {
                    out.pass.append(&mut self.held);
                }
            }
            Event::Key { key, modifiers, .. }
                if types_a_letter(*key) && !modifiers.ctrl && !modifiers.alt && !modifiers.command =>
            {
                // The key of a letter goes where its letter goes.
                if self.wedge.is_holding() { self.held.push(event) } else { out.pass.push(event) }
            }
            Event::Key { pressed: true, .. }
            | Event::PointerButton { .. }
            | Event::Paste(_)
            | Event::Copy
            | Event::Cut
            | Event::Ime(_) => {
                self.wedge.other();
                out.pass.append(&mut self.held);
                out.pass.push(event);
            }
            _ => out.pass.push(event),
        }
    }

    fn enter(&mut self, event: Event, now_ms: u64, out: &mut Watched) {
        match self.wedge.enter(now_ms) {
            Enter::Scan(raw) if is_ours(&raw) => {
                self.held.clear();
                out.scans.push(raw);
            }
            Enter::Scan(_) | Enter::Typing => {
                out.pass.append(&mut self.held);
                out.pass.push(event);
            }
        }
    }
}

/// Whether it is a code that means something here; all else was typed by somebody quick.
fn is_ours(raw: &str) -> bool {
    matches!(barcode::read(raw), Ok(Scan::Case(..) | Scan::Citizen(_) | Scan::Ticket(_)))
        || raw.matches('|').count() >= 3
}

/// What an event does to the field that has the keyboard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Changes its text.
    Edits,
    /// May lead elsewhere, or make something of the text.
    Acts,
    /// Neither.
    Neither,
}

impl Kind {
    fn of(event: &Event) -> Self {
        match event {
            Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_) => Self::Edits,
            Event::Key { pressed: true, key: Key::Backspace | Key::Delete, modifiers, .. }
                if !modifiers.alt =>
            {
                Self::Edits
            }
            Event::Key { pressed: true, key, modifiers, .. } => {
                let plain = !modifiers.ctrl && !modifiers.alt && !modifiers.command;
                if plain && types_a_letter(*key) { Self::Neither } else { Self::Acts }
            }
            Event::PointerButton { pressed: true, .. } => Self::Acts,
            _ => Self::Neither,
        }
    }
}

fn types_a_letter(key: Key) -> bool {
    !matches!(
        key,
        Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::Escape
            | Key::Tab
            | Key::Backspace
            | Key::Enter
            | Key::Insert
            | Key::Delete
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    ) && !is_function_key(key)
}

fn is_function_key(key: Key) -> bool {
    let name = key.name();
    name.len() > 1 && name.starts_with('F') && name.chars().skip(1).all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(|c| Event::Text(c.to_string())).collect()
    }

    fn key(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: egui::Modifiers::NONE }
    }

    #[test]
    fn a_scanned_receipt_never_reaches_a_field() {
        let mut watch = Watch::default();
        let mut events = typed("H52.125-261123-0032");
        events.push(key(Key::Enter));
        let seen = watch.take(events, 100);
        assert_eq!(seen.scans, ["H52.125-261123-0032"]);
        assert!(seen.pass.is_empty());
    }

    #[test]
    fn a_scan_over_several_frames_stays_whole() {
        let mut watch = Watch::default();
        let mut seen = Vec::new();
        for (at, part) in
            ["014088004512||Quàng ", "Văn Thưởng|12041988|Nam|Bản Mòng|", "25072021"].iter().enumerate()
        {
            let out = watch.take(typed(part), 100 + at as u64 * 20);
            assert!(out.pass.is_empty());
        }
        seen.extend(watch.take(vec![key(Key::Enter)], 170).scans);
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn quick_typing_that_is_no_code_is_let_through_with_its_enter() {
        let mut watch = Watch::default();
        let mut events = typed("matkhau-rat-dai");
        events.push(key(Key::Enter));
        let seen = watch.take(events, 5);
        assert_eq!((seen.scans.len(), seen.pass.len(), seen.again), (0, 15, true));
        // Enter may lead elsewhere, so it comes in a frame of its own.
        assert_eq!(watch.take(Vec::new(), 20).pass.len(), 1);
    }

    #[test]
    fn a_shortcut_types_nothing() {
        let modifiers = egui::Modifiers::ALT;
        let shortcut =
            Event::Key { key: Key::Num1, physical_key: None, pressed: true, repeat: false, modifiers };
        let mut watch = Watch::default();
        let seen = watch.take(vec![shortcut, Event::Text("1".into())], 0);
        assert_eq!((seen.pass.len(), seen.again), (1, false));
        assert!(watch.take(vec![key(Key::Num1), Event::Text("1".into())], 900).again);
    }

    #[test]
    fn a_single_letter_comes_through_after_a_moment() {
        let mut watch = Watch::default();
        assert!(watch.take(typed("a"), 0).pass.is_empty());
        assert_eq!(watch.take(Vec::new(), 40).pass.len(), 1);
        assert_eq!(watch.take(vec![key(Key::Tab)], 41).pass.len(), 1);
    }
}
