//! Last act: the packages for Debian, in a root of their own.

use super::{Args, install::package};
use anyhow::{Context as _, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tests::robot::{Province, SITE, Started, Story, Window, run, wait_for};
use tokio::process::Command;

pub async fn play(args: &Args, story: &mut Story, province: &Province, folder: &Path) -> anyhow::Result<()> {
    let root = Root::new(folder.join("root"))?;
    let mut saw = Vec::new();
    for app in ["server", "counter", "kiosk"] {
        let file = package(args, &format!("mot-cua-{app}_"), ".deb")?;
        root.dpkg(&["--install", &file.display().to_string()]).await?;
        let program = root.file(&format!("usr/bin/mot-cua-{app}")).display().to_string();
        saw.push(run(&program, &["--version"], &[]).await?.trim().to_owned());
    }
    let enabled = root.path.join("etc/systemd/system/multi-user.target.wants/mot-cua-server.service");
    ensure!(fs::symlink_metadata(&enabled).is_ok(), "the server is not started with the machine");
    let users = fs::read_to_string(root.file("etc/passwd"))?;
    ensure!(users.contains("mot-cua:"), "the server has no user of its own");
    story.saw("IT", "installs the packages for Debian", &saw, &[]);

    serves(&root, folder).await?;
    story.saw("IT", "starts the installed server", &["it answers".to_owned()], &[]);

    for app in ["counter", "kiosk"] {
        let data = folder.join(format!("linux-{app}"));
        let said = data.display().to_string();
        let arguments = ["--server", &province.url, "--site", SITE, "--renderer", "glow", "--data", &said];
        let program = root.file(&format!("usr/bin/mot-cua-{app}"));
        let mut window = Window::open(&program, &arguments, "1440x900", &data).await?;
        window.until("a first window", |seen| !seen["screen"].is_null()).await?;
        let picture = story.picture(&format!("linux-{app}"));
        window.picture(&picture).await?;
        story.saw(
            "IT",
            &format!("starts the installed {app}"),
            &["its window opens".to_owned()],
            &[&picture],
        );
        window.close().await?;
    }

    let kept = root.file("var/lib/mot-cua/server");
    fs::create_dir_all(&kept)?;
    root.dpkg(&["--purge", "mot-cua-server", "mot-cua-counter", "mot-cua-kiosk"]).await?;
    ensure!(!root.file("usr/lib/mot-cua").exists(), "programs are left");
    ensure!(!root.file("etc/mot-cua").exists(), "configuration is left");
    ensure!(kept.exists(), "the data is gone");
    story.saw("IT", "purges them", &["programs and configuration gone, data kept".to_owned()], &[]);
    Ok(())
}

async fn serves(root: &Root, folder: &Path) -> anyhow::Result<()> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = Command::new(root.file("usr/bin/mot-cua-server"));
    command.arg("--data").arg(folder.join("linux-server")).args([
        "serve",
        "--listen",
        &format!("127.0.0.1:{port}"),
    ]);
    let mut server = Started::new("mot-cua-server", command, &folder.join("linux-server.log"))?;
    wait_for("the installed server", async || {
        server.check()?;
        let ready = reqwest::get(format!("http://127.0.0.1:{port}/readyz")).await;
        Ok(ready.is_ok_and(|answer| answer.status().is_success()).then_some(()))
    })
    .await?;
    server.stop().await
}

/// A root with nothing in it but dpkg's own books. Scripts of packages run on this machine, told of the other root.
struct Root {
    path: PathBuf,
}

impl Root {
    fn new(path: PathBuf) -> anyhow::Result<Self> {
        for folder in
            ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers", "etc", "run", "tmp"]
        {
            fs::create_dir_all(path.join(folder))?;
        }
        fs::write(path.join("var/lib/dpkg/status"), "")?;
        fs::write(path.join("var/lib/dpkg/available"), "")?;
        Ok(Self { path })
    }

    fn file(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    async fn dpkg(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let root = format!("--root={}", self.path.display());
        let all = [root.as_str(), "--force-not-root", "--force-script-chrootless", "--force-depends"];
        let all: Vec<&str> = all.into_iter().chain(arguments.iter().copied()).collect();
        run("dpkg", &all, &[]).await.map(drop).context("dpkg")
    }
}
