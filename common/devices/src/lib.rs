//! Hardware behind traits: real drivers, and a simulator for each, so that the whole product runs without any
//! device. Nothing here knows a case or a window, and nothing has words for people: what is wrong is a value.
#![warn(missing_docs)]

pub mod printer;
pub mod scanner;
pub mod voice;
#[cfg(windows)]
mod windows;

/// How a device stands, for the status bar; nothing is claimed that was not found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DeviceState {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    /// Works.
    Ready,
    /// Works, but wants a hand: why.
    Attention(Trouble),
    /// Does not work: why.
    Broken(Trouble),
}

/// What is the matter with a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No paper left.
    OutOfPaper,
    /// Little paper left; it still prints.
    PaperLow,
    /// Paper is stuck.
    PaperJam,
    /// A cover or a door is open.
    CoverOpen,
    /// No toner or ink left.
    OutOfToner,
    /// Somebody stopped its queue.
    Paused,
    /// Switched off, unplugged, or out of reach.
    Offline,
    /// It wants a hand and does not say which.
    WantsHand,
    /// Another program uses it.
    InUse,
    /// This user may not use it.
    Forbidden,
    /// Anything else, in the system's own words.
    Other(String),
}
