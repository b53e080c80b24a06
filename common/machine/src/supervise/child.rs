//! A program of this machine.

use super::{Ended, How, LAST_LINES, Program, START_AGAIN};
use std::{
    collections::VecDeque,
    ffi::OsString,
    io::{self, Write as _},
    path::PathBuf,
    process::{ExitStatus, Stdio},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::Command,
};

/// A program with its arguments.
#[derive(Clone, Debug)]
pub struct Child {
    /// Where it is.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// What is added to its environment.
    pub environment: Vec<(&'static str, &'static str)>,
}

impl Program for Child {
    async fn run(&mut self) -> io::Result<Ended> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .envs(self.environment.iter().copied())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let last = match child.stderr.take() {
            Some(said) => listen(said).await?,
            None => VecDeque::new(),
        };
        Ok(Ended { how: how(child.wait().await?), last })
    }
}

/// Hands on what a program says until it says no more, and keeps the last of it.
async fn listen(said: impl AsyncRead + Unpin) -> io::Result<VecDeque<String>> {
    let mut lines = BufReader::new(said).split(b'\n');
    let mut last = VecDeque::new();
    while let Some(line) = lines.next_segment().await? {
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        // Whoever started the watch may read along; if nobody does, the lines are kept all the same.
        drop(writeln!(io::stderr(), "{line}"));
        if last.len() == LAST_LINES {
            last.pop_front();
        }
        last.push_back(line);
    }
    Ok(last)
}

fn how(status: ExitStatus) -> How {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return How::Signal(signal);
    }
    match status.code() {
        Some(0) => How::OnPurpose,
        Some(code) if code == i32::from(START_AGAIN) => How::ToStartAgain,
        Some(code) => How::Code(code),
        None => How::Code(-1),
    }
}
