//! Following a paper that was handed over, until it is out, or will not come, or nobody knows.

use super::{Job, JobState, Printer};
use crate::Trouble;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How often a printer is asked how a paper goes.
const ASK: Duration = Duration::from_secs(1);
/// How long a printer may take that names no trouble; after that nobody knows.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long somebody may take to bring paper.
const PATIENCE_FOR_PEOPLE: Duration = Duration::from_secs(600);

/// What became of a paper that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// It is out.
    Done,
    /// It will not come.
    Failed(Trouble),
    /// Nobody knows; what the printer waited for, if it said so.
    Unknown(Option<Trouble>),
}

/// Asks the printer until a paper is out, or will not come, or patience is over; `held` hears what it waits for.
pub async fn follow(printer: &dyn Printer, job: &Job, held: impl Fn(&Trouble)) -> Followed {
    let began = Instant::now();
    let mut known: Option<Trouble> = None;
    loop {
        match printer.job(job).await {
            JobState::Done => return Followed::Done,
            JobState::Failed(why) => return Followed::Failed(why),
            JobState::Unknown => return Followed::Unknown(None),
            JobState::Held(why) => {
                if known.as_ref() != Some(&why) {
                    held(&why);
                    known = Some(why);
                }
            }
            JobState::Printing => known = None,
        }
        let patience = if known.is_some() { PATIENCE_FOR_PEOPLE } else { PATIENCE };
        if began.elapsed() > patience {
            return Followed::Unknown(known);
        }
        sleep(ASK).await;
    }
}
