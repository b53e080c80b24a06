//! Titles, sections, cards: how a page is divided.

use crate::{Weight, line, theme::RADIUS_CARD, tokens};
use egui::{Frame, InnerResponse, Margin, Response, Stroke, Ui};

/// A column's ground: fill, and room around its content.
pub fn page(fill: egui::Color32, margin: i8) -> Frame {
    Frame::new().fill(fill).inner_margin(Margin::same(margin))
}

/// The title of a page.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    line(ui, text, Weight::Bold, tokens::size::TEXT_TITLE, tokens::INK)
}

/// A heading in capitals above a part of a page.
pub fn section(ui: &mut Ui, text: &str) -> Response {
    line(ui, &text.to_uppercase(), Weight::Semi, 13.5, tokens::INK_2)
}

/// White paper with a thin border.
pub fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(tokens::PAPER)
        .stroke(Stroke::new(1.0, tokens::LINE))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(16, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
}

/// A quieter card inside a white column.
pub fn inset<R>(ui: &mut Ui, fill: egui::Color32, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, tokens::LINE))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(14, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
}
