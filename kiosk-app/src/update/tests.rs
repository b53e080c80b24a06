//! Stories of citizens at the kiosk.

pub(crate) mod hall;
pub(crate) mod sample;

use super::{begin, update};
use crate::{
    command::Command,
    event::{Event, Failure},
    model::{ExitCode, Line, Model, Screen, Target, Trouble},
    seen::Seen,
};
use domain::{
    machine::Finding,
    time::{MINUTE, Millis},
    unit::UnitCode,
};
use i18n::Lang;
use sample::{CODE, kiosk, morning, place, status};

fn play(model: &mut Model, events: impl IntoIterator<Item = Event>) -> Vec<Command> {
    events.into_iter().flat_map(|event| update(model, event)).collect()
}

fn keys(text: &str) -> Vec<Event> {
    text.chars().map(Event::Letter).collect()
}

fn later(model: &mut Model, ms: i64) -> Vec<Command> {
    let then = model.machine.plus(ms);
    update(model, Event::Tick(then))
}

fn asked(commands: &[Command]) -> (u64, String, Option<String>) {
    let found = commands.iter().find_map(|command| match command {
        Command::LoadStatus { ask, code, check } => Some((*ask, code.to_string(), check.clone())),
        _ => None,
    });
    found.unwrap()
}

fn trouble(model: &Model) -> Option<Trouble> {
    match &model.visit.screen {
        Screen::Lookup(lookup) => lookup.trouble,
        Screen::Case(case) => case.trouble,
        _ => None,
    }
}

fn corner(model: &mut Model, touches: usize, every_ms: i64) {
    for _ in 0..touches {
        later(model, every_ms);
        update(model, Event::Corner);
    }
}

fn code(model: &mut Model, digits: &str) -> Vec<Command> {
    play(model, keys(digits).into_iter().chain([Event::Enter]))
}

/// Whether the right code leads to the page from which the kiosk is left.
fn lets_out(model: &mut Model) -> bool {
    code(model, "250900");
    matches!(update(model, Event::Leave).as_slice(), [Command::Close])
}

fn guarded() -> Model {
    let mut model = kiosk();
    model.exit.code = ExitCode::new("250900");
    model
}

#[test]
fn five_touches_in_the_corner_and_the_code_let_it_out() {
    let mut model = guarded();
    corner(&mut model, 4, 900);
    assert_eq!(Seen::of(&model).screen, "home");
    corner(&mut model, 1, 900);
    assert_eq!(Seen::of(&model).screen, "leave");
    assert!(update(&mut model, Event::Leave).is_empty(), "nobody gave the code yet");
    assert!(lets_out(&mut model));
}

#[test]
fn whoever_gave_the_code_sees_how_the_machine_stands() {
    let mut model = guarded();
    corner(&mut model, 5, 100);
    assert!(matches!(code(&mut model, "250900").as_slice(), [Command::Examine]));
    let (fine, bad) =
        (Finding::ok("disk", "ghi được"), Finding::bad("server", "không trả lời", "xem dây mạng"));
    update(&mut model, Event::Examined(vec![fine.clone(), bad.clone()]));
    assert_eq!(Seen::of(&model).screen, "machine");
    assert_eq!(model.visit.screen, Screen::Machine(Some(vec![bad, fine.clone()])), "the worst first");
    assert!(matches!(update(&mut model, Event::Examine).as_slice(), [Command::Examine]));
    assert_eq!(model.visit.screen, Screen::Machine(None));
    // Going back does not lead to the code, and an answer that comes late shows nothing to the next citizen.
    update(&mut model, Event::Back);
    assert_eq!(Seen::of(&model).screen, "home");
    update(&mut model, Event::Examined(vec![fine]));
    assert_eq!(Seen::of(&model).screen, "home");
    assert!(update(&mut model, Event::Examine).is_empty() && update(&mut model, Event::Leave).is_empty());
}

#[test]
fn slow_touches_or_a_kiosk_without_a_code_let_nobody_out() {
    let mut model = guarded();
    corner(&mut model, 12, 1_300);
    assert_eq!(Seen::of(&model).screen, "home");
    let mut model = kiosk();
    corner(&mut model, 12, 100);
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn after_five_wrong_codes_even_the_right_one_waits_a_minute() {
    let mut model = guarded();
    corner(&mut model, 5, 100);
    for _ in 0..4 {
        assert!(code(&mut model, "000000").is_empty());
        assert_eq!(Seen::of(&model).error, "wrong");
    }
    code(&mut model, "111111");
    assert_eq!(Seen::of(&model).error, "locked");
    // Leaving the page and coming back does not help.
    update(&mut model, Event::Home);
    corner(&mut model, 5, 100);
    assert!(code(&mut model, "250900").is_empty());
    assert_eq!(Seen::of(&model).error, "locked");
    later(&mut model, MINUTE);
    corner(&mut model, 5, 100);
    assert!(lets_out(&mut model));
}

#[test]
fn a_clock_that_is_put_back_does_not_lock_it_for_ever() {
    let mut model = guarded();
    corner(&mut model, 5, 100);
    for _ in 0..5 {
        code(&mut model, "000000");
    }
    later(&mut model, -60 * MINUTE);
    corner(&mut model, 5, 100);
    assert!(lets_out(&mut model));
}

#[test]
fn the_code_shows_itself_nowhere() {
    let model = guarded();
    assert!(!format!("{model:?}").contains("250900"));
}

#[test]
fn a_receipt_scanned_on_the_first_page_shows_the_case() {
    let mut model = kiosk();
    let raw = format!("https://motcua.sonla.gov.vn/tra-cuu/{CODE}?k=9f3a01");
    let commands = update(&mut model, Event::Scanned(raw));
    let (ask, code, check) = asked(&commands);
    assert_eq!((code.as_str(), check.as_deref()), (CODE, Some("9f3a01")));
    assert_eq!(Seen::of(&model).state, "loading");
    update(&mut model, Event::Status { ask, answer: Ok(Box::new(status())) });
    let seen = Seen::of(&model);
    assert_eq!((seen.screen, seen.state.as_str(), seen.genuine), ("case", "processing", Some(true)));
}

#[test]
fn a_code_typed_on_the_keypad_needs_no_hyphens() {
    let mut model = kiosk();
    let mut events = vec![Event::Go(Target::Lookup)];
    events.extend(keys("2611100007"));
    events.push(Event::Enter);
    let commands = play(&mut model, events);
    assert_eq!(asked(&commands).1, CODE);
}

#[test]
fn a_whole_code_may_be_typed_with_its_hyphens_in_small_letters() {
    let mut model = kiosk();
    update(&mut model, Event::Go(Target::Lookup));
    play(&mut model, keys("h52.04108-261110-0003"));
    assert_eq!(Seen::of(&model).query, "H52.04108-261110-0003");
}

#[test]
fn each_kind_of_trouble_is_told_apart() {
    let mut model = kiosk();
    play(&mut model, [Event::Go(Target::Lookup), Event::Letter('2'), Event::Enter]);
    assert_eq!(trouble(&model), Some(Trouble::NotACode));
    play(&mut model, [Event::Home, Event::Scanned("8934563138165".into())]);
    assert_eq!(trouble(&model), Some(Trouble::Damaged));
    update(&mut model, Event::Scanned("014088004512||Quàng Văn Thưởng|12041988|Nam|Hua La|25072021".into()));
    assert_eq!(trouble(&model), Some(Trouble::Card));
    assert!(!format!("{model:?}").contains("Quàng"));
    for (failure, expected) in [
        (Failure::NotFound, Trouble::Unknown),
        (Failure::Offline, Trouble::Offline),
        (Failure::TooMany, Trouble::TooMany),
        (Failure::Other("internal".into()), Trouble::Broken),
    ] {
        let (ask, ..) = asked(&update(&mut model, Event::Scanned(CODE.into())));
        update(&mut model, Event::Status { ask, answer: Err(failure) });
        assert_eq!(trouble(&model), Some(expected));
    }
}

#[test]
fn trying_again_asks_again() {
    let mut model = kiosk();
    let (ask, ..) = asked(&update(&mut model, Event::Scanned(CODE.into())));
    update(&mut model, Event::Status { ask, answer: Err(Failure::Offline) });
    let (ask, ..) = asked(&update(&mut model, Event::Enter));
    update(&mut model, Event::Status { ask, answer: Ok(Box::new(status())) });
    assert_eq!((trouble(&model), model.line), (None, Line::Up));
}

#[test]
fn the_next_citizen_never_sees_the_case_of_the_one_before() {
    let mut model = kiosk();
    let (ask, ..) = asked(&update(&mut model, Event::Scanned(CODE.into())));
    // The answer is slow, and the citizen goes.
    later(&mut model, 60_000);
    assert_eq!(Seen::of(&model).screen, "home");
    update(&mut model, Event::Status { ask, answer: Ok(Box::new(status())) });
    assert_eq!(Seen::of(&model).screen, "home");
    // Somebody else scans: there is no way back to the first case.
    let (first, ..) = asked(&update(&mut model, Event::Scanned(CODE.into())));
    update(&mut model, Event::Status { ask: first, answer: Ok(Box::new(status())) });
    update(&mut model, Event::Scanned("H52.125-261111-0001".into()));
    update(&mut model, Event::Status { ask: first, answer: Ok(Box::new(status())) });
    assert_eq!(Seen::of(&model).state, "loading");
    update(&mut model, Event::Back);
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn left_alone_it_counts_down_and_forgets_everything() {
    let mut model = kiosk();
    play(
        &mut model,
        [Event::Speak(Lang::En), Event::Large(true), Event::Contrast(true), Event::Go(Target::Fields)],
    );
    later(&mut model, 49_000);
    assert_eq!(model.countdown(), None);
    later(&mut model, 1_000);
    assert_eq!(model.countdown(), Some(10));
    later(&mut model, 9_500);
    assert_eq!(model.countdown(), Some(1));
    update(&mut model, Event::Touched);
    assert_eq!((model.countdown(), Seen::of(&model).screen), (None, "fields"));
    later(&mut model, 60_000);
    let seen = Seen::of(&model);
    assert_eq!((seen.screen, seen.language, seen.large, seen.contrast), ("home", "vi", false, false));
    assert_eq!(model.left_ms(), None);
}

#[test]
fn an_untouched_first_page_changes_with_the_minute_only() {
    let mut model = kiosk();
    assert_eq!(model.next_change_ms(), MINUTE);
    later(&mut model, 20_000);
    assert_eq!(model.next_change_ms(), MINUTE - 20_000);
    update(&mut model, Event::Touched);
    update(&mut model, Event::Large(true));
    assert!(model.next_change_ms() <= 50_000);
}

#[test]
fn words_find_procedures_with_and_without_marks() {
    for typed in ["giaays pheps xaay", "giay phep xay", "gp xay dung"] {
        let mut model = kiosk();
        update(&mut model, Event::Go(Target::Search));
        play(&mut model, keys(typed));
        let Screen::Search(search) = &model.visit.screen else { panic!() };
        let names: Vec<&str> =
            search.results.iter().map(|c| model.procedure(c).unwrap().name.as_str()).collect();
        assert!(
            names.iter().any(|name| name.to_lowercase().contains("giấy phép xây dựng")),
            "{typed}: {names:?}"
        );
    }
}

#[test]
fn finding_puts_the_keyboard_away_and_touching_the_field_brings_it_back() {
    let mut model = kiosk();
    update(&mut model, Event::Go(Target::Search));
    play(&mut model, keys("khai sinh"));
    update(&mut model, Event::Enter);
    let shown = |model: &Model| matches!(&model.visit.screen, Screen::Search(search) if search.keyboard);
    assert!(!shown(&model));
    update(&mut model, Event::Keyboard);
    assert!(shown(&model));
}

#[test]
fn fast_typing_on_the_search_page_is_no_scan() {
    let mut model = kiosk();
    update(&mut model, Event::Go(Target::Search));
    update(&mut model, Event::Scanned("ket hon".into()));
    let seen = Seen::of(&model);
    assert_eq!((seen.screen, seen.query.as_str()), ("search", "ket hon"));
    assert!(seen.results > 0);
}

#[test]
fn english_finds_by_english_names_and_by_vietnamese_ones() {
    let mut model = kiosk();
    play(&mut model, [Event::Speak(Lang::En), Event::Go(Target::Search), Event::Telex(false)]);
    play(&mut model, keys("marriage"));
    assert!(Seen::of(&model).results > 0);
    update(&mut model, Event::Clear);
    play(&mut model, keys("ket hon"));
    assert!(Seen::of(&model).results > 0);
}

#[test]
fn back_and_home_lead_where_they_say() {
    let mut model = kiosk();
    let field = place().fields.first().unwrap().code.clone();
    let procedure = model.of_field(&field).first().unwrap().code.clone();
    play(&mut model, [Event::Go(Target::Fields), Event::Go(Target::Field(field)), Event::First(4)]);
    update(&mut model, Event::Go(Target::Procedure(procedure)));
    update(&mut model, Event::Back);
    assert!(matches!(&model.visit.screen, Screen::Field(_, 4)));
    update(&mut model, Event::Home);
    assert_eq!(Seen::of(&model).screen, "home");
    update(&mut model, Event::Back);
    assert_eq!(Seen::of(&model).screen, "home");
}

#[test]
fn without_a_server_the_kept_place_serves_and_it_is_tried_again() {
    let mut model = Model::new(UnitCode::from("H52.125"), 60_000, morning());
    assert!(matches!(begin(&mut model).as_slice(), [Command::ReadKept(_), Command::LoadPlace(_)]));
    update(&mut model, Event::Place(Err(Failure::Offline), morning()));
    update(&mut model, Event::Kept(Some(place())));
    assert_eq!((Seen::of(&model).line, Seen::of(&model).place), ("down", true));
    assert!(later(&mut model, 19_000).is_empty());
    assert!(matches!(later(&mut model, 1_000).as_slice(), [Command::LoadPlace(_)]));
    let machine = model.machine;
    let commands = update(&mut model, Event::Place(Ok(place()), machine));
    assert!(matches!(commands.as_slice(), [Command::KeepPlace(_)]));
    assert_eq!(Seen::of(&model).line, "up");
}

#[test]
fn the_clock_is_the_servers() {
    let mut model = Model::new(UnitCode::from("H52.125"), 60_000, Millis(0));
    update(&mut model, Event::Place(Ok(place()), Millis(0)));
    later(&mut model, MINUTE);
    assert_eq!(i18n::clock(model.now().local()), "08:43");
}
