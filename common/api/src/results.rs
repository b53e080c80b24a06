//! What a hall's screen shows of cases: the end of the code, the shortened name and how it stands; nothing else of
//! anybody.

use crate::{desk::UnitParam, endpoint::endpoints};
use domain::time::Millis;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a case stands, for a screen that everybody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Shown {
    /// The result can be collected.
    Ready {
        /// How many working days before its due day it was ready.
        early: u32,
    },
    /// The citizen is asked for papers.
    Supplement,
    /// The due time could not be kept, and there is a new one.
    Apology {
        /// Which.
        #[cfg_attr(feature = "openapi", schema(value_type = i64))]
        due: Millis,
    },
    /// It is being worked on.
    Processing,
}

/// A case on a hall's screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultSign {
    /// The end of its code: `0031`.
    pub serial: String,
    /// The day of its reception, on which serials begin anew.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date"))]
    pub received: Date,
    /// Whose it is, all but the last word as initials.
    pub name: String,
    /// How it stands.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub shown: Shown,
    /// The same in words.
    pub text: String,
}

/// What a hall's screen shows of cases: ready ones first, then those that wait for papers, then others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HallResults {
    /// At most eight.
    pub results: Vec<ResultSign>,
}

endpoints! {
    /// How the latest cases of a hall's agency stand, as its screen shows them.
    GetHallResults: GET "/api/public/halls/{unit}/results" Public false UnitParam, () => HallResults;
}
