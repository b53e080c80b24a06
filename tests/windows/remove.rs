//! Fifth act: from one version to the next, never back, and away.

use super::{
    Args,
    install::{COUNTER, KIOSK, SERVER, find, package, stands},
    wine::{REFUSED, Wine},
};
use anyhow::ensure;
use std::fs;
use tests::robot::Story;

/// Upgrades the counter in place, tries to go back, and removes all three: data stays unless it is told to go.
pub async fn upgrade_and_remove(machine: &Wine, args: &Args, story: &mut Story) -> anyhow::Result<()> {
    let (now, next) =
        (package(args, "mot-cua-counter-", ".msi")?, find(&args.next, "mot-cua-counter-", ".msi")?);
    let configuration = machine.file("ProgramData/Mot Cua/counter.toml");
    let told = fs::read_to_string(&configuration)?;
    fs::write(machine.file("ProgramData/Mot Cua/counter/kept.db"), "kept")?;
    // What the updater leaves beside a program.
    fs::write(machine.file(&format!("{}.previous", COUNTER.program)), "old")?;

    let before = machine.installed().await?;
    let (code, took) = machine.msiexec("/i", &next, &[]).await?;
    ensure!(code == 0, "msiexec: {code}");
    stands(machine, &COUNTER).await?;
    ensure!(fs::read_to_string(&configuration)? == told, "the upgrade changed the configuration");
    let after = machine.installed().await?;
    ensure!(
        before.len() == after.len() && after.iter().any(|version| version == "0.9.0"),
        "installed: {after:?}"
    );
    story.saw(
        "IT",
        "upgrades the counter in place",
        &[
            "one entry, the new version".to_owned(),
            "configuration untouched".to_owned(),
            format!("took {:.1} s", took.as_secs_f64()),
        ],
        &[],
    );

    let (code, _) = machine.msiexec("/i", &now, &[]).await?;
    ensure!(code == REFUSED, "an older version was not refused: {code}");
    ensure!(machine.installed().await? == after, "a refused installation changed something");
    machine.has(COUNTER.program)?;
    story.saw(
        "IT",
        "tries to go back to the old version",
        &[format!("refused ({code})"), "the new one stays".to_owned()],
        &[],
    );

    let (code, _) = machine.msiexec("/x", &next, &[]).await?;
    ensure!(code == 0, "msiexec: {code}");
    machine.has_not(COUNTER.program)?;
    machine.has_not(&format!("{}.previous", COUNTER.program))?;
    machine.has("ProgramData/Mot Cua/counter/kept.db")?;
    ensure!(fs::read_to_string(&configuration)? == told, "removing changed the configuration");
    let service = format!(r"HKLM\SYSTEM\CurrentControlSet\Services\{}", COUNTER.service);
    ensure!(machine.registry(&service).await?.is_none(), "the service is still there");
    story.saw(
        "IT",
        "removes the counter",
        &["program and service gone".to_owned(), "configuration and data kept".to_owned()],
        &[],
    );

    for app in [&KIOSK, &SERVER] {
        let package = package(args, &format!("mot-cua-{}-", app.name), ".msi")?;
        let (code, _) = machine.msiexec("/x", &package, &["REMOVE_DATA=1"]).await?;
        ensure!(code == 0, "msiexec: {code}");
        machine.has_not(app.program)?;
        machine.has_not(&format!("ProgramData/Mot Cua/{}", app.name))?;
        machine.has_not(&format!("ProgramData/Mot Cua/{}.toml", app.name))?;
    }
    machine.has("ProgramData/Mot Cua/counter/kept.db")?;
    let left = machine.installed().await?;
    ensure!(left.is_empty(), "still in the list of programs: {left:?}");
    story.saw(
        "IT",
        "removes kiosk and server with REMOVE_DATA=1",
        &["their data is gone, the counter's is not".to_owned()],
        &[],
    );
    Ok(())
}
