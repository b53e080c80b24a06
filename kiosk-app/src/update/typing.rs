//! Letters, from either keyboard.

use super::{case, leave};
use crate::{
    command::Command,
    model::{Lookup, Model, Screen, Search, name_in},
};
use domain::{search::rank, unit::ProcedureCode};
use i18n::Lang;

/// No code is longer.
const LONGEST_CODE: usize = 40;
/// Digits of the day in a code.
const DAY: usize = 6;

pub(super) fn letter(model: &mut Model, letter: char) -> Vec<Command> {
    let start = usual_start(model);
    match &mut model.visit.screen {
        Screen::Lookup(lookup) => {
            code_letter(lookup, &start, letter);
            Vec::new()
        }
        Screen::Leave(open) => {
            leave::digit(open, letter);
            Vec::new()
        }
        Screen::Search(_) => with_search(model, |search| {
            search.query.push(letter, search.telex);
            // As with a shift key: after one of Vietnamese's own letters the usual ones are back.
            search.vowels = search.vowels && letter.is_ascii();
        }),
        _ => Vec::new(),
    }
}

pub(super) fn backspace(model: &mut Model) -> Vec<Command> {
    match &mut model.visit.screen {
        Screen::Lookup(lookup) => {
            lookup.code.pop();
            lookup.trouble = None;
        }
        Screen::Leave(open) => {
            open.typed.pop();
        }
        _ => {}
    }
    with_search(model, |search| search.query.pop())
}

pub(super) fn clear(model: &mut Model) -> Vec<Command> {
    let start = usual_start(model);
    if let Screen::Lookup(lookup) = &mut model.visit.screen {
        *lookup = Lookup { code: start, trouble: None };
    }
    with_search(model, |search| {
        search.query = crate::query::Query::default();
        search.keyboard = true;
    })
}

pub(super) fn enter(model: &mut Model) -> Vec<Command> {
    match &mut model.visit.screen {
        Screen::Lookup(lookup) => {
            let code = lookup.code.clone();
            case::typed(model, &code)
        }
        Screen::Leave(_) => leave::enter(model),
        Screen::Case(case) if case.trouble.is_some() => case::again(model),
        Screen::Search(search) => {
            search.keyboard = search.results.is_empty();
            search.first = 0;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Changes the search, and finds again.
pub(super) fn with_search(model: &mut Model, change: impl FnOnce(&mut Search)) -> Vec<Command> {
    if let Screen::Search(search) = &mut model.visit.screen {
        let before = search.query.clone();
        change(search);
        if search.query != before {
            search.first = 0;
            search_again(model);
        }
    }
    Vec::new()
}

/// Finds again: the words, the language or the catalogue changed.
pub(super) fn search_again(model: &mut Model) {
    let lang = model.visit.lang;
    let place = model.place.clone();
    if let (Screen::Search(search), Some(place)) = (&mut model.visit.screen, place) {
        let words = search.query.text();
        search.results =
            if words.trim().is_empty() { Vec::new() } else { find(&words, &place.procedures, lang) };
    }
}

fn find(words: &str, procedures: &[domain::procedure::Procedure], lang: Lang) -> Vec<ProcedureCode> {
    let mut found: Vec<(u32, &str, &ProcedureCode)> = procedures
        .iter()
        .filter_map(|procedure| {
            let shown = name_in(lang, procedure);
            // Vietnamese words find in English mode, too.
            let best = rank(words, shown).max(rank(words, &procedure.name))?;
            Some((best, shown, &procedure.code))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.into_iter().map(|(_, _, code)| code.clone()).collect()
}

/// Most receipts were given out here, so their codes begin with this agency's.
pub(super) fn usual_start(model: &Model) -> String {
    format!("{}-", model.site)
}

/// One more letter of a code; the hyphen behind the day comes by itself.
fn code_letter(lookup: &mut Lookup, start: &str, letter: char) {
    let letter = letter.to_ascii_uppercase();
    if !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')) {
        return;
    }
    lookup.trouble = None;
    // Somebody begins with the unit although it stands there already.
    if lookup.code == start && letter.is_ascii_alphabetic() {
        lookup.code.clear();
    }
    let day = lookup.code.split_once('-').map_or("", |(_, rest)| rest);
    let day_full = day.len() == DAY && day.bytes().all(|b| b.is_ascii_digit());
    let twice = letter == '-' && lookup.code.ends_with('-');
    if twice || lookup.code.len() >= LONGEST_CODE {
        return;
    }
    if day_full && letter.is_ascii_digit() {
        lookup.code.push('-');
    }
    lookup.code.push(letter);
}
