//! Where things may stand.

use crate::source::{code_lines, files, product, root, without_tests};

#[test]
fn the_top_level_is_fixed() {
    let allowed = [
        "ARCHITECTURE.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "README.vi.md",
        "assets",
        "common",
        "counter-app",
        "installer",
        "kiosk-app",
        "server",
        "tests",
    ];
    let entries =
        std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for name in entries.filter(|name| !name.starts_with('.') && name != "target") {
        assert!(allowed.contains(&name.as_str()), "{name} does not belong at the top");
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = product()
        .into_iter()
        .chain(files("tests", &[".rs"]))
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(name, text)| format!("{name}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split these: {long:#?}");
}

fn find(files: &[(String, String)], words: &[&str], but: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !but.iter().any(|path| name.starts_with(path))) {
        for (number, line) in code_lines(without_tests(text)) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{name}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

#[test]
fn sql_stands_in_the_store_only() {
    let found = find(
        &product(),
        &["sqlx::", "use sqlx"],
        &["server/src/store", "common/client/src/local", "common/domain/src"],
    );
    assert!(found.is_empty(), "SQL outside the store: {found:#?}");
}

#[test]
fn the_domain_is_pure() {
    let words =
        ["async ", "std::fs", "std::net", "std::env", "::now(", "println!", "std::process", "std::thread"];
    let found = find(&files("common/domain/src", &[".rs"]), &words, &["common/domain/src/ids.rs"]);
    assert!(found.is_empty(), "not pure: {found:#?}");
}

#[test]
fn screens_never_wait() {
    let screens: Vec<(String, String)> =
        product().into_iter().filter(|(name, _)| name.contains("/screens")).collect();
    assert!(!screens.is_empty());
    let words = ["tokio::", "reqwest", "std::fs", "sleep", ".lock()", "block_on", ".await"];
    let found = find(&screens, &words, &[]);
    assert!(found.is_empty(), "a screen that may wait: {found:#?}");
}

#[test]
fn hardware_stands_behind_devices() {
    let found = find(&product(), &["rusb", "serialport", "Command::new(\"lp"], &["common/devices"]);
    assert!(found.is_empty(), "hardware outside devices: {found:#?}");
}

#[test]
fn colours_come_from_tokens() {
    let found = find(
        &product(),
        &["Color32::from_", "hex_color!"],
        &["common/ui/src/tokens.rs", "common/ui/build.rs"],
    );
    assert!(found.is_empty(), "a colour outside the tokens: {found:#?}");
    for (name, text) in files("server", &[".css", ".html"]) {
        let mixed: Vec<&str> = text
            .lines()
            .filter(|line| line.split(['#', ' ', ':', ';', '"']).any(|_| false) || hex_colour(line))
            .collect();
        assert!(mixed.is_empty(), "{name}: colours come from tokens.toml: {mixed:#?}");
    }
}

/// Whether a line of CSS or HTML names a colour by its number.
fn hex_colour(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let digits: String = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).collect();
        let ends =
            !line[at + 1 + digits.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        matches!(digits.len(), 3 | 6 | 8) && ends && !line.contains("href=\"#") && !line.contains("url(#")
    })
}

#[test]
fn lints_are_never_silenced_without_a_reason() {
    let found = find(&product(), &["#[allow(", "#![allow("], &[]);
    assert!(found.is_empty(), "say `expect` with a reason: {found:#?}");
}

#[test]
fn what_is_unsafe_stands_in_the_ffi_of_windows() {
    let is_ffi = |name: &str| name.contains("/windows/") && name.ends_with("/ffi.rs");
    let (ffi, code): (Vec<_>, Vec<_>) = product().into_iter().partition(|(name, _)| is_ffi(name));
    let found = find(&code, &["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern"], &[]);
    assert!(found.is_empty(), "wrap it in `windows/…/ffi.rs`: {found:#?}");
    for (name, text) in &ffi {
        let told = text.matches("// SAFETY:").count();
        let used = text.matches("unsafe {").count() + text.matches("unsafe impl").count();
        assert!(told >= used, "{name}: every unsafe block says why it is sound ({told} of {used})");
    }
}

#[test]
fn nothing_is_left_half_done() {
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "unimplemented!".to_owned()];
    let endings = [".rs", ".sh", ".toml", ".typ", ".html", ".css", ".js"];
    for folder in ["common", "counter-app", "kiosk-app", "server", "installer", "tests", "assets"] {
        for (name, text) in
            files(folder, &endings).iter().filter(|(name, _)| !name.ends_with("tidy/places.rs"))
        {
            for mark in &marks {
                assert!(!text.contains(mark.as_str()), "{name} holds {mark}");
            }
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> Vec<String> {
        files(folder, &[".sql"])
            .into_iter()
            .map(|(name, _)| name.rsplit('/').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names("server/migrations/sqlite"), names("server/migrations/postgres"));
}

#[test]
fn people_hide_themselves_in_logs() {
    let found = find(&product(), &["derive(Debug) struct Name", "derive(Debug) struct Phone"], &[]);
    assert!(found.is_empty());
    let name = domain::person::Name::parse("Cà Văn Dũng").unwrap();
    assert!(!format!("{name:?}").contains("Dũng"));
}
