//! What is wrong with a configuration, said so that it can be put right.

use super::{Key, Kind, Origin, text};
use std::{fmt, io, path::Path, path::PathBuf};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The configuration file that was read.
    pub file: Option<PathBuf>,
    /// Where the value stands.
    pub origin: Origin,
    /// Which key, where it is about one.
    pub key: Option<String>,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file that was named is not there.
    Missing,
    /// The file cannot be read.
    Unreadable {
        /// Why, for IT.
        detail: String,
    },
    /// The file cannot be written.
    Unwritable {
        /// Why, for IT.
        detail: String,
    },
    /// The file is in no encoding that is understood.
    Encoding,
    /// The file is not TOML.
    Syntax {
        /// Why, for IT.
        detail: String,
    },
    /// There is no such key.
    UnknownKey {
        /// The key that was perhaps meant.
        nearest: Option<&'static str>,
    },
    /// The value is of another kind.
    WrongKind {
        /// What it must be.
        wanted: Kind,
        /// What stands there.
        found: String,
    },
    /// The address does not begin with `http://` or `https://`.
    NoScheme,
    /// The number is too small or too large.
    OutOfRange {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// The value is none of these.
    NotOneOf(&'static [&'static str]),
    /// The value is not of digits, or of too few.
    NotDigits(usize),
    /// The folder cannot be read or written.
    FolderUnusable {
        /// Why, for IT.
        detail: String,
    },
    /// The file that is named cannot be read.
    FileUnusable {
        /// Why, for IT.
        detail: String,
    },
    /// Certificate and key do not belong together, or are damaged.
    BadCertificate {
        /// Why, for IT.
        detail: String,
    },
    /// One of two keys that belong together is missing.
    Alone {
        /// The missing one.
        other: &'static str,
    },
    /// A password stands in a file that many can read.
    PasswordInFile,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The app does not start like this.
    Error,
    /// It starts, but this should be changed.
    Warning,
}

impl Trouble {
    pub(super) fn of_reading(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::InvalidData => Self::Encoding,
            _ => Self::Unreadable { detail: error.to_string() },
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::PasswordInFile => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } => "unwritable",
            Self::Encoding => "encoding",
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { .. } => "unknown_key",
            Self::WrongKind { .. } => "wrong_kind",
            Self::NoScheme => "no_scheme",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotOneOf(_) => "not_one_of",
            Self::NotDigits(_) => "not_digits",
            Self::FolderUnusable { .. } => "folder",
            Self::FileUnusable { .. } => "file",
            Self::BadCertificate { .. } => "certificate",
            Self::Alone { .. } => "alone",
            Self::PasswordInFile => "password",
        }
    }

    /// For IT: what the system said.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unreadable { detail }
            | Self::Unwritable { detail }
            | Self::Syntax { detail }
            | Self::FolderUnusable { detail }
            | Self::FileUnusable { detail }
            | Self::BadCertificate { detail } => Some(detail),
            _ => None,
        }
    }

    /// The values that the sentences about it name.
    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownKey { nearest } => vec![("nearest", nearest.unwrap_or_default().to_owned())],
            Self::WrongKind { wanted, found } => vec![
                ("wanted", i18n::t(&format!("machine.kind.{}", wanted.name())).into_owned()),
                ("found", without_password(found)),
            ],
            Self::OutOfRange { least, most } => {
                vec![("least", least.to_string()), ("most", most.to_string())]
            }
            Self::NotOneOf(names) => vec![("names", names.join(", "))],
            Self::NotDigits(least) => vec![("least", least.to_string())],
            Self::Alone { other } => vec![("other", (*other).to_owned())],
            _ => Vec::new(),
        }
    }

    fn sentence(&self, part: &str, key: &str) -> String {
        let name = match (self, part) {
            (Self::UnknownKey { nearest: Some(_) }, "advice") => "nearest_key",
            _ => self.name(),
        };
        let values = self.values();
        let values = values.iter().map(|(name, value)| (*name, value.as_str()));
        let values: Vec<(&str, &str)> = std::iter::once(("key", key)).chain(values).collect();
        i18n::with(&format!("machine.config.{part}.{name}"), &values)
    }
}

impl Problem {
    /// Whether the app does not start like this.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.trouble.severity() == Severity::Error
    }

    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> String {
        self.trouble.sentence("said", self.key.as_deref().unwrap_or_default())
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> String {
        self.trouble.sentence("advice", self.key.as_deref().unwrap_or_default())
    }

    /// Where it is: file with line and column, variable or flag.
    #[must_use]
    pub fn place(&self) -> String {
        let key = self.key.as_deref().unwrap_or_default();
        let path = self.file.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
        match self.origin {
            Origin::Flag => {
                i18n::with("machine.config.at.flag", &[("name", &format!("--{}", key.replace('_', "-")))])
            }
            Origin::Environment => {
                let name = format!("MOTCUA_{}", key.to_ascii_uppercase());
                i18n::with("machine.config.at.environment", &[("name", &name)])
            }
            Origin::File(0, _) => path,
            Origin::File(line, column) => i18n::with(
                "machine.config.at.file",
                &[("path", &path), ("line", &line.to_string()), ("column", &column.to_string())],
            ),
            Origin::Usual => i18n::with("machine.config.at.usual", &[("name", key)]),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n    {}\n    → {}", self.place(), self.said(), self.advice())?;
        match self.trouble.detail() {
            Some(detail) => write!(f, "\n    ({detail})"),
            None => Ok(()),
        }
    }
}

/// A configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Wrong {
    /// Everything that is wrong with it; at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&i18n::t("machine.config.wrong"))?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

/// A file that is no TOML.
pub(super) fn syntax(path: &Path, all: &str, error: &toml_edit::TomlError) -> Problem {
    let (line, column) = text::spot(all, error.span().map_or(0, |span| span.start));
    let trouble = Trouble::Syntax { detail: error.message().to_owned() };
    Problem { file: Some(path.to_owned()), origin: Origin::File(line, column), key: None, trouble }
}

/// How alike two names must be for one to be taken for a slip of the other.
const ALIKE: f64 = 0.72;

/// The key that was perhaps meant.
pub(super) fn nearest(name: &str, keys: &[Key]) -> Option<&'static str> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let likeness = |key: &Key| (strsim::jaro_winkler(&name, key.name), key.name);
    let best = keys.iter().map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, name)| name)
}

/// An address with its password masked; any other text as it is.
#[must_use]
pub(super) fn without_password(url: &str) -> String {
    let masked = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:•••@{host}"))
    });
    masked.unwrap_or_else(|| url.to_owned())
}
