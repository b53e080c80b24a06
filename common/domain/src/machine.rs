//! The computers on which the product is installed, as those see them who look after them: what each reported of
//! itself, and which of them want a visit.

use crate::{
    time::{DAY, MINUTE, Millis},
    update::Standing,
};
use serde::{Deserialize, Serialize};

/// How something on a machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// As it should be.
    Ok,
    /// Works, but somebody should look.
    Attention,
    /// Does not work.
    Bad,
}

/// One thing that was looked at on a machine, in words for IT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was looked at: a stable name such as `disk`, `server`, `printers`.
    pub what: String,
    /// How it stands.
    pub state: FindingState,
    /// What was found.
    pub said: String,
    /// What to do; empty when there is nothing to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub advice: String,
}

impl Finding {
    /// In order.
    #[must_use]
    pub fn ok(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { what: what.into(), state: FindingState::Ok, said: said.into(), advice: String::new() }
    }

    /// Works, but somebody should look.
    #[must_use]
    pub fn attention(what: impl Into<String>, said: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: FindingState::Attention, advice: advice.into(), ..Self::ok(what, said) }
    }

    /// Does not work.
    #[must_use]
    pub fn bad(what: impl Into<String>, said: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: FindingState::Bad, advice: advice.into(), ..Self::ok(what, said) }
    }
}

/// The worst of some findings; all is well where there are none.
#[must_use]
pub fn worst<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> FindingState {
    findings.into_iter().map(|finding| finding.state).max().unwrap_or(FindingState::Ok)
}

/// How long a machine may be quiet before somebody should ask why: a weekend with a holiday beside it is no reason.
pub const SILENT_AFTER: i64 = 4 * DAY;

/// How often a machine that is switched on reports.
pub const REPORTS_EVERY: i64 = 5 * MINUTE;

/// Whether a machine that reported last at `seen` has been quiet for too long.
#[must_use]
pub fn is_silent(seen: Millis, now: Millis) -> bool {
    now.0 - seen.0 > SILENT_AFTER
}

/// Whether somebody should look at a machine: something is wrong, it is silent, or it cannot be brought up to date.
#[must_use]
pub fn wants_visit(state: FindingState, silent: bool, update: Option<&Standing>) -> bool {
    let stuck = matches!(update, Some(Standing::RolledBack { .. } | Standing::Trouble { .. }));
    silent || stuck || state != FindingState::Ok
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(state: FindingState) -> Finding {
        Finding { what: "disk".to_owned(), state, said: String::new(), advice: String::new() }
    }

    #[test]
    fn the_worst_finding_counts() {
        assert_eq!(worst([]), FindingState::Ok);
        let all = [FindingState::Attention, FindingState::Bad, FindingState::Ok].map(finding);
        assert_eq!(worst(&all), FindingState::Bad);
    }

    #[test]
    fn a_weekend_is_no_silence() {
        let friday = Millis::from_local("2026-11-20T17:00".parse().unwrap());
        assert!(!is_silent(friday, Millis::from_local("2026-11-23T07:30".parse().unwrap())));
        assert!(is_silent(friday, Millis::from_local("2026-11-25T07:30".parse().unwrap())));
    }
}
