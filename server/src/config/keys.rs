//! The keys of the configuration: each may stand in the file, in the environment or on the command line.

use super::{Config, Tls};
use machine::{
    App,
    config::{Key, Kind, Settings, Trouble, Usual},
    places::Places,
};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, path::PathBuf};

/// See [`Config`].
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[command(next_help_heading = "Configuration")]
pub struct Keys {
    /// Address to listen at; port 0 takes any free one.
    #[arg(long, global = true)]
    pub listen: Option<SocketAddr>,
    /// Address under which citizens and staff reach this server.
    #[arg(long, global = true)]
    pub public_url: Option<String>,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(long, global = true)]
    pub database: Option<String>,
    /// Folder of the data.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// Certificate chain (PEM); with `--tls-key` the server speaks HTTPS.
    #[arg(long, global = true)]
    pub tls_certificate: Option<PathBuf>,
    /// Private key (PEM).
    #[arg(long, global = true)]
    pub tls_key: Option<PathBuf>,
    /// The pack that an empty database is filled with.
    #[arg(long, global = true)]
    pub pack: Option<String>,
    /// Connections for reading.
    #[arg(long, global = true)]
    pub readers: Option<u32>,
    /// Sign-ins that one address may try in a minute.
    #[arg(long, global = true)]
    pub sign_ins_per_minute: Option<u32>,
    /// Megabytes of answers kept ready in memory.
    #[arg(long, global = true)]
    pub cache_mb: Option<u64>,
    /// What to log: `warn`, `info`, `server=debug`.
    #[arg(long, global = true)]
    pub log: Option<String>,
    /// Logs as JSON lines.
    #[arg(long, global = true, num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub log_json: Option<bool>,
    /// Lets `POST /api/demo/clock` move the clock. Never on a real server.
    #[arg(long, global = true, num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub demo_clock: Option<bool>,
}

impl Settings for Keys {
    const APP: App = App::Server;
    const KEYS: &'static [Key] = &[
        Key::new("listen", Kind::Socket, Usual::Is("\"127.0.0.1:8080\"")),
        Key::new("public_url", Kind::Address, Usual::Example("\"https://motcua.sonla.gov.vn\"")),
        Key::new("database", Kind::Database, Usual::Example("\"postgres://motcua@db.sonla.gov.vn/motcua\"")),
        Key::new("data", Kind::Folder, Usual::Place(usual_data)),
        Key::new("tls_certificate", Kind::File, Usual::Example("\"\"")),
        Key::new("tls_key", Kind::File, Usual::Example("\"\"")),
        Key::new("pack", Kind::Text, Usual::Is("\"sonla-2014\"")),
        Key::new("readers", Kind::Number(1, 64), Usual::Is("4")),
        Key::new("sign_ins_per_minute", Kind::Number(1, 100_000), Usual::Is("120")),
        Key::new("cache_mb", Kind::Number(1, 65_536), Usual::Is("256")),
        Key::new("log", Kind::Filter, Usual::Is("\"info\"")),
        Key::new("log_json", Kind::YesNo, Usual::Is("false")),
        Key::new("demo_clock", Kind::YesNo, Usual::Is("false")),
    ];

    fn together(&self) -> Vec<(&'static str, Trouble)> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(_), None) => vec![("tls_certificate", Trouble::Alone { other: "tls_key" })],
            (None, Some(_)) => vec![("tls_key", Trouble::Alone { other: "tls_certificate" })],
            _ => Vec::new(),
        }
    }
}

pub(super) fn usual_data() -> PathBuf {
    Places::here().machine_data(App::Server)
}

impl Keys {
    /// The settings with what is usual for all that is not set.
    #[must_use]
    pub fn config(self) -> Config {
        let usual = Config::default();
        let tls = self.tls_certificate.zip(self.tls_key);
        Config {
            listen: self.listen.unwrap_or(usual.listen),
            database: self.database,
            data: self.data.unwrap_or(usual.data),
            public_url: self.public_url,
            pack: self.pack.unwrap_or(usual.pack),
            tls: tls.map(|(certificate, key)| Tls { certificate, key }),
            readers: self.readers.unwrap_or(usual.readers),
            sign_ins_per_minute: self.sign_ins_per_minute.unwrap_or(usual.sign_ins_per_minute),
            cache_mb: self.cache_mb.unwrap_or(usual.cache_mb),
            log: self.log.unwrap_or(usual.log),
            log_json: self.log_json.unwrap_or(usual.log_json),
            demo_clock: self.demo_clock.unwrap_or(usual.demo_clock),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use machine::config::{Request, proof, read, usual};

    #[test]
    fn template_keys_and_settings_are_one() {
        assert_eq!(proof::disagreements::<Keys>(), Vec::<String>::new());
    }

    #[test]
    fn what_is_said_to_be_usual_holds() {
        assert_eq!(usual::<Keys>().unwrap().config(), Config::default());
    }

    #[test]
    fn a_certificate_without_its_key_is_refused() {
        let flags = Keys { tls_certificate: Some("a.pem".into()), ..Keys::default() };
        let empty = tempfile::NamedTempFile::new().unwrap();
        let request = Request { file: Some(empty.path()), flags: &flags, environment: &|_| None };
        let wrong = read(&request).unwrap_err();
        assert_eq!(wrong.problems[0].trouble, Trouble::Alone { other: "tls_key" });
        assert!(wrong.to_string().contains("--tls-certificate"), "{wrong}");
    }
}
