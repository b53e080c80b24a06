//! Changing single lines of a configuration file, as installers and IT's scripts do, with all comments kept.

use super::{
    Origin, Problem, Settings, Trouble, Wrong, key::template, problem::nearest, problem::syntax, text,
};
use crate::{files, places::Places};
use std::{io, path::Path};
use toml::Value;

/// Sets keys in an app's file, which is made from the template if it is missing. A setting is `KEY=VALUE`, the key in
/// small or capital letters; without a value it leaves the key as it is, since an installer hands on properties that
/// nobody set. All are checked before anything is written. Says which keys were set.
///
/// # Errors
/// [`Wrong`]; the file is then as it was.
pub fn set<T: Settings>(file: Option<&Path>, settings: &[String]) -> Result<Vec<&'static str>, Wrong> {
    let path = file.map_or_else(|| Places::here().config_file(T::APP), Path::to_owned);
    let wrong = |trouble| Wrong {
        problems: vec![Problem { file: Some(path.clone()), origin: Origin::File(0, 0), key: None, trouble }],
    };
    let values = read_settings::<T>(settings)?;
    let before = match text::read(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(wrong(Trouble::of_reading(&error))),
    };
    let mut text = before.clone().unwrap_or_else(|| template(T::APP).to_owned());
    for (name, value) in &values {
        text = with_line(&text, name, value)
            .map_err(|error| Wrong { problems: vec![syntax(&path, &text, &error)] })?;
    }
    if before.as_deref() != Some(text.as_str()) {
        files::replace(&path, text.as_bytes())
            .map_err(|error| wrong(Trouble::Unwritable { detail: error.to_string() }))?;
    }
    Ok(values.into_iter().map(|(name, _)| name).collect())
}

fn read_settings<T: Settings>(settings: &[String]) -> Result<Vec<(&'static str, Value)>, Wrong> {
    let mut values = Vec::new();
    let mut problems = Vec::new();
    for setting in settings {
        let (name, text) = setting.split_once('=').unwrap_or((setting.as_str(), ""));
        let name = name.trim().to_ascii_lowercase().replace('-', "_");
        let mut wrong = |trouble| {
            let key = Some(name.clone());
            problems.push(Problem { file: None, origin: Origin::Flag, key, trouble });
        };
        match T::KEYS.iter().find(|key| key.name == name) {
            None => wrong(Trouble::UnknownKey { nearest: nearest(&name, T::KEYS) }),
            Some(_) if text.is_empty() => {}
            Some(key) => match key.kind.parse(text) {
                Ok(value) => values.push((key.name, value)),
                Err(trouble) => wrong(trouble),
            },
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(Wrong { problems }) }
}

/// The text with a key set: in its own line, else in place of the template's commented line, else at the end.
fn with_line(text: &str, name: &str, value: &Value) -> Result<String, toml_edit::TomlError> {
    let mut document: toml_edit::DocumentMut = text.parse()?;
    let new = edited(value);
    if let Some(old) = document.get_mut(name).and_then(toml_edit::Item::as_value_mut) {
        let decor = old.decor().clone();
        *old = new;
        *old.decor_mut() = decor;
        return Ok(document.to_string());
    }
    let written = format!("{name} = {new}");
    if let Some(line) = text.lines().find(|line| comments_out(line, name)) {
        return Ok(text.replacen(line, &written, 1));
    }
    document.insert(name, toml_edit::Item::Value(new));
    Ok(document.to_string())
}

/// Whether a line is a key that is commented out: `#server = …`.
fn comments_out(line: &str, name: &str) -> bool {
    let rest = line.strip_prefix('#').and_then(|line| line.strip_prefix(name));
    rest.is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn edited(value: &Value) -> toml_edit::Value {
    match value {
        Value::Integer(number) => (*number).into(),
        Value::Boolean(yes) => (*yes).into(),
        other => other.as_str().unwrap_or_default().into(),
    }
}

/// A plain value of a file; none for a table or a list, which no key is.
pub(super) fn value_of(item: &toml_edit::Item) -> Option<Value> {
    match item.as_value()? {
        toml_edit::Value::String(text) => Some(Value::String(text.value().clone())),
        toml_edit::Value::Integer(number) => Some(Value::Integer(*number.value())),
        toml_edit::Value::Boolean(yes) => Some(Value::Boolean(*yes.value())),
        toml_edit::Value::Float(number) => Some(Value::Float(*number.value())),
        toml_edit::Value::Datetime(time) => Some(Value::String(time.value().to_string())),
        toml_edit::Value::Array(_) | toml_edit::Value::InlineTable(_) => None,
    }
}
