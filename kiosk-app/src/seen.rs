//! What the kiosk shows, in a few words, for an unattended driver.

use crate::model::{Line, Model, Screen};
use i18n::Lang;
use serde::Serialize;

/// What can be waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The page: `home`, `lookup`, `case`, `fields`, `field`, `search`, `procedure`, `services`,
    /// `priority`, `number`, `show_ticket`, `held`, `rating`, `leave`, `machine`.
    pub screen: &'static str,
    /// The words being searched for, the code being typed, or the case that a number is taken for.
    pub query: String,
    /// How many procedures are listed.
    pub results: usize,
    /// The case's or the procedure's or the field's code.
    pub code: String,
    /// The case's state, as the wire names it; `loading` while it is fetched.
    pub state: String,
    /// Whether the receipt's check agreed; absent without a check.
    pub genuine: Option<bool>,
    /// `vi` or `en`.
    pub language: &'static str,
    /// Large type.
    pub large: bool,
    /// High contrast.
    pub contrast: bool,
    /// What went wrong, by its name in the words; empty for nothing.
    pub error: String,
    /// `unknown`, `up` or `down`.
    pub line: &'static str,
    /// Whether the catalogue is there.
    pub place: bool,
    /// Whether numbers are given: the key is set and the hall is there.
    pub gives: bool,
    /// Seconds on the banner.
    pub countdown: Option<i64>,
}

impl Seen {
    /// What the model shows.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let visit = &model.visit;
        let mut seen = Self {
            screen: "home",
            language: match visit.lang {
                Lang::Vi => "vi",
                Lang::En => "en",
            },
            large: visit.large,
            contrast: visit.contrast,
            line: match model.line {
                Line::Unknown => "unknown",
                Line::Up => "up",
                Line::Down => "down",
            },
            place: model.place.is_some(),
            gives: model.hall.gives && model.hall.view.is_some(),
            countdown: model.countdown(),
            ..Self::default()
        };
        seen.look_at(&visit.screen, model);
        seen
    }

    fn look_at(&mut self, screen: &Screen, model: &Model) {
        match screen {
            Screen::Home => self.look_at_tablet(model),
            Screen::Lookup(lookup) => {
                self.screen = "lookup";
                self.query.clone_from(&lookup.code);
                self.error = lookup.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::Case(case) => {
                self.screen = "case";
                self.code = case.code.to_string();
                let status = case.status.value();
                self.state = status.map_or_else(
                    || if case.status.is_loading() { "loading".to_owned() } else { String::new() },
                    |status| wire_name(&status.case.state),
                );
                self.genuine = status.and_then(|status| status.genuine);
                self.error = case.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::Fields => {
                self.screen = "fields";
                self.results = model.place.as_deref().map_or(0, |place| place.procedures.len());
            }
            Screen::Field(code, _) => {
                self.screen = "field";
                self.code = code.to_string();
                self.results = model.of_field(code).len();
            }
            Screen::Search(search) => {
                self.screen = "search";
                self.query = search.query.text();
                self.results = search.results.len();
            }
            Screen::Procedure(code) => {
                self.screen = "procedure";
                self.code = code.to_string();
            }
            Screen::Services(errand) => {
                self.screen = "services";
                self.results = model.hall.view.as_deref().map_or(0, |view| view.services.len());
                self.query = errand.case.as_ref().map(ToString::to_string).unwrap_or_default();
                self.error = errand.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::Priority(service, case) => {
                self.screen = "priority";
                self.code = service.to_string();
                self.query = case.as_ref().map(ToString::to_string).unwrap_or_default();
            }
            Screen::Number(number) => {
                self.screen = "number";
                self.code =
                    number.ticket.as_ref().map(|ticket| ticket.number.to_string()).unwrap_or_default();
                self.state = number.paper.key().to_owned();
                self.error = number.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::ShowTicket => self.screen = "show_ticket",
            Screen::Held(held) => {
                self.screen = "held";
                self.code = held.ticket.as_ref().map(|ticket| ticket.number.to_string()).unwrap_or_default();
                self.state = held.ticket.as_ref().map_or("loading", |ticket| ticket.state.name()).to_owned();
                self.results = usize::from(held.opinion.thanked.is_some());
                self.error = held.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::Leave(leave) => {
                self.screen = "leave";
                self.error = leave.trouble.map_or("", |trouble| trouble.key()).to_owned();
            }
            Screen::Machine(findings) => {
                self.screen = "machine";
                self.results = findings.as_ref().map_or(0, Vec::len);
            }
        }
    }

    /// The first page of a counter's tablet is another than a kiosk's.
    fn look_at_tablet(&mut self, model: &Model) {
        let Some(tablet) = &model.tablet else { return };
        self.screen = "rating";
        self.state = tablet.phase(model.machine).key().to_owned();
        if let Some(guest) = &tablet.guest {
            self.code = guest.number.to_string();
            self.error = guest.trouble.map_or("", |trouble| trouble.key()).to_owned();
        }
    }
}

fn wire_name(state: &domain::case::State) -> String {
    serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
