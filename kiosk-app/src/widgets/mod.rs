//! Things to touch and to read, drawn for a distance of an arm. Lengths are points at 1920 × 1080; the app
//! zooms the whole window.

mod card;
mod keyboard;
mod keypad;
mod paint;
mod press;
mod rows;
mod scroll;
mod tile;
mod top;
mod trouble;

pub(crate) use card::{card, fact, heading, icon_line, mood_card, paragraph};
pub(crate) use keyboard::{KEYBOARD_ROWS, keyboard};
pub(crate) use keypad::keypad;
pub(crate) use paint::{Text, backdrop, field_icon, icon_at, shadow, words};
pub(crate) use press::{Press, Style, press, primary};
pub(crate) use rows::rows;
pub(crate) use scroll::scroll;
pub(crate) use tile::{Tile, low_tile, tile};
pub(crate) use top::{MARGIN, TOP, top};
pub(crate) use trouble::trouble;
