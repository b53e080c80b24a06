//! Everything the kiosk can ask for.

use crate::seen::Seen;
use api::{Place, RateRequest, TakeTicket};
use domain::{barcode::ScannedTicket, code::CaseCode, ids::TicketId, unit::UnitCode};
use i18n::Lang;
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
    /// Note a number, ask for it and print it.
    TakeNumber {
        /// Of which hall.
        site: UnitCode,
        /// Which.
        asked: Box<TakeTicket>,
        /// In which language it is printed.
        lang: Lang,
    },
    /// Fetch where a scanned number stands.
    LoadTicket {
        /// As of a case.
        ask: u64,
        /// Of which hall.
        site: UnitCode,
        /// What was scanned.
        scanned: ScannedTicket,
    },
    /// Give a number up.
    GiveUp {
        /// As of a case.
        ask: u64,
        /// Which.
        ticket: TicketId,
    },
    /// Send how content somebody was.
    Rate {
        /// As of a case.
        ask: u64,
        /// With which number.
        ticket: TicketId,
        /// What they said.
        said: RateRequest,
    },
    /// Send how content somebody was who is served at a counter, or was just now.
    RateCounter {
        /// As of a case.
        ask: u64,
        /// Of which hall.
        site: UnitCode,
        /// The counter's number.
        counter: u16,
        /// What they said.
        said: RateRequest,
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
