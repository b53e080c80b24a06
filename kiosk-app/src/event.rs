//! Everything that can happen to the kiosk.

use crate::model::{Paper, Target};
use api::{HallView, Place, PublicStatus, TicketView};
use devices::DeviceState;
use domain::{
    hall::{Complaint, Level, PriorityReason},
    ids::TicketId,
    machine::Finding,
    time::Millis,
    unit::ServiceCode,
    update::Standing,
};
use i18n::Lang;
use std::sync::Arc;

/// Something that happened. Not `Debug`: a scan may be a citizen's card.
#[derive(Clone)]
pub enum Event {
    /// It is this time by the machine's clock.
    Tick(Millis),
    /// Somebody touched the screen or a key.
    Touched,
    /// Somebody touched the upper left corner.
    Corner,
    /// To another page.
    Go(Target),
    /// One page back.
    Back,
    /// To the first page.
    Home,
    /// Another language.
    Speak(Lang),
    /// Large type on or off.
    Large(bool),
    /// High contrast on or off.
    Contrast(bool),
    /// A letter from either keyboard.
    Letter(char),
    /// Takes the last letter back.
    Backspace,
    /// Takes everything back.
    Clear,
    /// "Tìm", "Xem" or Enter.
    Enter,
    /// A whole line that a scanner, or a very fast typist, ended with Enter.
    Scanned(String),
    /// Telex on or off.
    Telex(bool),
    /// Letters with hat, horn and breve instead of the last rows.
    Vowels(bool),
    /// The keyboard on the screen is wanted.
    Keyboard,
    /// Which row of a list is shown first.
    First(usize),
    /// The place as it was kept on this machine.
    Kept(Option<Arc<Place>>),
    /// The place as the server has it, and the machine's time then.
    Place(Result<Arc<Place>, Failure>, Millis),
    /// What was found out about this machine.
    Examined(Vec<Finding>),
    /// IT wants it looked at again.
    Examine,
    /// IT leaves the kiosk.
    Leave,
    /// How this machine stands with updates.
    Update(Standing),
    /// The hall as it is now.
    Hall(Arc<HallView>),
    /// How the printer stands.
    Printer(DeviceState),
    /// A number is wanted for this service.
    Choose(ServiceCode),
    /// And taken, with priority for a reason or without.
    Take(Option<PriorityReason>),
    /// What went wrong is tried once more.
    Again,
    /// A number that was asked for.
    Taken {
        /// Which.
        ticket: TicketId,
        /// The answer.
        answer: Result<Box<TicketView>, Failure>,
    },
    /// The paper of a number went further.
    Printed {
        /// Which.
        ticket: TicketId,
        /// How far.
        paper: Paper,
    },
    /// Where a scanned number stands.
    Stands {
        /// Which question this answers.
        ask: u64,
        /// The answer.
        answer: Result<Box<TicketView>, Failure>,
    },
    /// The holder of the scanned number gives it up.
    GiveUp,
    /// The holder says how content they were.
    Rate(Level),
    /// With what not; or that after all.
    Complain(Complaint),
    /// And sends it.
    SendOpinion,
    /// What became of it.
    Rated {
        /// Which question this answers.
        ask: u64,
        /// The answer.
        answer: Result<(), Failure>,
    },
    /// Where a case is.
    Status {
        /// Which question this answers.
        ask: u64,
        /// The answer.
        answer: Result<Box<PublicStatus>, Failure>,
    },
}

/// Why the server did not help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It cannot be reached.
    Offline,
    /// It knows nothing of that kind.
    NotFound,
    /// It was asked too often.
    TooMany,
    /// This kiosk may not ask that.
    Denied,
    /// A rule of the hall forbids it now.
    NotAllowed,
    /// Something else; its name, for IT.
    Other(String),
}
