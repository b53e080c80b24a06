//! The quiet line at the bottom, and small signs of work going on.

use crate::{Tone, Weight, font, tokens};
use egui::{RichText, Sense, Ui, vec2};

/// A device or a line with a dot and, unless all is well, a word.
pub fn status_dot(ui: &mut Ui, tone: Tone, text: &str) -> egui::Response {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.2, tone.ink());
        ui.label(RichText::new(text).font(font(Weight::Regular, 13.5)).color(tokens::INK_2))
    })
    .inner
}

/// A word that something is under way.
pub fn spinner_line(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        let icon = RichText::new(crate::icon::HOURGLASS_MEDIUM);
        ui.label(icon.font(crate::icon_font(crate::Cut::Regular, 16.0)).color(tokens::TEAL_2));
        ui.label(RichText::new(text).font(font(Weight::Regular, 14.0)).color(tokens::INK_2));
    });
}
