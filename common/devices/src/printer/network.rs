//! Roll printers in the network: bytes to port 9100.
//!
//! Many of them answer questions on the same line (ESC/POS `DLE EOT`), many do not. One that answers is believed;
//! of one that does not, only what the line itself shows is claimed.

use super::{Job, JobState, PrintError, Printer, Promise, Raw};
use crate::{DeviceState, Trouble};
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// How long a printer may take to pick up.
const PICK_UP: Duration = Duration::from_secs(4);
/// How long it may take to answer a question.
const ANSWER: Duration = Duration::from_millis(800);
/// How long it may hold up the line while it prints.
const SWALLOW: Duration = Duration::from_secs(30);
/// "Why are you offline?"
const WHY_OFFLINE: [u8; 3] = [0x10, 0x04, 2];
/// "How is your paper?", answered at once.
const PAPER: [u8; 3] = [0x10, 0x04, 4];
/// "How is your paper?", answered in its turn: when everything before is printed.
const PAPER_IN_TURN: [u8; 3] = [0x1D, b'r', 1];

/// A printer at an address of the network.
#[derive(Clone, Debug)]
pub struct Network {
    host: String,
    port: u16,
}

/// What a printer says about itself.
enum Said {
    /// Nothing: it is one of those that do not answer.
    Nothing,
    /// That it can print.
    Well,
    /// That it can print, but not for long.
    Low,
    /// That it cannot.
    Ill(Trouble),
}

impl Network {
    /// The printer at `host` and `port`.
    #[must_use]
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let connecting = TcpStream::connect((self.host.as_str(), self.port));
        timeout(PICK_UP, connecting).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    async fn hand_over(&self, title: &str, bytes: &[u8]) -> Result<Job, PrintError> {
        let away = |_: io::Error| PrintError::NotNow(Trouble::Offline);
        let mut line = self.connect().await.map_err(away)?;
        let said = ask(&mut line).await.map_err(away)?;
        if let Said::Ill(trouble) = said {
            return Err(PrintError::NotNow(trouble));
        }
        let sending = async {
            line.write_all(bytes).await?;
            line.flush().await
        };
        let end = match (timeout(SWALLOW, sending).await, said) {
            (Ok(Ok(())), Said::Well | Said::Low) => finished(&mut line).await,
            (Ok(Ok(())), _) => closed(&mut line).await,
            // Torn in the middle: part of the receipt may be on paper.
            _ => End::Unknown,
        };
        Ok(Job(format!("{}:{title}", end.word())))
    }
}

/// How a document ended; it is known before its job has a name, so the name carries it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    OutOfPaper,
    Unknown,
}

impl End {
    const ALL: [Self; 3] = [Self::Done, Self::OutOfPaper, Self::Unknown];

    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OutOfPaper => "out-of-paper",
            Self::Unknown => "unknown",
        }
    }

    fn of(job: &Job) -> Self {
        let word = job.0.split(':').next().unwrap_or_default();
        Self::ALL.into_iter().find(|end| end.word() == word).unwrap_or(Self::Unknown)
    }
}

/// Asks a talking printer in its turn: the answer comes when the paper is out.
async fn finished(line: &mut TcpStream) -> End {
    let mut answer = [0];
    let asking = async {
        line.write_all(&PAPER_IN_TURN).await?;
        line.read_exact(&mut answer).await
    };
    match (timeout(SWALLOW, asking).await, answer) {
        (Ok(Ok(_)), [bits]) if bits & 0b1100 == 0 => End::Done,
        (Ok(Ok(_)), _) => End::OutOfPaper,
        _ => End::Unknown,
    }
}

/// A printer that does not talk has at least taken everything when it lets the line go in peace.
async fn closed(line: &mut TcpStream) -> End {
    match line.shutdown().await {
        Ok(()) => End::Done,
        Err(_) => End::Unknown,
    }
}

async fn ask(line: &mut TcpStream) -> io::Result<Said> {
    let Some(offline) = question(line, WHY_OFFLINE).await? else { return Ok(Said::Nothing) };
    let paper = question(line, PAPER).await?.unwrap_or(0);
    Ok(if offline & 0b100 != 0 {
        Said::Ill(Trouble::CoverOpen)
    } else if paper & 0b110_0000 != 0 || offline & 0b10_0000 != 0 {
        Said::Ill(Trouble::OutOfPaper)
    } else if offline & 0b100_0000 != 0 {
        Said::Ill(Trouble::WantsHand)
    } else if paper & 0b1100 != 0 {
        Said::Low
    } else {
        Said::Well
    })
}

async fn question(line: &mut TcpStream, words: [u8; 3]) -> io::Result<Option<u8>> {
    line.write_all(&words).await?;
    let mut answer = [0];
    match timeout(ANSWER, line.read_exact(&mut answer)).await {
        Ok(Ok(_)) => Ok(answer.first().copied()),
        Ok(Err(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

impl Printer for Network {
    fn name(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        let state = match End::of(job) {
            End::Done => JobState::Done,
            End::OutOfPaper => JobState::Held(Trouble::OutOfPaper),
            End::Unknown => JobState::Unknown,
        };
        Box::pin(async { state })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(async {
            let said = match self.connect().await {
                Ok(mut line) => ask(&mut line).await,
                Err(error) => Err(error),
            };
            match said {
                Ok(Said::Nothing | Said::Well) => DeviceState::Ready,
                Ok(Said::Low) => DeviceState::Attention(Trouble::PaperLow),
                Ok(Said::Ill(trouble)) => DeviceState::Attention(trouble),
                Err(_) => DeviceState::Broken(Trouble::Offline),
            }
        })
    }
}

impl Raw for Network {
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.hand_over(title, bytes))
    }
}
