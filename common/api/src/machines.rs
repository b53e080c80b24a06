//! The machines on which the apps are installed: what each reports of itself, and the overview for those who look
//! after them. No personal data travels here.

use crate::endpoint::endpoints;
use domain::{
    ids::MachineId,
    machine::{Finding, FindingState},
    time::Millis,
    unit::UnitCode,
    update::{AppKind, Standing, System, Version},
};
use serde::{Deserialize, Serialize};

/// What a machine reports of itself, at its start and every few minutes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MachineReport {
    /// Its id, made once.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub machine: MachineId,
    /// A secret made with the id: only who knows it may report for this machine again. 64 hexadecimal digits.
    pub key: String,
    /// The app.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub app: AppKind,
    /// The version that runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// The system it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub system: System,
    /// The computer's own name.
    pub name: String,
    /// Where it stands, if that is set.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub site: Option<UnitCode>,
    /// At which counter, if that is set.
    #[serde(default)]
    pub counter: Option<u16>,
    /// What it found when it looked at itself.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub findings: Vec<Finding>,
    /// How it stands with updates, if something keeps it up to date.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub update: Option<Standing>,
}

impl std::fmt::Debug for MachineReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MachineReport").field("machine", &self.machine).finish_non_exhaustive()
    }
}

/// What a machine is told in return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportTaken {
    /// The server's time, for comparing clocks.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub now: Millis,
}

/// A machine, as it last reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MachineView {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub machine: MachineId,
    /// The app.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub app: AppKind,
    /// The version that runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// The system it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub system: System,
    /// The computer's own name.
    pub name: String,
    /// Where it stands.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub site: Option<UnitCode>,
    /// Name of that place.
    pub site_name: String,
    /// At which counter.
    pub counter: Option<u16>,
    /// When it reported first.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub first_seen: Millis,
    /// When it reported last.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub last_seen: Millis,
    /// The worst of its findings.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: FindingState,
    /// Whether it has been quiet for too long.
    pub silent: bool,
    /// Whether somebody should look at it, for any reason.
    pub wants_visit: bool,
    /// What it found.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub findings: Vec<Finding>,
    /// How it stands with updates.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub update: Option<Standing>,
}

/// Every installed machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Machines {
    /// By place and name.
    pub machines: Vec<MachineView>,
}

/// A machine in a path.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MachineParam {
    /// Which.
    pub machine: MachineId,
}

endpoints! {
    /// A machine reports. The same report again changes nothing.
    ReportMachine: POST "/api/machines" Public false (), MachineReport => ReportTaken;
    /// Every installed machine, for IT.
    GetMachines: GET "/api/machines" Staff false (), () => Machines;
    /// Forgets a machine that is no longer there; it comes back if it reports again.
    ForgetMachine: DELETE "/api/machines/{machine}" Staff false MachineParam, () => ();
}
