//! Programs that are started, waited for and stopped by their own id.

use anyhow::{Context as _, bail};
use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::{process::Child, process::Command, time::interval};

/// A started program; stopped when dropped.
pub struct Started {
    pub name: String,
    child: Child,
}

impl Started {
    /// Starts `command`, its output going to `log`.
    pub fn new(name: &str, mut command: Command, log: &Path) -> anyhow::Result<Self> {
        let file = std::fs::File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// Fails when the program has ended by itself.
    pub fn check(&mut self) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("{} ended: {status}", self.name),
            None => Ok(()),
        }
    }

    /// Waits until it ends by itself.
    pub async fn ended(&mut self) -> anyhow::Result<()> {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        ended.with_context(|| format!("{} did not end", self.name))??;
        Ok(())
    }

    /// Ends it.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        self.child.start_kill()?;
        self.child.wait().await?;
        Ok(())
    }
}

/// How long anything may take on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks again until there is an answer.
pub async fn wait_for<T>(
    what: &str,
    mut ask: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let began = Instant::now();
    let mut ticks = interval(Duration::from_millis(40));
    loop {
        ticks.tick().await;
        if let Some(found) = ask().await? {
            return Ok(found);
        }
        if began.elapsed() > PATIENCE {
            bail!("waited in vain for {what}");
        }
    }
}

/// Runs a program to its end and gives what it printed.
pub async fn run(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .await
        .with_context(|| format!("{program} cannot be run"))?;
    if !output.status.success() {
        bail!("{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
