//! What flags, environment and file say together, and where each value comes from.

use super::{
    Key, Problem, Settings, Trouble, Usual, Wrong, edit,
    kind::shown,
    problem::{nearest, syntax},
    text,
};
use crate::places::Places;
use std::{
    collections::BTreeMap,
    io,
    marker::PhantomData,
    path::{Path, PathBuf},
};
use toml::Value;

/// Where to look.
pub struct Request<'a, T> {
    /// The file that was named, if any; it must be there then.
    pub file: Option<&'a Path>,
    /// The flags that were given.
    pub flags: &'a T,
    /// The environment.
    pub environment: &'a dyn Fn(&str) -> Option<String>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line.
    Flag,
    /// An environment variable.
    Environment,
    /// This line and column of the file.
    File(usize, usize),
    /// Nowhere: it is what is usual.
    Usual,
}

/// A configuration file and whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Whether it is there.
    pub found: bool,
}

/// Everything that was found.
#[derive(Debug)]
pub struct Gathered<T> {
    /// The file.
    pub file: Named,
    /// What is wrong.
    pub problems: Vec<Problem>,
    values: BTreeMap<&'static str, (Value, Origin)>,
    kind: PhantomData<T>,
}

/// The real environment; what is no text is left out.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl<T: Settings> Request<'_, T> {
    /// Looks everywhere, and tells everything that is wrong instead of stopping at the first.
    #[must_use]
    pub fn gather(&self) -> Gathered<T> {
        let usual = Places::here().config_file(T::APP);
        let path = self.file.map_or(usual, Path::to_owned);
        let file = Named { path, found: false };
        let mut found = Gathered { file, problems: Vec::new(), values: BTreeMap::new(), kind: PhantomData };
        found.take_file(self.file.is_some());
        found.take_environment(self.environment);
        found.take_flags(self.flags);
        let together = found.settings().map(|settings| settings.together()).unwrap_or_default();
        together.into_iter().for_each(|(key, trouble)| found.add(key, trouble));
        found
    }
}

impl<T: Settings> Gathered<T> {
    /// What every key says is usual.
    pub(super) fn usual() -> Self {
        let file = Named { path: PathBuf::new(), found: false };
        let mut found = Self { file, problems: Vec::new(), values: BTreeMap::new(), kind: PhantomData };
        for key in T::KEYS {
            let told = match key.usual {
                Usual::Is(text) => {
                    format!("x = {text}").parse::<toml::Table>().ok().and_then(|mut one| one.remove("x"))
                }
                Usual::Place(place) => Some(Value::String(place().display().to_string())),
                Usual::Example(_) => None,
            };
            if let Some(value) = told {
                found.put(key, value, Origin::Usual);
            }
        }
        found
    }

    /// The settings, when nothing is wrong.
    ///
    /// # Errors
    /// [`Wrong`] with all problems.
    pub fn settings(&self) -> Result<T, Wrong> {
        let errors: Vec<Problem> =
            self.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
        if !errors.is_empty() {
            return Err(Wrong { problems: errors });
        }
        let table: toml::Table =
            self.values.iter().map(|(name, (value, _))| ((*name).to_owned(), value.clone())).collect();
        table.try_into().map_err(|error: toml::de::Error| {
            let trouble = Trouble::Syntax { detail: error.message().to_owned() };
            Wrong { problems: vec![Problem { file: None, origin: Origin::Usual, key: None, trouble }] }
        })
    }

    /// Looks whether folders and files that are named can be used. What is usual is looked at, too.
    pub fn look(&mut self) {
        for key in T::KEYS {
            let usual = || match key.usual {
                Usual::Place(place) => Some((Value::String(place().display().to_string()), Origin::Usual)),
                Usual::Is(_) | Usual::Example(_) => None,
            };
            let Some((value, origin)) = self.values.get(key.name).cloned().or_else(usual) else {
                continue;
            };
            if let Err(trouble) = key.kind.look(&value) {
                // Only a file is read by others.
                let harmless = trouble == Trouble::PasswordInFile && !matches!(origin, Origin::File(..));
                if !harmless {
                    self.wrong(origin, key.name, trouble);
                }
            }
        }
    }

    /// Adds what only the app itself can find.
    pub fn add(&mut self, key: &'static str, trouble: Trouble) {
        let origin = self.values.get(key).map_or(Origin::Usual, |(_, origin)| origin.clone());
        self.wrong(origin, key, trouble);
    }

    /// Every key with its value as TOML, if there is one, and where that comes from. Secrets are masked.
    #[must_use]
    pub fn effective(&self) -> Vec<(&'static Key, Option<String>, Origin)> {
        let one = |key: &'static Key| match self.values.get(key.name) {
            Some((value, origin)) => (key, Some(masked(key, &shown(value))), origin.clone()),
            None => match key.usual {
                Usual::Is(text) => (key, Some(text.to_owned()), Origin::Usual),
                Usual::Place(place) => {
                    (key, Some(shown(&Value::String(place().display().to_string()))), Origin::Usual)
                }
                Usual::Example(_) => (key, None, Origin::Usual),
            },
        };
        T::KEYS.iter().map(one).collect()
    }

    fn wrong(&mut self, origin: Origin, key: &str, trouble: Trouble) {
        let secret = T::KEYS.iter().any(|known| known.name == key && known.secret);
        let trouble = match trouble {
            Trouble::WrongKind { wanted, .. } if secret => {
                Trouble::WrongKind { wanted, found: "•••".to_owned() }
            }
            other => other,
        };
        let file = Some(self.file.path.clone());
        self.problems.push(Problem { file, origin, key: Some(key.to_owned()), trouble });
    }

    fn take_file(&mut self, named: bool) {
        let text = match text::read(&self.file.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !named => return,
            Err(error) => {
                let trouble = Trouble::of_reading(&error);
                let file = Some(self.file.path.clone());
                self.problems.push(Problem { file, origin: Origin::File(0, 0), key: None, trouble });
                return;
            }
        };
        self.file.found = true;
        let document = match toml_edit::Document::parse(text.as_str()) {
            Ok(document) => document,
            Err(error) => {
                self.problems.push(syntax(&self.file.path, &text, &error));
                return;
            }
        };
        for (name, item) in document.iter() {
            let span = document.key(name).and_then(toml_edit::Key::span);
            let (line, column) = text::spot(&text, span.map_or(0, |span| span.start));
            let origin = Origin::File(line, column);
            let Some(key) = T::KEYS.iter().find(|key| key.name == name) else {
                self.wrong(origin, name, Trouble::UnknownKey { nearest: nearest(name, T::KEYS) });
                continue;
            };
            let Some(value) = edit::value_of(item) else {
                let found = "[…]".to_owned();
                self.wrong(origin, name, Trouble::WrongKind { wanted: key.kind, found });
                continue;
            };
            self.put(key, value, origin);
        }
    }

    fn take_environment(&mut self, environment: &dyn Fn(&str) -> Option<String>) {
        for key in T::KEYS {
            let Some(text) = environment(&key.variable()).filter(|text| !text.is_empty()) else {
                continue;
            };
            match key.kind.parse(&text) {
                Ok(value) => self.put(key, value, Origin::Environment),
                Err(trouble) => self.wrong(Origin::Environment, key.name, trouble),
            }
        }
    }

    fn take_flags(&mut self, flags: &T) {
        // A path that is no Unicode cannot be written down; nobody has one.
        let given = toml::Table::try_from(flags).unwrap_or_default();
        for key in T::KEYS {
            if let Some(value) = given.get(key.name) {
                self.put(key, value.clone(), Origin::Flag);
            }
        }
    }

    /// Takes a value over the one before, unless it says nothing.
    fn put(&mut self, key: &'static Key, value: Value, origin: Origin) {
        if value.as_str() == Some("") {
            return;
        }
        match key.kind.check(&value) {
            Ok(()) => {
                self.values.insert(key.name, (value, origin));
            }
            Err(trouble) => self.wrong(origin, key.name, trouble),
        }
    }
}

/// A value that may be shown: a secret hides wholly, an address its password.
fn masked(key: &Key, shown: &str) -> String {
    if key.secret {
        return "\"•••\"".to_owned();
    }
    super::problem::without_password(shown)
}
