//! Case codes: `unit-YYMMDD-NNNN` (TT 01/2018/TT-VPCP Art. 19), unique for ever.

use crate::unit::UnitCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A case code such as `H52.125-261123-0032`: the receiving unit, the day, the unit's serial
/// of that day. The serial has at least four digits and grows past 9999 without repeating.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[serde(try_from = "String", into = "String")]
pub struct CaseCode(String);

/// Text that is not a case code.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a case code")]
pub struct NotACode;

/// The longest code that fits the barcode on a receipt.
const MAX_LEN: usize = 40;

impl CaseCode {
    /// The code of the `serial`-th case that `unit` received on `day`. Serials begin at 1.
    ///
    /// ```
    /// use domain::{code::CaseCode, unit::UnitCode};
    /// let code = CaseCode::new(&UnitCode::from("H52.125"), jiff::civil::date(2026, 11, 23), 32);
    /// assert_eq!(code.as_str(), "H52.125-261123-0032");
    /// ```
    #[must_use]
    pub fn new(unit: &UnitCode, day: Date, serial: u32) -> Self {
        Self(format!("{}-{serial:04}", Self::series(unit, day)))
    }

    /// The series that serials are counted in: `H52.125-261123`.
    #[must_use]
    pub fn series(unit: &UnitCode, day: Date) -> String {
        format!("{unit}-{:02}{:02}{:02}", day.year().rem_euclid(100), day.month(), day.day())
    }

    /// Reads a code as typed or scanned: spaces around it and small letters are forgiven.
    ///
    /// # Errors
    /// [`NotACode`] when the text has not the form of a code or names a day that does not exist.
    ///
    /// ```
    /// use domain::code::CaseCode;
    /// assert!(CaseCode::parse(" h52.125-261123-0032\r").is_ok());
    /// assert!(CaseCode::parse("H52.125-261331-0032").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let text = text.trim().to_ascii_uppercase();
        if text.len() > MAX_LEN {
            return Err(NotACode);
        }
        let mut parts = text.rsplitn(3, '-');
        let (serial, day, unit) =
            (parts.next().ok_or(NotACode)?, parts.next().ok_or(NotACode)?, parts.next().ok_or(NotACode)?);
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let unit_ok = !unit.is_empty()
            && unit.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.');
        let serial_ok = (4..=9).contains(&serial.len()) && digits(serial);
        let day_ok = day.len() == 6 && digits(day) && real_day(day);
        (unit_ok && serial_ok && day_ok).then_some(Self(text)).ok_or(NotACode)
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, for narrow lists: `0032`.
    #[must_use]
    pub fn serial(&self) -> &str {
        self.0.rsplit('-').next().unwrap_or(&self.0)
    }
}

fn real_day(yymmdd: &str) -> bool {
    let number = |range| yymmdd.get(range).and_then(|part: &str| part.parse::<i8>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0..2), number(2..4), number(4..6)) else {
        return false;
    };
    Date::new(2000 + i16::from(year), month, day).is_ok()
}

impl TryFrom<String> for CaseCode {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        Self::parse(&text)
    }
}

impl From<CaseCode> for String {
    fn from(code: CaseCode) -> Self {
        code.0
    }
}

impl std::fmt::Display for CaseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_made_code_reads_back(serial in 1_u32..200_000, offset in 0_i32..30_000) {
            let day = jiff::civil::date(2014, 1, 1).saturating_add(jiff::Span::new().days(offset));
            let code = CaseCode::new(&UnitCode::from("H52.125.04108"), day, serial);
            prop_assert_eq!(CaseCode::parse(code.as_str()), Ok(code));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _parsed = CaseCode::parse(&text);
        }
    }
}
