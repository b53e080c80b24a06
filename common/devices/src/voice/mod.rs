//! Speech: clips joined without gaps, spoken one announcement after the other, on this machine's own loudspeaker, into
//! a file, or into memory.

mod queue;
mod simulator;
mod sound;
#[cfg(feature = "speaker")]
mod system;
mod wav_file;

pub use queue::{Announcement, Queue};
pub use simulator::{Fault, Simulator};
pub use sound::{NotASound, RATE, Sound};
#[cfg(feature = "speaker")]
pub use system::System;
pub use wav_file::WavFile;

use crate::Trouble;

/// How loud, in percent; more than everything there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume(u8);

impl Volume {
    /// As loud as was recorded.
    pub const FULL: Self = Self(100);

    /// So many percent, 100 at most.
    #[must_use]
    pub fn percent(percent: u8) -> Self {
        Self(percent.min(100))
    }

    /// What samples are multiplied by.
    #[must_use]
    pub fn gain(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

/// Something was not heard.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SpeakError {
    /// There is no loudspeaker, or it was taken away.
    #[error("no loudspeaker")]
    Absent,
    /// It did not take the sound: why, in the system's own words.
    #[error("the loudspeaker refused: {0}")]
    Refused(String),
}

impl SpeakError {
    /// How the loudspeaker stands when it answers so.
    fn state(&self) -> crate::DeviceState {
        match self {
            Self::Absent => crate::DeviceState::Absent,
            Self::Refused(why) => crate::DeviceState::Broken(Trouble::Other(why.clone())),
        }
    }
}

/// What makes sounds heard.
pub trait Speaker: Send {
    /// Plays a sound; returns once it was heard to its end.
    ///
    /// # Errors
    /// [`SpeakError`] when it was not.
    fn play(&mut self, sound: &Sound, volume: Volume) -> Result<(), SpeakError>;
}

#[cfg(test)]
mod tests;
