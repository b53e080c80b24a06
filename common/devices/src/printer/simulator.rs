//! A printer that exists in memory only and can be broken at will. It takes A4 sheets and raw bytes.

use super::{A4, Job, JobState, PrintError, Printer, Promise, Raw, Sheet};
use crate::{DeviceState, Trouble};
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong with the simulated printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Unplugged: nothing can be handed over.
    Gone,
    /// Takes the document, but there is no paper.
    OutOfPaper,
    /// Takes the document and says nothing more.
    Silent,
    /// Takes its time: the document is on paper only after so many questions.
    Slow(usize),
}

#[derive(Debug, Default)]
struct State {
    fault: Option<Fault>,
    printed: Vec<(String, Vec<u8>)>,
    jobs: usize,
    questions: usize,
}

/// A simulated printer; clones are the same printer.
#[derive(Clone, Debug, Default)]
pub struct Simulator {
    state: Arc<Mutex<State>>,
}

impl Simulator {
    /// Breaks or mends it.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.with(|state| state.fault = fault);
    }

    /// Title and content of every document that came out.
    #[must_use]
    pub fn printed(&self) -> Vec<(String, Vec<u8>)> {
        self.with(|state| state.printed.clone())
    }

    fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self, title: &str, content: &[u8]) -> Result<Job, PrintError> {
        self.with(|state| {
            if state.fault == Some(Fault::Gone) {
                return Err(PrintError::NoPrinter("simulator".to_owned()));
            }
            state.jobs += 1;
            state.questions = 0;
            if !matches!(state.fault, Some(Fault::OutOfPaper | Fault::Silent)) {
                state.printed.push((title.to_owned(), content.to_vec()));
            }
            Ok(Job(state.jobs.to_string()))
        })
    }
}

impl Printer for Simulator {
    fn name(&self) -> String {
        "simulator".to_owned()
    }

    fn job<'a>(&'a self, _job: &'a Job) -> Promise<'a, JobState> {
        let state = self.with(|state| {
            state.questions += 1;
            match state.fault {
                None => JobState::Done,
                Some(Fault::Slow(patience)) if state.questions > patience => JobState::Done,
                Some(Fault::Slow(_)) => JobState::Printing,
                Some(Fault::OutOfPaper) => JobState::Held(Trouble::OutOfPaper),
                Some(Fault::Gone | Fault::Silent) => JobState::Unknown,
            }
        });
        Box::pin(async { state })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        let state = self.with(|state| match state.fault {
            None | Some(Fault::Silent | Fault::Slow(_)) => DeviceState::Ready,
            Some(Fault::OutOfPaper) => DeviceState::Attention(Trouble::OutOfPaper),
            Some(Fault::Gone) => DeviceState::Absent,
        });
        Box::pin(async { state })
    }
}

impl A4 for Simulator {
    fn print<'a>(&'a self, sheet: &'a Sheet) -> Promise<'a, Result<Job, PrintError>> {
        let outcome = self.take(&sheet.title, &sheet.pdf);
        Box::pin(async { outcome })
    }
}

impl Raw for Simulator {
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        let outcome = self.take(title, bytes);
        Box::pin(async { outcome })
    }
}
