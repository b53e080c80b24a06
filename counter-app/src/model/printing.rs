//! How the printing of a receipt goes.

use client::local::PrintState;
use documents::Medium;
use domain::ids::CaseId;

/// A sheet of the print journal went further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The case whose receipt it is.
    pub case: CaseId,
    /// What it is printed on.
    pub medium: Medium,
    /// How far it is.
    pub state: PrintState,
    /// Where the PDF is kept, or in words why it is not printed or waits.
    pub note: String,
}
