//! The system's printers through CUPS' own programs `lp` and `lpstat`; no shell is involved.

use super::{A4, Job, JobState, PrintError, Promise};
use crate::DeviceState;
use std::process::Stdio;
use tokio::{io::AsyncWriteExt as _, process::Command};

/// A printer that CUPS knows.
#[derive(Clone, Debug)]
pub struct Cups {
    queue: String,
}

impl Cups {
    /// The printer with this queue name.
    #[must_use]
    pub fn new(queue: impl Into<String>) -> Self {
        Self { queue: queue.into() }
    }

    /// The names of all queues, the default one first; none where there is no CUPS.
    pub async fn queues() -> Vec<String> {
        let all = lpstat(&["-e"]).await.unwrap_or_default();
        let default = lpstat(&["-d"]).await.unwrap_or_default();
        let default = default.rsplit(": ").next().map(str::trim).unwrap_or_default().to_owned();
        let mut names: Vec<String> = all.lines().map(|name| name.trim().to_owned()).collect();
        names.retain(|name| !name.is_empty());
        names.sort_by_key(|name| *name != default);
        names
    }

    async fn lp(&self, title: &str, pdf: &[u8]) -> Result<Job, PrintError> {
        let refused = |error: std::io::Error| PrintError::Refused(error.to_string());
        let mut child = Command::new("lp")
            .args(["-d", &self.queue, "-t", title, "-o", "media=A4"])
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(refused)?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(pdf).await.map_err(refused)?;
            input.shutdown().await.map_err(refused)?;
        }
        let output = child.wait_with_output().await.map_err(refused)?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(if why.contains("does not exist") {
                PrintError::NoPrinter(self.queue.clone())
            } else {
                PrintError::Refused(why)
            });
        }
        // "request id is A4-12 (1 file(s))"
        let id = said.split_whitespace().find(|word| word.starts_with(&format!("{}-", self.queue)));
        id.map(|id| Job(id.to_owned())).ok_or(PrintError::Refused(said))
    }
}

impl A4 for Cups {
    fn name(&self) -> String {
        self.queue.clone()
    }

    fn print<'a>(&'a self, title: &'a str, pdf: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.lp(title, pdf))
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        Box::pin(async move {
            let listed = |text: &str| text.lines().any(|line| line.split_whitespace().next() == Some(&job.0));
            match lpstat(&["-W", "not-completed", "-o", &self.queue]).await {
                Some(text) if listed(&text) => JobState::Printing,
                Some(_) => match lpstat(&["-W", "completed", "-o", &self.queue]).await {
                    Some(text) if listed(&text) => JobState::Done,
                    _ => JobState::Unknown,
                },
                None => JobState::Unknown,
            }
        })
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(async {
            match lpstat(&["-p", &self.queue]).await {
                None => DeviceState::Absent,
                Some(text) if text.contains("disabled") => DeviceState::Broken(second_line(&text)),
                Some(text) if text.contains("idle") || text.contains("printing") => DeviceState::Ready,
                Some(text) => DeviceState::Attention(second_line(&text)),
            }
        })
    }
}

fn second_line(text: &str) -> String {
    text.lines().nth(1).or_else(|| text.lines().next()).unwrap_or_default().trim().to_owned()
}

async fn lpstat(args: &[&str]) -> Option<String> {
    let output =
        Command::new("lpstat").args(args).env("LC_ALL", "C").kill_on_drop(true).output().await.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
