//! First act: silent installations, by each package and by the set-up.

use super::{
    Args,
    wine::{Wine, windows_path},
};
use anyhow::ensure;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use tests::robot::{Launch, Province, SITE, Story, Window, run};

/// An app as it must stand on a machine.
pub struct Installed {
    pub name: &'static str,
    pub program: &'static str,
    pub service: &'static str,
}

impl Installed {
    /// Its program, as the machine calls it.
    pub fn path(&self) -> String {
        format!("C:\\{}", self.program.replace('/', "\\"))
    }
}

pub const COUNTER: Installed = Installed {
    name: "counter",
    program: "Program Files/Mot Cua/Counter/counter-app.exe",
    service: "MotCuaCounterKeeper",
};
pub const KIOSK: Installed = Installed {
    name: "kiosk",
    program: "Program Files/Mot Cua/Kiosk/kiosk-app.exe",
    service: "MotCuaKioskKeeper",
};
pub const SERVER: Installed =
    Installed { name: "server", program: "Program Files/Mot Cua/Server/server.exe", service: "MotCuaServer" };

/// Everything for Windows is signed, and so are the programs inside.
pub async fn signatures(args: &Args, story: &mut Story) -> anyhow::Result<()> {
    let programs = args.packages.join("windows");
    let certificate = args.certificate.display().to_string();
    let mut saw = Vec::new();
    for file in [
        find(&args.packages, "mot-cua-counter-", ".msi")?,
        find(&args.packages, "mot-cua-kiosk-", ".msi")?,
        find(&args.packages, "mot-cua-server-", ".msi")?,
        find(&args.packages, "mot-cua-setup-", ".exe")?,
        programs.join("counter-app.exe"),
        programs.join("kiosk-app.exe"),
        programs.join("server.exe"),
    ] {
        let path = file.display().to_string();
        run("osslsigncode", &["verify", "-CAfile", &certificate, "-in", &path], &[]).await?;
        let megabytes = std::fs::metadata(&file)?.len() as f64 / 1e6;
        saw.push(format!("{} ({megabytes:.1} MB)", file.file_name().unwrap_or_default().to_string_lossy()));
    }
    story.saw("IT", "checks who signed the packages", &saw, &[]);
    Ok(())
}

/// Group policy: each package by `msiexec /qn`, with the properties that say where the machine stands.
pub async fn by_msi(
    machine: &Wine,
    args: &Args,
    story: &mut Story,
    province: &Province,
) -> anyhow::Result<()> {
    let (server, site) = (format!("SERVER={}", province.url), format!("SITE={SITE}"));
    for (app, properties) in [
        (&COUNTER, vec![server.as_str(), site.as_str(), "COUNTER=3"]),
        (&KIOSK, vec![server.as_str(), site.as_str()]),
        (&SERVER, vec![]),
    ] {
        let package = package(args, &format!("mot-cua-{}-", app.name), ".msi")?;
        let (code, took) = machine.msiexec("/i", &package, &properties).await?;
        ensure!(code == 0, "msiexec: {code}");
        let mut saw = stands(machine, app).await?;
        saw.push(silent(took));
        story.saw("IT", &format!("installs the {} by msiexec /qn", app.name), &saw, &[]);
    }
    let told = std::fs::read_to_string(machine.file("ProgramData/Mot Cua/counter.toml"))?;
    for line in
        [format!("server = \"{}\"", province.url), format!("site = \"{SITE}\""), "counter = 3".to_owned()]
    {
        ensure!(told.lines().any(|found| found.trim() == line), "counter.toml does not say {line}");
    }
    let run =
        machine.registry(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run").await?.unwrap_or_default();
    ensure!(run.contains("kiosk-app.exe\" watch"), "the kiosk does not start at sign-in: {run}");
    story.saw(
        "IT",
        "looks at the configuration",
        &["server, site and counter as msiexec was told".to_owned()],
        &[],
    );
    Ok(())
}

/// A person, or a script of theirs: the set-up with a role.
pub async fn by_setup(machine: &Wine, args: &Args, story: &mut Story, folder: &Path) -> anyhow::Result<()> {
    let setup = windows_path(&package(args, "mot-cua-setup-", ".exe")?);
    let folder = folder.join("setup");
    // It says nothing of itself in a file; its window is what there is to see.
    let launch = Launch {
        name: "the set-up".to_owned(),
        command: machine.command(&setup),
        state: folder.clone(),
        window: ["--class", "mot-cua-setup"],
        said: "".into(),
    };
    let window = Window::launch(launch, machine.screen.clone(), &folder).await?;
    let picture = story.picture("set-up");
    window.picture(&picture).await?;
    window.close().await?;
    story.saw("IT", "opens the set-up", &["it asks what this machine is for".to_owned()], &[&picture]);

    let (code, _) = machine.run(&setup, &["/S"]).await?;
    ensure!(code != 0, "without a role nothing may be installed");
    let site = format!("/SITE={SITE}");
    let (code, took) =
        machine.run(&setup, &["/S", "/ROLE=kiosk", "/SERVER=https://motcua.vn", &site]).await?;
    ensure!(code == 0, "the set-up: {code}");
    let mut saw = stands(machine, &KIOSK).await?;
    machine.has_not(COUNTER.program)?;
    let told = std::fs::read_to_string(machine.file("ProgramData/Mot Cua/kiosk.toml"))?;
    ensure!(told.contains("https://motcua.vn"), "kiosk.toml does not say the server");
    saw.push(silent(took));
    story.saw("IT", "installs the kiosk by the set-up, silently", &saw, &[]);

    let (code, _) = machine.run(&setup, &["/S", "/UNINSTALL", "/ROLE=kiosk", "/REMOVE_DATA=1"]).await?;
    ensure!(code == 0, "the set-up: {code}");
    machine.has_not(KIOSK.program)?;
    machine.has_not("ProgramData/Mot Cua/kiosk.toml")?;
    story.saw("IT", "removes the kiosk by the set-up, with its data", &["nothing is left".to_owned()], &[]);
    Ok(())
}

/// What there must be of an installed app: program, configuration, service, an entry in the list of programs.
pub async fn stands(machine: &Wine, app: &Installed) -> anyhow::Result<Vec<String>> {
    machine.has(app.program)?;
    machine.has(&format!("ProgramData/Mot Cua/{}.toml", app.name))?;
    let service = format!(r"HKLM\SYSTEM\CurrentControlSet\Services\{}", app.service);
    let service = machine.registry(&service).await?.unwrap_or_default();
    ensure!(
        service.contains("Start    REG_DWORD    0x2"),
        "{} does not start by itself: {service}",
        app.service
    );
    let log =
        machine.registry(r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\Mot Cua").await?;
    ensure!(log.is_some(), "the event log does not know Mot Cua");
    Ok(vec![app.path(), format!("service {}", app.service)])
}

/// The one package whose name begins and ends so.
pub fn package(args: &Args, begins: &str, ends: &str) -> anyhow::Result<PathBuf> {
    find(&args.packages, begins, ends)
}

/// The one file of a folder whose name begins and ends so.
pub fn find(folder: &Path, begins: &str, ends: &str) -> anyhow::Result<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(begins) && name.ends_with(ends) {
            found.push(folder.join(name));
        }
    }
    ensure!(found.len() == 1, "{begins}*{ends} is {found:?}");
    Ok(found.remove(0))
}

fn silent(took: Duration) -> String {
    format!("took {:.1} s", took.as_secs_f64())
}
