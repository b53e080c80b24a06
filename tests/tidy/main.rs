//! The house rules, as tests: what may depend on what, where things may stand, how long a file may be.

mod dependencies;
mod places;
mod source;
mod words;
