//! Starting a program again when it dies, and keeping why it died.

mod child;

pub use child::Child;

use crate::service::Told;
use std::{collections::VecDeque, fmt, io, time::Duration};

/// The first pause before a new start; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A program that ran so long was well: the pauses begin anew.
const WELL: Duration = Duration::from_secs(600);
/// Last lines of a program that are kept.
pub const LAST_LINES: usize = 30;

/// The exit code of a program that wants to be started again at once: another version lies in its place.
pub const START_AGAIN: u8 = 75;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// With what.
    pub how: How,
    /// The last lines that it wrote to standard error: a panic stands there.
    pub last: VecDeque<String>,
}

/// With what a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It was closed on purpose.
    OnPurpose,
    /// It wants to be started again.
    ToStartAgain,
    /// With this exit code.
    Code(i32),
    /// Killed by this signal.
    Signal(i32),
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnPurpose => f.write_str("closed on purpose"),
            Self::ToStartAgain => f.write_str("to start again"),
            // Windows' codes of failure are read in this way.
            Self::Code(code) if *code < 0 || *code > 255 => write!(f, "exit code {code:#010X}"),
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

/// A program that can be started again and again.
pub trait Program {
    /// Starts it and waits until it ends; ends it when this promise is dropped.
    ///
    /// # Errors
    /// When it cannot be started.
    fn run(&mut self) -> impl Future<Output = io::Result<Ended>> + Send;
}

/// Time, for whoever watches.
pub trait Pace {
    /// Time since some beginning.
    fn now(&self) -> Duration;
    /// Lets so much time pass.
    fn pause(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// The machine's own time.
#[derive(Clone, Copy, Debug)]
pub struct RealPace(tokio::time::Instant);

impl Default for RealPace {
    fn default() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Pace for RealPace {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Why the watch is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The program was closed on purpose.
    Closed,
    /// The system told the watch to stop; the program was ended with it.
    Stopped,
}

/// Keeps a program running until it is closed on purpose or the system says stop. Every other end is logged with its
/// reason and the program's last lines.
pub async fn watch(program: &mut impl Program, pace: &impl Pace, told: &Told) -> Over {
    tokio::select! {
        over = keep_running(program, pace) => over,
        () = told.stop() => Over::Stopped,
    }
}

async fn keep_running(program: &mut impl Program, pace: &impl Pace) -> Over {
    let mut pause = FIRST_PAUSE;
    loop {
        let started = pace.now();
        match program.run().await {
            Ok(Ended { how: How::OnPurpose, .. }) => {
                tracing::info!("the program was closed on purpose");
                return Over::Closed;
            }
            Ok(Ended { how: How::ToStartAgain, .. }) => {
                tracing::info!("the program wants to be started again");
                pause = FIRST_PAUSE;
                continue;
            }
            Ok(Ended { how, last }) => {
                let last = Vec::from(last).join("\n");
                tracing::error!(%how, last, "the program died");
            }
            Err(error) => tracing::error!(%error, "the program cannot be started"),
        }
        if pace.now().saturating_sub(started) >= WELL {
            pause = FIRST_PAUSE;
        }
        pace.pause(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests;
