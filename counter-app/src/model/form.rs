//! The intake form.

use super::Page;
use api::PersonInput;
use domain::{deadline::Deadline, ids::CaseId, time::Millis, unit::ProcedureCode};
use serde::{Deserialize, Serialize};

/// A form that is being filled in; kept when the app is closed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntakeForm {
    /// The case that it will be.
    pub case: CaseId,
    /// When its first letter was typed.
    pub began: Option<Millis>,
    /// Who hands it in.
    pub person: PersonInput,
    /// Whether the person comes from a scanned card.
    pub card_read: bool,
    /// What the clerk should look at on the card, in words.
    pub card_warnings: Vec<String>,
    /// What is typed to find the procedure.
    pub query: String,
    /// Which of the found procedures is chosen.
    pub choice: usize,
    /// The procedure.
    pub procedure: Option<ProcedureCode>,
    /// Its papers.
    pub papers: Vec<PaperTick>,
}

impl Default for IntakeForm {
    fn default() -> Self {
        Self {
            case: CaseId::new(),
            began: None,
            person: PersonInput::default(),
            card_read: false,
            card_warnings: Vec::new(),
            query: String::new(),
            choice: 0,
            procedure: None,
            papers: Vec::new(),
        }
    }
}

impl IntakeForm {
    /// Whether nothing was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.person == PersonInput::default() && self.query.is_empty() && self.procedure.is_none()
    }

    /// All scanned pages, in the order of the papers.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.papers.iter().flat_map(|paper| &paper.pages)
    }
}

/// A paper of the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PaperTick {
    /// Whether it was handed in.
    pub ticked: bool,
    /// Its scanned pages.
    pub pages: Vec<Page>,
}

/// A procedure that the type-ahead found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The procedure.
    pub code: ProcedureCode,
    /// The part of its name that was typed, as bytes.
    pub marked: Option<std::ops::Range<usize>>,
}

/// The date that a form would get if it were accepted now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The deadline with its reasons.
    pub deadline: Deadline,
    /// The reasons in words.
    pub why: Vec<String>,
}
