//! What the kiosk knows: the place for good, a visit for as long as it lasts.

mod number;
mod tablet;

pub use number::{Errand, Hall, Held, Number, Opinion, Paper};
pub use tablet::{Guest, Phase, Tablet};

use crate::query::Query;
use api::{Place, PublicStatus};
use domain::{
    code::CaseCode,
    machine::Finding,
    procedure::{Limit, Procedure},
    time::{MINUTE, Millis},
    unit::{FieldCode, ProcedureCode, ServiceCode, UnitCode},
    update::Standing,
};
use i18n::Lang;
use std::sync::Arc;
use ui::Remote;

/// How long the banner counts down before everything is forgotten.
pub const WARNING_MS: i64 = 10_000;
/// How long a number stays on the screen once its paper is out.
const OUT_MS: i64 = 20_000;
/// How long the thanks for an opinion stay.
pub const THANKS_MS: i64 = 8_000;

/// Everything.
#[derive(Clone, Debug)]
pub struct Model {
    /// The agency in whose hall the kiosk stands.
    pub site: UnitCode,
    /// Milliseconds without a touch after which a visit is forgotten.
    pub idle_ms: i64,
    /// Agency and catalogue.
    pub place: Option<Arc<Place>>,
    /// How the line to the server stands.
    pub line: Line,
    /// When the place was last asked for, by the machine's clock.
    pub asked: Option<Millis>,
    /// The machine's clock.
    pub machine: Millis,
    /// What the server's clock is ahead of it.
    pub ahead_ms: i64,
    /// When somebody last touched something, by the machine's clock.
    pub touched: Millis,
    /// Counts questions about cases.
    pub asks: u64,
    /// The present citizen's visit.
    pub visit: Visit,
    /// The way out, for IT.
    pub exit: Exit,
    /// How this machine stands with updates, if something keeps it up to date.
    pub update: Option<Standing>,
    /// The hall.
    pub hall: Hall,
    /// The counter whose rating tablet this is; none on a kiosk.
    pub tablet: Option<Tablet>,
}

/// The way out, for IT. It is not part of a visit: a wrong code is remembered when everything else is forgotten.
#[derive(Clone, Debug, Default)]
pub struct Exit {
    /// The code; without one there is no way out by touch.
    pub code: Option<ExitCode>,
    /// When the corner was touched lately.
    pub touches: Vec<Millis>,
    /// Wrong codes in a row.
    pub wrong: u8,
    /// Until when no code is taken, after too many wrong ones.
    pub locked_until: Option<Millis>,
}

/// The code with which IT leaves the kiosk. Hides itself in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct ExitCode(String);

impl ExitCode {
    /// This code; none for no digits.
    #[must_use]
    pub fn new(digits: &str) -> Option<Self> {
        (!digits.is_empty()).then(|| Self(digits.to_owned()))
    }

    /// Whether this was typed.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        self.0 == typed
    }
}

impl std::fmt::Debug for ExitCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExitCode(…)")
    }
}

/// How the line to the server stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Not tried yet.
    #[default]
    Unknown,
    /// Up.
    Up,
    /// Down: what is shown was kept from before.
    Down,
}

/// What one citizen did; forgotten as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// The page.
    pub screen: Screen,
    /// The pages before it.
    pub past: Vec<Screen>,
    /// Language.
    pub lang: Lang,
    /// Large type.
    pub large: bool,
    /// High contrast.
    pub contrast: bool,
}

/// A page: one question each.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Screen {
    /// What would you like to do?
    #[default]
    Home,
    /// Which case?
    Lookup(Lookup),
    /// Where is it?
    Case(Box<CaseScreen>),
    /// Which field?
    Fields,
    /// Which procedure of the field?
    Field(FieldCode, usize),
    /// Which procedure, by its words?
    Search(Search),
    /// What does it ask for?
    Procedure(ProcedureCode),
    /// What is the number for?
    Services(Errand),
    /// Does somebody go before others? With the case that they come for.
    Priority(ServiceCode, Option<CaseCode>),
    /// Which number is it?
    Number(Box<Number>),
    /// Which ticket is it about? Hold it under the scanner.
    ShowTicket,
    /// Where does a number stand, and how was the service?
    Held(Box<Held>),
    /// What is the code, to leave the kiosk?
    Leave(Leave),
    /// How does this machine stand? For IT, behind the code; none until it was looked at.
    Machine(Option<Vec<Finding>>),
}

impl Screen {
    /// Since when nothing is left to do on this page, and for how many milliseconds it stays; none where there is
    /// something to do.
    fn over(&self) -> Option<(Millis, i64)> {
        match self {
            Self::Number(number) => number.out.map(|since| (since, OUT_MS)),
            Self::Held(held) => held.opinion.thanked.map(|since| (since, THANKS_MS)),
            _ => None,
        }
    }
}

/// Where a tile or a row leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To taking a number.
    Services,
    /// To rating the service.
    ShowTicket,
    /// To the look-up of a case.
    Lookup,
    /// To the fields.
    Fields,
    /// To one field.
    Field(FieldCode),
    /// To the search.
    Search,
    /// To one procedure.
    Procedure(ProcedureCode),
}

/// Typing a code, or holding the receipt under the scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookup {
    /// What is typed.
    pub code: String,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseScreen {
    /// Which.
    pub code: CaseCode,
    /// What its receipt carried to prove itself.
    pub check: Option<String>,
    /// Which question is open.
    pub ask: u64,
    /// Where it is; why that cannot be said is in `trouble`.
    pub status: Remote<PublicStatus>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

/// Typing the code to leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leave {
    /// What is typed.
    pub typed: String,
    /// What went wrong.
    pub trouble: Option<LeaveTrouble>,
}

/// Why the kiosk is not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveTrouble {
    /// The code was another.
    Wrong,
    /// Too many were wrong; none is taken for a while.
    Locked,
}

impl LeaveTrouble {
    /// Its name in the words and in the driver's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Locked => "locked",
        }
    }
}

/// Searching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The words.
    pub query: Query,
    /// What they find, best first.
    pub results: Vec<ProcedureCode>,
    /// Whether Telex is on.
    pub telex: bool,
    /// Whether the keyboard shows letters with hat, horn and breve.
    pub vowels: bool,
    /// Whether the keyboard is on the screen.
    pub keyboard: bool,
    /// The first row shown.
    pub first: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            query: Query::default(),
            results: Vec::new(),
            telex: true,
            vowels: false,
            keyboard: true,
            first: 0,
        }
    }
}

/// What went wrong, in the citizen's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What was typed has not the form of a code.
    NotACode,
    /// What was scanned is no receipt, or a damaged one.
    Damaged,
    /// A citizen card was scanned.
    Card,
    /// There is no such case.
    Unknown,
    /// The server cannot be reached.
    Offline,
    /// Asked too often.
    TooMany,
    /// The server is in trouble.
    Broken,
    /// There is no such number today.
    NoTicket,
    /// This kiosk may give no numbers here.
    NoKey,
    /// The hall gives no numbers now.
    Closed,
}

impl Trouble {
    /// Its name in the words and in the driver's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotACode => "not_a_code",
            Self::Damaged => "damaged",
            Self::Card => "card",
            Self::Unknown => "unknown",
            Self::Offline => "offline",
            Self::TooMany => "too_many",
            Self::Broken => "broken",
            Self::NoTicket => "no_ticket",
            Self::NoKey => "no_key",
            Self::Closed => "closed",
        }
    }
}

impl Model {
    /// A kiosk that was just switched on.
    #[must_use]
    pub fn new(site: UnitCode, idle_ms: i64, machine: Millis) -> Self {
        Self {
            site,
            idle_ms,
            place: None,
            line: Line::default(),
            asked: None,
            machine,
            ahead_ms: 0,
            touched: machine,
            asks: 0,
            visit: Visit::default(),
            exit: Exit::default(),
            update: None,
            hall: Hall::default(),
            tablet: None,
        }
    }

    /// The time by the server's clock.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.machine.plus(self.ahead_ms)
    }

    /// Milliseconds until the visit is forgotten; none while there is nothing to forget.
    #[must_use]
    pub fn left_ms(&self) -> Option<i64> {
        let pristine = self.visit == Visit::default();
        let (since, stays) = match self.visit.screen.over() {
            Some((since, stays)) => (since.max(self.touched), stays.min(self.idle_ms)),
            None => (self.touched, self.idle_ms),
        };
        (!pristine).then(|| (stays - (self.machine.0 - since.0)).max(0))
    }

    /// Whole seconds on the banner, if it is up.
    #[must_use]
    pub fn countdown(&self) -> Option<i64> {
        // A page on which nothing is left to do goes without asking.
        let asks = self.visit.screen.over().is_none();
        self.left_ms().filter(|left| asks && *left <= WARNING_MS).map(|left| (left + 999) / 1_000)
    }

    /// In how many milliseconds the picture changes by itself.
    #[must_use]
    pub fn next_change_ms(&self) -> i64 {
        let minute = MINUTE - self.now().0.rem_euclid(MINUTE);
        let idle = match self.left_ms() {
            Some(left) if left > WARNING_MS => left - WARNING_MS,
            Some(left) => left.rem_euclid(1_000).max(1),
            None => minute,
        };
        let tablet = self.tablet.as_ref().and_then(|tablet| tablet.next_change_ms(self.machine));
        minute.min(idle).min(tablet.unwrap_or(minute))
    }

    /// A procedure of the catalogue.
    #[must_use]
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.place.as_deref()?.procedures.iter().find(|procedure| procedure.code == *code)
    }

    /// The procedures of a field, in the catalogue's order.
    #[must_use]
    pub fn of_field(&self, field: &FieldCode) -> Vec<&Procedure> {
        let place = self.place.as_deref();
        place.map_or_else(Vec::new, |place| place.procedures.iter().filter(|p| p.field == *field).collect())
    }

    /// The limit that holds here: the mountain allowance where the agency has it.
    #[must_use]
    pub fn limit(&self, procedure: &Procedure) -> Limit {
        procedure.limit_at(self.place.as_deref().is_some_and(|place| place.agency.mountain))
    }
}

/// A procedure's name in a language.
#[must_use]
pub fn name_in(lang: Lang, procedure: &Procedure) -> &str {
    match lang {
        Lang::En if !procedure.name_en.is_empty() => &procedure.name_en,
        _ => &procedure.name,
    }
}
