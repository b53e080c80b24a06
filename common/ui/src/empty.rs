//! Empty states teach: what belongs here, and the key that puts it there.

use crate::{Cut, Weight, font, icon_font, tokens};
use egui::{RichText, Ui};

/// An icon, what belongs here, and how it gets here.
pub fn empty(ui: &mut Ui, icon: &str, what: &str, how: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space(36.0);
        ui.label(RichText::new(icon).font(icon_font(Cut::Regular, 38.0)).color(tokens::INK_3));
        ui.label(RichText::new(what).font(font(Weight::Semi, 15.0)).color(tokens::INK));
        ui.label(RichText::new(how).font(font(Weight::Regular, 13.5)).color(tokens::INK_2));
    });
}
