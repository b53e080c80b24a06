//! Third act: a clerk takes a case in at the installed counter, and the receipt is printed.

use super::{
    Args,
    install::COUNTER,
    wine::{Wine, windows_path},
};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{path::Path, time::Instant};
use tests::robot::{Launch, PASSWORD, Story, Window, run, wait_for};

/// The card of Quàng Văn Thưởng, as a reader that knows no marks types it.
const CARD: &str =
    "014088004512|050123456|Quang Van Thuong|12041988|Nam|Ban Mong, xa Hua La, tinh Son La|10052021";

pub async fn play(machine: &Wine, args: &Args, story: &mut Story, folder: &Path) -> anyhow::Result<()> {
    let prints = folder.join("prints");
    std::fs::create_dir_all(&prints)?;
    let began = Instant::now();
    let kept = windows_path(&prints);
    let told = [
        ("MOTCUA_LOGIN", "maison.quay3"),
        ("MOTCUA_PASSWORD", PASSWORD),
        ("MOTCUA_PRINT_DIR", kept.as_str()),
    ];
    let mut counter = open(machine, &folder.join("counter"), &told).await?;
    counter.until("a first window", |seen| !seen["screen"].is_null()).await?;
    let took = began.elapsed();
    let picture = story.picture("first-window");
    counter.picture(&picture).await?;
    story.saw(
        "clerk",
        "starts the counter",
        &[format!("first window after {:.1} s", took.as_secs_f64())],
        &[&picture],
    );

    counter.until("the desk", |seen| seen["ready"] == true && seen["signed_in"] == true).await?;
    // The machine's desktop had it when the window came.
    counter.back().await?;
    let picture = story.picture("signed-in");
    counter.picture(&picture).await?;
    story.saw(
        "clerk",
        "is signed in",
        &["server, site and counter come from the configuration".to_owned()],
        &[&picture],
    );

    let code = take_in(&mut counter).await?;
    let picture = story.picture("received");
    counter.picture(&picture).await?;
    story.saw("clerk", "takes a birth registration in by keyboard", &[format!("case {code}")], &[&picture]);

    let receipt = wait_for("the printed receipt", async || pdf_in(&prints)).await?;
    let kept = args.out.join("receipt.pdf");
    std::fs::copy(&receipt, &kept)?;
    let text = run("pdftotext", &[&kept.display().to_string(), "-"], &[]).await?;
    ensure!(text.contains(&code), "the receipt does not say {code}: {text}");
    story.saw("clerk", "has the receipt printed", &["pdftotext reads the code on it".to_owned()], &[&kept]);
    counter.close().await?;
    asks_the_doctor(machine, story).await
}

/// IT asks on the command line how this machine is.
async fn asks_the_doctor(machine: &Wine, story: &mut Story) -> anyhow::Result<()> {
    let output = machine.command(&COUNTER.path()).args(["doctor", "--json"]).output().await?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("the doctor said {}", String::from_utf8_lossy(&output.stdout)))?;
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    for what in ["configuration", "disk", "server", "local_data"] {
        let found = findings.iter().find(|finding| finding["what"] == what);
        let found = found.with_context(|| format!("the doctor did not look at {what}: {report}"))?;
        ensure!(found["state"] == "ok", "{found}");
    }
    let saw =
        findings.iter().map(|finding| format!("{}: {}", finding["what"], finding["state"]).replace('"', ""));
    story.saw("IT", "asks the doctor", &saw.collect::<Vec<_>>(), &[]);
    Ok(())
}

/// Starts the installed program as the shortcut does, without arguments; what it says of itself goes to `folder`.
pub async fn open(machine: &Wine, folder: &Path, told: &[(&str, &str)]) -> anyhow::Result<Window> {
    let mut command = machine.command(&COUNTER.path());
    command.env("MOTCUA_RENDERER", "glow").envs(told.iter().copied());
    std::fs::create_dir_all(folder)?;
    let state = folder.join("state.json");
    let said = windows_path(&state).into();
    let window = ["--class", "counter-app.exe"];
    let launch = Launch { name: "counter-app.exe".to_owned(), command, state, window, said };
    Window::launch(launch, machine.screen.clone(), folder).await
}

async fn take_in(counter: &mut Window) -> anyhow::Result<String> {
    counter.press(&["ctrl+n"]).await?;
    counter.until("the name field", |seen| seen["focused"] == "Name").await?;
    counter.scan(CARD).await?;
    counter
        .until("the card in the form", |seen| seen["focused"] == "Procedure" || seen["focused"] == "Phone")
        .await?;
    if counter.until("a field", |seen| !seen["focused"].is_null()).await?["focused"] == "Phone" {
        counter.write("0912345678").await?;
        counter.press(&["Return"]).await?;
        counter.until("the address field", |seen| seen["focused"] == "Address").await?;
        counter.press(&["Return"]).await?;
    }
    counter.until("the procedure field", |seen| seen["focused"] == "Procedure").await?;
    counter.write("dk khai sinh").await?;
    counter.until("procedures found", |seen| seen["hits"].as_u64().is_some_and(|n| n > 0)).await?;
    counter.press(&["Return"]).await?;
    counter.until("the procedure chosen", |seen| seen["procedure"] == "1.001193").await?;
    counter.press(&["F8"]).await?;
    counter.until("papers ticked", |seen| seen["ticked"].as_u64().is_some_and(|n| n > 1)).await?;
    counter.press(&["F9"]).await?;
    let seen: Value = counter
        .until("the case with its code", |seen| !seen["last_code"].is_null() && !seen["pdf"].is_null())
        .await?;
    seen["last_code"].as_str().map(str::to_owned).context("a code that is no text")
}

fn pdf_in(folder: &Path) -> anyhow::Result<Option<std::path::PathBuf>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
