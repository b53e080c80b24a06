//! Everything the kiosk can ask for.

use crate::seen::Seen;
use api::Place;
use domain::{code::CaseCode, unit::UnitCode};
use std::sync::Arc;

/// Something for the engine to do.
#[derive(Clone, Debug)]
pub enum Command {
    /// Bring the place as it was kept on this machine.
    ReadKept(UnitCode),
    /// Fetch agency and catalogue.
    LoadPlace(UnitCode),
    /// Keep them on this machine, for days without a server.
    KeepPlace(Arc<Place>),
    /// Fetch where a case is.
    LoadStatus {
        /// Counts up, so that a late answer is never shown to the next citizen.
        ask: u64,
        /// The case.
        code: CaseCode,
        /// What the receipt's QR carries to prove itself.
        check: Option<String>,
    },
    /// Find out how this machine stands.
    Examine,
    /// Close the kiosk: IT gave the code.
    Close,
    /// Close the kiosk and start it again, in the version that is installed.
    StartAgain,
    /// Tell whoever keeps this kiosk up to date that this version has come up.
    CameUp,
    /// For tests: say what the kiosk shows.
    Report(Seen),
}
