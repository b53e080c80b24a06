//! The table.

use crate::figures::whole;
use std::fmt;

struct Row {
    what: String,
    measured: String,
    baseline: String,
    reached: String,
    goal: String,
    good: bool,
}

/// Rows, in the order in which they were measured.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Report {
    /// A rate against another of the same run. `ratio` is the median of the rounds' own ratios.
    pub fn ratio(&mut self, what: &str, measured: &str, baseline: &str, ratio: f64, least: f64) {
        self.push(Row {
            what: what.to_owned(),
            measured: measured.to_owned(),
            baseline: baseline.to_owned(),
            reached: format!("{ratio:.2} ×"),
            goal: format!("≥ {least:.2} ×"),
            good: ratio >= least,
        });
    }

    /// A figure that has to stay below a limit.
    pub fn below(&mut self, what: &str, beside: &str, figure: f64, limit: f64, unit: &str) {
        self.push(Row {
            what: what.to_owned(),
            measured: beside.to_owned(),
            baseline: "–".to_owned(),
            reached: format!("{} {unit}", short(figure)),
            goal: format!("< {} {unit}", short(limit)),
            good: figure < limit,
        });
    }

    /// A sentence below the table.
    pub fn note(&mut self, note: String) {
        eprintln!("{note}");
        self.notes.push(note);
    }

    fn push(&mut self, row: Row) {
        eprintln!("{}: {} ({}; {})", row.what, row.reached, row.measured, row.baseline);
        self.rows.push(row);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | baseline, same run | reached | goal | |")?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        for row in &self.rows {
            let Row { what, measured, baseline, reached, goal, good } = row;
            let mark = if *good { "✓" } else { "**missed**" };
            writeln!(f, "| {what} | {measured} | {baseline} | {reached} | {goal} | {mark} |")?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        Ok(())
    }
}

/// A figure with as many digits as it deserves.
fn short(figure: f64) -> String {
    if figure >= 100.0 || figure.fract() == 0.0 { whole(figure) } else { format!("{figure:.2}") }
}
