//! What an app needs to know about its place: the agency, its catalogue, its calendar.

use crate::endpoint::endpoints;
use domain::{
    calendar::Calendar,
    procedure::{Field, Procedure},
    time::Millis,
    unit::{Counter, Unit, UnitCode},
};
use serde::{Deserialize, Serialize};

/// Which agency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitParam {
    /// Its code.
    pub unit: UnitCode,
}

/// Everything that changes rarely and that a counter or kiosk keeps in memory.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// The agency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub agency: Unit,
    /// Its divisions.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub divisions: Vec<Unit>,
    /// Its counters.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub counters: Vec<Counter>,
    /// All fields.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub fields: Vec<Field>,
    /// The procedures that this agency receives.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub procedures: Vec<Procedure>,
    /// Its working days and hours.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub calendar: Calendar,
    /// The server's clock at the moment of the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub server_time: Millis,
    /// Where citizens look their case up, without a trailing slash: `https://…/tra-cuu`.
    pub lookup_base: String,
}

endpoints! {
    /// An agency's place: public, since the law has all of it published (NĐ 61/2018 Art. 13).
    GetPlace: GET "/api/places/{unit}" Public false UnitParam, () => Place;
}
