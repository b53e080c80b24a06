//! What a value must be, and whether it is.

use super::Trouble;
use std::{net::SocketAddr, path::Path};
use toml::Value;

/// What a key's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// The address of a server: `https://motcua.sonla.gov.vn`.
    Address,
    /// The code of a unit: `H52.125`.
    Unit,
    /// A whole number between these two.
    Number(i64, i64),
    /// `true` or `false`.
    YesNo,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A folder that is made when it is missing and must be writable.
    Folder,
    /// A folder that is read from.
    Source,
    /// A file that must be there.
    File,
    /// An IP address with a port: `0.0.0.0:8080`.
    Socket,
    /// `sqlite:PATH` or `postgres://…`.
    Database,
    /// At least so many digits.
    Digits(usize),
    /// What to log: `warn`, `info`, `server=debug`.
    Filter,
}

impl Kind {
    /// Its name in the words.
    #[must_use]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Address => "address",
            Self::Unit => "unit",
            Self::Number(..) => "number",
            Self::YesNo => "yes_no",
            Self::Choice(_) => "choice",
            Self::Folder | Self::Source => "folder",
            Self::File => "file",
            Self::Socket => "socket",
            Self::Database => "database",
            Self::Digits(_) => "digits",
            Self::Filter => "filter",
        }
    }

    /// Takes a value from the environment or an installer, where everything is text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(self, text: &str) -> Result<Value, Trouble> {
        let value = match self {
            Self::Number(..) => text.trim().parse().map(Value::Integer).ok(),
            Self::YesNo => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" => Some(Value::Boolean(true)),
                "false" | "0" | "no" => Some(Value::Boolean(false)),
                _ => None,
            },
            _ => Some(Value::String(text.to_owned())),
        };
        let value = value.ok_or_else(|| self.mismatch(text))?;
        self.check(&value)?;
        Ok(value)
    }

    /// Whether a value is of this kind, as far as the value alone can tell.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn check(self, value: &Value) -> Result<(), Trouble> {
        match (self, value) {
            (Self::Number(least, most), Value::Integer(number)) if !(least..=most).contains(number) => {
                Err(Trouble::OutOfRange { least, most })
            }
            (Self::Number(..), Value::Integer(_)) | (Self::YesNo, Value::Boolean(_)) => Ok(()),
            (Self::Number(..) | Self::YesNo, other) => Err(self.mismatch(&shown(other))),
            (_, Value::String(text)) => self.check_text(text),
            (_, other) => Err(self.mismatch(&shown(other))),
        }
    }

    fn check_text(self, text: &str) -> Result<(), Trouble> {
        let good = match self {
            Self::Address => return address(text),
            Self::Unit => is_unit(text),
            Self::Choice(names) if !names.contains(&text) => return Err(Trouble::NotOneOf(names)),
            Self::Socket => text.parse::<SocketAddr>().is_ok(),
            Self::Database => {
                ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme))
            }
            Self::Digits(least) => {
                let digits = text.bytes().all(|byte| byte.is_ascii_digit());
                return if digits && text.len() >= least { Ok(()) } else { Err(Trouble::NotDigits(least)) };
            }
            Self::Filter => tracing_subscriber::EnvFilter::try_new(text).is_ok(),
            _ => true,
        };
        if good { Ok(()) } else { Err(self.mismatch(text)) }
    }

    /// Whether what a value names is there and can be used.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn look(self, value: &Value) -> Result<(), Trouble> {
        let Some(path) = value.as_str().map(Path::new) else {
            return Ok(());
        };
        let unusable = |error: std::io::Error| Trouble::FolderUnusable { detail: error.to_string() };
        match self {
            Self::Folder => try_folder(path).map_err(unusable),
            Self::Source => std::fs::read_dir(path).map(drop).map_err(unusable),
            Self::File => match std::fs::File::open(path) {
                Ok(_) => Ok(()),
                Err(error) => Err(Trouble::FileUnusable { detail: error.to_string() }),
            },
            Self::Database if has_password(value.as_str().unwrap_or_default()) => {
                Err(Trouble::PasswordInFile)
            }
            _ => Ok(()),
        }
    }

    fn mismatch(self, found: &str) -> Trouble {
        Trouble::WrongKind { wanted: self, found: found.to_owned() }
    }
}

/// A value as one would write it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Table(_) => "[…]".to_owned(),
        other => other.to_string(),
    }
}

fn address(text: &str) -> Result<(), Trouble> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(Trouble::NoScheme);
    };
    let host = rest.split('/').next().unwrap_or_default();
    let whole = !host.is_empty() && !host.starts_with(':') && !text.contains(char::is_whitespace);
    match scheme {
        "http" | "https" if whole => Ok(()),
        "http" | "https" => Err(Trouble::WrongKind { wanted: Kind::Address, found: text.to_owned() }),
        _ => Err(Trouble::NoScheme),
    }
}

/// `H52`, `H52.125`, `H52.125.07`.
fn is_unit(text: &str) -> bool {
    let mut parts = text.split('.');
    let province = parts.next().is_some_and(|part| {
        part.strip_prefix('H')
            .is_some_and(|number| number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
    });
    province && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Writes a little into a folder, making it first if need be.
fn try_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    let probe = path.join(format!(".config-check-{}", std::process::id()));
    std::fs::write(&probe, b"x")?;
    std::fs::remove_file(&probe)
}

/// Whether a database's address carries its password.
fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(kind: Kind, text: &str) -> bool {
        kind.parse(text).is_ok()
    }

    #[test]
    fn an_address_says_how_the_server_is_spoken_to() {
        assert!(good(Kind::Address, "https://motcua.sonla.gov.vn"));
        assert!(good(Kind::Address, "http://10.0.0.4:8080/"));
        for bad in ["motcua.sonla.gov.vn", "ftp://a", "https://", "http://a b", "http://:8080"] {
            assert!(!good(Kind::Address, bad), "{bad}");
        }
    }

    #[test]
    fn a_unit_begins_with_the_province() {
        assert!(good(Kind::Unit, "H52") && good(Kind::Unit, "H52.125") && good(Kind::Unit, "H52.125.tuphap"));
        for bad in ["52.125", "H5.1", "H52.", "H52,125", "Mai Sơn"] {
            assert!(!good(Kind::Unit, bad), "{bad}");
        }
    }

    #[test]
    fn numbers_have_bounds_and_answers_are_yes_or_no() {
        assert!(
            good(Kind::Number(1, 999), "3")
                && !good(Kind::Number(1, 999), "0")
                && !good(Kind::Number(1, 9), "ba")
        );
        assert!(good(Kind::YesNo, "1") && good(Kind::YesNo, "False") && !good(Kind::YesNo, "có"));
        assert!(
            !good(Kind::Digits(6), "12345")
                && !good(Kind::Digits(6), "12345a")
                && good(Kind::Digits(6), "123456")
        );
    }

    #[test]
    fn a_password_in_an_address_is_seen() {
        assert!(has_password("postgres://motcua:bí mật@db/motcua"));
        assert!(!has_password("postgres://motcua@db:5432/motcua") && !has_password("sqlite:/data/a:b@c.db"));
    }
}
