//! Numbers: the hall as the kiosk knows it, the number that a citizen takes, and one that they hold.

use super::Trouble;
use api::{HallView, TakeTicket, TicketView};
use devices::DeviceState;
use domain::{
    barcode::ScannedTicket,
    code::CaseCode,
    hall::{Complaint, Level, Service, State},
    time::Millis,
    unit::ServiceCode,
};
use std::{collections::BTreeSet, sync::Arc};

/// The hall as the kiosk knows it.
#[derive(Clone, Debug, Default)]
pub struct Hall {
    /// As the server told last.
    pub view: Option<Arc<HallView>>,
    /// Whether this kiosk may give numbers: it has the key of the hall.
    pub gives: bool,
    /// How the printer stands; none where there is none.
    pub printer: Option<DeviceState>,
}

impl Hall {
    /// A service of the hall.
    #[must_use]
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        let view = self.view.as_deref()?;
        view.services.iter().map(|view| &view.service).find(|service| service.code == *code)
    }
}

/// The receipt with which somebody comes to take a number, if they held one under the scanner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errand {
    /// Its case.
    pub case: Option<CaseCode>,
    /// Which question about it is open.
    pub ask: u64,
    /// Why it does not lead to a service; one can be chosen all the same.
    pub trouble: Option<Trouble>,
}

/// How the paper of a number goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// There is no printer: the number is to be remembered or photographed.
    #[default]
    None,
    /// On its way.
    Printing,
    /// Out.
    Out,
    /// It did not come out.
    Failed,
}

impl Paper {
    /// Its name in the words and in the driver's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Printing => "printing",
            Self::Out => "out",
            Self::Failed => "failed",
        }
    }
}

/// The number that is being taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As it was asked for.
    pub asked: TakeTicket,
    /// The number, once it is there.
    pub ticket: Option<Box<TicketView>>,
    /// Why there is none.
    pub trouble: Option<Trouble>,
    /// Its paper.
    pub paper: Paper,
    /// The QR of the ticket, row by row, true for dark; empty until the number is there.
    pub qr: Vec<Vec<bool>>,
    /// Since when the paper is out, by the machine's clock: there is nothing more to do here.
    pub out: Option<Millis>,
}

/// A number that somebody holds, scanned.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// What was scanned.
    pub scanned: ScannedTicket,
    /// Which question is open.
    pub ask: u64,
    /// Where it stands.
    pub ticket: Option<Box<TicketView>>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// What its holder says.
    pub opinion: Opinion,
}

impl Held {
    /// Whether its holder can say how they were served.
    #[must_use]
    pub fn can_be_rated(&self) -> bool {
        let state = self.ticket.as_ref().map(|ticket| ticket.state);
        matches!(state, Some(State::Serving { .. } | State::Done))
    }
}

/// How content somebody was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// How; chosen and not sent yet only where complaints may follow.
    pub level: Option<Level>,
    /// With what not.
    pub complaints: BTreeSet<Complaint>,
    /// When it had arrived, by the machine's clock.
    pub thanked: Option<Millis>,
}
