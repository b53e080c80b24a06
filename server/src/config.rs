//! How this server is set up: a TOML file, then the environment, then flags; the later wins.

use serde::{Deserialize, Serialize};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address to listen at; port 0 takes any free one.
    pub listen: SocketAddr,
    /// `sqlite:PATH` or `postgres://…`; none is `mot-cua.db` in the data folder.
    pub database: Option<String>,
    /// Folder of the embedded database.
    pub data: PathBuf,
    /// Address under which citizens and staff reach this server, without a trailing slash; none is
    /// `http(s)://<listen>`.
    pub public_url: Option<String>,
    /// The pack that an empty database is filled with.
    pub pack: String,
    /// Certificate and key, when the server speaks TLS itself.
    pub tls: Option<Tls>,
    /// Connections for reading.
    pub readers: u32,
    /// Sign-ins that one address may try in a minute.
    pub sign_ins_per_minute: u32,
    /// Megabytes of answers kept ready in memory.
    pub cache_mb: u64,
    /// What is logged: `info`, `server=debug`…
    pub log: String,
    /// Logs as JSON lines.
    pub log_json: bool,
    /// Lets `POST /api/demo/clock` move the clock. Never on a real server.
    pub demo_clock: bool,
}

/// Files of a certificate, PEM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Certificate chain.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            database: None,
            data: PathBuf::from("data"),
            public_url: None,
            pack: crate::pack::DEFAULT.to_owned(),
            tls: None,
            readers: 4,
            sign_ins_per_minute: 120,
            cache_mb: 256,
            log: "info".to_owned(),
            log_json: false,
            demo_clock: false,
        }
    }
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file says something unknown.
    #[error("{path} is not a configuration")]
    Parse {
        /// Which.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be read or holds an unknown setting.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text)
            .map_err(|source| ConfigError::Parse { path: path.to_owned(), source: Box::new(source) })
    }

    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.join("mot-cua.db").display()),
        }
    }

    /// The database's address without its password, for people to read.
    #[must_use]
    pub fn database_shown(&self) -> String {
        let url = self.database_url();
        match (url.find("://"), url.rfind('@')) {
            (Some(from), Some(to)) if from + 3 < to => {
                let user = url.get(from + 3..to).unwrap_or_default();
                let name = user.split(':').next().unwrap_or_default();
                let (head, tail) =
                    (url.get(..from + 3).unwrap_or_default(), url.get(to..).unwrap_or_default());
                format!("{head}{name}:•••{tail}")
            }
            _ => url,
        }
    }

    /// The address that is printed on receipts, for a server that listens at `bound`.
    #[must_use]
    pub fn public_base(&self, bound: SocketAddr) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("{scheme}://{bound}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_settings_are_refused() {
        let good: Config = toml::from_str("listen = '0.0.0.0:443'\n[tls]\ncertificate='a'\nkey='b'").unwrap();
        assert_eq!(good.listen.port(), 443);
        assert!(toml::from_str::<Config>("lisen = '0.0.0.0:443'").is_err());
    }

    #[test]
    fn the_password_is_not_shown() {
        let config =
            Config { database: Some("postgres://motcua:s3cret@db/motcua".to_owned()), ..Config::default() };
        assert_eq!(config.database_shown(), "postgres://motcua:•••@db/motcua");
    }
}
