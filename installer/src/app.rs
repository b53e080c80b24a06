//! The three apps, as packages name them.

use clap::ValueEnum;
use domain::update::AppKind;
use std::borrow::Cow;

/// An app that is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum App {
    /// The app of counters and divisions.
    Counter,
    /// The kiosk in the hall.
    Kiosk,
    /// The server.
    Server,
}

impl App {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Counter, Self::Kiosk, Self::Server];

    /// How the updater calls it.
    pub(crate) fn kind(self) -> AppKind {
        match self {
            Self::Counter => AppKind::Counter,
            Self::Kiosk => AppKind::Kiosk,
            Self::Server => AppKind::Server,
        }
    }

    /// Its name in files and addresses.
    pub(crate) fn name(self) -> &'static str {
        self.kind().name()
    }

    /// Its program, without an ending.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Counter => "counter-app",
            Self::Kiosk => "kiosk-app",
            Self::Server => "server",
        }
    }

    /// Its folder below `Program Files\Mot Cua`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Counter => "Counter",
            Self::Kiosk => "Kiosk",
            Self::Server => "Server",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> Cow<'static, str> {
        i18n::t(&format!("installer.title.{}", self.name()))
    }

    /// The commented configuration that a new machine gets.
    pub(crate) fn template(self) -> &'static str {
        match self {
            Self::Counter => include_str!("../../assets/config/counter.toml"),
            Self::Kiosk => include_str!("../../assets/config/kiosk.toml"),
            Self::Server => include_str!("../../assets/config/server.toml"),
        }
    }

    /// Its icon for Windows.
    pub(crate) fn ico(self) -> &'static [u8] {
        match self {
            Self::Counter => include_bytes!("../../assets/icons/app/counter.ico"),
            Self::Kiosk => include_bytes!("../../assets/icons/app/kiosk.ico"),
            Self::Server => include_bytes!("../../assets/icons/app/server.ico"),
        }
    }

    /// Its picture for Linux.
    pub(crate) fn png(self) -> &'static [u8] {
        match self {
            Self::Counter => include_bytes!("../../assets/icons/app/counter.png"),
            Self::Kiosk => include_bytes!("../../assets/icons/app/kiosk.png"),
            Self::Server => include_bytes!("../../assets/icons/app/server.png"),
        }
    }

    /// The property by which Windows' installer is told a key. It calls the package itself DATABASE.
    pub(crate) fn property(self, key: &str) -> String {
        match key {
            "database" => "DATABASE_URL".to_owned(),
            key => key.to_ascii_uppercase(),
        }
    }

    /// The keys of its configuration, in the order of the template.
    pub(crate) fn keys(self) -> Vec<&'static str> {
        let key = |line: &'static str| {
            let line = line.strip_prefix('#').unwrap_or(line);
            let (name, value) = line.split_once('=')?;
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let whole = toml::from_str::<toml::Table>(line).is_ok() && !value.trim().is_empty();
            Some(name.trim_end()).filter(|name| whole && name.chars().all(is_name))
        };
        self.template().lines().filter_map(key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_app_can_be_told_its_server_or_where_to_listen() {
        for app in [App::Counter, App::Kiosk] {
            assert!(app.keys().contains(&"server"), "{app:?} has {:?}", app.keys());
            assert!(app.keys().contains(&"site"), "{app:?} has {:?}", app.keys());
        }
        assert!(App::Server.keys().contains(&"listen"));
    }
}
