//! One commented TOML file per app, the same keys as environment variables and flags. The earlier wins: flag,
//! environment, file, what is usual.

mod command;
mod edit;
mod gather;
mod key;
mod kind;
mod problem;
pub mod proof;
#[cfg(test)]
mod tests;
mod text;

pub use command::Command;
pub(crate) use command::{file_line, shown};
pub use edit::set;
pub use gather::{Gathered, Named, Origin, Request, environment};
pub use key::{Key, Usual, template};
pub use kind::Kind;
pub use problem::{Problem, Severity, Trouble, Wrong};

use crate::App;
use serde::{Serialize, de::DeserializeOwned};

/// An app's settings as they stand in its file: every field optional, named as its key. The same type carries the flags.
pub trait Settings: Serialize + DeserializeOwned + Default {
    /// Whose they are.
    const APP: App;
    /// All keys, in the order of the template.
    const KEYS: &'static [Key];

    /// Keys that do not go together, each with what is wrong.
    fn together(&self) -> Vec<(&'static str, Trouble)> {
        Vec::new()
    }
}

/// Reads an app's settings: the flags given, over the environment, over the file. A missing file is fine, unless it was
/// named.
///
/// # Errors
/// [`Wrong`], with everything that is wrong in file, environment and flags.
pub fn read<T: Settings>(request: &Request<'_, T>) -> Result<T, Wrong> {
    request.gather().settings()
}

/// Settings as the flags that say the same, for a program that this one starts.
#[must_use]
pub fn flags<T: Settings>(settings: &T) -> Vec<std::ffi::OsString> {
    let given = toml::Table::try_from(settings).unwrap_or_default();
    let one = |key: &Key| {
        let value = given.get(key.name)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(format!("{}={text}", key.flag()).into())
    };
    T::KEYS.iter().filter_map(one).collect()
}

/// The settings as they are when nothing is set: what every key says is usual.
///
/// # Errors
/// [`Wrong`] when a key's own usual value is of another kind; a test of the app would have seen it.
pub fn usual<T: Settings>() -> Result<T, Wrong> {
    Gathered::usual().settings()
}
