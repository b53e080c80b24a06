//! Reading the repository's own files.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file below `folder` whose name ends in one of `endings`, with its path from the root.
pub fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), &mut |path| {
        if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(path).unwrap()));
        }
    });
    found.sort();
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

/// The product's own Rust files: every crate but the tests.
pub fn product() -> Vec<(String, String)> {
    ["common", "counter-app", "kiosk-app", "server", "installer"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect()
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && name != ".git" {
                walk(&path, visit);
            }
        } else {
            visit(&path);
        }
    }
}

/// The part of a source file before its tests: rules for running code do not bind tests.
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Lines with their numbers, comments left out.
pub fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| {
        let line = line.trim_start();
        !line.starts_with("//")
    })
}
