//! How a machine stands with updates, in words.

use crate::Lang;
use domain::update::Standing;

impl Lang {
    /// One sentence.
    #[must_use]
    pub fn update_standing(self, standing: &Standing) -> String {
        match standing {
            Standing::UpToDate => self.t("update.up_to_date").into_owned(),
            Standing::Later => self.t("update.later").into_owned(),
            Standing::Asks { version, size: bytes } => self
                .with("update.asks", &[("version", &version.to_string()), ("size", &self.megabytes(*bytes))]),
            Standing::Fetching { version, here, size: bytes } => {
                let percent = here.saturating_mul(100).checked_div(*bytes).unwrap_or(0);
                let values = [
                    ("version", version.to_string()),
                    ("percent", format!("{percent}%")),
                    ("here", self.megabytes(*here)),
                    ("size", self.megabytes(*bytes)),
                ];
                self.with("update.fetching", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
            }
            Standing::Ready { version, .. } => self.versioned("update.ready", *version),
            Standing::Installed { version } => self.versioned("update.installed", *version),
            Standing::RolledBack { version } => self.versioned("update.rolled_back", *version),
            Standing::Trouble { what, .. } => self.t(&format!("update.trouble.{}", what.name())).into_owned(),
        }
    }

    fn versioned(self, key: &str, version: domain::update::Version) -> String {
        self.with(key, &[("version", &version.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::update::{Trouble, Version};

    #[test]
    fn every_standing_has_its_sentence() {
        let version = Version { major: 1, minor: 4, patch: 0 };
        let say = |standing| Lang::Vi.update_standing(&standing);
        assert_eq!(
            say(Standing::Fetching { version, here: 5_000_000, size: 10_000_000 }),
            "Đang tải bản 1.4.0: 50% (5,0 MB trên 10,0 MB)."
        );
        for what in [Trouble::Server, Trouble::NotGenuine, Trouble::Refused, Trouble::NoRoom, Trouble::Folder]
        {
            let said = say(Standing::Trouble { what, detail: String::new() });
            assert!(!said.contains("update."), "{said}");
        }
    }
}
