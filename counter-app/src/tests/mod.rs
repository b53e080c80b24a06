//! What tests share, and stories that need the keyboard's whole way from the system to a field.

pub(crate) mod hall;
mod room;
pub(crate) mod sample;
mod typing;
