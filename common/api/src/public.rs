//! What citizens see. No personal data: names are shortened, numbers never leave the server.

use crate::{CodeParam, endpoint::endpoints};
use domain::{case::State, code::CaseCode, deadline::Standing, procedure::StepKind, time::Millis};
use serde::{Deserialize, Serialize};

/// The check that a receipt's QR carries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct StatusRequest {
    /// The beginning of the head hash at intake, as on the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub k: Option<String>,
}

/// How far a step of the way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Behind it.
    Done,
    /// Here it stands.
    Here,
    /// Before it.
    Ahead,
}

/// One line of the way that a case goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Milestone {
    /// What: a step kind, or `supplement_asked` / `supplement_received` in between.
    pub what: String,
    /// The step it belongs to.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub step: StepKind,
    /// How far.
    pub progress: Progress,
    /// Which desk, by name.
    pub place: String,
    /// When it was done.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub at: Option<Millis>,
}

/// A case as anybody with its code may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicStatus {
    /// Code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: CaseCode,
    /// Name of the procedure.
    pub procedure: String,
    /// Name of the agency.
    pub agency: String,
    /// State.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// Received at.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub received_at: Millis,
    /// Due at.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub due: Millis,
    /// How the due time stands; none once the result is ready.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub standing: Option<Standing>,
    /// What the citizen has to bring, while a supplement is awaited.
    #[serde(default)]
    pub to_bring: Vec<String>,
    /// Fee to be paid when the result is collected, in đồng.
    pub fee_left: i64,
    /// The way it goes.
    pub milestones: Vec<Milestone>,
    /// The due time explained, one sentence a line, in Vietnamese.
    pub explanation: Vec<String>,
    /// Whether the receipt's check agrees with the province's book; none without a check.
    pub genuine: Option<bool>,
}

endpoints! {
    /// A case's status for the citizen.
    GetStatus: GET "/api/public/status/{code}" Public false CodeParam, StatusRequest => PublicStatus;
}
