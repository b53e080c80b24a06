//! People as papers name them. Every type here hides itself in `Debug`, so that no personal
//! data reaches a log by accident.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Why a piece of text about a person was not accepted.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadText {
    /// Nothing but spaces.
    #[error("empty")]
    Empty,
    /// More letters than a paper has room for.
    #[error("too long")]
    TooLong,
    /// A sign that no Vietnamese paper prints: control characters, emoji, direction marks.
    #[error("a sign that cannot be printed")]
    Unprintable,
    /// Not the digits that were expected.
    #[error("wrong digits")]
    WrongDigits,
    /// A day that does not exist, or lies outside a human life.
    #[error("not a possible date")]
    BadDate,
}

/// The longest name or organisation, in letters.
pub const MAX_NAME: usize = 200;
/// The longest address or remark, in letters.
pub const MAX_TEXT: usize = 2_000;

/// Cleans one line of typed or scanned text: NFC, single spaces, printable signs only.
///
/// # Errors
/// [`BadText`] when nothing is left, it is longer than `max` letters, or it holds a sign that
/// cannot be printed.
pub fn clean_line(text: &str, max: usize) -> Result<String, BadText> {
    let mut line = String::with_capacity(text.len().min(max * 4));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > max * 16 {
            return Err(BadText::TooLong);
        }
    }
    let line: String = line.nfc().collect();
    if line.is_empty() {
        return Err(BadText::Empty);
    }
    if line.chars().count() > max {
        return Err(BadText::TooLong);
    }
    line.chars().all(printable).then_some(line).ok_or(BadText::Unprintable)
}

/// Cleans a remark of several lines; empty is allowed.
///
/// # Errors
/// As [`clean_line`], but an empty remark is fine.
pub fn clean_remark(text: &str) -> Result<String, BadText> {
    if text.len() > MAX_TEXT * 8 {
        return Err(BadText::TooLong);
    }
    let lines: Result<Vec<String>, BadText> = text
        .lines()
        .map(|line| match clean_line(line, MAX_TEXT) {
            Err(BadText::Empty) => Ok(String::new()),
            other => other,
        })
        .collect();
    let remark = lines?.join("\n").trim().to_owned();
    (remark.chars().count() <= MAX_TEXT).then_some(remark).ok_or(BadText::TooLong)
}

/// Letters of the Latin script with Vietnamese marks, digits and common signs: what the
/// receipt's font holds.
fn printable(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{00A0}'..='\u{024F}'
        | '\u{0300}'..='\u{0323}'
        | '\u{1E00}'..='\u{1EFF}'
        | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' | '₫')
        && c != '\u{00AD}'
}

macro_rules! private_text {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text itself, for paper and screen, never for a log.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(•••)"))
            }
        }
    )+};
}

private_text! {
    /// An identity number: 12 digits (CCCD) or 9 (old CMND); empty where there is none.
    CitizenId,
    /// A person's or organisation's name.
    Name,
    /// A telephone number, digits only; empty where there is none.
    Phone,
}

impl Name {
    /// Reads a name as typed or scanned.
    ///
    /// # Errors
    /// [`BadText`] as [`clean_line`], or when it holds no letter at all.
    ///
    /// ```
    /// use domain::person::Name;
    /// assert_eq!(Name::parse(" Quàng  Văn Thưởng ").unwrap().as_str(), "Quàng Văn Thưởng");
    /// assert!(Name::parse("😀").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let line = clean_line(text, MAX_NAME)?;
        if !line.chars().any(char::is_alphabetic) {
            return Err(BadText::Unprintable);
        }
        Ok(Self(line))
    }

    /// The name as boards and public pages show it: all but the last word as initials.
    ///
    /// ```
    /// use domain::person::Name;
    /// assert_eq!(Name::parse("Quàng Văn Thưởng").unwrap().shortened(), "Q. V. Thưởng");
    /// ```
    #[must_use]
    pub fn shortened(&self) -> String {
        let words: Vec<&str> = self.0.split(' ').collect();
        let (Some(last), rest) = (words.last(), words.len().saturating_sub(1)) else {
            return String::new();
        };
        let initials = words.iter().take(rest).filter_map(|word| word.chars().next());
        let mut short: String = initials.flat_map(|c| [c, '.', ' ']).collect();
        short.push_str(last);
        short
    }
}

impl CitizenId {
    /// Reads a 9- or 12-digit number; spaces and dots between digits are forgiven.
    ///
    /// # Errors
    /// [`BadText::WrongDigits`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let digits = digits_of(text)?;
        matches!(digits.len(), 0 | 9 | 12).then_some(Self(digits)).ok_or(BadText::WrongDigits)
    }
}

impl Phone {
    /// Reads a Vietnamese telephone number; `+84` becomes `0`.
    ///
    /// # Errors
    /// [`BadText::WrongDigits`] unless it has 9 to 11 digits and begins with 0 (or is empty).
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let local = text.trim().strip_prefix("+84").map(|rest| format!("0{rest}"));
        let digits = digits_of(local.as_deref().unwrap_or(text))?;
        let plausible = (9..=11).contains(&digits.len()) && digits.starts_with('0');
        (digits.is_empty() || plausible).then_some(Self(digits)).ok_or(BadText::WrongDigits)
    }

    /// The number with its middle hidden: `09•• ••• 218`.
    #[must_use]
    pub fn masked(&self) -> String {
        match (self.0.get(..2), self.0.len().checked_sub(3).and_then(|at| self.0.get(at..))) {
            (Some(head), Some(tail)) if self.0.len() >= 9 => format!("{head}•• ••• {tail}"),
            _ => String::new(),
        }
    }
}

fn digits_of(text: &str) -> Result<String, BadText> {
    if text.len() > 64 {
        return Err(BadText::WrongDigits);
    }
    let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{00A0}')).collect();
    kept.bytes().all(|b| b.is_ascii_digit()).then_some(kept).ok_or(BadText::WrongDigits)
}

/// A birth date as typed: `ddmmyyyy`, `d/m/yyyy`, `d-m-yyyy`.
///
/// # Errors
/// [`BadText::BadDate`] for days that do not exist and years before 1900 or after `today`.
pub fn parse_birth(text: &str, today: Date) -> Result<Option<Date>, BadText> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > 16 {
        return Err(BadText::BadDate);
    }
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        [0..2, 2..4, 4..8].into_iter().filter_map(|range| text.get(range)).collect()
    } else {
        text.split(['/', '-', '.']).collect()
    };
    let [day, month, year] = parts.as_slice() else {
        return Err(BadText::BadDate);
    };
    let read = || {
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (date.year() >= 1900 && date <= today).then_some(date)
    };
    read().map(Some).ok_or(BadText::BadDate)
}

/// Who hands the papers in, or owns the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name of the person or organisation.
    pub name: Name,
    /// Identity number; empty where none was shown.
    #[serde(default)]
    pub citizen_id: CitizenId,
    /// Date of birth.
    #[serde(default)]
    pub birth: Option<Date>,
    /// Telephone.
    #[serde(default)]
    pub phone: Phone,
    /// Where they live.
    #[serde(default)]
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Result<String, BadText> {
        Name::parse(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn names_as_people_have_them() {
        let long = "Nguyễn ".repeat(28);
        for good in ["Ý", "Sồng A Dơ", "Công ty TNHH 2/9 - \"Hoa Ban\"", long.trim()] {
            assert_eq!(parsed(good).as_deref(), Ok(good));
        }
        let decomposed: String = "Lường Thị Pâng".nfd().collect();
        assert_eq!(parsed(&decomposed).as_deref(), Ok("Lường Thị Pâng"));
    }

    #[test]
    fn names_nobody_has() {
        assert_eq!(parsed("  "), Err(BadText::Empty));
        assert_eq!(parsed(&"a".repeat(201)), Err(BadText::TooLong));
        for bad in ["Lan 😀", "Lan\u{202E}naL", "مريم", "a\u{0}b", "123"] {
            assert_eq!(parsed(bad), Err(BadText::Unprintable), "{bad:?}");
        }
    }

    #[test]
    fn dates_of_birth() {
        let today = jiff::civil::date(2026, 11, 23);
        let born = Ok(Some(jiff::civil::date(1988, 4, 12)));
        assert_eq!(parse_birth("12/04/1988", today), born);
        assert_eq!(parse_birth("12041988", today), born);
        for bad in ["30/02/2000", "01/01/1582", "24/11/2026", "1/1", "x/y/z"] {
            assert_eq!(parse_birth(bad, today), Err(BadText::BadDate), "{bad}");
        }
    }

    #[test]
    fn logs_show_nothing() {
        let person = Person {
            name: Name::parse("Cà Văn Dũng").unwrap(),
            citizen_id: CitizenId::parse("014 088 004 512").unwrap(),
            phone: Phone::parse("+84912345678").unwrap(),
            ..Person::default()
        };
        let logged = format!("{person:?}");
        assert!(!logged.contains("Dũng") && !logged.contains("014") && !logged.contains("912"));
        assert_eq!(person.phone.masked(), "09•• ••• 678");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,300}") {
            let _line = clean_line(&text, MAX_NAME);
            let _remark = clean_remark(&text);
            let _phone = Phone::parse(&text).map(|phone| phone.masked());
            let _birth = parse_birth(&text, jiff::civil::date(2026, 1, 1));
        }
    }
}
