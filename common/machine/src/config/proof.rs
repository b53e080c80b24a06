//! Proof, for the apps' tests, that template, keys and settings are one.

use super::{Settings, Usual, template};
use std::collections::BTreeMap;

/// In what an app's template, keys and settings disagree; empty when they do not. The template has every key, commented
/// out, with what is usual; without the marks it can be read; and the settings have a field for each key and no other.
#[must_use]
pub fn disagreements<T: Settings>() -> Vec<String> {
    let lines: BTreeMap<&str, &str> = template(T::APP)
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once(" = "))
        .filter(|(name, _)| !name.contains(' ') && !name.is_empty())
        .collect();
    let keys: BTreeMap<&str, &str> = T::KEYS.iter().map(|key| (key.name, key.in_template())).collect();
    if lines != keys {
        return vec![format!("the template has {lines:?}, the keys are {keys:?}")];
    }
    let told: String = lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    let table: toml::Table = match told.parse() {
        Ok(table) => table,
        Err(error) => return vec![format!("without its marks the template cannot be read: {error}")],
    };
    let mut found = Vec::new();
    for key in T::KEYS {
        let value = table.get(key.name).filter(|value| value.as_str() != Some(""));
        if value.is_some_and(|value| key.kind.check(value).is_err()) {
            found.push(format!("{} is not of its kind in the template", key.name));
        }
        if matches!(key.usual, Usual::Is("\"\"")) {
            found.push(format!("{}: nothing is no usual value", key.name));
        }
    }
    let fields = table.try_into::<T>().map_err(|error| error.to_string());
    match fields.and_then(|fields| serde_json::to_value(fields).map_err(|error| error.to_string())) {
        Ok(fields) => {
            let names = fields.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
            found.extend(
                names
                    .filter(|name| !keys.contains_key(name))
                    .map(|name| format!("{name} is a field, but no key")),
            );
        }
        Err(error) => found.push(error),
    }
    found
}
