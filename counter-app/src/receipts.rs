//! What receipts are printed on, at this machine.

use crate::Settings;
use documents::Medium;
use serde::{Deserialize, Serialize};

/// What receipts are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptOn {
    /// A sheet.
    A4,
    /// The 80 mm roll.
    Roll,
    /// A sheet and the roll.
    Both,
}

impl ReceiptOn {
    /// As they are offered.
    pub const ALL: [Self; 3] = [Self::A4, Self::Roll, Self::Both];

    /// Its name in keys of words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Roll => "roll",
            Self::Both => "both",
        }
    }
}

impl Settings {
    /// What receipts are printed on: as chosen, else on whatever this machine has. Without a roll printer always
    /// sheets; they go to the folder at least.
    #[must_use]
    pub fn receipt_on(&self) -> ReceiptOn {
        match (&self.roll_printer, self.receipt_on) {
            (None, _) => ReceiptOn::A4,
            (Some(_), Some(chosen)) => chosen,
            (Some(_), None) if self.printer.is_some() => ReceiptOn::Both,
            (Some(_), None) => ReceiptOn::Roll,
        }
    }

    /// The media of a receipt, in the order in which they are printed.
    #[must_use]
    pub fn media(&self) -> &'static [Medium] {
        match self.receipt_on() {
            ReceiptOn::A4 => &[Medium::A4],
            ReceiptOn::Roll => &[Medium::Roll],
            ReceiptOn::Both => &[Medium::Roll, Medium::A4],
        }
    }
}

/// The name of a receipt in the print journal.
pub(crate) fn journal_name(medium: Medium) -> &'static str {
    match medium {
        Medium::A4 | Medium::A5 => "receipt",
        Medium::Roll => "receipt_roll",
    }
}

/// The medium of a line of the print journal.
pub(crate) fn medium_of(what: &str) -> Medium {
    if what == journal_name(Medium::Roll) { Medium::Roll } else { Medium::A4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_goes_where_there_is_a_printer() {
        let roll = || Some("tcp:10.0.0.7".parse().unwrap());
        let a4 = || Some("Canon".to_owned());
        let on = |printer, roll_printer, receipt_on| {
            Settings { printer, roll_printer, receipt_on, ..Settings::default() }.receipt_on()
        };
        assert_eq!(on(None, None, None), ReceiptOn::A4);
        assert_eq!(on(a4(), None, Some(ReceiptOn::Roll)), ReceiptOn::A4);
        assert_eq!(on(None, roll(), None), ReceiptOn::Roll);
        assert_eq!(on(a4(), roll(), None), ReceiptOn::Both);
        assert_eq!(on(a4(), roll(), Some(ReceiptOn::A4)), ReceiptOn::A4);
    }
}
