//! The system's printers through CUPS' own programs `lp` and `lpstat`; no shell is involved.

use super::{A4, Job, JobState, PrintError, Printer, Promise, Raw, Sheet};
use crate::{DeviceState, Trouble};
use std::process::Stdio;
use tokio::{io::AsyncWriteExt as _, process::Command};

/// A printer that CUPS knows.
#[derive(Clone, Debug)]
pub struct Cups {
    queue: String,
    server: Option<String>,
}

impl Cups {
    /// The printer with this queue name.
    #[must_use]
    pub fn new(queue: impl Into<String>) -> Self {
        Self { queue: queue.into(), server: None }
    }

    /// The printer of this name at another CUPS than this machine's own: "host" or "host:port".
    #[must_use]
    pub fn on_server(self, server: impl Into<String>) -> Self {
        Self { server: Some(server.into()), ..self }
    }

    /// The names of all queues, the default one first; none where there is no CUPS.
    pub async fn printers() -> Vec<String> {
        let all = said(program("lpstat", None).arg("-e")).await.unwrap_or_default();
        let default = said(program("lpstat", None).arg("-d")).await.unwrap_or_default();
        let default = default.rsplit(": ").next().map(str::trim).unwrap_or_default().to_owned();
        let mut names: Vec<String> = all.lines().map(|name| name.trim().to_owned()).collect();
        names.retain(|name| !name.is_empty());
        names.sort_by_key(|name| *name != default);
        names
    }

    async fn lp(&self, title: &str, option: &str, content: &[u8]) -> Result<Job, PrintError> {
        let refused = |error: std::io::Error| PrintError::Refused(error.to_string());
        let mut child = program("lp", self.server.as_deref())
            .args(["-d", &self.queue, "-t", title, "-o", option])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(refused)?;
        // A queue that does not exist ends `lp` before it reads: what it says is then the better reason.
        let written = match child.stdin.take() {
            Some(mut input) => input.write_all(content).await,
            None => Ok(()),
        };
        let output = child.wait_with_output().await.map_err(refused)?;
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(if why.contains("does not exist") {
                PrintError::NoPrinter(self.queue.clone())
            } else {
                PrintError::Refused(why)
            });
        }
        written.map_err(refused)?;
        // "request id is A4-12 (1 file(s))"
        let id = answer.split_whitespace().find(|word| word.starts_with(&format!("{}-", self.queue)));
        id.map(|id| Job(id.to_owned())).ok_or(PrintError::Refused(answer))
    }

    async fn look(&self) -> DeviceState {
        match self.lpstat(&["-l", "-p"]).await {
            None => DeviceState::Absent,
            Some(text) => read_state(&text),
        }
    }

    async fn lpstat(&self, what: &[&str]) -> Option<String> {
        said(program("lpstat", self.server.as_deref()).args(what).arg(&self.queue)).await
    }

    /// Whether a job is listed; none when CUPS does not answer.
    async fn lists(&self, which: &str, job: &Job) -> Option<bool> {
        let text = self.lpstat(&["-W", which, "-o"]).await?;
        Some(text.lines().any(|line| line.split_whitespace().next() == Some(&job.0)))
    }

    /// CUPS' programs list a job as completed when it was sent to the printer, and also when somebody cancelled it.
    async fn follow(&self, job: &Job) -> JobState {
        match self.lists("not-completed", job).await {
            Some(true) => match self.look().await {
                DeviceState::Attention(trouble) | DeviceState::Broken(trouble) => JobState::Held(trouble),
                _ => JobState::Printing,
            },
            Some(false) => match self.lists("completed", job).await {
                Some(true) => JobState::Done,
                _ => JobState::Unknown,
            },
            None => JobState::Unknown,
        }
    }
}

impl Printer for Cups {
    fn name(&self) -> String {
        self.queue.clone()
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        Box::pin(self.follow(job))
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        Box::pin(self.look())
    }
}

impl A4 for Cups {
    fn print<'a>(&'a self, sheet: &'a Sheet) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.lp(&sheet.title, "media=A4", &sheet.pdf))
    }
}

impl Raw for Cups {
    fn send<'a>(&'a self, title: &'a str, bytes: &'a [u8]) -> Promise<'a, Result<Job, PrintError>> {
        Box::pin(self.lp(title, "raw", bytes))
    }
}

/// Reads `lpstat -l -p NAME`: "printer A4 is idle. …", then a line of the printer's own words, then
/// "Alerts: media-empty-error, …".
fn read_state(text: &str) -> DeviceState {
    let first = text.lines().next().unwrap_or_default();
    let alerts = text.lines().find_map(|line| line.trim().strip_prefix("Alerts:")).unwrap_or_default();
    let said = text.lines().nth(1).unwrap_or_default().trim();
    let said = if said == "Form mounted:" { "" } else { said };
    if let Some(trouble) = alert(alerts) {
        return DeviceState::Attention(trouble);
    }
    if first.contains(" disabled since") {
        return DeviceState::Broken(match said {
            "" | "Paused" => Trouble::Paused,
            said => Trouble::Other(said.to_owned()),
        });
    }
    if said.contains("may not exist or is unavailable") || said.contains("not responding") {
        return DeviceState::Attention(Trouble::Offline);
    }
    DeviceState::Ready
}

/// What an alert of IPP means; notes that a printer works on with mean nothing.
fn alert(alerts: &str) -> Option<Trouble> {
    let known = [
        ("media-empty", Trouble::OutOfPaper),
        ("media-needed", Trouble::OutOfPaper),
        ("media-jam", Trouble::PaperJam),
        ("cover-open", Trouble::CoverOpen),
        ("door-open", Trouble::CoverOpen),
        ("toner-empty", Trouble::OutOfToner),
        ("marker-supply-empty", Trouble::OutOfToner),
        ("offline", Trouble::Offline),
        ("connecting-to-device", Trouble::Offline),
    ];
    known.into_iter().find(|(word, _)| alerts.contains(word)).map(|(_, trouble)| trouble)
}

/// One of CUPS' programs, speaking English whatever this machine speaks.
fn program(name: &str, server: Option<&str>) -> Command {
    let mut command = Command::new(name);
    command.env("LC_ALL", "C").kill_on_drop(true);
    if let Some(server) = server {
        command.args(["-h", server]);
    }
    command
}

async fn said(command: &mut Command) -> Option<String> {
    let output = command.output().await.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(first: &str, said: &str, alerts: &str) -> DeviceState {
        read_state(&format!("{first}\n{said}\tForm mounted:\n\tAlerts: {alerts}\n\tLocation: \n"))
    }

    #[test]
    fn what_cups_says_of_a_printer() {
        let idle = "printer A4 is idle.  enabled since Wed Nov 25 07:16:11 2026";
        assert_eq!(state(idle, "", "none"), DeviceState::Ready);
        assert_eq!(state(idle, "", "media-low-report"), DeviceState::Ready);
        assert_eq!(state(idle, "", "media-empty-error"), DeviceState::Attention(Trouble::OutOfPaper));
        let away = "\tThe printer may not exist or is unavailable at this time.\n";
        let busy = "printer A4 now printing A4-1.  enabled since Wed Nov 25 07:16:11 2026";
        assert_eq!(state(busy, away, "none"), DeviceState::Attention(Trouble::Offline));
        let stopped = "printer A4 disabled since Wed Nov 25 07:16:39 2026 -";
        assert_eq!(state(stopped, "\tPaused\n", "none"), DeviceState::Broken(Trouble::Paused));
        // The alert says the same: nothing prints until somebody sets it going again.
        assert_eq!(state(stopped, "\tPaused\n", "paused"), DeviceState::Broken(Trouble::Paused));
        let why = DeviceState::Broken(Trouble::Other("Filter failed".into()));
        assert_eq!(state(stopped, "\tFilter failed\n", "none"), why);
    }
}
