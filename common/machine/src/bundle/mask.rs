//! Taking out what has the shape of personal data, wherever it stands.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What stands in its place.
const MASK: &str = "•••";

/// Codes of cases, which stay; addresses of e-mail; numbers of cards in groups of three; telephones, however they are
/// grouped.
static SHAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<code> [A-Z]\d+ (?:\.[A-Z0-9]+)* -\d{6}-\d{4,} )
        | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
        | \d{3}(?:\ \d{3}){2,3}
        | (?:\+84|84|0)(?:[\ .-]?\d){9,10}",
    )
    .ok()
});
/// Numbers that stand together.
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d+").ok());

/// The text without numbers of identity cards (9 or 12 digits), telephones and addresses of e-mail. Codes of cases, times
/// and addresses of machines stay: IT needs them, and they name nobody.
///
/// ```
/// let said = machine::bundle::mask("hồ sơ H52.125-261123-0032 của 014203001234");
/// assert_eq!(said, "hồ sơ H52.125-261123-0032 của •••");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    let (Some(shapes), Some(digits)) = (SHAPES.as_ref(), DIGITS.as_ref()) else {
        // Better nothing than somebody's number; the patterns are constants, so this is never seen.
        return MASK.to_owned();
    };
    let text = shapes.replace_all(text, |found: &Captures<'_>| {
        let Some(whole) = found.get(0) else { return MASK.to_owned() };
        // A part of a longer number is no telephone.
        let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let before = digit(text.get(..whole.start()).and_then(|before| before.chars().next_back()));
        let after = digit(text.get(whole.end()..).and_then(|after| after.chars().next()));
        let stays = found.name("code").is_some() || before || after;
        if stays { whole.as_str().to_owned() } else { MASK.to_owned() }
    });
    let whole = digits.replace_all(&text, |found: &Captures<'_>| {
        let number = found.get(0).map_or("", |number| number.as_str());
        let personal = match number.len() {
            9 | 12 => true,
            10 => number.starts_with('0'),
            11 => number.starts_with("84"),
            _ => false,
        };
        if personal { MASK.to_owned() } else { number.to_owned() }
    });
    whole.into_owned()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn what_names_somebody_goes() {
        for personal in [
            "014203001234",
            "050123456",
            "014 203 001 234",
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0212-3852-012",
            "+84 912 345 678",
            "84912345678",
            "lo.thi.ha+1@mai-son.sonla.gov.vn",
        ] {
            assert_eq!(mask(&format!("a {personal}, b")), "a •••, b");
            assert!(!mask(&format!("\"id_{personal}x\"")).contains(personal), "{personal}");
        }
    }

    #[test]
    fn what_names_a_thing_stays() {
        for harmless in [
            "2026-11-25T07:30:46.123456Z",
            "H52.125-261123-0032",
            "H52.04105-261123-0032",
            "192.168.100.200:8080",
            "1795000000000",
            "01980c2e-7b1f-7000-8000-5d2c4b6f9a10",
            "66519040",
        ] {
            assert_eq!(mask(harmless), harmless);
        }
    }
}
