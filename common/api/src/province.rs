//! The province in figures, and what happens live.

use crate::endpoint::endpoints;
use domain::{
    figures::Figures,
    ids::CaseId,
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use serde::{Deserialize, Serialize};

/// Open cases counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenCases {
    /// Running and in time, due later than a day from now.
    pub on_time: i64,
    /// Running and due within a day.
    pub soon: i64,
    /// Running and late.
    pub late: i64,
    /// Waiting for the citizen's supplement.
    pub waiting: i64,
    /// Ready to be given back.
    pub ready: i64,
}

impl OpenCases {
    /// Being worked on.
    #[must_use]
    pub fn running(&self) -> i64 {
        self.on_time + self.soon + self.late
    }
}

/// One unit (with everything below it) or field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// Code of the unit or field.
    pub code: String,
    /// Short name.
    pub name: String,
    /// Open now.
    pub open: OpenCases,
    /// Today.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub today: Figures,
    /// The last thirty days.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub month: Figures,
}

/// One day of the curve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayLine {
    /// `2026-11-23`.
    pub day: String,
    /// What happened.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub figures: Figures,
}

/// The province now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Province {
    /// Name.
    pub name: String,
    /// When counted.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Millis,
    /// Everything.
    pub total: Line,
    /// The units directly below the province that receive cases, worst first.
    pub units: Vec<Line>,
    /// Fields with late cases, most first.
    pub fields: Vec<Line>,
    /// The last fourteen days, oldest first.
    pub days: Vec<DayLine>,
    /// What happened last, newest first.
    pub stream: Vec<LiveEvent>,
}

/// Something that just happened; no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveEvent {
    /// Place in the province's log; the event's id in the stream.
    pub pos: i64,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Millis,
    /// Which case.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub case: CaseId,
    /// The receiving agency.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub agency: UnitCode,
    /// Its short name.
    pub agency_name: String,
    /// Whose desk the case lies on now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub holder: UnitCode,
    /// Name of the action, such as `received`.
    pub kind: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Its field.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub field: FieldCode,
}

/// The live stream (Server-Sent Events of [`LiveEvent`]); resumes after `Last-Event-ID`.
pub const LIVE_PATH: &str = "/api/live";

endpoints! {
    /// The province's figures now.
    GetProvince: GET "/api/province" Public false (), () => Province;
}
