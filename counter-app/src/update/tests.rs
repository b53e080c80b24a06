//! Stories of `update`.
