//! The commands with which IT looks after an app; the same in all three.

use crate::{
    bundle::{self, Contents},
    config::{self, Gathered, Request, Settings},
    report::{self, Finding, Report, State},
};
use domain::time::Clock;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What IT asks of an app.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Care {
    /// The configuration: check it, show it, change it.
    #[command(subcommand)]
    Config(config::Command),
    /// Looks whether everything that the app needs works; exit code 1 when something does not.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Writes the answer to this file instead of the console.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Packs report, configuration and newest logs for IT, without personal data and without secrets.
    Support {
        /// The file, such as support.zip
        file: PathBuf,
    },
}

/// An app that can be looked after.
pub trait Cared {
    /// Its settings.
    type Settings: Settings;

    /// Where its settings come from.
    fn request(&self) -> Request<'_, Self::Settings>;

    /// The machine's clock.
    fn clock(&self) -> &dyn Clock;

    /// Its data, as set.
    fn data(&self, settings: &Self::Settings) -> PathBuf;

    /// Its logs, as set.
    fn logs(&self, settings: &Self::Settings) -> PathBuf;

    /// Looks at what only the app itself can check of sound settings.
    fn fits(&self, _gathered: &mut Gathered<Self::Settings>, _settings: &Self::Settings) {}

    /// Looks at what only this app has.
    fn examine(&self, settings: &Self::Settings) -> Vec<Finding>;
}

impl Care {
    /// Does it; true when all is well.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub fn run<C: Cared>(self, app: &C, out: &mut dyn Write) -> io::Result<bool> {
        match self {
            Self::Config(command) => {
                command.run(&app.request(), &|gathered, settings| app.fits(gathered, settings), out)
            }
            Self::Doctor { json, out: file } => {
                let report = examine(app);
                let text = if json { report.json()? } else { report.text() };
                say(&text, file.as_deref(), out)?;
                Ok(report.worst() != State::Bad)
            }
            Self::Support { file } => {
                pack(app, &file)?;
                let path = file.display().to_string();
                writeln!(out, "{}", i18n::with("machine.support.done", &[("path", &path)]))?;
                Ok(true)
            }
        }
    }
}

fn say(text: &str, file: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    match file {
        Some(file) => std::fs::write(file, text),
        None => out.write_all(text.as_bytes()),
    }
}

/// Packs report, configuration and newest logs for IT, without personal data and without secrets.
///
/// # Errors
/// When a log cannot be read or the file cannot be written.
pub fn pack<C: Cared>(app: &C, file: &Path) -> io::Result<()> {
    let gathered = app.request().gather();
    let logs = app.logs(&gathered.settings().unwrap_or_default());
    let (report, configuration) = (examine(app), config::shown(&gathered));
    bundle::pack(&Contents { report: &report, configuration: &configuration, logs: &logs }, file)
}

/// Looks at everything, the app's own things only when its settings are sound.
pub fn examine<C: Cared>(app: &C) -> Report {
    let mut gathered = app.request().gather();
    let settings = gathered.settings();
    if let Ok(settings) = &settings {
        gathered.look();
        app.fits(&mut gathered, settings);
    }
    let mut report = Report::begin(<C::Settings as Settings>::APP, app.clock().now());
    report.findings.push(report::configuration(&gathered));
    report.findings.push(report::clock(app.clock()));
    if let Ok(settings) = &settings {
        report.findings.extend([report::disk(&app.data(settings)), report::log_files(&app.logs(settings))]);
        report.findings.extend(app.examine(settings));
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        App,
        config::{Key, Kind, Usual},
    };
    use domain::time::{ManualClock, Millis};
    use serde::{Deserialize, Serialize};
    use std::fs;

    #[derive(Default, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Keys {
        server: Option<String>,
    }

    impl Settings for Keys {
        const APP: App = App::Counter;
        const KEYS: &'static [Key] =
            &[Key::new("server", Kind::Address, Usual::Is("\"http://127.0.0.1:8080\""))];
    }

    struct Desk {
        dir: tempfile::TempDir,
        file: PathBuf,
        flags: Keys,
        clock: ManualClock,
    }

    impl Desk {
        fn with(config: &str) -> Self {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("counter.toml");
            fs::write(&file, config).unwrap();
            let clock = ManualClock::at(Millis::from_local("2026-11-25T08:00".parse().unwrap()));
            Self { dir, file, flags: Keys::default(), clock }
        }

        fn asked(&self, care: Care) -> (bool, String) {
            let mut out = Vec::new();
            let good = care.run(self, &mut out).unwrap();
            (good, String::from_utf8(out).unwrap())
        }
    }

    impl Cared for Desk {
        type Settings = Keys;

        fn request(&self) -> Request<'_, Keys> {
            Request { file: Some(&self.file), flags: &self.flags, environment: &|_| None }
        }

        fn clock(&self) -> &dyn Clock {
            &self.clock
        }

        fn data(&self, _: &Keys) -> PathBuf {
            self.dir.path().join("data")
        }

        fn logs(&self, _: &Keys) -> PathBuf {
            self.dir.path().join("logs")
        }

        fn examine(&self, settings: &Keys) -> Vec<Finding> {
            vec![Finding::ok("server", settings.server.clone().unwrap_or_default())]
        }
    }

    #[test]
    fn the_doctor_looks_at_the_machine_and_at_what_the_app_has() {
        let desk = Desk::with("server = 'http://a'\n");
        let out = desk.dir.path().join("báo cáo.json");
        let (good, said) = desk.asked(Care::Doctor { json: true, out: Some(out.clone()) });
        assert!(good && said.is_empty());
        let json: serde_json::Value = serde_json::from_slice(&fs::read(out).unwrap()).unwrap();
        let found = json["findings"].as_array().unwrap();
        let what: Vec<&str> = found.iter().filter_map(|one| one["what"].as_str()).collect();
        assert_eq!(what, ["configuration", "clock", "disk", "logs", "server"]);
        assert_eq!((&json["app"], &found[4]["said"]), (&"counter-app".into(), &"http://a".into()));
    }

    #[test]
    fn with_a_broken_configuration_the_doctor_says_that_first() {
        let desk = Desk::with("sever = 'http://a'\n");
        let (good, said) = desk.asked(Care::Doctor { json: false, out: None });
        assert!(!good && said.contains("\"sever\"") && said.contains("\"server\""), "{said}");
        assert!(!said.contains("Máy chủ:"), "{said}");
    }

    #[test]
    fn help_can_be_asked_for_whatever_is_broken() {
        let desk = Desk::with("sever = 'http://a'\n");
        let file = desk.dir.path().join("help.zip");
        let (good, said) = desk.asked(Care::Support { file: file.clone() });
        assert!(good && said.contains("help.zip"));
        let mut zip = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
        let told = std::io::read_to_string(zip.by_name("report.txt").unwrap()).unwrap();
        assert!(told.contains("\"sever\""), "{told}");
    }
}
