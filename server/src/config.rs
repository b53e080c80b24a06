//! How this server is set up.

mod keys;

pub use keys::Keys;

use machine::secrets::{DATABASE_PASSWORD, Secrets};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
            data: keys::usual_data(),
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

impl Config {
    /// The database's address, with the password that the system keeps when the address names a user without one.
    ///
    /// # Errors
    /// When a password is kept but cannot be read.
    pub fn database_url(&self) -> std::io::Result<String> {
        let url = self.database_without_password();
        let Some((scheme, user, rest)) = user_of(&url).filter(|(_, user, _)| !user.contains(':')) else {
            return Ok(url);
        };
        let password = Secrets::beside(&self.data).get(DATABASE_PASSWORD)?;
        Ok(match password {
            Some(password) => {
                let password = utf8_percent_encode(&password, NON_ALPHANUMERIC);
                format!("{scheme}://{user}:{password}@{rest}")
            }
            None => url,
        })
    }

    /// The database's address as it is configured.
    fn database_without_password(&self) -> String {
        match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.join("mot-cua.db").display()),
        }
    }

    /// Where the logs of a service lie.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }

    /// The database's address without its password, for people to read.
    #[must_use]
    pub fn database_shown(&self) -> String {
        let url = self.database_without_password();
        match user_of(&url).and_then(|(scheme, user, rest)| Some((scheme, user.split_once(':')?.0, rest))) {
            Some((scheme, name, rest)) => format!("{scheme}://{name}:•••@{rest}"),
            None => url,
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

/// The scheme, the user (and perhaps password) and the rest of an address.
fn user_of(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let (user, rest) = rest.rsplit_once('@')?;
    Some((scheme, user, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_not_shown() {
        let config =
            Config { database: Some("postgres://motcua:s3cret@db/motcua".to_owned()), ..Config::default() };
        assert_eq!(config.database_shown(), "postgres://motcua:•••@db/motcua");
    }
}
