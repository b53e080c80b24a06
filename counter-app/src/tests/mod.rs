//! What tests share, and stories that need the keyboard's whole way from the system to a field.

mod room;
pub(crate) mod sample;
mod typing;
