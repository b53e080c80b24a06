//! How the app was started: arguments over the configuration file over what is usual.

use crate::ReceiptOn;
use clap::{Parser, Subcommand, ValueEnum};
use devices::printer::RollAddress;
use domain::{unit::UnitCode, update::QuietHours};
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
    pub task: Option<Task>,
}

/// What the program can do besides opening its window.
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Looks after the machine.
    #[command(flatten)]
    Care(Care),
    /// Keeps this app up to date, until the system says stop.
    Keep {
        /// Under the service manager of Windows.
        #[arg(long)]
        service: bool,
    },
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
    /// Where the 80 mm roll printer is: "windows:NAME", "cups:NAME", "tcp:HOST:9100" or "file:FOLDER".
    #[arg(long, global = true)]
    pub roll_printer: Option<RollAddress>,
    /// Serial port of a barcode scanner, such as COM3; one that types like a keyboard needs none.
    #[arg(long, global = true)]
    pub scanner_port: Option<String>,
    /// Speed of that port in bits a second.
    #[arg(long, global = true)]
    pub scanner_baud: Option<u32>,
    /// Folder in which every printed sheet is kept as a PDF.
    #[arg(long, global = true)]
    pub print_dir: Option<PathBuf>,
    /// Which way to draw.
    #[arg(long, global = true, value_enum)]
    pub renderer: Option<Renderer>,
    /// Folder of this machine's own data.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// First hour in which a new version may be installed unasked.
    #[arg(long, global = true)]
    pub update_from: Option<i8>,
    /// First hour in which it no longer may.
    #[arg(long, global = true)]
    pub update_to: Option<i8>,
    /// Whether the line costs by the byte: new versions are then fetched only when somebody asks.
    #[arg(long, global = true, num_args = 0..=1, default_missing_value = "true")]
    pub metered: Option<bool>,
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
        Key::new("roll_printer", Kind::Text, Usual::Example("\"windows:XP-80C\"")),
        Key::new("scanner_port", Kind::Text, Usual::Example("\"COM3\"")),
        Key::new("scanner_baud", Kind::Number(300, 921_600), Usual::Is("9600")),
        Key::new("print_dir", Kind::Folder, Usual::Example("\"\"")),
        Key::new("renderer", Kind::Choice(&["auto", "wgpu", "glow"]), Usual::Is("\"auto\"")),
        Key::new("data", Kind::Folder, Usual::Place(usual_data)),
        Key::new("update_from", Kind::Number(0, 23), Usual::Is("19")),
        Key::new("update_to", Kind::Number(0, 24), Usual::Is("6")),
        Key::new("metered", Kind::YesNo, Usual::Is("false")),
        Key::new("log", Kind::Filter, Usual::Is("\"warn\"")),
    ];
}

fn usual_data() -> PathBuf {
    Places::here().user_data(App::Counter)
}

/// How the app runs.
#[derive(Clone, Debug, PartialEq)]
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
    /// The 80 mm roll printer.
    pub roll_printer: Option<RollAddress>,
    /// Serial port of a scanner.
    pub scanner_port: Option<String>,
    /// Speed of that port in bits a second.
    pub scanner_baud: u32,
    /// Which way to draw.
    pub renderer: Renderer,
    /// This machine's own data.
    pub data: PathBuf,
    /// Where the app and the keeper of this machine tell each other things.
    pub talk: PathBuf,
    /// When a new version may be installed unasked.
    pub quiet: QuietHours,
    /// Whether new versions are fetched only when somebody asks.
    pub metered: bool,
    /// What is logged.
    pub log: String,
}

/// The speed to which scanners are set when they leave the factory.
const SCANNER_BAUD: u32 = 9_600;
/// Out of office hours, with the evening left to those who work late.
const QUIET: QuietHours = QuietHours { from: 19, to: 6 };

/// What the clerk chose; kept beside the local data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The A4 printer; none for the folder only.
    pub printer: Option<String>,
    /// The 80 mm roll printer, if there is one.
    pub roll_printer: Option<RollAddress>,
    /// What receipts are printed on; none for whatever this machine has.
    pub receipt_on: Option<ReceiptOn>,
    /// Size of everything, in percent.
    pub text_percent: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { printer: None, roll_printer: None, receipt_on: None, text_percent: 100 }
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
            roll_printer: self.roll_printer,
            scanner_port: self.scanner_port,
            scanner_baud: self.scanner_baud.unwrap_or(SCANNER_BAUD),
            renderer: self.renderer.unwrap_or_default(),
            talk: Places::here().talk(App::Counter, &data),
            quiet: QuietHours {
                from: self.update_from.unwrap_or(QUIET.from),
                to: self.update_to.unwrap_or(QUIET.to),
            },
            metered: self.metered.unwrap_or(false),
            log: self.log.unwrap_or_else(|| "warn".to_owned()),
            data,
        }
    }
}

impl Default for Setup {
    /// As on a machine where nothing is set.
    fn default() -> Self {
        Keys::default().setup()
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
    fn devices_are_named_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("counter.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            let args = Args { config: Some(file.clone()), ..Args::default() };
            config::read(&Request { environment: &|_| None, ..args.request() }).map(Keys::setup)
        };
        let setup = read("roll_printer = \"windows:Máy in biên nhận\"\nscanner_port = \"COM3\"\n").unwrap();
        assert_eq!(setup.roll_printer, Some(RollAddress::Windows("Máy in biên nhận".into())));
        assert_eq!((setup.scanner_port.as_deref(), setup.scanner_baud), (Some("COM3"), 9_600));
        let error = read("roll_printer = \"XP-80C\"\n").unwrap_err();
        assert!(format!("{error:#}").contains("tcp:"), "{error:#}");
    }

    #[test]
    fn flags_may_stand_behind_the_command() {
        let args = Args::parse_from(["counter-app", "doctor", "--json", "--server", "http://b"]);
        assert_eq!(args.keys.server.as_deref(), Some("http://b"));
        assert!(matches!(args.task, Some(Task::Care(Care::Doctor { json: true, .. }))));
    }
}
