//! Barcode scanners: those that type like a keyboard, and those on a serial port.

mod lines;
mod serial;
mod wedge;

pub use lines::Read;
pub use serial::{Heard, Serial, ports};
pub use wedge::{Enter, Framing, Wedge};
