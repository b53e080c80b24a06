//! Styles, script, fonts and icons, held in memory as they are sent. The colours in them come from
//! `assets/design/tokens.toml`, the same file that the desktop apps read.

use axum::{
    body::Body,
    extract::{Path, RawQuery},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    sync::LazyLock,
};

#[derive(rust_embed::RustEmbed)]
#[folder = "assets"]
struct Files;

const TOKENS: &str = include_str!("../../../../assets/design/tokens.toml");

/// Style sheets that go out as one: a phone on a weak line asks once.
const BUNDLES: [(&str, &str); 6] = [
    ("board.css", "css/board.css"),
    ("public.css", "css/public.css"),
    ("leader.css", "css/leader.css"),
    ("machines.css", "css/machines.css"),
    ("monitor.css", "css/monitor.css"),
    ("ticket.css", "css/ticket.css"),
];

/// A file as it is sent.
struct Served {
    body: Bytes,
    kind: &'static str,
    mark: String,
}

static SERVED: LazyLock<HashMap<String, Served>> = LazyLock::new(|| {
    let tokens = Tokens::read(TOKENS);
    let mut served = HashMap::new();
    for path in Files::iter() {
        let Some(kind) = kind(&path) else { continue };
        let Some(file) = Files::get(&path) else { continue };
        let body = if path.ends_with(".svg") {
            Bytes::from(tokens.fill_in(&String::from_utf8_lossy(&file.data)))
        } else {
            Bytes::from(file.data.into_owned())
        };
        served.insert(path.into_owned(), Served::new(body, kind));
    }
    let text = |path: &str| Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let shared =
        [tokens.css(), text("css/fonts.css").unwrap_or_default(), text("css/base.css").unwrap_or_default()];
    for (name, path) in BUNDLES {
        let css = format!("{}{}", shared.concat(), text(path).unwrap_or_default());
        served.insert(name.to_owned(), Served::new(Bytes::from(css), CSS));
    }
    served.insert("tokens.css".to_owned(), Served::new(Bytes::from(tokens.css()), CSS));
    served
});

static ICONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let icons = Files::iter().filter_map(|path| {
        let name = path.strip_prefix("icons/")?.strip_suffix(".svg")?.to_owned();
        let file = Files::get(&path)?;
        Some((name, String::from_utf8_lossy(&file.data).trim().to_owned()))
    });
    icons.collect()
});

const CSS: &str = "text/css; charset=utf-8";

fn kind(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "css" => Some(CSS),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

impl Served {
    fn new(body: Bytes, kind: &'static str) -> Self {
        let mut mark = hex::encode(Sha256::digest(&body));
        mark.truncate(16);
        Self { body, kind, mark }
    }
}

/// Where a file is fetched from; the address changes with its content, so it can be kept for ever.
pub(super) fn address(path: &str) -> String {
    match SERVED.get(path) {
        Some(served) => format!("/static/{path}?v={}", served.mark),
        None => format!("/static/{path}"),
    }
}

/// An icon to be written into a page; nothing for a name that is none (a test forbids it).
pub(super) fn icon(name: &str) -> &'static str {
    ICONS.get(name).map_or("", String::as_str)
}

/// `GET /static/{*path}`.
pub(super) async fn file(
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(served) = SERVED.get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", served.mark);
    let named = query.is_some_and(|query| query.strip_prefix("v=") == Some(&served.mark));
    let keep = if named {
        "public, max-age=31536000, immutable"
    } else if path.ends_with(".woff2") {
        "public, max-age=2592000"
    } else {
        "public, max-age=600"
    };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let about = [
        (header::CONTENT_TYPE, served.kind.to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, Body::from(served.body.clone())).into_response()
}

/// The tokens by the names that styles use: `--ink`, `--dark-ink`, `--radius`, `--undo`.
struct Tokens(Vec<(String, String)>);

impl Tokens {
    fn read(text: &str) -> Self {
        let groups: BTreeMap<String, BTreeMap<String, toml::Value>> =
            toml::from_str(text).unwrap_or_default();
        let mut tokens = Vec::new();
        for (group, values) in groups {
            for (name, value) in values {
                tokens.push(match (group.as_str(), value) {
                    ("colour", toml::Value::String(colour)) => (name, colour),
                    ("duration", toml::Value::Integer(millis)) => (name, format!("{millis}ms")),
                    (_, toml::Value::String(colour)) => (format!("{group}-{name}"), colour),
                    (_, value) => (name, format!("{value}px")),
                });
            }
        }
        Self(tokens)
    }

    fn css(&self) -> String {
        let mut css = String::from(":root {");
        for (name, value) in &self.0 {
            // Writing to a string cannot fail.
            let _written = write!(css, " --{name}: {value};");
        }
        css.push_str(" }\n");
        css
    }

    /// Pictures that stand alone know no style sheet: their tokens are filled in.
    fn fill_in(&self, picture: &str) -> String {
        let mut picture = picture.to_owned();
        for (name, value) in &self.0 {
            picture = picture.replace(&format!("var(--{name})"), value);
        }
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_custom_properties() {
        let css = Tokens::read(TOKENS).css();
        for property in ["--ink: #", "--dark-ground: #", "--radius-card: 10px", "--undo: 6000ms"] {
            assert!(css.contains(property), "{property} in {css}");
        }
    }

    fn text(path: &str) -> String {
        String::from_utf8(Files::get(path).expect("listed").data.into_owned()).expect("text")
    }

    #[test]
    fn every_property_that_a_style_uses_is_a_token() {
        let known = format!("{}{}", Tokens::read(TOKENS).css(), text("css/base.css"));
        for path in Files::iter().filter(|path| path.ends_with(".css") || path.ends_with(".svg")) {
            for used in text(&path).split("var(--").skip(1) {
                let name = used.split([')', ',']).next().unwrap_or_default();
                assert!(known.contains(&format!("--{name}:")), "--{name} in {path}");
            }
        }
    }

    #[test]
    fn styles_write_no_colours_of_their_own() {
        for path in Files::iter().filter(|path| path.ends_with(".css")) {
            for after in text(&path).split('#').skip(1) {
                let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
                assert!(![3, 6, 8].contains(&digits), "a colour in {path}: #{}", &after[..digits]);
            }
        }
    }

    /// The templates as they are written, with their names.
    fn templates() -> Vec<(String, String)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let entries =
            std::fs::read_dir(folder).expect("the templates").map(|entry| entry.expect("a template").path());
        let read = |path: std::path::PathBuf| {
            (path.display().to_string(), std::fs::read_to_string(path).expect("a template"))
        };
        entries.map(read).collect()
    }

    /// What stands in quotes before `filter` in a template.
    fn named<'a>(template: &'a str, filter: &str) -> Vec<&'a str> {
        let before = template.split(filter).collect::<Vec<_>>();
        before
            .iter()
            .take(before.len() - 1)
            .filter_map(|text| text.strip_suffix('"')?.rsplit('"').next())
            .collect()
    }

    #[test]
    fn templates_name_words_icons_and_files_that_exist() {
        for (path, template) in templates() {
            for key in named(&template, "|t }}") {
                assert_ne!(i18n::t(key), key, "{path}");
            }
            for name in named(&template, "|icon }}") {
                assert!(!icon(name).is_empty(), "{name} in {path}");
            }
            for file in named(&template, "|asset }}") {
                assert!(SERVED.contains_key(file), "{file} in {path}");
            }
        }
        for name in [
            "alert",
            "ahead",
            "arrow-u-up-left",
            "clock",
            "done",
            "files",
            "here",
            "info",
            "lock-key",
            "warning",
        ] {
            assert!(!icon(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn televisions_understand_the_scripts() {
        // Words that browsers of 2018, such as those of televisions, cannot read: the whole script would not run.
        for script in Files::iter().filter(|path| path.ends_with(".js")) {
            for (at, line) in text(&script).lines().enumerate() {
                for newer in ["?.", "??", "||=", "&&=", "replaceChildren", ".at(", "structuredClone"] {
                    assert!(!line.contains(newer), "{newer} in line {} of {script}", at + 1);
                }
            }
        }
    }

    #[test]
    fn templates_write_nothing_that_the_policy_forbids() {
        for (path, template) in templates() {
            for forbidden in [
                " style=",
                "<style",
                "<script>",
                "javascript:",
                " onclick=",
                " onsubmit=",
                "http://",
                "https://",
            ] {
                assert!(!template.contains(forbidden), "{forbidden} in {path}");
            }
        }
    }
}
