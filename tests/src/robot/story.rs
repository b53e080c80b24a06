//! The report: what was done, what was seen, which picture shows it.

use serde::Serialize;
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

#[derive(Serialize)]
struct Step {
    step: usize,
    who: String,
    did: String,
    saw: Vec<String>,
    files: Vec<String>,
    ok: bool,
}

/// The report as it grows.
pub struct Story {
    out: PathBuf,
    report: String,
    steps: Vec<Step>,
}

impl Story {
    /// Nothing has happened yet; the report will be the file `report` in the folder `out`.
    pub fn begin(out: &Path, report: &str) -> Self {
        Self { out: out.to_owned(), report: report.to_owned(), steps: Vec::new() }
    }

    /// Where the next step's picture goes: `07-leader-approves.png`.
    pub fn picture(&self, name: &str) -> PathBuf {
        self.out.join(format!("{:02}-{name}.png", self.steps.len() + 1))
    }

    /// A step that worked.
    pub fn saw(&mut self, who: &str, did: &str, saw: &[String], files: &[&Path]) {
        let files = files
            .iter()
            .filter_map(|file| file.file_name().map(|name| name.to_string_lossy().into_owned()))
            .collect();
        let step = Step {
            step: self.steps.len() + 1,
            who: who.to_owned(),
            did: did.to_owned(),
            saw: saw.to_vec(),
            files,
            ok: true,
        };
        self.tell(&format!("{:02} {}: {} ({})", step.step, step.who, step.did, step.saw.join("; ")));
        self.steps.push(step);
        self.write();
    }

    /// The step that did not.
    pub fn failed(&mut self, error: &anyhow::Error) {
        let did = format!("{error:#}");
        self.tell(&format!("FAILED after step {}: {did}", self.steps.len()));
        let step = self.steps.len() + 1;
        self.steps.push(Step {
            step,
            who: String::new(),
            did,
            saw: Vec::new(),
            files: Vec::new(),
            ok: false,
        });
        self.write();
    }

    /// Writes the report.
    pub fn end(&self) -> std::io::Result<()> {
        self.tell(&format!(
            "{} steps, {} failed",
            self.steps.len(),
            self.steps.iter().filter(|step| !step.ok).count()
        ));
        fs::write(self.out.join(&self.report), serde_json::to_vec_pretty(&self.steps)?)
    }

    fn write(&self) {
        if let Err(error) = self.end_quietly() {
            self.tell(&format!("the report cannot be written: {error}"));
        }
    }

    fn end_quietly(&self) -> std::io::Result<()> {
        fs::write(self.out.join(&self.report), serde_json::to_vec_pretty(&self.steps)?)
    }

    fn tell(&self, line: &str) {
        // Nobody may be reading.
        drop(writeln!(std::io::stdout(), "{line}"));
    }
}
