//! Numbers in the line: a series' letter and a count from 1 within the day.

use crate::unit::UnitCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest count of a series in a day; the ticket's barcode has room for no more.
pub const MAX_NUMBER: u32 = 99_999_999;

/// The letter of a service's series, A to Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub struct Prefix(u8);

/// A number in the line such as `A012`: unique at its site on its day.
///
/// ```
/// use domain::hall::TicketNumber;
/// let number: TicketNumber = "a 12".parse().unwrap();
/// assert_eq!(number.to_string(), "A012");
/// assert_eq!("7".parse::<TicketNumber>().unwrap().to_string(), "007");
/// assert!("A000".parse::<TicketNumber>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumber {
    prefix: Option<Prefix>,
    count: u32,
}

/// Text or a count that is no number in the line.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadNumber {
    /// A series' letter that is not one of A to Z.
    #[error("the letter of a series is one of A to Z")]
    Letter,
    /// Not digits after an optional letter.
    #[error("a number is an optional letter and digits")]
    NotDigits,
    /// Nought, or more than a series has.
    #[error("a number counts from 1 to {MAX_NUMBER}")]
    OutOfRange,
}

impl Prefix {
    /// All letters, A to Z.
    pub fn all() -> impl Iterator<Item = Self> {
        (b'A'..=b'Z').map(Self)
    }

    /// The letter, a capital.
    #[must_use]
    pub fn letter(self) -> char {
        char::from(self.0)
    }

    /// Its place in the alphabet, from 1.
    pub(super) fn ordinal(self) -> u8 {
        self.0.saturating_sub(b'A').saturating_add(1)
    }

    /// The letter at a place in the alphabet.
    pub(super) fn at(ordinal: u8) -> Option<Self> {
        Self::all().find(|prefix| prefix.ordinal() == ordinal)
    }
}

impl TryFrom<char> for Prefix {
    type Error = BadNumber;
    fn try_from(letter: char) -> Result<Self, BadNumber> {
        let upper = letter.to_ascii_uppercase();
        let byte = u8::try_from(upper).map_err(|_| BadNumber::Letter)?;
        byte.is_ascii_uppercase().then_some(Self(byte)).ok_or(BadNumber::Letter)
    }
}

impl From<Prefix> for char {
    fn from(prefix: Prefix) -> Self {
        prefix.letter()
    }
}

impl TicketNumber {
    /// The `count`-th number of a series.
    ///
    /// # Errors
    /// [`BadNumber::OutOfRange`] unless `count` is 1 to [`MAX_NUMBER`].
    pub fn new(prefix: Option<Prefix>, count: u32) -> Result<Self, BadNumber> {
        (1..=MAX_NUMBER).contains(&count).then_some(Self { prefix, count }).ok_or(BadNumber::OutOfRange)
    }

    /// The name of the series of numbers that a hall gives with this letter on a day.
    #[must_use]
    pub fn series(site: &UnitCode, day: Date, prefix: Option<Prefix>) -> String {
        let letter = prefix.map(|prefix| prefix.letter().to_string()).unwrap_or_default();
        format!("so {site} {day} {letter}")
    }

    /// The letter of its series.
    #[must_use]
    pub fn prefix(self) -> Option<Prefix> {
        self.prefix
    }

    /// Its count within the series, from 1.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = self.prefix {
            write!(f, "{}", prefix.letter())?;
        }
        write!(f, "{:03}", self.count)
    }
}

impl std::str::FromStr for TicketNumber {
    type Err = BadNumber;

    /// Reads a number as people type it: small letters, spaces, dots and hyphens are forgiven.
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let mut signs = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{A0}' | '\t')).peekable();
        let prefix = match signs.peek() {
            Some(letter) if letter.is_alphabetic() => Some(Prefix::try_from(*letter)?),
            _ => None,
        };
        let digits: String = signs.skip(usize::from(prefix.is_some())).take(12).collect();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadNumber::NotDigits);
        }
        let count: u32 = digits.parse().map_err(|_| BadNumber::OutOfRange)?;
        Self::new(prefix, count)
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = BadNumber;
    fn try_from(text: String) -> Result<Self, BadNumber> {
        text.parse()
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(in super::super) fn any_number() -> impl Strategy<Value = TicketNumber> {
        let count = prop_oneof![1_u32..2_000, 1..=MAX_NUMBER];
        (proptest::option::of(0_usize..26), count).prop_map(|(letter, count)| {
            TicketNumber::new(letter.and_then(|at| Prefix::all().nth(at)), count).unwrap()
        })
    }

    #[test]
    fn as_people_type_them() {
        let read = |text: &str| text.parse::<TicketNumber>().map(|number| number.to_string());
        for (text, number) in [
            ("A012", "A012"),
            ("a12", "A012"),
            (" a 12\t", "A012"),
            ("A-012", "A012"),
            ("12", "012"),
            ("0012", "012"),
            ("b1234", "B1234"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(number), "{text:?}");
        }
        for (text, error) in [
            ("", BadNumber::NotDigits),
            ("A", BadNumber::NotDigits),
            ("AB1", BadNumber::NotDigits),
            ("Đ12", BadNumber::Letter),
            ("A0", BadNumber::OutOfRange),
            ("A100000000", BadNumber::OutOfRange),
            ("A12x", BadNumber::NotDigits),
            ("١٢", BadNumber::NotDigits),
        ] {
            assert_eq!(read(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn on_the_wire_it_is_text() {
        let number: TicketNumber = "c9".parse().unwrap();
        let sent = serde_json::to_string(&number).unwrap();
        assert_eq!(sent, "\"C009\"");
        assert_eq!(serde_json::from_str::<TicketNumber>(&sent).unwrap(), number);
        assert!(serde_json::from_str::<TicketNumber>("\"C000\"").is_err());
        assert!(serde_json::from_str::<Prefix>("\"đ\"").is_err());
    }

    proptest! {
        #[test]
        fn every_number_reads_back(number in any_number()) {
            let shown = number.to_string();
            prop_assert_eq!(shown.parse(), Ok(number));
            prop_assert_eq!(shown.to_lowercase().parse(), Ok(number));
            prop_assert!(crate::code::CaseCode::parse(&shown).is_err());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _read = text.parse::<TicketNumber>();
        }
    }
}
