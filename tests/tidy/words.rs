//! Words stand in `assets/i18n`, in both languages, and every key that the code names exists.

use crate::source::{product, without_tests};
use i18n::{Lang, keys};
use std::collections::BTreeSet;

#[test]
fn both_languages_say_the_same_things() {
    let (vi, en): (BTreeSet<String>, BTreeSet<String>) =
        (keys(Lang::Vi).into_iter().collect(), keys(Lang::En).into_iter().collect());
    assert!(vi.len() > 100, "{} keys", vi.len());
    assert_eq!(vi.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "not in English");
    assert_eq!(en.difference(&vi).collect::<Vec<_>>(), Vec::<&String>::new(), "not in Vietnamese");
}

#[test]
fn every_key_that_the_code_names_exists() {
    let known: BTreeSet<String> = keys(Lang::Vi).into_iter().collect();
    let roots: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let mut missing = Vec::new();
    for (file, text) in product() {
        for quoted in without_tests(&text).split('"').skip(1).step_by(2) {
            let is_key = quoted.contains('.')
                && quoted
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'_')
                && quoted.split('.').next().is_some_and(|root| roots.contains(root))
                && !quoted.ends_with('.')
                && ![".rs", ".db", ".toml", ".json"].iter().any(|ending| quoted.ends_with(ending));
            if is_key && !known.contains(quoted) {
                missing.push(format!("{file}: {quoted}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn vietnamese_stands_in_the_word_files_only() {
    let marked = |line: &str| {
        line.chars().any(|c| "ăâđêôơưĂÂĐÊÔƠƯ".contains(c) || ('\u{1EA0}'..='\u{1EF9}').contains(&c))
    };
    let mut found = Vec::new();
    for (file, text) in product() {
        // The kiosk's table of letters holds no words; the English API document names the product.
        let exempt = [
            "/tests",
            "testing",
            "common/domain",
            "common/i18n",
            "kiosk-app/src/query.rs",
            "server/src/http/openapi.rs",
        ];
        if exempt.iter().any(|part| file.contains(part)) {
            continue;
        }
        for (at, line) in without_tests(&text).lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            if line.split('"').skip(1).step_by(2).any(marked) {
                found.push(format!("{file}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "these words belong in assets/i18n: {found:#?}");
}
