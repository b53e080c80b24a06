//! Papers: one template renders the same document as an A4 or A5 PDF, as the bitmap of an 80 mm roll, and as
//! the picture on the screen.
//!
//! This crate knows no printer: a page leaves it as PDF bytes or as an image. It reads no files; fonts
//! and templates are part of the program.
#![warn(missing_docs)]

mod codes;
mod engine;
mod letter;
mod receipt;
mod ticket;

pub use codes::{CodeError, qr_modules};
pub use engine::{Medium, PaperError, ROLL_DOTS};
pub use letter::Letter;
pub use receipt::Receipt;
pub use ticket::Ticket;
