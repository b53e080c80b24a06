//! What people write in invented cases.

use domain::{procedure::Field, unit::FieldCode};
use std::collections::HashMap;

/// What people write in invented cases.
#[derive(Debug)]
pub(super) struct Phrases {
    pub(super) street_group: String,
    pub(super) opinion: String,
    pub(super) draft: String,
    pub(super) missing: String,
    pub(super) missing_why: String,
    pub(super) sent_back: String,
    pub(super) sorry: String,
    pub(super) withdrawn: String,
    pub(super) authorisation: String,
    /// How the numbers of a field's results end.
    kinds: HashMap<FieldCode, String>,
    other: String,
}

impl Phrases {
    pub(super) fn read(fields: &[Field]) -> Self {
        let said = |key: &str| i18n::t(&format!("server.demo.said.{key}")).into_owned();
        Self {
            street_group: said("street_group"),
            opinion: said("opinion"),
            draft: said("draft"),
            missing: said("missing"),
            missing_why: said("missing_why"),
            sent_back: said("sent_back"),
            sorry: said("sorry"),
            withdrawn: said("withdrawn"),
            authorisation: said("authorisation"),
            kinds: fields
                .iter()
                .filter_map(|field| Some((field.code.clone(), ending(&field.code)?)))
                .collect(),
            other: i18n::t("server.demo.number.other").into_owned(),
        }
    }

    /// How the number of a result ends: what kind of paper it is.
    pub(super) fn kind(&self, field: &FieldCode) -> &str {
        self.kinds.get(field).unwrap_or(&self.other)
    }
}

/// The ending of a field of its own; most have none.
fn ending(field: &FieldCode) -> Option<String> {
    let key = format!("server.demo.number.{}", field.as_str().replace('-', "_"));
    let words = i18n::t(&key);
    (words != key.as_str()).then(|| words.into_owned())
}
