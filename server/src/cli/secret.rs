//! `server secret …`: what must not stand in a file that many can read.

use crate::config::Config;
use clap::{Subcommand, ValueEnum};
use machine::secrets::{DATABASE_PASSWORD, Secrets};
use std::io::{BufRead, Write};

/// Secrets.
#[derive(Debug, Subcommand)]
pub(super) enum Secret {
    /// Reads a secret from standard input and keeps it for this machine.
    Set {
        /// Which.
        name: Name,
    },
}

/// Which secret.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Name {
    /// The password of the database.
    DatabasePassword,
}

impl Secret {
    /// Does it; false when nothing was given.
    pub(super) fn run(
        self,
        config: &Config,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let Self::Set { name: Name::DatabasePassword } = self;
        writeln!(out, "{}", i18n::t("machine.secret.ask"))?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        let password = line.trim_end_matches(['\r', '\n']);
        if password.is_empty() {
            writeln!(out, "{}", i18n::t("machine.secret.empty"))?;
            return Ok(false);
        }
        let path = Secrets::beside(&config.data).set(DATABASE_PASSWORD, password)?;
        let path = path.display().to_string();
        writeln!(out, "{}", i18n::with("machine.secret.kept", &[("path", &path)]))?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(config: &Config, typed: &str) -> (bool, String) {
        let mut out = Vec::new();
        let secret = Secret::Set { name: Name::DatabasePassword };
        let good = secret.run(config, &mut typed.as_bytes(), &mut out).unwrap();
        (good, String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_password_is_typed_once_and_used_from_then_on() {
        let dir = tempfile::tempdir().unwrap();
        let database = Some("postgres://motcua@db.sonla.gov.vn/motcua".to_owned());
        let config = Config { data: dir.path().to_owned(), database, ..Config::default() };
        let (good, said) = set(&config, "p@ss / mật khẩu\r\n");
        assert!(good && !said.contains("p@ss"), "{said}");
        let url = config.database_url().unwrap();
        assert_eq!(url, "postgres://motcua:p%40ss%20%2F%20m%E1%BA%ADt%20kh%E1%BA%A9u@db.sonla.gov.vn/motcua");
        assert_eq!(config.database_shown(), "postgres://motcua@db.sonla.gov.vn/motcua");
    }

    #[test]
    fn an_empty_line_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let config = Config { data: dir.path().to_owned(), ..Config::default() };
        set(&config, "first\n");
        assert!(!set(&config, "\n").0);
        let kept = Secrets::beside(&config.data).get(DATABASE_PASSWORD).unwrap();
        assert_eq!(kept.as_deref(), Some("first"));
    }
}
