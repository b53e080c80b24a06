//! Where an app's configuration, data and logs lie.

pub use domain::update::AppKind as App;
use std::path::{Path, PathBuf};

/// The folders of a system, as its environment names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    config: PathBuf,
    machine: PathBuf,
    user: PathBuf,
}

/// Which rules hold for folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// `%ProgramData%`, `%LOCALAPPDATA%`.
    Windows,
    /// `/etc`, `/var/lib`, XDG.
    Unix,
}

impl System {
    /// The one this program was built for.
    pub const HERE: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };
}

impl Places {
    /// Those of this machine and of the user who runs the program.
    #[must_use]
    pub fn here() -> Self {
        Self::on(System::HERE, |name| shared(name).or_else(|| std::env::var_os(name).map(PathBuf::from)))
    }

    /// Those of a system whose environment is given.
    #[must_use]
    pub fn on(system: System, named: impl Fn(&str) -> Option<PathBuf>) -> Self {
        let spare = std::env::temp_dir;
        match system {
            System::Windows => {
                let shared = named("ProgramData").or_else(|| named("ALLUSERSPROFILE"));
                let shared = shared.unwrap_or_else(spare).join("Mot Cua");
                Self {
                    config: shared.clone(),
                    machine: shared,
                    user: named("LOCALAPPDATA").unwrap_or_else(spare),
                }
            }
            System::Unix => {
                let home = || named("HOME").map(|home| home.join(".local/share"));
                Self {
                    config: PathBuf::from("/etc/mot-cua"),
                    machine: PathBuf::from("/var/lib/mot-cua"),
                    user: named("XDG_DATA_HOME").or_else(home).unwrap_or_else(spare),
                }
            }
        }
    }

    /// An app's configuration file.
    #[must_use]
    pub fn config_file(&self, app: App) -> PathBuf {
        self.config.join(app.name()).with_extension("toml")
    }

    /// The data that an app keeps for the whole machine.
    #[must_use]
    pub fn machine_data(&self, app: App) -> PathBuf {
        self.machine.join(app.name())
    }

    /// Where an app and the keeper of its updates tell each other things: a folder of the whole machine where a keeper
    /// has made one, the app's own `data` where there is none.
    #[must_use]
    pub fn talk(&self, app: App, data: &Path) -> PathBuf {
        let shared = self.machine_talk(app);
        if shared.is_dir() { shared } else { data.join("talk") }
    }

    /// The folder that a keeper makes for this.
    #[must_use]
    pub fn machine_talk(&self, app: App) -> PathBuf {
        self.machine_data(app).join("talk")
    }

    /// The data that an app keeps for the user who runs it.
    #[must_use]
    pub fn user_data(&self, app: App) -> PathBuf {
        match app {
            App::Counter => self.user.join("mot-cua"),
            App::Kiosk | App::Server => self.user.join(format!("mot-cua-{}", app.name())),
        }
    }
}

/// What Windows itself says of its folders: the environment of a service may lack them.
#[cfg(windows)]
fn shared(name: &str) -> Option<PathBuf> {
    (name == "ProgramData").then(crate::windows::program_data).flatten()
}

#[cfg(not(windows))]
fn shared(_name: &str) -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_says_where_its_folders_are() {
        let places = Places::on(System::Windows, |name| match name {
            "ProgramData" => Some(PathBuf::from("/drive/ProgramData")),
            "LOCALAPPDATA" => Some(PathBuf::from("/drive/Users/Lò Văn Hặc/Local")),
            _ => None,
        });
        let shared = PathBuf::from("/drive/ProgramData/Mot Cua");
        assert_eq!(places.config_file(App::Counter), shared.join("counter.toml"));
        assert_eq!(places.machine_data(App::Server), shared.join("server"));
        assert_eq!(places.user_data(App::Counter), PathBuf::from("/drive/Users/Lò Văn Hặc/Local/mot-cua"));
    }

    #[test]
    fn linux_has_fixed_places_and_the_users_own() {
        let places = Places::on(System::Unix, |name| (name == "HOME").then(|| PathBuf::from("/people/la")));
        assert_eq!(places.config_file(App::Kiosk), PathBuf::from("/etc/mot-cua/kiosk.toml"));
        assert_eq!(places.machine_data(App::Kiosk), PathBuf::from("/var/lib/mot-cua/kiosk"));
        assert_eq!(places.user_data(App::Kiosk), PathBuf::from("/people/la/.local/share/mot-cua-kiosk"));
    }
}
