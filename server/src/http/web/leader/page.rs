//! The leader's page as a template.

use super::{detail::Detail, list::List};
use crate::http::web::filters;
use i18n::with;

/// `leader.html`.
#[derive(Default, askama::Template)]
#[template(path = "leader.html")]
pub(super) struct LeaderPage {
    pub(super) picked: bool,
    pub(super) here: String,
    pub(super) agency: String,
    pub(super) me: String,
    pub(super) csrf: String,
    pub(super) pile: &'static str,
    pub(super) list: List,
    pub(super) no_rows: bool,
    pub(super) has_batch: bool,
    pub(super) batch_label: String,
    pub(super) flash: String,
    pub(super) flash_tone: &'static str,
    pub(super) flash_mark: &'static str,
    pub(super) has_detail: bool,
    pub(super) d: Detail,
}

/// Something said above the case.
#[derive(Clone, Debug, Default)]
pub(super) struct Flash {
    /// The words.
    pub(super) text: String,
    /// Their tone.
    pub(super) tone: &'static str,
}

impl Flash {
    /// It worked.
    pub(super) fn good(text: String) -> Self {
        Self { text, tone: "ok" }
    }

    /// It did not.
    pub(super) fn bad(text: String) -> Self {
        Self { text, tone: "late" }
    }

    /// What the address of a page asks to be said after something was done. Only our own words are said,
    /// whatever somebody writes into an address.
    pub(super) fn of(what: &str, code: &str, done: usize, failed: usize) -> Self {
        let code =
            domain::code::CaseCode::parse(code).map_or_else(|_| String::new(), |code| code.to_string());
        match what {
            "da-duyet" => Self::good(with("web.leader.flash_approved", &[("code", &code)])),
            "da-tra-lai" => Self::good(with("web.leader.flash_sent_back", &[("code", &code)])),
            "doi-mat-khau" => Self::good(i18n::t("web.password.done").into_owned()),
            "loat" if done == 0 && failed == 0 => Self::bad(i18n::t("web.leader.flash_none").into_owned()),
            "loat" if failed == 0 => Self::good(with("web.leader.flash_batch", &[("n", &done.to_string())])),
            "loat" => Self {
                text: with(
                    "web.leader.flash_batch_some",
                    &[("n", &done.to_string()), ("failed", &failed.to_string())],
                ),
                tone: "soon",
            },
            _ => Self::default(),
        }
    }

    /// The icon that stands with the words.
    pub(super) fn mark(&self) -> &'static str {
        if self.tone == "ok" { "done" } else { "alert" }
    }
}
