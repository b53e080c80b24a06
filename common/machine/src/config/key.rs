//! What may stand in a configuration file.

use super::Kind;
use crate::App;
use std::path::PathBuf;

/// One key: `some_key` in the file, `MOTCUA_SOME_KEY` in the environment, `--some-key` as a flag.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// What holds when nothing is set.
    pub usual: Usual,
    /// Whether its value is never shown.
    pub secret: bool,
}

/// What holds when a key is not set.
#[derive(Clone, Copy, Debug)]
pub enum Usual {
    /// This value, as TOML.
    Is(&'static str),
    /// Nothing; the template shows this value, as TOML, for an example.
    Example(&'static str),
    /// A folder of this machine.
    Place(fn() -> PathBuf),
}

impl Key {
    /// A key.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, usual: Usual) -> Self {
        Self { name, kind, usual, secret: false }
    }

    /// The same, never shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Its environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("MOTCUA_{}", self.name.to_ascii_uppercase())
    }

    /// Its flag.
    #[must_use]
    pub fn flag(&self) -> String {
        format!("--{}", self.name.replace('_', "-"))
    }

    /// What the template writes behind the key, as TOML. An empty text says nothing, as if the key were not set.
    #[must_use]
    pub fn in_template(&self) -> &'static str {
        match self.usual {
            Usual::Is(text) | Usual::Example(text) => text,
            Usual::Place(_) => "\"\"",
        }
    }
}

/// The commented configuration file of an app: every key, with what is usual.
#[must_use]
pub fn template(app: App) -> &'static str {
    match app {
        App::Counter => include_str!("../../../../assets/config/counter.toml"),
        App::Kiosk => include_str!("../../../../assets/config/kiosk.toml"),
        App::Server => include_str!("../../../../assets/config/server.toml"),
    }
}
