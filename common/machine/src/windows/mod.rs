//! What only Windows has. All that is unsafe stands in [`ffi`].

mod ffi;
pub(crate) mod service;

pub(crate) use ffi::{EventSource, attach_console, keep_awake, program_data, seal, unseal};
