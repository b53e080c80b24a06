//! What citizens see. No personal data: names are shortened, numbers never leave the server.

use crate::{CodeParam, endpoint::endpoints};
use domain::{
    case::{PublicCase, Stop},
    deadline::Standing,
};
use serde::{Deserialize, Serialize};

/// The check that a receipt's QR carries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct StatusRequest {
    /// The beginning of the head hash at intake, as on the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub k: Option<String>,
}

/// A case's status as anybody with its code may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicStatus {
    /// The case, with nobody's name.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub case: PublicCase,
    /// Name of the agency that received it.
    pub agency: String,
    /// Name of the division that examines it.
    pub division: String,
    /// How the due time stands; none once the result is ready.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub standing: Option<Standing>,
    /// Whether the receipt's check agrees with the province's book; none without a check.
    pub genuine: Option<bool>,
}

impl PublicStatus {
    /// Where a stop of the way lies, by name.
    #[must_use]
    pub fn place(&self, stop: Stop) -> &str {
        if stop.is_at_division() { &self.division } else { &self.agency }
    }
}

endpoints! {
    /// A case's status for the citizen.
    GetStatus: GET "/api/public/status/{code}" Public false CodeParam, StatusRequest => PublicStatus;
}
