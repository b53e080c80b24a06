//! What IT reads first: one line for each thing that was looked at.

mod general;

pub use domain::machine::{Finding, FindingState as State};
pub use general::{clock, configuration, disk, log_files};

use crate::App;
use domain::{machine::worst, time::Millis};
use serde::Serialize;

/// All that was found on a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The program.
    pub app: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The operating system.
    pub system: String,
    /// The machine's name.
    pub machine: String,
    /// When, in UTC milliseconds.
    pub at: Millis,
    /// What was looked at.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A report that begins now.
    #[must_use]
    pub fn begin(app: App, now: Millis) -> Self {
        let system = whoami::distro().unwrap_or_else(|_| std::env::consts::OS.to_owned());
        Self {
            app: app.program(),
            version: env!("CARGO_PKG_VERSION"),
            system: format!("{system} ({})", std::env::consts::ARCH),
            machine: whoami::devicename().or_else(|_| whoami::hostname()).unwrap_or_default(),
            at: now,
            findings: Vec::new(),
        }
    }

    /// The worst that was found.
    #[must_use]
    pub fn worst(&self) -> State {
        worst(&self.findings)
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let at = self.at.local().strftime("%H:%M:%S %d/%m/%Y").to_string();
        let mut text = i18n::with(
            "machine.report.head",
            &[
                ("app", self.app),
                ("version", self.version),
                ("system", &self.system),
                ("machine", &self.machine),
                ("at", &at),
            ],
        );
        text.push_str("\n\n");
        for finding in &self.findings {
            let mark = i18n::t(match finding.state {
                State::Ok => "machine.report.ok",
                State::Attention => "machine.report.attention",
                State::Bad => "machine.report.bad",
            });
            let what = i18n::t(&format!("machine.what.{}", finding.what));
            text.push_str(&format!("[{mark}] {what}: {}\n", finding.said.replace('\n', "\n    ")));
            if !finding.advice.is_empty() {
                text.push_str(&format!("    → {}\n", finding.advice.replace('\n', "\n      ")));
            }
        }
        let end = match self.worst() {
            State::Ok => "machine.report.all_ok",
            State::Attention => "machine.report.all_attention",
            State::Bad => "machine.report.all_bad",
        };
        text.push_str(&format!("\n{}\n", i18n::t(end)));
        text
    }

    /// For programs.
    ///
    /// # Errors
    /// Never in practice: all of it is plain.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::begin(App::Kiosk, Millis(1_795_000_000_000));
        report.findings.push(Finding::ok("disk", "còn 12 GB"));
        report.findings.push(Finding::bad("server", "không tới được", "kiểm tra dây mạng"));
        report
    }

    #[test]
    fn people_read_what_is_wrong_and_what_to_do() {
        let text = report().text();
        assert!(text.contains("kiosk-app") && text.contains("Đĩa: còn 12 GB"), "{text}");
        assert!(text.contains("không tới được\n    → kiểm tra dây mạng"), "{text}");
        assert!(text.ends_with(&format!("{}\n", i18n::t("machine.report.all_bad"))));
    }

    #[test]
    fn programs_read_stable_names() {
        let json: serde_json::Value = serde_json::from_str(&report().json().unwrap()).unwrap();
        assert_eq!(json["findings"][1]["what"], "server");
        assert_eq!(json["findings"][1]["state"], "bad");
        assert_eq!(json["findings"][0].get("advice"), None);
        assert_eq!(json["at"], 1_795_000_000_000_i64);
    }
}
