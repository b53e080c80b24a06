//! What those who run the server do with its data: check it, back it up, fill it for trying out.

pub mod backup;
pub mod check;
pub mod demo_data;
