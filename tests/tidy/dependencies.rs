//! Invariant 1 and the order of crates.

use crate::source::root;
use std::collections::{BTreeMap, BTreeSet};

fn manifest(path: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(path).join("Cargo.toml")).unwrap();
    text.parse().unwrap()
}

fn dependencies(path: &str) -> BTreeSet<String> {
    let table = manifest(path);
    let names = table.get("dependencies").and_then(|value| value.as_table());
    names.map(|names| names.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn the_domain_stands_on_almost_nothing() {
    let allowed: BTreeSet<String> =
        ["jiff", "serde", "sqlx", "thiserror", "unicode-normalization", "uuid"].map(String::from).into();
    let found = dependencies("common/domain");
    assert!(found.is_subset(&allowed), "domain depends on {:?}", found.difference(&allowed));
    let table = manifest("common/domain");
    assert_eq!(table["dependencies"]["sqlx"]["optional"].as_bool(), Some(true), "sqlx must stay a feature");
}

#[test]
fn crates_depend_downwards_only() {
    let ours: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("common/domain", [].as_slice()),
        ("common/i18n", &["domain"]),
        ("common/api", &["domain"]),
        ("common/client", &["api", "domain", "i18n", "machine"]),
        ("common/devices", &["domain"]),
        ("common/documents", &["domain", "i18n"]),
        ("common/machine", &["domain", "i18n"]),
        ("common/ui", &["domain", "i18n"]),
        ("counter-app", &["api", "client", "devices", "documents", "domain", "i18n", "machine", "ui"]),
        ("kiosk-app", &["api", "client", "devices", "documents", "domain", "i18n", "machine", "ui"]),
        ("server", &["api", "documents", "domain", "i18n", "machine"]),
        ("installer", &["client", "domain", "i18n"]),
    ]);
    let names: BTreeSet<&str> = ours.keys().map(|path| path.rsplit('/').next().unwrap()).collect();
    for (path, allowed) in &ours {
        for used in dependencies(path).iter().filter(|name| names.contains(name.as_str())) {
            assert!(allowed.contains(&used.as_str()), "{path} must not depend on {used}");
        }
    }
}

#[test]
fn the_workspace_lists_every_crate_and_nothing_else() {
    let table: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let members: Vec<&str> = table["workspace"]["members"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|member| member.as_str())
        .collect();
    let mut sorted = members.clone();
    sorted.sort_unstable();
    assert_eq!(members, sorted);
    let shared = members.iter().filter(|member| member.starts_with("common/")).count();
    assert_eq!(shared, 8, "eight shared crates are the ceiling for a small team");
}
