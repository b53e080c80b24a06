//! The quiet line at the bottom, and small signs of work going on.

use crate::{Tone, Weight, font, tokens};
use egui::{RichText, Sense, Ui, vec2};

/// Between two devices.
const GAP: f32 = 26.0;
/// The dot and what is between it and its words.
const DOT: f32 = 9.0 + 8.0;
const SIZE: f32 = 13.5;

/// Devices and lines, each a dot and a few words, side by side in the room that there is. Where that is short, the
/// longest are cut; their words show whole under the pointer.
pub fn status_dots(ui: &mut Ui, devices: &[(Tone, String)]) {
    let widths: Vec<f32> = devices.iter().map(|(_, text)| width(ui, text)).collect();
    // A gap behind each, the last one too: something else stands there.
    let most = share(&widths, ui.available_width() - (GAP + DOT + 1.0) * devices.len() as f32);
    ui.spacing_mut().item_spacing.x = GAP;
    for ((tone, text), width) in devices.iter().zip(widths) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = DOT - 9.0;
            ui.set_max_width(width.min(most) + DOT + 1.0);
            let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 4.2, tone.ink());
            let words = RichText::new(text).font(font(Weight::Regular, SIZE)).color(tokens::INK_2);
            ui.add(egui::Label::new(words).truncate());
        });
    }
}

fn width(ui: &Ui, text: &str) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Regular, SIZE), tokens::INK_2).size().x.ceil()
}

/// The most that each may take so that all have room: short ones are left whole, and their rest goes to the others.
fn share(widths: &[f32], room: f32) -> f32 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut left = room.max(0.0);
    for (at, width) in sorted.iter().enumerate() {
        let each = left / (sorted.len() - at) as f32;
        if *width > each {
            return each;
        }
        left -= width;
    }
    f32::INFINITY
}

/// A word that something is under way.
pub fn spinner_line(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        let icon = RichText::new(crate::icon::HOURGLASS_MEDIUM);
        ui.label(icon.font(crate::icon_font(crate::Cut::Regular, 16.0)).color(tokens::TEAL_2));
        ui.label(RichText::new(text).font(font(Weight::Regular, 14.0)).color(tokens::INK_2));
    });
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn short_words_stay_whole_and_long_ones_share_the_rest() {
        assert_eq!(share(&[100.0, 50.0], 150.0), f32::INFINITY);
        assert_eq!(share(&[50.0, 300.0, 200.0], 350.0), 150.0);
        assert_eq!(share(&[50.0, 300.0], -1.0), 0.0);
    }
}
