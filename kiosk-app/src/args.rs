//! How the kiosk is started and set up.

use crate::model::ExitCode;
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

/// What the machine is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The kiosk: numbers where it has the hall's key, cases, procedures, ratings.
    #[default]
    Kiosk,
    /// Cases and procedures alone.
    Lookup,
    /// The tablet of a counter: whoever is served there says how it was.
    Rating,
}

/// Một Cửa: the kiosk in the hall.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "kiosk-app", version, max_term_width = 110)]
pub struct Args {
    /// The keys of the configuration, as flags.
    #[command(flatten)]
    pub keys: Keys,
    /// Configuration file.
    #[arg(long, global = true, env = "MOTCUA_CONFIG")]
    pub config: Option<PathBuf>,
    /// For tests: a file that always says what the kiosk shows.
    #[arg(skip = std::env::var_os("MOTCUA_TEST_STATE").map(PathBuf::from))]
    pub test_state: Option<PathBuf>,
    /// What to do instead of opening the kiosk.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What the program can do besides being the kiosk.
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Looks after the machine.
    #[command(flatten)]
    Care(Care),
    /// Starts the kiosk, and starts it again when it dies.
    Watch,
    /// Keeps this app up to date, until the system says stop.
    Keep {
        /// Under the service manager of Windows.
        #[arg(long)]
        service: bool,
    },
}

/// The keys of the configuration: each may stand in the file, in the environment or on the command line.
#[derive(Clone, Debug, Default, PartialEq, clap::Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[command(next_help_heading = "Configuration")]
pub struct Keys {
    /// Address of the server.
    #[arg(long, global = true)]
    pub server: Option<String>,
    /// Code of the agency in whose hall the kiosk stands.
    #[arg(long, global = true)]
    pub site: Option<String>,
    /// What the machine is for.
    #[arg(long, global = true, value_enum)]
    pub mode: Option<Mode>,
    /// At which counter the rating tablet stands.
    #[arg(long, global = true, value_parser = clap::value_parser!(u16).range(1..=999))]
    pub counter: Option<u16>,
    /// The key of the hall (`server hall-key UNIT`), with which the kiosk gives numbers and takes ratings.
    #[arg(long, global = true, hide = true)]
    pub hall_key: Option<String>,
    /// Where the 80 mm printer of numbers is: "windows:NAME", "cups:NAME", "tcp:HOST:9100" or "file:FOLDER".
    #[arg(long, global = true)]
    pub roll_printer: Option<RollAddress>,
    /// Seconds without a touch after which everything is forgotten.
    #[arg(long, global = true, value_parser = clap::value_parser!(u32).range(15..=3_600))]
    pub idle: Option<u32>,
    /// The code with which IT leaves the kiosk.
    #[arg(long, global = true, hide = true)]
    pub exit_code: Option<String>,
    /// In a window instead of the whole screen, and without lock.
    #[arg(long, global = true, num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub windowed: Option<bool>,
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
    /// Whether the line costs by the byte: new versions are then not fetched unasked.
    #[arg(long, global = true, num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub metered: Option<bool>,
    /// What is logged.
    #[arg(long, global = true)]
    pub log: Option<String>,
}

impl config::Settings for Keys {
    const APP: App = App::Kiosk;
    const KEYS: &'static [Key] = &[
        Key::new("server", Kind::Address, Usual::Is("\"http://127.0.0.1:8080\"")),
        Key::new("site", Kind::Unit, Usual::Is("\"H52.125\"")),
        Key::new("mode", Kind::Choice(&["kiosk", "lookup", "rating"]), Usual::Is("\"kiosk\"")),
        Key::new("counter", Kind::Number(1, 999), Usual::Example("3")),
        Key::new("hall_key", Kind::Text, Usual::Example("\"0123456789abcdef0123456789abcdef\"")).secret(),
        Key::new("roll_printer", Kind::Text, Usual::Example("\"windows:XP-80C\"")),
        Key::new("idle", Kind::Number(15, 3_600), Usual::Is("60")),
        Key::new("exit_code", Kind::Digits(6), Usual::Example("\"250900\"")).secret(),
        Key::new("windowed", Kind::YesNo, Usual::Is("false")),
        Key::new("renderer", Kind::Choice(&["auto", "wgpu", "glow"]), Usual::Is("\"auto\"")),
        Key::new("data", Kind::Folder, Usual::Place(usual_data)),
        Key::new("update_from", Kind::Number(0, 23), Usual::Is("19")),
        Key::new("update_to", Kind::Number(0, 24), Usual::Is("6")),
        Key::new("metered", Kind::YesNo, Usual::Is("false")),
        Key::new("log", Kind::Filter, Usual::Is("\"warn,kiosk_app=info\"")),
    ];
}

fn usual_data() -> PathBuf {
    Places::here().user_data(App::Kiosk)
}

/// How the kiosk runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Address of the server.
    pub server: String,
    /// The agency.
    pub unit: UnitCode,
    /// What the machine is for.
    pub mode: Mode,
    /// At which counter the rating tablet stands.
    pub counter: Option<u16>,
    /// The key of the hall; without one the kiosk gives no numbers and no counter is rated.
    pub hall_key: Option<String>,
    /// The printer of numbers.
    pub roll_printer: Option<RollAddress>,
    /// Seconds without a touch after which everything is forgotten.
    pub idle: u32,
    /// The code with which IT leaves the kiosk.
    pub exit_code: Option<ExitCode>,
    /// In a window instead of the whole screen.
    pub windowed: bool,
    /// Which way to draw.
    pub renderer: Renderer,
    /// This machine's own data.
    pub data: PathBuf,
    /// Where the kiosk and the keeper of this machine tell each other things.
    pub talk: PathBuf,
    /// When a new version may be installed unasked.
    pub quiet: QuietHours,
    /// Whether new versions are not fetched unasked.
    pub metered: bool,
    /// What is logged.
    pub log: String,
}

/// Out of office hours.
const QUIET: QuietHours = QuietHours { from: 19, to: 6 };

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
            unit: UnitCode(self.site.unwrap_or_else(|| "H52.125".to_owned())),
            mode: self.mode.unwrap_or_default(),
            counter: self.counter,
            hall_key: self.hall_key.filter(|key| !key.trim().is_empty()),
            roll_printer: self.roll_printer,
            idle: self.idle.unwrap_or(60),
            exit_code: self.exit_code.as_deref().and_then(ExitCode::new),
            windowed: self.windowed.unwrap_or_default(),
            renderer: self.renderer.unwrap_or_default(),
            talk: Places::here().talk(App::Kiosk, &data),
            quiet: QuietHours {
                from: self.update_from.unwrap_or(QUIET.from),
                to: self.update_to.unwrap_or(QUIET.to),
            },
            metered: self.metered.unwrap_or_default(),
            data,
            log: self.log.unwrap_or_else(|| "warn,kiosk_app=info".to_owned()),
        }
    }
}

impl Setup {
    /// Whether this machine gives numbers.
    #[must_use]
    pub fn gives_numbers(&self) -> bool {
        self.mode == Mode::Kiosk && self.hall_key.is_some()
    }

    /// The printer of numbers, where numbers are given.
    #[must_use]
    pub fn number_printer(&self) -> Option<&RollAddress> {
        self.roll_printer.as_ref().filter(|_| self.gives_numbers())
    }

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
        assert_eq!(config::usual::<Keys>().unwrap().setup(), Keys::default().setup());
    }

    #[test]
    fn a_kiosk_needs_no_arguments() {
        let args = Args::try_parse_from(["kiosk-app"]).unwrap();
        assert_eq!(args.keys, Keys::default());
        let args = Args::try_parse_from(["kiosk-app", "--windowed"]).unwrap();
        assert_eq!(args.keys.windowed, Some(true));
    }

    #[test]
    fn the_watch_hands_its_flags_on() {
        let given = ["kiosk-app", "--server", "http://a", "--windowed", "watch", "--idle", "90"];
        let args = Args::try_parse_from(given).unwrap();
        assert!(matches!(args.task, Some(Task::Watch)));
        let handed = std::iter::once("kiosk-app".into()).chain(config::flags(&args.keys));
        assert_eq!(Args::try_parse_from(handed).unwrap().keys, args.keys);
    }

    #[test]
    fn only_a_kiosk_with_the_halls_key_gives_numbers() {
        let gives = |mode, key: Option<&str>| {
            let hall_key = key.map(str::to_owned);
            Keys { mode, hall_key, ..Keys::default() }.setup().gives_numbers()
        };
        assert!(gives(None, Some("k")) && !gives(None, None) && !gives(None, Some(" ")));
        assert!(!gives(Some(Mode::Lookup), Some("k")) && !gives(Some(Mode::Rating), Some("k")));
    }

    #[test]
    fn it_may_not_forget_while_one_reads() {
        assert!(Args::try_parse_from(["kiosk-app", "--idle", "3"]).is_err());
    }
}
