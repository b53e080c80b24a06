//! `<app> config …`.

use super::{Gathered, Origin, Problem, Request, Settings, edit, key::template};
use std::{
    io::{self, Write},
    path::PathBuf,
};

/// What can be done with the configuration.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Explains everything that is wrong with file and environment; exit code 1 then.
    Check {
        /// Writes the answer to this file instead of the console.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Prints what holds, and where each value comes from.
    Show,
    /// Prints the commented template of the file.
    Template,
    /// Sets keys in the file and keeps its comments; an empty value leaves the key as it is.
    Set {
        /// For example server=https://motcua.sonla.gov.vn
        #[arg(required = true, value_name = "KEY=VALUE")]
        values: Vec<String>,
    },
}

impl Command {
    /// Does it; true when all is well. `fits` adds what only the app can check of sound settings.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub fn run<T: Settings>(
        self,
        request: &Request<'_, T>,
        fits: &dyn Fn(&mut Gathered<T>, &T),
        out: &mut dyn Write,
    ) -> io::Result<bool> {
        match self {
            Self::Check { out: file } => {
                let mut gathered = request.gather();
                gathered.look();
                if let Ok(settings) = gathered.settings() {
                    fits(&mut gathered, &settings);
                }
                let text = checked(&gathered);
                match file {
                    Some(file) => std::fs::write(file, text)?,
                    None => out.write_all(text.as_bytes())?,
                }
                Ok(!gathered.problems.iter().any(Problem::is_error))
            }
            Self::Show => {
                out.write_all(shown(&request.gather()).as_bytes())?;
                Ok(true)
            }
            Self::Template => {
                out.write_all(template(T::APP).as_bytes())?;
                Ok(true)
            }
            Self::Set { values } => match edit::set::<T>(request.file, &values) {
                Ok(set) => {
                    let path = request.gather().file.path.display().to_string();
                    let names = if set.is_empty() { "–".to_owned() } else { set.join(", ") };
                    writeln!(
                        out,
                        "{}",
                        i18n::with("machine.config.set", &[("path", &path), ("names", &names)])
                    )?;
                    Ok(true)
                }
                Err(wrong) => {
                    writeln!(out, "{wrong}\n{}", i18n::t("machine.config.set_nothing"))?;
                    Ok(false)
                }
            },
        }
    }
}

/// Which file was read, in a sentence.
#[must_use]
pub(crate) fn file_line<T>(gathered: &Gathered<T>) -> String {
    let key = if gathered.file.found { "machine.config.file.found" } else { "machine.config.file.none" };
    i18n::with(key, &[("path", &gathered.file.path.display().to_string())])
}

fn checked<T>(gathered: &Gathered<T>) -> String {
    let mut text = format!("{}\n", file_line(gathered));
    for problem in &gathered.problems {
        text.push_str(&format!("\n{problem}\n"));
    }
    let errors = gathered.problems.iter().filter(|problem| problem.is_error()).count();
    let end = match (errors, gathered.problems.len()) {
        (0, 0) => i18n::t("machine.config.good").into_owned(),
        (0, n) => i18n::with("machine.config.warned", &[("n", &n.to_string())]),
        (n, _) => i18n::with("machine.config.bad", &[("n", &n.to_string())]),
    };
    text.push_str(&format!("\n{end}\n"));
    text
}

/// What holds and where it comes from, secrets masked.
pub(crate) fn shown<T: Settings>(gathered: &Gathered<T>) -> String {
    let effective = gathered.effective();
    let width = effective.iter().map(|(key, ..)| key.name.len()).max().unwrap_or_default();
    let mut text = format!("{}\n\n", file_line(gathered));
    for (key, value, origin) in effective {
        let from = match origin {
            Origin::Flag => i18n::with("machine.config.from.flag", &[("name", &key.flag())]),
            Origin::Environment => {
                i18n::with("machine.config.from.environment", &[("name", &key.variable())])
            }
            Origin::File(line, _) => i18n::with("machine.config.from.file", &[("line", &line.to_string())]),
            Origin::Usual if value.is_some() => i18n::t("machine.config.from.usual").into_owned(),
            Origin::Usual => i18n::t("machine.config.from.nowhere").into_owned(),
        };
        let value = value.unwrap_or_else(|| "–".to_owned());
        text.push_str(&format!("{:width$} = {value:32} # {from}\n", key.name));
    }
    for problem in &gathered.problems {
        text.push_str(&format!("\n{problem}\n"));
    }
    text
}
