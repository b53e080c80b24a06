//! A loudspeaker that exists in memory only and can be broken at will.

use super::{Sound, SpeakError, Speaker, Volume};
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong with the simulated loudspeaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Unplugged.
    Gone,
    /// Another program holds it.
    Held,
}

#[derive(Debug, Default)]
struct State {
    fault: Option<Fault>,
    heard: Vec<(Sound, Volume)>,
}

/// A simulated loudspeaker; clones are the same one.
#[derive(Clone, Debug, Default)]
pub struct Simulator {
    state: Arc<Mutex<State>>,
}

impl Simulator {
    /// Breaks or mends it.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.with(|state| state.fault = fault);
    }

    /// What was heard, in order.
    #[must_use]
    pub fn heard(&self) -> Vec<(Sound, Volume)> {
        self.with(|state| state.heard.clone())
    }

    fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Speaker for Simulator {
    fn play(&mut self, sound: &Sound, volume: Volume) -> Result<(), SpeakError> {
        self.with(|state| match state.fault {
            Some(Fault::Gone) => Err(SpeakError::Absent),
            Some(Fault::Held) => Err(SpeakError::Refused("device or resource busy".to_owned())),
            None => {
                state.heard.push((sound.clone(), volume));
                Ok(())
            }
        })
    }
}
