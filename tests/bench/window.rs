//! The clerk's app as it is shipped, in a real window on a virtual display: how soon it can be used, whether it draws
//! when nothing happens, and how much memory it holds.
//!
//! The first usable frame is the one that draws the sign-in form and gives it the keyboard; the app says so in its test
//! state. While nothing happens, each waking of the thread that draws is counted: it cannot draw without waking, and all
//! wakings within a quarter of a second are one.

use crate::{
    Bench,
    archive::{Archive, SPECIALIST},
    figures::{median, millis, quantile},
    report::Report,
};
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tests::{PASSWORD, robot::Screen};
use tokio::{
    process::{Child, Command},
    time::interval,
};

/// Starts that count; one before them warms the disk's cache up.
const STARTS: usize = 5;
/// Milliseconds until the first usable frame.
const START: f64 = 1_000.0;
/// Megabytes.
const MEMORY: f64 = 200.0;
/// Drawing for the clock's minute, and nothing else.
const WAKINGS: f64 = 3.0;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the thread that draws is looked at.
const GLANCE: Duration = Duration::from_millis(250);

/// Start, rest, memory.
pub fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    bench.inside.block_on(async {
        let archive = Archive::open(bench, bench.sizes.0).await?;
        let folder = tempfile::tempdir()?;
        let screen = Screen::open("1440x900", folder.path()).await?;
        let place = Place { bench, server: &archive.running.url, display: screen.name() };
        let mut times = Vec::new();
        for start in 0..=STARTS {
            let app =
                App::open(&place, false, |seen| seen["screen"] == "sign_in" && seen["focused"] == "Login")
                    .await?;
            if start > 0 {
                times.push(millis(app.took));
            }
            app.close().await?;
        }
        let beside = format!("slowest of {STARTS}: {:.0} ms", quantile(&times, 1.0));
        report.below("counter-app, start to the first usable frame", &beside, median(&times), START, "ms");

        let mut app = App::open(&place, true, |seen| seen["work"].as_u64() > Some(0)).await?;
        let memory = app.memory()?;
        let beside = format!("{:.0} MB of it are the app's own pages", memory.own);
        report.below("counter-app, resident with a work list open", &beside, memory.resident, MEMORY, "MB");
        app.rest(Duration::from_secs(2)).await?;
        let wakings = app.wakings(bench.idle).await?;
        let beside =
            format!("watched for {} s; the clock's minute is drawn once or twice", bench.idle.as_secs());
        report.below("counter-app, drawing while nothing happens", &beside, wakings as f64, WAKINGS, "times");
        app.close().await?;
        screen.close().await?;
        archive.running.stop().await;
        anyhow::Ok(())
    })
}

/// Where the app is opened.
struct Place<'a> {
    bench: &'a Bench,
    server: &'a str,
    display: &'a str,
}

/// An app in its window.
struct App {
    child: Child,
    took: Duration,
    proc: PathBuf,
    _folder: tempfile::TempDir,
}

struct Memory {
    resident: f64,
    own: f64,
}

impl App {
    /// Opens it and waits until what it shows is `reached`.
    async fn open(place: &Place<'_>, signed_in: bool, reached: fn(&Value) -> bool) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let state = folder.path().join("state.json");
        let mut command = Command::new(place.bench.programs.join("counter-app"));
        command
            .args(["--server", place.server, "--site", "H52.125", "--data"])
            .arg(folder.path().join("data"))
            .env("DISPLAY", place.display)
            .env("LC_ALL", "C.UTF-8")
            .env("MOTCUA_TEST_STATE", &state)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.path().join("log"))?)
            .kill_on_drop(true);
        if signed_in {
            command.env("MOTCUA_LOGIN", SPECIALIST).env("MOTCUA_PASSWORD", PASSWORD);
        }
        let begun = Instant::now();
        let mut child = command.spawn().context("counter-app cannot be started")?;
        let proc = Path::new("/proc").join(child.id().context("it has ended")?.to_string());
        let mut ticks = interval(Duration::from_millis(2));
        loop {
            ticks.tick().await;
            let shown =
                std::fs::read(&state).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
            if shown.as_ref().is_some_and(reached) {
                return Ok(Self { child, took: begun.elapsed(), proc, _folder: folder });
            }
            if child.try_wait()?.is_some() || begun.elapsed() > PATIENCE {
                bail!("{shown:?}: {}", std::fs::read_to_string(folder.path().join("log"))?);
            }
        }
    }

    /// Megabytes that it holds.
    fn memory(&self) -> anyhow::Result<Memory> {
        let text = std::fs::read_to_string(self.proc.join("status"))?;
        let megabytes = |name: &str| -> anyhow::Result<f64> { Ok(number(&text, name)? as f64 / 1_024.0) };
        Ok(Memory { resident: megabytes("VmRSS:")?, own: megabytes("RssAnon:")? })
    }

    /// How often the thread that draws has waited so far, and so been woken.
    fn woken(&self) -> anyhow::Result<u64> {
        let thread = self.proc.join("task").join(self.proc.file_name().context("no id")?);
        number(&std::fs::read_to_string(thread.join("status"))?, "voluntary_ctxt_switches:")
    }

    /// Waits until it has not been woken for so long.
    async fn rest(&self, quiet: Duration) -> anyhow::Result<()> {
        let (begun, mut since, mut last) = (Instant::now(), Instant::now(), self.woken()?);
        let mut ticks = interval(GLANCE);
        while since.elapsed() < quiet {
            ticks.tick().await;
            let now = self.woken()?;
            if now != last {
                (last, since) = (now, Instant::now());
            }
            if begun.elapsed() > PATIENCE {
                bail!("it never comes to rest");
            }
        }
        Ok(())
    }

    /// How many times it was woken within `time`.
    async fn wakings(&mut self, time: Duration) -> anyhow::Result<u64> {
        let (begun, mut last, mut wakings) = (Instant::now(), self.woken()?, 0);
        let mut ticks = interval(GLANCE);
        while begun.elapsed() < time {
            ticks.tick().await;
            let now = self.woken()?;
            wakings += u64::from(now != last);
            last = now;
        }
        Ok(wakings)
    }

    async fn close(mut self) -> anyhow::Result<()> {
        self.child.kill().await?;
        Ok(())
    }
}

/// The number after `name` in a table of the kernel's.
fn number(text: &str, name: &str) -> anyhow::Result<u64> {
    let value =
        text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    value.with_context(|| format!("the kernel does not say {name}"))
}
