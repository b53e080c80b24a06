//! What Windows offers, behind safe calls.

mod ffi;

pub(crate) use ffi::{Dib, Drawing, Queue, default_printer, printers};
