//! Where the roll printer is, as one word of the configuration.

use serde::{Deserialize, Serialize};
use std::{fmt, path::PathBuf, str::FromStr};

/// The port of network printers that take raw bytes.
const RAW_PORT: u16 = 9100;

/// Where a roll printer is: `windows:Tên máy in`, `cups:NAME`, `tcp:192.168.1.50:9100` or `file:/path`.
///
/// ```
/// use devices::printer::RollAddress;
/// let address: RollAddress = "tcp:192.168.1.50".parse()?;
/// assert_eq!(address.to_string(), "tcp:192.168.1.50:9100");
/// # Ok::<(), devices::printer::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RollAddress {
    /// An installed printer of Windows, by its name.
    Windows(String),
    /// A queue of CUPS, by its name.
    Cups(String),
    /// A printer in the network that takes raw bytes.
    Tcp {
        /// Its name or address.
        host: String,
        /// Its port, usually 9100.
        port: u16,
    },
    /// A folder that keeps each receipt, or a device file.
    File(PathBuf),
}

/// A text that is no address of a roll printer.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum AddressError {
    /// No kind before a colon, or one that does not exist.
    #[error("{0:?} is no address of a roll printer: it begins with windows:, cups:, tcp: or file:")]
    NoKind(String),
    /// Nothing stands behind the kind.
    #[error("{0:?} names no printer behind the colon")]
    Empty(String),
    /// The port is no number from 1 to 65535.
    #[error("{0:?} has a port that is no number from 1 to 65535")]
    BadPort(String),
}

impl RollAddress {
    /// The address of an installed printer of this machine.
    #[must_use]
    pub fn installed(name: impl Into<String>) -> Self {
        if cfg!(windows) { Self::Windows(name.into()) } else { Self::Cups(name.into()) }
    }
}

impl FromStr for RollAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (kind, rest) =
            text.trim().split_once(':').ok_or_else(|| AddressError::NoKind(text.to_owned()))?;
        let rest = rest.trim();
        let kind = kind.to_ascii_lowercase();
        if !["windows", "cups", "tcp", "file"].contains(&kind.as_str()) {
            return Err(AddressError::NoKind(text.to_owned()));
        }
        if rest.is_empty() {
            return Err(AddressError::Empty(text.to_owned()));
        }
        match kind.as_str() {
            "windows" => Ok(Self::Windows(rest.to_owned())),
            "cups" => Ok(Self::Cups(rest.to_owned())),
            "file" => Ok(Self::File(PathBuf::from(rest))),
            _ => tcp(rest, text),
        }
    }
}

/// `host`, `host:port`, `[v6]` or `[v6]:port`.
fn tcp(rest: &str, text: &str) -> Result<RollAddress, AddressError> {
    let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        },
    };
    let port = port.map_or(Ok(RAW_PORT), str::parse);
    match port {
        Ok(port) if port > 0 && !host.is_empty() => Ok(RollAddress::Tcp { host: host.to_owned(), port }),
        Ok(port) if port > 0 => Err(AddressError::Empty(text.to_owned())),
        _ => Err(AddressError::BadPort(text.to_owned())),
    }
}

impl fmt::Display for RollAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Windows(name) => write!(f, "windows:{name}"),
            Self::Cups(name) => write!(f, "cups:{name}"),
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp:[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp:{host}:{port}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

impl TryFrom<String> for RollAddress {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<RollAddress> for String {
    fn from(address: RollAddress) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_alike() {
        for text in [
            "windows:Máy in biên nhận (quầy 3)",
            r"windows:\\MAYCHU\In phiếu: tầng 2",
            "cups:Bien_nhan",
            "tcp:192.168.1.50:9100",
            "tcp:may-in.maison.local:9101",
            "tcp:[fe80::1]:9100",
            "file:/dev/usb/lp0",
            r"file:C:\Biên nhận",
        ] {
            assert_eq!(text.parse::<RollAddress>().unwrap().to_string(), text);
        }
        assert_eq!(" TCP: 10.0.0.7 ".parse::<RollAddress>().unwrap().to_string(), "tcp:10.0.0.7:9100");
    }

    #[test]
    fn what_is_no_address_says_why() {
        let why = |text: &str| text.parse::<RollAddress>().unwrap_err();
        assert_eq!(why("XP-80C"), AddressError::NoKind("XP-80C".into()));
        assert_eq!(why("usb:1"), AddressError::NoKind("usb:1".into()));
        assert_eq!(why("cups: "), AddressError::Empty("cups: ".into()));
        assert_eq!(why("tcp::9100"), AddressError::Empty("tcp::9100".into()));
        assert_eq!(why("tcp:10.0.0.7:0"), AddressError::BadPort("tcp:10.0.0.7:0".into()));
        assert_eq!(why("tcp:10.0.0.7:99999"), AddressError::BadPort("tcp:10.0.0.7:99999".into()));
    }
}
