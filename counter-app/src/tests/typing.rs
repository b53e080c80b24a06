//! Vietnamese typed as it is typed on Windows: UniKey lets letters through, then takes them back and sends them in
//! their new shape, all within a millisecond or two; input methods commit words. Every field gets every letter, in
//! order, and a scan in the middle of it still arrives whole.

use super::sample::{self, CARD, after, received, sealed, show, signed_in};
use crate::{
    Event, Model, Out, Pictures, Spot,
    model::{Panel, Screen},
    root_ui,
    scan::Watch,
    update,
};
use domain::{case::Turn, roles::Role};
use egui::{Event as Raw, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;

/// "Nguyễn Thị Ngọc Hường" in Telex, one key an item: what UniKey makes of it. U+0008 is Backspace.
const NAME: [&str; 27] = [
    "N",
    "g",
    "u",
    "y",
    "e",
    "\u{8}ê",
    "n",
    "\u{8}\u{8}ễn",
    " ",
    "T",
    "h",
    "i",
    "\u{8}ị",
    " ",
    "N",
    "g",
    "o",
    "c",
    "\u{8}\u{8}ọc",
    " ",
    "H",
    "u",
    "o",
    "\u{8}\u{8}ươ",
    "n",
    "g",
    "\u{8}\u{8}\u{8}ờng",
];
const NAME_TYPED: &str = "Nguyễn Thị Ngọc Hường";

/// The keyboard's whole way: system, watch for scans, window, model.
struct Desk<'a> {
    app: Harness<'a, Model>,
    watch: Watch,
    now_ms: u64,
    /// Length of a frame.
    frame_ms: u64,
}

impl Desk<'_> {
    fn new(mut model: Model, spot: Spot, frame_ms: u64) -> Self {
        model.focus = Some(spot);
        let pictures = Pictures::default();
        let app = ui::testing::window(model, move |ui, model| {
            if let Some(spot) = model.focus.take() {
                ui.memory_mut(|memory| memory.request_focus(spot.id()));
            }
            let mut out = Out::new(&pictures);
            root_ui(ui, model, &mut out);
            for event in out.into_events() {
                update(model, event);
                ui.ctx().request_repaint();
            }
        });
        let mut desk = Self { app, watch: Watch::default(), now_ms: 10_000, frame_ms };
        desk.frame(Vec::new());
        desk
    }

    /// One frame with what came since the last; whether another must follow.
    fn frame(&mut self, events: Vec<Raw>) -> bool {
        self.now_ms += self.frame_ms;
        let watched = self.watch.take(events, self.now_ms);
        self.app.input_mut().events.extend(watched.pass);
        for raw in watched.scans {
            update(self.app.state_mut(), Event::Scanned(raw));
        }
        self.app.step();
        watched.again
    }

    /// Keys with so many milliseconds between them, in as many frames as that takes; then waits for all to settle.
    fn keys(&mut self, keys: &[&str], every_ms: u64) {
        let mut batch = Vec::new();
        let mut due = self.now_ms + self.frame_ms;
        let mut at = self.now_ms;
        for key in keys {
            at += every_ms;
            while at > due {
                self.frame(std::mem::take(&mut batch));
                due = self.now_ms + self.frame_ms;
            }
            batch.extend(events(key));
        }
        self.frame(batch);
        while self.frame(Vec::new()) {}
        self.frame(Vec::new());
    }
}

/// What the system sends for a key, as winit hands it on: a letter's key and its text, or what a program injects.
fn events(key: &str) -> Vec<Raw> {
    key.chars().flat_map(letter).collect()
}

fn letter(letter: char) -> Vec<Raw> {
    let press = |key, pressed| Raw::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let key = match letter {
        '\u{8}' => return vec![press(Key::Backspace, true), press(Key::Backspace, false)],
        '\t' => return vec![press(Key::Tab, true), press(Key::Tab, false)],
        '\n' => return vec![press(Key::Enter, true), press(Key::Enter, false)],
        letter => Key::from_name(&letter.to_uppercase().to_string()),
    };
    // Injected letters have no key.
    match key {
        Some(key) => vec![press(key, true), Raw::Text(letter.to_string()), press(key, false)],
        None => vec![Raw::Text(letter.to_string())],
    }
}

fn sign_in() -> Model {
    let mut model = Model::new(crate::Setup::default(), sample::now());
    update(&mut model, Event::Place(Ok(sample::desk())));
    model
}

fn clerk() -> Model {
    signed_in("H52.125", Role::Clerk)
}

fn returns() -> Model {
    let mut model = clerk();
    show(&mut model, Screen::Returns, &sealed(75_000));
    model
}

fn in_work() -> Model {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let staff = model.actor().unwrap().staff;
    show(&mut model, Screen::Work, &after(&received(0), Turn::TakeUp, staff));
    model
}

fn with_panel(event: Event) -> Model {
    let mut model = in_work();
    update(&mut model, event);
    model
}

fn panel(model: &Model) -> &Panel {
    model.open.as_ref().unwrap().panel.as_ref().unwrap()
}

/// A field: how a window with it comes about, where it is, and what stands in it.
type FieldOf = (Spot, fn() -> Model, fn(&Model) -> &str);

/// Every field of the app that takes words.
fn fields() -> [FieldOf; 14] {
    [
        (Spot::Login, sign_in, |model| &model.sign_in.login),
        (Spot::Password, sign_in, |model| &model.sign_in.password),
        (Spot::Omni, clerk, |model| &model.omni.text),
        (Spot::Name, clerk, |model| &model.form.person.name),
        (Spot::CitizenId, clerk, |model| &model.form.person.citizen_id),
        (Spot::Birth, clerk, |model| &model.form.person.birth),
        (Spot::Phone, clerk, |model| &model.form.person.phone),
        (Spot::Address, clerk, |model| &model.form.person.address),
        (Spot::Procedure, clerk, |model| &model.form.query),
        (Spot::FeeReceipt, returns, |model| &model.open.as_ref().unwrap().handing.receipt_no),
        (Spot::Opinion, in_work, |model| &model.open.as_ref().unwrap().opinion),
        (Spot::Draft, in_work, |model| &model.open.as_ref().unwrap().draft),
        (
            Spot::SupplementItems,
            || with_panel(Event::AskSupplement),
            |model| match panel(model) {
                Panel::Supplement { items, .. } => items,
                Panel::Back { .. } => panic!(),
            },
        ),
        (
            Spot::SupplementReason,
            || with_panel(Event::AskSupplement),
            |model| match panel(model) {
                Panel::Supplement { reason, .. } => reason,
                Panel::Back { .. } => panic!(),
            },
        ),
    ]
}

#[test]
fn every_field_takes_what_unikey_sends() {
    for (spot, model, read) in fields() {
        // A calm typist, a very fast one, and a window that draws once while seven keys come.
        for (every_ms, frame_ms) in [(90, 16), (8, 16), (1, 4), (20, 150)] {
            let mut desk = Desk::new(model(), spot, frame_ms);
            desk.keys(&NAME, every_ms);
            assert_eq!(
                read(desk.app.state()),
                NAME_TYPED,
                "{spot:?}, a key each {every_ms} ms, a frame each {frame_ms}"
            );
        }
    }
}

#[test]
fn every_field_takes_what_an_input_method_commits() {
    let preedit = |text: &str| Raw::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    for (spot, model, read) in fields() {
        let mut desk = Desk::new(model(), spot, 16);
        for (shown, done) in [("Ngu", "Nguyễn"), ("Thi", " Thị")] {
            desk.frame(vec![preedit(shown)]);
            desk.frame(vec![preedit(""), Raw::Ime(ImeEvent::Commit(done.into()))]);
        }
        while desk.frame(Vec::new()) {}
        assert_eq!(read(desk.app.state()), "Nguyễn Thị", "{spot:?}");
    }
}

#[test]
fn tab_and_enter_leave_no_letter_behind() {
    for (every_ms, frame_ms) in [(90, 16), (8, 16), (1, 200)] {
        let mut desk = Desk::new(clerk(), Spot::Name, frame_ms);
        let keys: Vec<&str> =
            NAME.into_iter().chain(["\n", "\t", "0", "1", "\t", "0", "9", "1", "\t"]).collect();
        desk.keys(&keys, every_ms);
        let person = &desk.app.state().form.person;
        assert_eq!(
            (person.name.as_str(), person.birth.as_str(), person.phone.as_str()),
            (NAME_TYPED, "01", "091"),
            "a key each {every_ms} ms, a frame each {frame_ms}"
        );
    }
}

#[test]
fn a_scan_in_the_middle_of_a_word_arrives_whole() {
    let mut desk = Desk::new(clerk(), Spot::Address, 16);
    desk.keys(&["B", "a", "n", "\u{8}\u{8}ản", " ", "M"], 90);
    let code: Vec<String> = CARD.chars().map(String::from).chain(["\n".into()]).collect();
    let code: Vec<&str> = code.iter().map(String::as_str).collect();
    desk.keys(&code, 3);
    let person = &desk.app.state().form.person;
    assert_eq!(person.name, "Quàng Văn Thưởng");
    assert_eq!(person.address, "Bản Mòng, xã Hua La, tỉnh Sơn La");
    assert!(desk.app.state().form.card_read);
}

#[test]
fn unikey_that_meddles_with_a_scan_does_not_tear_it() {
    let mut desk = Desk::new(clerk(), Spot::Name, 16);
    // A scanner that types without diacritics, in Telex: UniKey mends the words on their way.
    let keys = "014088004512||Quang\u{8}\u{8}\u{8}àng Va\u{8}ăn Thuong\u{8}\u{8}\u{8}\u{8}ưởng|12041988|Nam|Bản Mòng|25072021\n";
    let keys: Vec<String> = keys.chars().map(String::from).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    desk.keys(&keys, 3);
    assert_eq!(desk.app.state().form.person.name, "Quàng Văn Thưởng");
    assert_eq!(desk.app.state().form.person.address, "Bản Mòng");
}

#[test]
fn the_letter_after_a_shortcut_is_typed_though_its_key_is_not_seen() {
    let mut desk = Desk::new(clerk(), Spot::Address, 16);
    let alt = |pressed| Raw::Key {
        key: Key::Num1,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::ALT,
    };
    desk.frame(vec![alt(true), Raw::Text("1".into())]);
    desk.frame(vec![alt(false)]);
    // Telex "w" at the beginning of a word: UniKey swallows the key and injects the letter alone.
    desk.keys(&["ư", "a"], 90);
    assert_eq!(desk.app.state().form.person.name, "ưa");
}
