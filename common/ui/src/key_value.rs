//! A name and its value in a line.

use crate::{Weight, font, tokens};
use egui::{Align, Layout, RichText, Ui};

/// Value at the right edge, bold: for figures.
pub fn key_value(ui: &mut Ui, key: &str, value: &str) {
    let before = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 22.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(key).font(font(Weight::Regular, 15.0)).color(tokens::INK_2));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = RichText::new(value).font(font(Weight::Bold, 15.0)).color(tokens::INK);
            ui.add(egui::Label::new(text).truncate());
        });
    });
    ui.spacing_mut().interact_size.y = before;
}

/// Key in a column of its own width, value beside it and wrapping: for facts.
pub fn key_value_wide(ui: &mut Ui, key: &str, value: &str, weight: Weight) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(122.0, 20.0), egui::Sense::hover());
        let galley = ui.painter().layout_no_wrap(key.to_owned(), font(Weight::Regular, 14.5), tokens::INK_2);
        ui.painter().galley(rect.left_top(), galley, tokens::INK_2);
        let text = RichText::new(value).font(font(weight, 14.5)).color(tokens::INK);
        ui.add(egui::Label::new(text).wrap());
    });
}
