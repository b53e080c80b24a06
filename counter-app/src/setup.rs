//! How the app was started: arguments over the configuration file over what is usual.

use crate::ReceiptOn;
use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use devices::printer::RollAddress;
use domain::unit::UnitCode;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which way to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
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
#[derive(Debug, Default, Parser)]
#[command(name = "counter-app", version)]
pub struct Args {
    /// Address of the server.
    #[arg(long, env = "MOTCUA_SERVER")]
    pub server: Option<String>,
    /// Code of the agency where this machine stands.
    #[arg(long, env = "MOTCUA_SITE")]
    pub site: Option<String>,
    /// Number of the counter.
    #[arg(long, env = "MOTCUA_COUNTER")]
    pub counter: Option<u16>,
    /// Folder in which every printed sheet is kept as a PDF.
    #[arg(long, env = "MOTCUA_PRINT_DIR")]
    pub print_dir: Option<PathBuf>,
    /// Name of the A4 printer.
    #[arg(long, env = "MOTCUA_PRINTER")]
    pub printer: Option<String>,
    /// Where the 80 mm roll printer is: "windows:NAME", "cups:NAME", "tcp:HOST:9100" or "file:FOLDER".
    #[arg(long, env = "MOTCUA_ROLL_PRINTER")]
    pub roll_printer: Option<RollAddress>,
    /// Serial port of a barcode scanner, such as COM3; one that types like a keyboard needs none.
    #[arg(long, env = "MOTCUA_SCANNER_PORT")]
    pub scanner_port: Option<String>,
    /// Speed of that port in bits a second, usually 9600.
    #[arg(long, env = "MOTCUA_SCANNER_BAUD")]
    pub scanner_baud: Option<u32>,
    /// Which way to draw.
    #[arg(long, value_enum, env = "MOTCUA_RENDERER")]
    pub renderer: Option<Renderer>,
    /// Folder of this machine's own data.
    #[arg(long, env = "MOTCUA_DATA")]
    pub data: Option<PathBuf>,
    /// Configuration file.
    #[arg(long, env = "MOTCUA_CONFIG")]
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
}

/// The configuration file; every line may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    server: Option<String>,
    site: Option<String>,
    counter: Option<u16>,
    print_dir: Option<PathBuf>,
    printer: Option<String>,
    roll_printer: Option<RollAddress>,
    scanner_port: Option<String>,
    scanner_baud: Option<u32>,
    renderer: Option<Renderer>,
    data: Option<PathBuf>,
}

/// How the app runs.
#[derive(Clone, Debug, Default)]
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
}

/// The speed to which scanners are set when they leave the factory.
const SCANNER_BAUD: u32 = 9_600;

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
    /// Puts arguments, file and defaults together.
    ///
    /// # Errors
    /// When the configuration file cannot be read or has a line that means nothing.
    pub fn setup(&self) -> anyhow::Result<Setup> {
        let file = match &self.config {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
                toml::from_str(&text).with_context(|| format!("in {}", path.display()))?
            }
            None => File::default(),
        };
        let data = self.data.clone().or(file.data).unwrap_or_else(usual_data);
        Ok(Setup {
            server: self.server.clone().or(file.server).unwrap_or_else(|| "http://127.0.0.1:8080".to_owned()),
            site: self.site.clone().or(file.site).map(UnitCode),
            counter: self.counter.or(file.counter),
            print_dir: self.print_dir.clone().or(file.print_dir).unwrap_or_else(|| data.join("prints")),
            printer: self.printer.clone().or(file.printer),
            roll_printer: self.roll_printer.clone().or(file.roll_printer),
            scanner_port: self.scanner_port.clone().or(file.scanner_port),
            scanner_baud: self.scanner_baud.or(file.scanner_baud).unwrap_or(SCANNER_BAUD),
            renderer: self.renderer.or(file.renderer).unwrap_or_default(),
            talk: data.join("talk"),
            data,
        })
    }
}

fn usual_data() -> PathBuf {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = named("LOCALAPPDATA").or_else(|| named("XDG_DATA_HOME"));
    let base = base.or_else(|| named("HOME").map(|home| home.join(".local/share")));
    base.unwrap_or_else(std::env::temp_dir).join("mot-cua")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_win_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("counter.toml");
        std::fs::write(&config, "server = \"http://a\"\nsite = \"H52.125\"\ncounter = 3\n").unwrap();
        let args = Args { config: Some(config), server: Some("http://b".into()), ..Args::default() };
        let setup = args.setup().unwrap();
        assert_eq!((setup.server.as_str(), setup.counter), ("http://b", Some(3)));
        assert_eq!(setup.site, Some(UnitCode::from("H52.125")));
    }

    #[test]
    fn an_unknown_line_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("counter.toml");
        std::fs::write(&config, "sever = \"http://a\"\n").unwrap();
        assert!(Args { config: Some(config), ..Args::default() }.setup().is_err());
    }

    #[test]
    fn devices_are_named_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("counter.toml");
        let text = "roll_printer = \"windows:Máy in biên nhận\"\nscanner_port = \"COM3\"\n";
        std::fs::write(&config, text).unwrap();
        let setup = Args { config: Some(config.clone()), ..Args::default() }.setup().unwrap();
        assert_eq!(setup.roll_printer, Some(RollAddress::Windows("Máy in biên nhận".into())));
        assert_eq!((setup.scanner_port.as_deref(), setup.scanner_baud), (Some("COM3"), 9_600));
        std::fs::write(&config, "roll_printer = \"XP-80C\"\n").unwrap();
        let error = Args { config: Some(config), ..Args::default() }.setup().unwrap_err();
        assert!(format!("{error:#}").contains("tcp:"), "{error:#}");
    }
}
