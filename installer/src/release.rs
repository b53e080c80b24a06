//! A release for the updater: the programs packed with gzip, and a signed text that offers them to machines in stages.

use crate::{app::App, key, pack::OneVersion, sums};
use anyhow::{Context as _, ensure};
use clap::Args;
use client::{SystemClock, update::Signed};
use domain::{
    time::{Clock as _, HOUR, Millis},
    unit::UnitCode,
    update::{Package, Release, Stage, System},
};
use flate2::{Compression, GzBuilder};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    str::FromStr,
};

/// Flags of `release`.
#[derive(Debug, Args)]
pub(crate) struct MakeRelease {
    /// Which app.
    #[arg(long)]
    app: App,
    /// Its program for Windows, signed if it is to be.
    #[arg(long, required_unless_present = "linux")]
    windows: Option<PathBuf>,
    /// Its program for Linux.
    #[arg(long)]
    linux: Option<PathBuf>,
    /// File of the private key.
    #[arg(long)]
    key: PathBuf,
    /// Goes up with every release of the app that is signed.
    #[arg(long)]
    serial: u64,
    /// Days for which the release may be believed.
    #[arg(long, default_value_t = 60)]
    days: i64,
    /// Who gets it when: `10%`, `10%@H52.125,H52.126`, `100%+72h`; all at once, if none is named.
    #[arg(long = "stage")]
    stages: Vec<StagePlan>,
    /// What is new, in Vietnamese, for those who use it.
    #[arg(long, default_value = "")]
    notes: String,
    #[command(flatten)]
    version: OneVersion,
    /// Folder of updates; the server offers what lies in its own.
    #[arg(long)]
    out: PathBuf,
}

impl MakeRelease {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let key = key::read(&self.key)?;
        fs::create_dir_all(&self.out)?;
        let programs = [(System::Windows, "windows", &self.windows), (System::Linux, "linux", &self.linux)];
        let mut packages = Vec::new();
        for (system, name, program) in programs {
            if let Some(program) = program {
                packages.push(self.pack(system, name, program)?);
            }
        }
        let now = SystemClock.now();
        let all = [StagePlan { percent: 100, hours: 0, sites: Vec::new() }];
        let stages = if self.stages.is_empty() { all.as_slice() } else { &self.stages };
        let release = Release {
            app: self.app.kind(),
            version: self.version.get(),
            serial: self.serial,
            issued_at: now,
            expires_at: Millis(now.0 + self.days * 24 * HOUR),
            packages,
            stages: stages.iter().map(|stage| stage.begins(now)).collect(),
            notes: self.notes.clone(),
        };
        let signed = Signed::seal(&release, &key)?;
        let file = self.out.join(format!("{}.json", self.app.name()));
        // A machine that asks in this moment sees the old release or the new one.
        let unfinished = file.with_extension("part");
        fs::write(&unfinished, serde_json::to_vec_pretty(&signed)?)?;
        fs::rename(&unfinished, &file)?;
        Ok(writeln!(out, "{} {} ({})", self.app.name(), release.version, file.display())?)
    }

    fn pack(&self, system: System, name: &str, program: &Path) -> anyhow::Result<Package> {
        let file = format!("{}-{}-{name}.gz", self.app.program(), self.version.get());
        let path = self.out.join(&file);
        let mut from = fs::File::open(program).with_context(|| program.display().to_string())?;
        // Without a time inside, the same program is always the same package.
        let mut to = GzBuilder::new().write(fs::File::create(&path)?, Compression::best());
        io::copy(&mut from, &mut to)?;
        to.finish()?.sync_all()?;
        Ok(Package { system, file, size: fs::metadata(&path)?.len(), sha256: sums::sha256(&path)? })
    }
}

/// One step of a roll-out, counted from the signing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StagePlan {
    percent: u8,
    hours: i64,
    sites: Vec<UnitCode>,
}

impl StagePlan {
    fn begins(&self, now: Millis) -> Stage {
        Stage { from: Millis(now.0 + self.hours * HOUR), sites: self.sites.clone(), percent: self.percent }
    }
}

impl FromStr for StagePlan {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (when, sites) = text.split_once('@').unwrap_or((text, ""));
        let (percent, hours) = when.split_once('+').unwrap_or((when, "0h"));
        let percent: u8 = percent.strip_suffix('%').context("say a share such as 10%")?.parse()?;
        let hours: i64 = hours.strip_suffix('h').context("say a delay such as +72h")?.parse()?;
        ensure!(percent <= 100 && hours >= 0, "a share is at most 100%, a delay not negative");
        let sites = sites.split(',').filter(|site| !site.is_empty()).map(UnitCode::from).collect();
        Ok(Self { percent, hours, sites })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::MakeKey;
    use clap::Parser;
    use std::io::Read as _;

    #[derive(Parser)]
    struct Line<T: Args> {
        #[command(flatten)]
        given: T,
    }

    fn read<T: Args>(line: &[&str]) -> T {
        Line::<T>::parse_from(["installer"].iter().chain(line)).given
    }

    #[test]
    fn a_stage_says_who_and_when() {
        let stage: StagePlan = "10%+72h@H52.125,H52.126".parse().unwrap();
        assert_eq!((stage.percent, stage.hours, stage.sites.len()), (10, 72, 2));
        let stage: StagePlan = "100%".parse().unwrap();
        assert_eq!((stage.percent, stage.hours, stage.sites.len()), (100, 0, 0));
        for wrong in ["10", "101%", "10%+3d", "10%+-1h"] {
            assert!(wrong.parse::<StagePlan>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_app_with_the_public_key_believes_a_release_and_unpacks_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut said = Vec::new();
        read::<MakeKey>(&["--out", &at("release.key")]).run(&mut said).unwrap();
        fs::write(folder.path().join("kiosk-app.exe"), "a program").unwrap();
        let (key, program, updates) = (at("release.key"), at("kiosk-app.exe"), at("updates"));
        let mut line = vec!["--app", "kiosk", "--key", &key, "--windows", &program, "--out", &updates];
        line.extend(["--serial", "7", "--version-override", "0.2.0", "--stage", "10%+72h"]);
        read::<MakeRelease>(&line).run(&mut Vec::new()).unwrap();

        let signed = fs::read(folder.path().join("updates/kiosk.json")).unwrap();
        let signed: Signed = serde_json::from_slice(&signed).unwrap();
        let mut public = [0; 32];
        hex::decode_to_slice(String::from_utf8(said).unwrap().trim(), &mut public).unwrap();
        let release = signed.open(&[ed25519_dalek::VerifyingKey::from_bytes(&public).unwrap()]).unwrap();
        assert_eq!((release.serial, release.version.to_string().as_str()), (7, "0.2.0"));
        let stage = release.stages.first().unwrap();
        assert_eq!((stage.percent, stage.from.0 - release.issued_at.0), (10, 72 * HOUR));

        let package = folder.path().join("updates").join(&release.packages.first().unwrap().file);
        let mut program = String::new();
        flate2::read::GzDecoder::new(fs::File::open(package).unwrap()).read_to_string(&mut program).unwrap();
        assert_eq!(program, "a program");
    }

    #[test]
    fn a_private_key_is_for_its_owner_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("release.key");
        let make = read::<MakeKey>(&["--out", &file.display().to_string()]);
        make.run(&mut Vec::new()).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let before = fs::read(&file).unwrap();
        assert!(make.run(&mut Vec::new()).is_err());
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}
