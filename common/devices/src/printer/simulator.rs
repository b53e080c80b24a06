//! A printer that exists in memory only and can be broken at will.

use super::{A4, Job, JobState, PrintError, Promise};
use crate::DeviceState;
use std::sync::{Mutex, PoisonError};

/// What is wrong with the simulated printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Unplugged: nothing can be handed over.
    Gone,
    /// Takes the sheet, but there is no paper.
    OutOfPaper,
    /// Takes the sheet and says nothing more.
    Silent,
}

#[derive(Debug, Default)]
struct State {
    fault: Option<Fault>,
    printed: Vec<(String, Vec<u8>)>,
    jobs: usize,
}

/// A simulated printer.
#[derive(Debug, Default)]
pub struct Simulator {
    state: Mutex<State>,
}

impl Simulator {
    /// Breaks or mends it.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.with(|state| state.fault = fault);
    }

    /// Title and content of every sheet that came out.
    #[must_use]
    pub fn printed(&self) -> Vec<(String, Vec<u8>)> {
        self.with(|state| state.printed.clone())
    }

    fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl A4 for Simulator {
    fn name(&self) -> String {
        "simulator".to_owned()
    }

    fn print<'a>(&'a self, title: &'a str, pdf: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        let outcome = self.with(|state| {
            if state.fault == Some(Fault::Gone) {
                return Err(PrintError::NoPrinter("simulator".to_owned()));
            }
            state.jobs += 1;
            if state.fault.is_none() {
                state.printed.push((title.to_owned(), pdf.to_vec()));
            }
            Ok(Job(state.jobs.to_string()))
        });
        Box::pin(async { outcome })
    }

    fn job<'a>(&'a self, _job: &'a Job) -> Promise<'a, JobState> {
        let state = self.with(|state| match state.fault {
            None => JobState::Done,
            Some(Fault::OutOfPaper) => JobState::Failed("out of paper".to_owned()),
            Some(Fault::Gone | Fault::Silent) => JobState::Unknown,
        });
        Box::pin(async { state })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        let state = self.with(|state| match state.fault {
            None | Some(Fault::Silent) => DeviceState::Ready,
            Some(Fault::OutOfPaper) => DeviceState::Attention("out of paper".to_owned()),
            Some(Fault::Gone) => DeviceState::Absent,
        });
        Box::pin(async { state })
    }
}
