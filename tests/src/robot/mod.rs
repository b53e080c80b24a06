//! What plays a story through real programs in real windows, and reports on it.

mod process;
mod province;
mod screen;
mod story;
mod window;

pub use process::{PATIENCE, Started, run, wait_for};
pub use province::{PASSWORD, Province, SITE};
pub use screen::Screen;
pub use story::Story;
pub use window::{Launch, Window};
