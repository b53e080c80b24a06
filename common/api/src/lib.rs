//! What travels between the apps and the server: one type per message, one [`Endpoint`] per
//! route. Both ends use these, so a wrong field does not compile.
//!
//! Rules: fields are only ever added, with a default; times are UTC milliseconds, money is whole đồng.
//! Domain types that cross the wire as they are: `Actor`, `Action`, `Attachment`, `Calendar`,
//! `Case`, `CaseCode`, `Counter`, `Deadline`, `Field`, `Figures`, `HandedPaper`, `Limit`, `Procedure`,
//! `PublicCase`, `Standing`, `State`, `StepKind`, `Turn`, `Unit` and the identifiers.
#![warn(missing_docs)]

mod cases;
mod desk;
mod endpoint;
mod files;
mod problem;
mod province;
mod public;
mod session;

pub use cases::*;
pub use desk::*;
pub use endpoint::*;
pub use files::*;
pub use problem::*;
pub use province::*;
pub use public::*;
pub use session::*;
