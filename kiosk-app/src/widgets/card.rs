//! Cards with things to read, one below the other.

use super::icon_at;
use crate::look::{Look, Mood};
use egui::{Color32, Frame, Label, Margin, RichText, Sense, Stroke, Ui, vec2};
use ui::{Cut, Weight, icon};

/// Corners of cards.
const RADIUS: u8 = 22;

/// A white card as wide as there is room.
pub(crate) fn card<R>(ui: &mut Ui, look: &Look, content: impl FnOnce(&mut Ui) -> R) -> R {
    filled(ui, look, look.palette.card, look.palette.border(), content)
}

/// A card whose colour says how things stand, with its sign at the left.
pub(crate) fn mood_card(ui: &mut Ui, look: &Look, mood: Mood, sign: &str, content: impl FnOnce(&mut Ui)) {
    let (fill, ink) = look.palette.mood(mood);
    let border = if look.palette.is_strong() { Stroke::new(4.0, ink) } else { Stroke::new(1.5, fill) };
    filled(ui, look, fill, border, |ui| icon_line(ui, look, sign, ink, 60.0, content));
}

fn filled<R>(
    ui: &mut Ui,
    _look: &Look,
    fill: Color32,
    border: Stroke,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    Frame::new()
        .fill(fill)
        .stroke(border)
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(34, 28))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(0.0, 8.0);
            content(ui)
        })
        .inner
}

/// An icon, and something at its right.
pub(crate) fn icon_line(
    ui: &mut Ui,
    look: &Look,
    sign: &str,
    ink: Color32,
    size: f32,
    content: impl FnOnce(&mut Ui),
) {
    let side = look.size(size);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = side * 0.35;
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        // An empty circle is what is still to come.
        let cut = if sign == icon::CIRCLE { Cut::Regular } else { Cut::Fill };
        icon_at(ui, rect.center(), cut, sign, side, ink);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
    });
}

/// The heading of a card.
pub(crate) fn heading(ui: &mut Ui, look: &Look, text: &str) {
    paragraph(ui, look, text, Weight::Bold, 32.0, look.palette.ink);
    ui.add_space(6.0);
}

/// Text that wraps.
pub(crate) fn paragraph(ui: &mut Ui, look: &Look, text: &str, weight: Weight, size: f32, ink: Color32) {
    ui.add(Label::new(RichText::new(text).font(look.font(weight, size)).color(ink)).wrap());
}

/// One fact: what it is, small, and the fact, large.
pub(crate) fn fact(ui: &mut Ui, look: &Look, sign: &str, what: &str, value: &str, more: &str) {
    icon_line(ui, look, sign, look.palette.sign, 48.0, |ui| {
        paragraph(ui, look, what, Weight::Regular, 26.0, look.palette.soft);
        paragraph(ui, look, value, Weight::Bold, 34.0, look.palette.ink);
        if !more.is_empty() {
            paragraph(ui, look, more, Weight::Regular, 26.0, look.palette.soft);
        }
    });
}
