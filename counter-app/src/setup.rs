//! How the app was started: arguments over the configuration file over what is usual.

use clap::{Parser, ValueEnum};
use domain::unit::UnitCode;
use machine::{
    App,
    care::Care,
    config::{self, Key, Kind, Request, Usual},
    places::Places,
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which way to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// Modern graphics first, OpenGL if that does not start.
    #[default]
    Auto,
    /// OpenGL.
    Glow,
    /// Modern graphics (DirectX 12, Vulkan, Metal).
    Wgpu,
}

/// Một Cửa: the app of counters and divisions.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "counter-app", version, max_term_width = 110)]
pub struct Args {
    /// The keys of the configuration, as flags.
    #[command(flatten)]
    pub keys: Keys,
    /// Configuration file.
    #[arg(long, global = true, env = "MOTCUA_CONFIG")]
    pub config: Option<PathBuf>,
    /// For tests: signs in by itself.
    #[arg(skip = std::env::var("MOTCUA_LOGIN").ok())]
    pub login: Option<String>,
    /// For tests: the password with it.
    #[arg(skip = std::env::var("MOTCUA_PASSWORD").ok())]
    pub password: Option<String>,
    /// For tests: a file that always says what the app shows.
    #[arg(skip = std::env::var("MOTCUA_TEST_STATE").ok().map(PathBuf::from))]
    pub test_state: Option<PathBuf>,
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub care: Option<Care>,
}

/// The keys of the configuration: each may stand in the file, in the environment or on the command line.
#[derive(Clone, Debug, Default, clap::Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[command(next_help_heading = "Configuration")]
pub struct Keys {
    /// Address of the server.
    #[arg(long, global = true)]
    pub server: Option<String>,
    /// Code of the agency where this machine stands.
    #[arg(long, global = true)]
    pub site: Option<String>,
    /// Number of the counter.
    #[arg(long, global = true)]
    pub counter: Option<u16>,
    /// Name of the A4 printer.
    #[arg(long, global = true)]
    pub printer: Option<String>,
    /// Folder in which every printed sheet is kept as a PDF.
    #[arg(long, global = true)]
    pub print_dir: Option<PathBuf>,
    /// Which way to draw.
    #[arg(long, global = true, value_enum)]
    pub renderer: Option<Renderer>,
    /// Folder of this machine's own data.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// What is logged.
    #[arg(long, global = true)]
    pub log: Option<String>,
}

impl config::Settings for Keys {
    const APP: App = App::Counter;
    const KEYS: &'static [Key] = &[
        Key::new("server", Kind::Address, Usual::Is("\"http://127.0.0.1:8080\"")),
        Key::new("site", Kind::Unit, Usual::Example("\"H52.125\"")),
        Key::new("counter", Kind::Number(1, 999), Usual::Example("3")),
        Key::new("printer", Kind::Text, Usual::Example("\"Canon LBP2900\"")),
        Key::new("print_dir", Kind::Folder, Usual::Example("\"\"")),
        Key::new("renderer", Kind::Choice(&["auto", "wgpu", "glow"]), Usual::Is("\"auto\"")),
        Key::new("data", Kind::Folder, Usual::Place(usual_data)),
        Key::new("log", Kind::Filter, Usual::Is("\"warn\"")),
    ];
}

fn usual_data() -> PathBuf {
    Places::here().user_data(App::Counter)
}

/// How the app runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Address of the server.
    pub server: String,
    /// The agency, if it is fixed.
    pub site: Option<UnitCode>,
    /// The counter, if it is fixed.
    pub counter: Option<u16>,
    /// Where sheets are kept as PDF.
    pub print_dir: PathBuf,
    /// The A4 printer.
    pub printer: Option<String>,
    /// Which way to draw.
    pub renderer: Renderer,
    /// This machine's own data.
    pub data: PathBuf,
    /// What is logged.
    pub log: String,
}

/// What the clerk chose; kept beside the local data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The A4 printer; none for the folder only.
    pub printer: Option<String>,
    /// Size of everything, in percent.
    pub text_percent: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { printer: None, text_percent: 100 }
    }
}

impl Args {
    /// Where the settings come from.
    #[must_use]
    pub fn request(&self) -> Request<'_, Keys> {
        Request { file: self.config.as_deref(), flags: &self.keys, environment: &config::environment }
    }
}

impl Keys {
    /// The settings with what is usual for all that is not set.
    #[must_use]
    pub fn setup(self) -> Setup {
        let data = self.data.unwrap_or_else(usual_data);
        Setup {
            server: self.server.unwrap_or_else(|| "http://127.0.0.1:8080".to_owned()),
            site: self.site.map(UnitCode),
            counter: self.counter,
            print_dir: self.print_dir.unwrap_or_else(|| data.join("prints")),
            printer: self.printer,
            renderer: self.renderer.unwrap_or_default(),
            log: self.log.unwrap_or_else(|| "warn".to_owned()),
            data,
        }
    }
}

impl Setup {
    /// Where the logs lie.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_keys_and_settings_are_one() {
        assert_eq!(config::proof::disagreements::<Keys>(), Vec::<String>::new());
    }

    #[test]
    fn what_is_said_to_be_usual_holds() {
        let usual = config::usual::<Keys>().unwrap().setup();
        let mut empty = Keys::default().setup();
        empty.print_dir.clone_from(&usual.print_dir);
        assert_eq!(usual, empty);
    }

    #[test]
    fn flags_win_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("counter.toml");
        std::fs::write(&file, "server = \"http://a\"\nsite = \"H52.125\"\ncounter = 3\n").unwrap();
        let path = file.display().to_string();
        let args = Args::parse_from(["counter-app", "--config", &path, "--server", "http://b"]);
        let setup = config::read(&Request { environment: &|_| None, ..args.request() }).unwrap().setup();
        assert_eq!((setup.server.as_str(), setup.counter), ("http://b", Some(3)));
        assert_eq!(setup.site, Some(UnitCode::from("H52.125")));
    }

    #[test]
    fn flags_may_stand_behind_the_command() {
        let args = Args::parse_from(["counter-app", "doctor", "--json", "--server", "http://b"]);
        assert_eq!(args.keys.server.as_deref(), Some("http://b"));
        assert!(matches!(args.care, Some(Care::Doctor { json: true, .. })));
    }
}
