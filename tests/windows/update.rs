//! Fourth act: the province offers new versions. The counter gets a good one by itself, gets rid of a bad one by itself,
//! and believes nobody who offers an old one again.

use super::{Args, desk, install::COUNTER, wine::Wine};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{path::Path, time::Instant};
use tests::robot::{Province, Story, run, wait_for};

/// The versions that are offered: the first is a real counter, the second says its version and dies at its start.
const GOOD: &str = "0.8.0";
const BAD: &str = "0.8.1";
const KEEPER: &str = COUNTER.service;
/// Where app and keeper tell each other things.
const TALK: &str = "ProgramData/Mot Cua/counter/talk";

pub async fn play(
    machine: &Wine,
    args: &Args,
    story: &mut Story,
    province: &Province,
    folder: &Path,
) -> anyhow::Result<()> {
    // All day is a quiet hour here.
    let (code, _) = machine.run(&COUNTER.path(), &["config", "set", "update_from=0", "update_to=24"]).await?;
    ensure!(code == 0, "config set: {code}");
    let before = version(machine).await?;
    // Nobody is signed in: the counter opens at its sign-in.
    let folder = folder.join("update");
    let offers = Offers { args, updates: province.updates() };

    let began = Instant::now();
    let mut counter = desk::open(machine, &folder, &[]).await?;
    counter.until("the old version", |seen| seen["version"] == before.as_str()).await?;
    offers.good(1).await?;
    look_again(machine).await?;
    let state = folder.join("state.json");
    let came = wait_for("the new version's window", async || Ok(says(&state, "version", GOOD).then_some(())));
    came.await.with_context(|| told(machine))?;
    standing(machine, "up_to_date").await?;
    let picture = story.picture("updated");
    machine.screen.picture(&picture).await?;
    ensure!(version(machine).await? == GOOD, "another program is in place");
    machine.has(&format!("{}.previous", COUNTER.program))?;
    let took = format!("took {:.1} s, fetching and restart included", began.elapsed().as_secs_f64());
    let saw = [format!("{before} became {GOOD} while nobody was signed in"), took];
    story.saw("IT", "offers a new version", &saw, &[&picture]);

    offers.bad(2).await?;
    look_again(machine).await?;
    standing(machine, "rolled_back").await?;
    ensure!(version(machine).await? == GOOD, "the good version did not come back");
    drop(counter);
    let mut counter = desk::open(machine, &folder, &[]).await?;
    counter.until("the good version again", |seen| seen["version"] == GOOD).await?;
    counter.close().await?;
    let saw = [format!("{BAD} died at its start; {GOOD} is back and starts")];
    story.saw("IT", "offers a version that does not come up", &saw, &[]);

    offers.good(1).await?;
    look_again(machine).await?;
    let told = standing(machine, "trouble").await?;
    ensure!(told["what"] == "refused", "an old offer was not refused: {told}");
    ensure!(version(machine).await? == GOOD, "an old offer changed something");
    story.saw("somebody", "offers an old release again", &["it is refused".to_owned()], &[]);
    Ok(())
}

/// What the installed program says of itself.
async fn version(machine: &Wine) -> anyhow::Result<String> {
    let output = machine.command(&COUNTER.path()).arg("--version").output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    said.split_whitespace().last().map(str::to_owned).with_context(|| format!("the counter says {said:?}"))
}

/// A keeper looks at its start and then now and then.
async fn look_again(machine: &Wine) -> anyhow::Result<()> {
    let talk = machine.file(TALK).join("standing.json");
    if talk.exists() {
        std::fs::remove_file(&talk)?;
    }
    for verb in ["stop", "start"] {
        let (code, _) = machine.run("net", &[verb, KEEPER]).await?;
        ensure!(code == 0 || verb == "stop", "net {verb} {KEEPER}: {code}");
    }
    Ok(())
}

/// Waits until the keeper says that the machine stands so.
async fn standing(machine: &Wine, how: &str) -> anyhow::Result<Value> {
    let file = machine.file(TALK).join("standing.json");
    let told = wait_for(how, async || {
        let Ok(text) = std::fs::read(&file) else { return Ok(None) };
        let told: Value = serde_json::from_slice(&text).unwrap_or_default();
        Ok((told["state"] == how).then_some(told))
    })
    .await;
    told.with_context(|| self::told(machine))
}

/// What the keeper said last, for whoever looks why nothing came of it.
fn told(machine: &Wine) -> String {
    format!("the keeper said {:?}", std::fs::read_to_string(machine.file(TALK).join("standing.json")))
}

fn says(file: &Path, key: &str, what: &str) -> bool {
    let text = std::fs::read(file).unwrap_or_default();
    serde_json::from_slice::<Value>(&text).is_ok_and(|seen| seen[key] == what)
}

/// What the province's server offers.
struct Offers<'a> {
    args: &'a Args,
    updates: std::path::PathBuf,
}

impl Offers<'_> {
    async fn good(&self, serial: u64) -> anyhow::Result<()> {
        self.release(&self.args.newer, GOOD, serial).await
    }

    async fn bad(&self, serial: u64) -> anyhow::Result<()> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("windows/broken.c").display().to_string();
        let program = self.args.out.join("broken.exe");
        let version = format!("-DVERSION=\"{BAD}\"");
        let arguments = ["-O2", "-s", "-municode", &version, "-o", &program.display().to_string(), &source];
        run("x86_64-w64-mingw32-gcc-posix", &arguments, &[]).await?;
        let released = self.release(&program, BAD, serial).await;
        std::fs::remove_file(program)?;
        released
    }

    async fn release(&self, program: &Path, version: &str, serial: u64) -> anyhow::Result<()> {
        let installer = self.args.bin.join("installer").display().to_string();
        let (program, key) = (program.display().to_string(), self.args.key.display().to_string());
        let (serial, out) = (serial.to_string(), self.updates.display().to_string());
        let arguments = [
            "release",
            "--app",
            "counter",
            "--windows",
            &program,
            "--key",
            &key,
            "--serial",
            &serial,
            "--version-override",
            version,
            "--out",
            &out,
        ];
        run(&installer, &arguments, &[]).await.map(drop)
    }
}
