//! Words. Every string that a person reads comes from `assets/i18n`, Vietnamese first; numbers, dates, money
//! and reasons are said here as Vietnamese (or English) readers expect them.
//!
//! This crate decides nothing: it only says what the domain found.
#![warn(missing_docs)]

mod hall;
mod reasons;
mod say;
mod spoken;
mod update;

pub use reasons::{explain, explain_all};
pub use say::*;
pub use spoken::{Clip, Spoken};

use std::borrow::Cow;

rust_i18n::i18n!("../../assets/i18n", fallback = "vi");

/// A language that the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The tag that the string files use.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The words of `key` in this language; Vietnamese where there is no translation, the key itself where
    /// there is nothing (a test forbids both).
    #[must_use]
    pub fn t(self, key: &str) -> Cow<'static, str> {
        let found = _rust_i18n_try_translate(self.tag(), key).or_else(|| _rust_i18n_try_translate("vi", key));
        found.unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    /// As [`Lang::t`], with `{name}` replaced by values.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.t(key).into_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

/// The Vietnamese words of `key`: what staff read.
#[must_use]
pub fn t(key: &str) -> Cow<'static, str> {
    Lang::Vi.t(key)
}

/// As [`t`], with `{name}` replaced by values.
#[must_use]
pub fn with(key: &str, values: &[(&str, &str)]) -> String {
    Lang::Vi.with(key, values)
}

/// Every key of a language, for the test that compares them.
#[must_use]
pub fn keys(lang: Lang) -> Vec<String> {
    let mut keys: Vec<String> =
        match rust_i18n::Backend::messages_for_locale(_RUST_I18N_BACKEND.as_ref(), lang.tag()) {
            Some(messages) => messages.into_iter().map(|(key, _)| key.into_owned()).collect(),
            None => Vec::new(),
        };
    keys.sort();
    keys
}
