//! The row of buttons at the bottom of a page, at its right.

use super::Out;
use crate::Event;
use egui::{Align, Frame, Layout, Margin, Panel, Ui};
use ui::{Button, tokens};

/// A button and what it pushes.
pub(super) type Act<'a> = (Button<'a>, Event);

/// Draws the buttons so that they read from left to right, the last one being the main one.
pub(super) fn bottom_ui(
    ui: &mut Ui,
    name: &str,
    out: &mut Out<'_>,
    acts: Vec<Act<'_>>,
    before: impl FnOnce(&mut Ui, &mut Out<'_>),
) {
    let frame =
        Frame::new().fill(tokens::GROUND).inner_margin(Margin { left: 20, right: 20, top: 10, bottom: 16 });
    Panel::bottom(("bottom", name)).frame(frame).show_separator_line(false).show(ui, |ui| {
        before(ui, out);
        let widths: f32 = acts.iter().map(|(button, _)| button.width(ui)).sum();
        let gaps = 12.0 * acts.len().saturating_sub(1) as f32;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.add_space((ui.available_width() - widths - gaps).max(0.0));
            for (button, event) in acts {
                if button.show(ui) {
                    out.push(event);
                }
            }
        });
    });
}
