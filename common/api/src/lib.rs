//! What travels between the apps and the server: one type per message, one [`Endpoint`] per
//! route. Both ends use these, so a wrong field does not compile.
//!
//! Rules: fields are only ever added, with a default; times are UTC milliseconds, money is whole đồng.
//! Domain types that cross the wire as they are: `Actor`, `Action`, `AppKind`, `Attachment`,
//! `Calendar`, `Case`, `CaseCode`, `Counter`, `Deadline`, `Field`, `Figures`, `Finding`, `HandedPaper`, `Limit`,
//! `Procedure`, `PublicCase`, `Standing` (of a deadline, of an update), `State`, `StepKind`, `System`, `Turn`, `Unit`,
//! `Version` and the identifiers.
#![warn(missing_docs)]

mod cases;
mod desk;
mod endpoint;
mod files;
mod hall;
mod machines;
mod problem;
mod province;
mod public;
mod results;
mod session;

pub use cases::*;
pub use desk::*;
pub use endpoint::*;
pub use files::*;
pub use hall::*;
pub use machines::*;
pub use problem::*;
pub use province::*;
pub use public::*;
pub use results::*;
pub use session::*;
