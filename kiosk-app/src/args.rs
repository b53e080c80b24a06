//! How the kiosk is started.

use clap::{Parser, ValueEnum};
use domain::unit::UnitCode;
use std::path::PathBuf;

/// Which way to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// Modern graphics first, OpenGL if that does not start.
    #[default]
    Auto,
    /// OpenGL.
    Glow,
    /// Modern graphics (DirectX 12, Vulkan, Metal).
    Wgpu,
}

/// Một Cửa: the kiosk in the hall.
#[derive(Clone, Debug, Parser)]
#[command(name = "kiosk-app", version)]
pub struct Args {
    /// Address of the server.
    #[arg(long, env = "MOTCUA_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// Code of the agency in whose hall the kiosk stands.
    #[arg(long, env = "MOTCUA_SITE", default_value = "H52.125")]
    pub site: String,
    /// In a window instead of the whole screen.
    #[arg(long)]
    pub windowed: bool,
    /// Which way to draw.
    #[arg(long, value_enum, env = "MOTCUA_RENDERER", default_value = "auto")]
    pub renderer: Renderer,
    /// Seconds without a touch after which everything is forgotten.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(15..=3_600))]
    pub idle: u32,
    /// Folder of this machine's own data.
    #[arg(long, env = "MOTCUA_DATA")]
    pub data: Option<PathBuf>,
    /// For tests: a file that always says what the kiosk shows.
    #[arg(skip = std::env::var_os("MOTCUA_TEST_STATE").map(PathBuf::from))]
    pub test_state: Option<PathBuf>,
}

impl Args {
    /// The agency.
    #[must_use]
    pub fn unit(&self) -> UnitCode {
        UnitCode(self.site.clone())
    }

    /// The folder of this machine's own data.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(usual_data)
    }
}

fn usual_data() -> PathBuf {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = named("LOCALAPPDATA").or_else(|| named("XDG_DATA_HOME"));
    let base = base.or_else(|| named("HOME").map(|home| home.join(".local/share")));
    base.unwrap_or_else(std::env::temp_dir).join("mot-cua-kiosk")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_needs_no_arguments() {
        let args = Args::try_parse_from(["kiosk-app"]).unwrap();
        assert_eq!((args.idle, args.windowed, args.renderer), (60, false, Renderer::Auto));
    }

    #[test]
    fn it_may_not_forget_while_one_reads() {
        assert!(Args::try_parse_from(["kiosk-app", "--idle", "3"]).is_err());
    }
}
