//! Archives of invented cases: made once by the server's own command, kept for the next run.

use crate::Bench;
use anyhow::{Context as _, ensure};
use api::{Intake, Session, SignIn, SignInRequest};
use client::Client;
use domain::{ids::CommandId, time::ManualClock};
use server::{Config, Running, store::Db};
use std::{path::Path, sync::Arc, time::Duration};
use tests::{PASSWORD, at};
use tokio::process::Command;

/// When every archive ends.
const NOW: &str = "2026-11-23T08:42";
/// Cases that lie on one division's desk in every archive, so that a page of work is full in the smallest too.
const ON_ONE_DESK: usize = 150;
/// Whose desk that is.
pub const SPECIALIST: &str = "maison.tuphap";
/// A million cases take minutes.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// A server that stands on an archive.
pub struct Archive {
    /// The server.
    pub running: Running,
    /// A session of the specialist with the full desk.
    pub session: Session,
}

impl Archive {
    /// Opens an archive of so many cases, making it first if there is none.
    pub async fn open(bench: &Bench, cases: u32) -> anyhow::Result<Self> {
        let folder = bench.archives.join(format!("cases-{cases}"));
        let whole = folder.join("whole");
        if !whole.exists() {
            eprintln!("making an archive of {cases} cases in {}", folder.display());
            make(&bench.programs.join("server"), &folder, cases).await?;
            let running = serve(&folder).await?;
            fill_the_desk(&running).await?;
            running.stop().await;
            std::fs::write(&whole, NOW)?;
        }
        let running = serve(&folder).await?;
        let (_, session) = sign_in(&running, SPECIALIST).await?;
        Ok(Self { running, session })
    }

    /// The codes of all cases.
    pub async fn codes(&self) -> anyhow::Result<Vec<String>> {
        let Db::Sqlite { read, .. } = &self.running.app.db else { anyhow::bail!("not SQLite") };
        Ok(sqlx::query_scalar("SELECT code FROM cases").fetch_all(read).await?)
    }
}

async fn make(program: &Path, folder: &Path, cases: u32) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let cases = cases.to_string();
    let steps: [&[&str]; 3] = [
        &["load-pack", "sonla-2014"],
        &["demo-staff", "--password", PASSWORD],
        &["demo-data", "--cases", &cases, "--years", "5", "--seed", "1", "--now", NOW],
    ];
    for step in steps {
        let mut command = Command::new(program);
        command.arg("--data").arg(folder).args(step).kill_on_drop(true);
        let output =
            tokio::time::timeout(PATIENCE, command.output()).await.context("it takes too long")??;
        ensure!(output.status.success(), "server {step:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

async fn serve(folder: &Path) -> anyhow::Result<Running> {
    let config = Config {
        listen: "127.0.0.1:0".parse()?,
        data: folder.to_owned(),
        public_url: Some("https://motcua.sonla.example".to_owned()),
        ..Config::default()
    };
    Ok(server::start(config, Arc::new(ManualClock::at(at(NOW)))).await?)
}

async fn sign_in(running: &Running, login: &str) -> anyhow::Result<(Client, Session)> {
    let client = Client::new(&running.url)?;
    let request = SignInRequest { login: login.to_owned(), password: PASSWORD.to_owned() };
    let session = client.call::<SignIn>(&(), &request).await?;
    client.set_token(Some(session.token.clone()));
    Ok((client, session))
}

async fn fill_the_desk(running: &Running) -> anyhow::Result<()> {
    let (clerk, _) = sign_in(running, "maison.quay3").await?;
    for _ in 0..ON_ONE_DESK {
        clerk.command::<Intake>(CommandId::new(), &(), &tests::birth()).await?;
    }
    Ok(())
}
