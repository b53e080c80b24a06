//! The case in view.

use super::Page;
use api::CaseView;
use domain::{
    case::Turn,
    ids::{CaseId, CommandId},
};
use std::collections::{BTreeMap, VecDeque};
use ui::{Moment, Remote};

/// A panel opened below the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Asking for a supplement.
    Supplement {
        /// One item a line.
        items: String,
        /// Why.
        reason: String,
    },
    /// Sending back.
    Back {
        /// Why.
        reason: String,
    },
}

/// A paper that was asked for as a supplement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplied {
    /// What was asked for.
    pub item: String,
    /// Whether it was brought.
    pub ticked: bool,
}

/// Giving a result back.
#[derive(Clone, Default)]
pub struct ReturnForm {
    /// Fee taken, digits.
    pub amount: String,
    /// Number of the fee receipt.
    pub receipt_no: String,
    /// Who takes the result.
    pub receiver: String,
    /// Their authorisation, when it is not the applicant.
    pub authorisation: String,
}

/// A case in view.
#[derive(Clone)]
pub struct OpenCase {
    /// Which.
    pub id: CaseId,
    /// What the server says.
    pub view: Remote<Box<CaseView>>,
    /// The way it goes, in words.
    pub moments: Vec<Moment>,
    /// Why it is due then, in words.
    pub why: Vec<String>,
    /// Opinion as typed.
    pub opinion: String,
    /// Draft as typed.
    pub draft: String,
    /// Whether opinion and draft were brought up from server and local store.
    pub filled: bool,
    /// Number as typed.
    pub number: String,
    /// The panel below.
    pub panel: Option<Panel>,
    /// Papers of a supplement.
    pub supplied: Vec<Supplied>,
    /// Pages of a supplement.
    pub pages: Vec<Page>,
    /// Giving back.
    pub handing: ReturnForm,
    /// Turns still to be sent after the one on its way.
    pub turns: VecDeque<Turn>,
    /// The turn on its way.
    pub sending: Option<CommandId>,
    /// Its line is cut; it is kept and will be sent.
    pub kept: bool,
    /// What is wrong, by field.
    pub errors: BTreeMap<String, String>,
}

impl OpenCase {
    /// A case about to be fetched.
    #[must_use]
    pub fn new(id: CaseId) -> Self {
        Self {
            id,
            view: Remote::default(),
            moments: Vec::new(),
            why: Vec::new(),
            opinion: String::new(),
            draft: String::new(),
            filled: false,
            number: String::new(),
            panel: None,
            supplied: Vec::new(),
            pages: Vec::new(),
            handing: ReturnForm::default(),
            turns: VecDeque::new(),
            sending: None,
            kept: false,
            errors: BTreeMap::new(),
        }
    }

    /// The name under which its unfinished texts are kept.
    #[must_use]
    pub fn draft_name(&self) -> String {
        format!("case-{}", self.id)
    }
}
