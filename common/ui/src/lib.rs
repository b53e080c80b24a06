//! How everything looks and feels: design tokens, fonts, icons and widgets for the native apps.
//!
//! Widgets know nothing of cases or servers. Every input has an accessible name, every colour comes from
//! [`tokens`], and a state is always said with a word or an icon beside its colour.
#![warn(missing_docs)]

mod button;
mod check;
mod empty;
mod field;
mod fonts;
pub mod icon;
mod key_value;
mod list;
mod nav;
mod omnibox;
mod page;
mod pill;
mod remote;
mod status;
#[cfg(feature = "kittest")]
pub mod testing;
mod text;
mod theme;
mod timeline;
mod toast;
pub mod tokens;

pub use button::{Button, Kind, icon_button, key_cap, link, square_button};
pub use check::check_row;
pub use empty::empty;
pub use field::{Area, Field, Typed, nfc};
pub use fonts::{Cut, Weight, font, icon_font};
pub use key_value::{key_value, key_value_wide};
pub use list::{Row, group_heading, list_row, option_row};
pub use nav::nav_item;
pub use omnibox::{Omnibox, omnibox};
pub use page::{card, inset, page, section, title};
pub use pill::{Tone, pill};
pub use remote::Remote;
pub use status::{spinner_line, status_dots};
pub use text::{Line, line, paragraph};
pub use theme::install;
pub use timeline::{Moment, Stage, timeline};
pub use toast::{Level, Toast, ToastAct, Toasts, toasts_ui};
