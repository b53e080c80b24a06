//! A province to play in: a server of its own with the demo data of Sơn La.

use super::{Started, run, wait_for};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// Everybody's password in the demo.
pub const PASSWORD: &str = "motcua-2026";
/// The agency where it is played: UBND huyện Mai Sơn.
pub const SITE: &str = "H52.125";

/// The server and its data.
pub struct Province {
    /// Where it answers.
    pub url: String,
    program: PathBuf,
    data: PathBuf,
    server: Started,
}

impl Province {
    /// Fills the folder `data` with an archive of so many cases and starts the server on it: Monday 23 November 2026,
    /// at 8.42, with a clock that can be moved.
    pub async fn open(program: &Path, data: &Path, cases: u32) -> anyhow::Result<Self> {
        let (said, data_text) = (program.display().to_string(), data.display().to_string());
        let cases = cases.to_string();
        for arguments in [
            vec!["load-pack", "sonla-2014"],
            vec!["demo-staff", "--password", PASSWORD],
            vec!["demo-data", "--cases", &cases, "--years", "1", "--seed", "1", "--now", "2026-11-23T08:30"],
        ] {
            let all: Vec<&str> = ["--data", &data_text].into_iter().chain(arguments).collect();
            run(&said, &all, &[]).await?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        let mut command = Command::new(program);
        command
            .args(["--data", &data_text, "serve", "--demo-clock", "--listen", &format!("127.0.0.1:{port}")])
            .env("MOTCUA_CLOCK", "2026-11-23T08:42");
        let mut server = Started::new("server", command, &data.with_extension("log"))?;
        wait_for("the server", async || {
            server.check()?;
            let ready = reqwest::get(format!("{url}/readyz")).await;
            Ok(ready.is_ok_and(|answer| answer.status().is_success()).then_some(()))
        })
        .await?;
        Ok(Self { url, program: program.to_owned(), data: data.to_owned(), server })
    }

    /// The key of an agency's hall.
    pub async fn hall_key(&self, site: &str) -> anyhow::Result<String> {
        let (program, data) = (self.program.display().to_string(), self.data.display().to_string());
        Ok(run(&program, &["--data", &data, "hall-key", site], &[]).await?.trim().to_owned())
    }

    /// The folder of releases that the server offers.
    #[must_use]
    pub fn updates(&self) -> PathBuf {
        self.data.join("updates")
    }

    /// Stops the server and lets it check what it holds.
    pub async fn close(mut self) -> anyhow::Result<()> {
        self.server.stop().await?;
        let (program, data) = (self.program.display().to_string(), self.data.display().to_string());
        for check in ["fsck", "verify"] {
            run(&program, &["--data", &data, check], &[]).await?;
        }
        Ok(())
    }
}
