//! What a scanner delivers: our receipts, our tickets, citizen cards, and everything else.
//!
//! A scan is text from outside and is trusted in nothing. No address is ever opened: only the
//! case code or the ticket is taken out of it. Nothing here shows a person's data in `Debug` or in an error.

use crate::{
    code::{CaseCode, NotACode},
    hall::{NotATicket, TicketCode},
    ids::TicketId,
    search::fold,
};
use jiff::civil::Date;
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;

/// The longest scan that is looked at, in bytes. A citizen card has some 200.
pub const MAX_BYTES: usize = 1024;

/// The part of a receipt's address before the code: `https://…/tra-cuu/<code>?k=<check>`.
const LOOK_UP: &str = "/tra-cuu/";

/// The part of a ticket's address before its id: `https://…/so-thu-tu/<id>`.
const TICKET: &str = "/so-thu-tu/";

/// The longest check that a receipt carries, in hexadecimal digits (SHA-512 has 128).
const MAX_CHECK: usize = 128;

/// What was scanned. `Debug` shows codes, never people.
#[derive(Clone, PartialEq, Eq)]
pub enum Scan {
    /// A case, by the barcode or the QR of its receipt; with the check of the QR, in small
    /// hexadecimal digits, that proves what was promised (DESIGN §12).
    Case(CaseCode, Option<String>),
    /// The QR of a citizen card (thẻ căn cước công dân).
    Citizen(CitizenCard),
    /// A number in the hall's line.
    Ticket(ScannedTicket),
    /// Anything else, cleaned: something to search for.
    Unknown(String),
}

/// A ticket as it was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScannedTicket {
    /// By its barcode.
    Code(TicketCode),
    /// By the QR with which the citizen follows it.
    Id(TicketId),
}

/// Why a scan could not be read. None of these repeats what was scanned.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ScanError {
    /// Nothing, or only signs that cannot be seen.
    #[error("nothing was scanned")]
    Empty,
    /// More than any of our codes can hold.
    #[error("the scan has {bytes} bytes, more than the {MAX_BYTES} that any known code has")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A receipt's address without a case code in it.
    #[error("the receipt's address holds no case code")]
    BadCaseCode(#[source] NotACode),
    /// A receipt's address whose check is not hexadecimal.
    #[error("the receipt's check is not hexadecimal")]
    BadCheck,
    /// A ticket's barcode or address that is not whole.
    #[error("the ticket was not scanned whole")]
    BadTicket(#[source] NotATicket),
    /// Not even number, old number and name.
    #[error("the card has {found} fields; at least number, old number and name are needed")]
    TooFewFields {
        /// How many there are.
        found: usize,
    },
    /// The first field is not a citizen's number.
    #[error("the card's first field is not a 12-digit citizen number")]
    BadNumber(#[source] NumberError),
    /// The second field has letters: the empty field of the old number was left out, and all
    /// that follow stand in the wrong place.
    #[error("the card's fields are shifted: the second is not an old number")]
    Shifted,
    /// The third field holds no letters.
    #[error("the card's third field is not a name")]
    NoName,
}

/// Sex (giới tính) as the card says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// What the QR of a citizen card says. Fields beyond the seven known ones are not kept.
#[derive(Clone, PartialEq, Eq)]
pub struct CitizenCard {
    /// The 12-digit number (số định danh cá nhân).
    pub number: String,
    /// The number of the old identity card (CMND), 9 or 12 digits, if it is on the card.
    pub old_number: Option<String>,
    /// Full name, composed (NFC).
    pub name: String,
    /// Date of birth.
    pub birth: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Place of residence, composed; empty where the card gives none.
    pub address: String,
    /// Date of issue.
    pub issued: Option<Date>,
    /// What the clerk should look at; empty for a sound card.
    pub warnings: Vec<CardWarning>,
}

/// What is odd about a card that could nevertheless be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardWarning {
    /// Birth, sex, address or date of issue is missing.
    Incomplete,
    /// The old number has not 9 or 12 digits and was left out.
    OldNumber,
    /// Signs were lost on the way, as with a scanner set to another code page.
    Garbled,
    /// The date of birth does not exist and was left out.
    BirthImpossible,
    /// The date of issue does not exist, or lies before birth, and was left out.
    IssuedImpossible,
    /// The sex is neither "Nam" nor "Nữ" and was left out.
    SexUnknown,
    /// The number is that of someone of the other sex.
    SexDiffers,
    /// The number is that of someone born in another year.
    BirthYearDiffers,
}

/// What an identity number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// 12 digits (NĐ 137/2015 Art. 13): three for the place of birth registration, one for
    /// century and sex, two for the year of birth, six at random. There is no check digit.
    Citizen {
        /// The year of birth that it tells.
        birth_year: i16,
        /// The sex that it tells.
        sex: Sex,
    },
    /// 9 digits: the old identity card (CMND).
    Old,
}

/// Why text is not an identity number.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NumberError {
    /// Something other than digits, and the spaces, dots and hyphens that people put between.
    #[error("an identity number has only digits")]
    NotDigits,
    /// Neither 9 nor 12 digits.
    #[error("an identity number has 9 or 12 digits, this one {digits}")]
    WrongLength {
        /// How many there are.
        digits: usize,
    },
}

/// Reads what a scanner sent.
///
/// Line ends, control characters and invisible signs are taken out, text is composed (NFC). A
/// text with `|` in it must be a citizen card: `number|old number|name|ddMMyyyy|Nam or Nữ|
/// address|ddMMyyyy`, where trailing fields may be missing and further ones may follow.
///
/// # Errors
/// [`ScanError`], which says what is wrong.
///
/// ```
/// use domain::barcode::{Scan, read};
/// let Ok(Scan::Case(code, check)) = read("https://motcua.sonla.gov.vn/tra-cuu/H52.125-261123-0032?k=9f3a\r\n")
/// else { panic!() };
/// assert_eq!((code.as_str(), check.as_deref()), ("H52.125-261123-0032", Some("9f3a")));
/// let Ok(Scan::Citizen(card)) =
///     read("014088004512||Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La, tỉnh Sơn La|25072021")
/// else { panic!() };
/// assert_eq!(card.birth, Some(jiff::civil::date(1988, 4, 12)));
/// assert!(card.warnings.is_empty());
/// ```
pub fn read(raw: &str) -> Result<Scan, ScanError> {
    if raw.len() > MAX_BYTES {
        return Err(ScanError::TooLong { bytes: raw.len() });
    }
    let text = visible(raw);
    if text.is_empty() {
        return Err(ScanError::Empty);
    }
    if text.contains('|') {
        return read_card(&text).map(Scan::Citizen);
    }
    // Addresses may be written in capitals, which makes a QR smaller.
    let small = text.to_ascii_lowercase();
    if let Some(at) = small.find(LOOK_UP) {
        return read_receipt(text.get(at + LOOK_UP.len()..).unwrap_or_default());
    }
    if let Some(at) = small.find(TICKET) {
        return read_ticket_address(small.get(at + TICKET.len()..).unwrap_or_default());
    }
    // Code 39 is framed in asterisks, and some scanners send them along.
    let bare = text.trim_matches('*');
    if TicketCode::is_meant(bare) {
        let code = bare.parse().map_err(ScanError::BadTicket)?;
        return Ok(Scan::Ticket(ScannedTicket::Code(code)));
    }
    match CaseCode::parse(bare) {
        Ok(code) => Ok(Scan::Case(code, None)),
        Err(NotACode) => Ok(Scan::Unknown(text)),
    }
}

/// What kind of identity number `number` is, by its form alone.
///
/// # Errors
/// [`NumberError`] for anything but 9 or 12 digits; spaces, dots and hyphens are forgiven.
///
/// ```
/// use domain::barcode::{NumberKind, Sex, check_number};
/// let kind = NumberKind::Citizen { birth_year: 1988, sex: Sex::Male };
/// assert_eq!(check_number("014 088 004 512"), Ok(kind));
/// assert_eq!(check_number("050123456"), Ok(NumberKind::Old));
/// assert!(check_number("01408800451").is_err());
/// ```
pub fn check_number(number: &str) -> Result<NumberKind, NumberError> {
    let digits = digits_of(number)?;
    match digits.len() {
        9 => Ok(NumberKind::Old),
        12 => {
            let part = |range| digits.get(range).and_then(|text: &str| text.parse::<i16>().ok());
            let (Some(century_sex), Some(year)) = (part(3..4), part(4..6)) else {
                return Err(NumberError::NotDigits);
            };
            let sex = if century_sex % 2 == 0 { Sex::Male } else { Sex::Female };
            Ok(NumberKind::Citizen { birth_year: 1900 + century_sex / 2 * 100 + year, sex })
        }
        digits => Err(NumberError::WrongLength { digits }),
    }
}

/// An identity number as logs may show it.
///
/// ```
/// assert_eq!(domain::barcode::mask_number("014088004512"), "014•••••4512");
/// assert_eq!(domain::barcode::mask_number("050123456"), "•••••3456");
/// ```
#[must_use]
pub fn mask_number(number: &str) -> String {
    let part = |range: std::ops::Range<usize>| number.get(range).unwrap_or_default();
    match number.len() {
        _ if !number.is_ascii() => "•••".to_owned(),
        12 => format!("{}•••••{}", part(0..3), part(8..12)),
        9 => format!("•••••{}", part(5..9)),
        _ => "•••".to_owned(),
    }
}

/// The rest of a receipt's address: `<code>?k=<check>`.
fn read_receipt(rest: &str) -> Result<Scan, ScanError> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (code, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let code = CaseCode::parse(code).map_err(ScanError::BadCaseCode)?;
    let query = rest.split('#').next().unwrap_or_default().split_once('?');
    let check = query.and_then(|(_, query)| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| key.eq_ignore_ascii_case("k")).map(|(_, check)| check).next()
    });
    match check {
        None => Ok(Scan::Case(code, None)),
        Some(hex) if is_check(hex) => Ok(Scan::Case(code, Some(hex.to_ascii_lowercase()))),
        Some(_) => Err(ScanError::BadCheck),
    }
}

/// The rest of a ticket's address: its id.
fn read_ticket_address(rest: &str) -> Result<Scan, ScanError> {
    let id = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An id is written in one way only, so that a torn one is not taken for a shorter spelling.
    let id = if id.len() == 36 { id.parse().ok() } else { None };
    id.map(|id| Scan::Ticket(ScannedTicket::Id(id))).ok_or(ScanError::BadTicket(NotATicket))
}

fn is_check(hex: &str) -> bool {
    (1..=MAX_CHECK).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

fn read_card(text: &str) -> Result<CitizenCard, ScanError> {
    let mut fields = text.split('|').map(str::trim);
    let found = text.split('|').count();
    let (Some(number), Some(old), Some(name)) = (fields.next(), fields.next(), fields.next()) else {
        return Err(ScanError::TooFewFields { found });
    };
    let mut card = CitizenCard {
        number: digits_of(number).map_err(ScanError::BadNumber)?,
        old_number: None,
        name: name.to_owned(),
        birth: None,
        sex: None,
        address: String::new(),
        issued: None,
        warnings: Vec::new(),
    };
    let NumberKind::Citizen { birth_year, sex } = check_number(number).map_err(ScanError::BadNumber)? else {
        return Err(ScanError::BadNumber(NumberError::WrongLength { digits: 9 }));
    };
    if old.chars().any(char::is_alphabetic) {
        return Err(ScanError::Shifted);
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(ScanError::NoName);
    }
    let mut field = || fields.next().unwrap_or_default();
    card.read_old(old);
    card.birth = card.read_date(field(), CardWarning::BirthImpossible);
    card.read_sex(field());
    field().clone_into(&mut card.address);
    card.issued = card.read_date(field(), CardWarning::IssuedImpossible);
    if card.address.is_empty() {
        card.warn(CardWarning::Incomplete);
    }
    if [&card.name, &card.address].iter().any(|text| text.contains(['?', '\u{FFFD}'])) {
        card.warn(CardWarning::Garbled);
    }
    card.compare(birth_year, sex);
    Ok(card)
}

impl CitizenCard {
    fn warn(&mut self, warning: CardWarning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn read_old(&mut self, text: &str) {
        match digits_of(text) {
            Ok(digits) if digits.is_empty() => {}
            Ok(digits) if matches!(digits.len(), 9 | 12) => self.old_number = Some(digits),
            _ => self.warn(CardWarning::OldNumber),
        }
    }

    /// A `ddMMyyyy` field; one that does not exist is left out with a `warning`.
    fn read_date(&mut self, text: &str, warning: CardWarning) -> Option<Date> {
        if text.is_empty() {
            self.warn(CardWarning::Incomplete);
            return None;
        }
        let date = real_date(text);
        if date.is_none() {
            self.warn(warning);
        }
        date
    }

    fn read_sex(&mut self, text: &str) {
        match fold(text).as_str() {
            "nam" => self.sex = Some(Sex::Male),
            "nu" => self.sex = Some(Sex::Female),
            _ if text.is_empty() => self.warn(CardWarning::Incomplete),
            _ => self.warn(CardWarning::SexUnknown),
        }
    }

    /// Holds the card against what its number says.
    fn compare(&mut self, birth_year: i16, sex: Sex) {
        if self.birth.is_some_and(|birth| birth.year() != birth_year) {
            self.warn(CardWarning::BirthYearDiffers);
        }
        if self.sex.is_some_and(|said| said != sex) {
            self.warn(CardWarning::SexDiffers);
        }
        if let (Some(birth), Some(issued)) = (self.birth, self.issued)
            && issued < birth
        {
            self.issued = None;
            self.warn(CardWarning::IssuedImpossible);
        }
    }
}

/// A day `ddMMyyyy` since 1900.
fn real_date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (day, month, year) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() >= 1900).then_some(date)
}

/// The digits of a number, without the signs that people put between them.
fn digits_of(number: &str) -> Result<String, NumberError> {
    let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{A0}')).collect();
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits).ok_or(NumberError::NotDigits)
}

/// The text composed, on one line, with single spaces, without signs that cannot be seen.
fn visible(raw: &str) -> String {
    let spaced: String = raw
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .nfc()
        .collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Signs that change how text is shown without being seen: soft hyphens, zero-width spaces and
/// joiners, direction marks (which could show a name in another order), byte order marks, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(code, check) => {
                let check = if check.is_some() { "checked" } else { "unchecked" };
                write!(f, "Case({code}, {check})")
            }
            Self::Citizen(card) => f.debug_tuple("Citizen").field(card).finish(),
            Self::Ticket(ScannedTicket::Code(code)) => write!(f, "Ticket({code})"),
            Self::Ticket(ScannedTicket::Id(id)) => write!(f, "Ticket({id})"),
            Self::Unknown(text) => write!(f, "Unknown({} signs)", text.chars().count()),
        }
    }
}

impl fmt::Debug for CitizenCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let initials = self.name.split(' ').filter_map(|word| word.chars().next());
        f.debug_struct("CitizenCard")
            .field("number", &mask_number(&self.number))
            .field("old_number", &self.old_number.as_deref().map(mask_number))
            .field("name", &initials.flat_map(|c| [c, '•']).collect::<String>())
            .field("birth", &self.birth.map(|_| "•••"))
            .field("sex", &self.sex.map(|_| "•••"))
            .field("address", &if self.address.is_empty() { "" } else { "•••" })
            .field("issued", &self.issued.map(|_| "•••"))
            .field("warnings", &self.warnings)
            .finish()
    }
}

#[cfg(test)]
mod tests;
