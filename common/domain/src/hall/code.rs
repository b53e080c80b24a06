//! What a ticket's barcode says: `T` and 22 digits.
//!
//! Digits, so that no Vietnamese input method changes what a scanner types, and so that Code 128 packs two a symbol;
//! of one length and with two check digits, so that half a scan is never another ticket; without hyphens, so that it
//! is never a case.

use super::number::{Prefix, TicketNumber};
use crate::unit::UnitCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits after the `T`: day 6, series 2, count 8, site 4, check 2.
const DIGITS: usize = 22;

/// From how many digits on a text that begins with `T` can only be a ticket, whole or torn.
const SURELY: usize = 10;

/// A ticket as its barcode names it: site, day and number.
///
/// ```
/// use domain::{hall::TicketCode, unit::UnitCode};
/// let (here, day) = (UnitCode::from("H52.125"), jiff::civil::date(2026, 11, 23));
/// let code = TicketCode::new(&here, day, "A012".parse().unwrap());
/// let scanned: TicketCode = code.to_string().parse().unwrap();
/// assert_eq!(scanned, code);
/// assert!(scanned.is_of(&here) && !scanned.is_of(&UnitCode::from("H52.126")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketCode {
    /// The day on which it was issued, and on which it holds.
    pub day: Date,
    /// Its number.
    pub number: TicketNumber,
    site: u16,
}

/// Text that is not a whole ticket's barcode.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a whole ticket")]
pub struct NotATicket;

impl TicketCode {
    /// The code of a number that `site` issued on `day`.
    #[must_use]
    pub fn new(site: &UnitCode, day: Date, number: TicketNumber) -> Self {
        Self { day, number, site: mark(site) }
    }

    /// Whether it was issued at `site`. Four digits of the code stand for the site, so one in ten thousand strangers is
    /// taken for one's own; the number of the day is looked up all the same.
    #[must_use]
    pub fn is_of(&self, site: &UnitCode) -> bool {
        self.site == mark(site)
    }

    /// Whether `text` can only have been meant as a ticket, though it may be torn.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let digits = text.strip_prefix(['T', 't']).unwrap_or_default();
        digits.len() >= SURELY && digits.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Four digits that stand for a site (FNV-1a, folded).
fn mark(site: &UnitCode) -> u16 {
    let hash = site
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u16::try_from(hash % 10_000).unwrap_or(0)
}

/// The rest of a number of any length on division by 97 (ISO 7064, MOD 97-10): it changes with every single wrong
/// digit and with every two that change places.
fn rest_of_97(digits: &str) -> u32 {
    digits.bytes().fold(0, |rest, byte| (rest * 10 + u32::from(byte.saturating_sub(b'0'))) % 97)
}

impl fmt::Display for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.day.year().rem_euclid(100), self.day.month(), self.day.day());
        let series = self.number.prefix().map_or(0, Prefix::ordinal);
        let count = self.number.count();
        let body = format!("{year:02}{month:02}{day:02}{series:02}{count:08}{:04}", self.site);
        let check = 98 - rest_of_97(&format!("{body}00"));
        write!(f, "T{body}{check:02}")
    }
}

impl std::str::FromStr for TicketCode {
    type Err = NotATicket;

    /// Reads a scan: spaces around it and a small `t` are forgiven, nothing else.
    fn from_str(text: &str) -> Result<Self, NotATicket> {
        let digits = text.trim().strip_prefix(['T', 't']).ok_or(NotATicket)?;
        let whole = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        if !whole || rest_of_97(digits) != 1 {
            return Err(NotATicket);
        }
        let part =
            |range| digits.get(range).and_then(|part: &str| part.parse::<u32>().ok()).ok_or(NotATicket);
        let small = |range| part(range).and_then(|value| i8::try_from(value).map_err(|_| NotATicket));
        let day =
            Date::new(2000 + i16::from(small(0..2)?), small(2..4)?, small(4..6)?).map_err(|_| NotATicket)?;
        let prefix = match u8::try_from(part(6..8)?) {
            Ok(0) => None,
            Ok(ordinal) => Some(Prefix::at(ordinal).ok_or(NotATicket)?),
            Err(_) => return Err(NotATicket),
        };
        let number = TicketNumber::new(prefix, part(8..16)?).map_err(|_| NotATicket)?;
        Ok(Self { day, number, site: u16::try_from(part(16..20)?).map_err(|_| NotATicket)? })
    }
}

impl TryFrom<String> for TicketCode {
    type Error = NotATicket;
    fn try_from(text: String) -> Result<Self, NotATicket> {
        text.parse()
    }
}

impl From<TicketCode> for String {
    fn from(code: TicketCode) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::number::tests::any_number, *};
    use crate::code::CaseCode;
    use proptest::prelude::*;

    fn any_code() -> impl Strategy<Value = TicketCode> {
        ("H52\\.[0-9]{3}", 0_u32..36_000, any_number()).prop_map(|(site, days, number)| {
            let day = crate::calendar::plus_days(jiff::civil::date(2000, 1, 1), days);
            TicketCode::new(&UnitCode(site), day, number)
        })
    }

    #[test]
    fn as_it_is_printed() {
        let code = TicketCode::new(
            &UnitCode::from("H52.125"),
            jiff::civil::date(2026, 11, 23),
            "B023".parse().unwrap(),
        );
        let text = code.to_string();
        assert!(text.starts_with("T26112302000000 23".replace(' ', "").as_str()), "{text}");
        assert_eq!(text.len(), 23);
    }

    #[test]
    fn the_units_of_a_province_are_told_apart() {
        let marks: std::collections::BTreeSet<u16> =
            (116..=128).map(|n| mark(&UnitCode(format!("H52.{n}")))).collect();
        assert_eq!(marks.len(), 13);
    }

    proptest! {
        #[test]
        fn every_code_reads_back(code in any_code()) {
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
            prop_assert!(CaseCode::parse(&code.to_string()).is_err());
        }

        /// Torn, a digit lost, doubled, changed or swapped: refused, never another ticket, never a case.
        #[test]
        fn half_a_scan_is_never_another_ticket(code in any_code(), at in 1_usize..23, digit in 0_u8..10) {
            let text = code.to_string();
            let mut torn = vec![text[..at].to_owned(), text[at..].to_owned()];
            let mut lost = text.clone();
            lost.remove(at);
            let mut doubled = text.clone();
            doubled.insert(at, text.as_bytes()[at].into());
            let mut changed = text.clone();
            changed.replace_range(at..=at, &digit.to_string());
            torn.extend([lost, doubled, changed]);
            if at > 1 {
                let mut swapped = text.clone().into_bytes();
                swapped.swap(at - 1, at);
                torn.push(String::from_utf8(swapped).unwrap());
            }
            for torn in torn.into_iter().filter(|torn| *torn != text) {
                prop_assert_eq!(torn.parse::<TicketCode>(), Err(NotATicket), "{}", torn);
                prop_assert!(CaseCode::parse(&torn).is_err());
            }
        }

        #[test]
        fn no_text_panics(text in prop_oneof!["\\PC{0,40}", "T[0-9]{22}"]) {
            let _read = text.parse::<TicketCode>();
            let _meant = TicketCode::is_meant(&text);
        }
    }
}
