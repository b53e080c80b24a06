//! Later.
pub(super) const SQL: &[(&str, &str)] = &[];
