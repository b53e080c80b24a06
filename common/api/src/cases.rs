//! Cases: intake, turns, work lists, search.

use crate::endpoint::endpoints;
use domain::{
    case::{Action, Attachment, Case, Channel, HandedPaper, State, Turn},
    code::CaseCode,
    ids::CaseId,
    procedure::StepKind,
    time::Millis,
    unit::{ProcedureCode, UnitCode},
};
use serde::{Deserialize, Serialize};

/// A person as typed or scanned; the server checks and cleans every part.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonInput {
    /// Name.
    pub name: String,
    /// Identity number, or empty.
    #[serde(default)]
    pub citizen_id: String,
    /// Birth date as `dd/mm/yyyy`, or empty.
    #[serde(default)]
    pub birth: String,
    /// Telephone, or empty.
    #[serde(default)]
    pub phone: String,
    /// Address.
    #[serde(default)]
    pub address: String,
}

impl std::fmt::Debug for PersonInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonInput(•••)")
    }
}

/// A new case at a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntakeRequest {
    /// Made by the counter.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub case: CaseId,
    /// The receiving agency.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub agency: UnitCode,
    /// The counter.
    #[serde(default)]
    pub counter: Option<u16>,
    /// The procedure.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub procedure: ProcedureCode,
    /// Who hands it in.
    pub applicant: PersonInput,
    /// Papers ticked.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub papers: Vec<HandedPaper>,
    /// Pages sent before with [`crate::FILES_PATH`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub files: Vec<Attachment>,
    /// Sets of papers.
    #[serde(default)]
    pub sets: u16,
    /// The request in the applicant's words.
    #[serde(default)]
    pub request: String,
    /// How it came.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: Channel,
}

/// A case with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseView {
    /// The case now.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub case: Case,
    /// Its log.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub actions: Vec<Action>,
    /// Whether the chain of hashes was recomputed and holds.
    pub intact: bool,
    /// Where the citizen follows it; in the receipt's QR. Carries the head hash at intake, so that the receipt
    /// proves what was promised.
    pub status_url: String,
    /// Name of the agency, for papers: "UBND huyện Mai Sơn".
    pub agency_name: String,
    /// Name of the examining division.
    pub division_name: String,
}

/// Which case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseParam {
    /// Its id.
    pub case: CaseId,
}

/// Which case, by the code on its receipt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodeParam {
    /// Its code.
    pub code: CaseCode,
}

/// A turn asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TurnRequest {
    /// The version that the person saw.
    pub version: u32,
    /// The turn.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub turn: Turn,
}

/// Which pile of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pile {
    /// Running cases on my desks.
    #[default]
    Mine,
    /// Cases that wait for the citizen's supplement, at my agency's counter.
    Waiting,
    /// Results ready to be given back at my agency.
    Returns,
    /// Everything open that my agency received.
    Agency,
}

/// Asks for a page of work, by due time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct WorkRequest {
    /// Which pile.
    #[serde(default)]
    pub pile: Pile,
    /// Continue after this mark of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows in a page, 1 to 500; 100 if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// A case as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkItem {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub case: CaseId,
    /// Code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: CaseCode,
    /// Version.
    pub version: u32,
    /// Name of the procedure.
    pub procedure: String,
    /// Name of the applicant.
    pub applicant: String,
    /// State.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// Present step.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub step: StepKind,
    /// Index of the present step, and how many there are.
    pub step_of: (u16, u16),
    /// Whose desk.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub holder: UnitCode,
    /// Whether somebody has taken it up.
    pub taken: bool,
    /// Received at.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub received_at: Millis,
    /// Due at.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub due: Millis,
}

/// A page of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkPage {
    /// The rows, earliest due first.
    pub items: Vec<WorkItem>,
    /// Where the next page begins; none at the end.
    #[serde(default)]
    pub next: Option<String>,
}

/// Searches cases that I may see, by code, name, identity number or procedure, without diacritics.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct SearchRequest {
    /// What to look for.
    pub q: String,
}

endpoints! {
    /// Takes a case in.
    Intake: POST "/api/cases" Staff true (), IntakeRequest => CaseView;
    /// A case with its history.
    GetCase: GET "/api/cases/{case}" Staff false CaseParam, () => CaseView;
    /// A case by the code on its receipt.
    FindCase: GET "/api/cases/by-code/{code}" Staff false CodeParam, () => CaseView;
    /// Makes a turn of a case.
    MakeTurn: POST "/api/cases/{case}/turns" Staff true CaseParam, TurnRequest => CaseView;
    /// A page of work.
    GetWork: GET "/api/work" Staff false (), WorkRequest => WorkPage;
    /// Searches cases.
    SearchCases: GET "/api/search" Staff false (), SearchRequest => WorkPage;
}
