//! The harness: real servers on both databases, for stories that read as people live them.

pub mod hall;
mod people;
pub mod robot;
mod world;

pub use people::{Desk, birth, page_png, permit};
pub use world::{Engine, PASSWORD, World, at, engines};
