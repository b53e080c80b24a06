//! Lines and paragraphs in the product's type.

use crate::{Weight, font, tokens};
use egui::{Color32, Response, RichText, Ui, text::LayoutJob};

/// One line built from pieces of different weight and colour.
#[derive(Default)]
pub struct Line {
    job: LayoutJob,
    size: f32,
}

impl Line {
    /// An empty line of a size.
    #[must_use]
    pub fn new(size: f32) -> Self {
        Self { job: LayoutJob::default(), size }
    }

    /// With one more piece.
    #[must_use]
    pub fn add(mut self, text: &str, weight: Weight, colour: Color32) -> Self {
        let format = egui::TextFormat::simple(font(weight, self.size), colour);
        self.job.append(text, 0.0, format);
        self
    }

    /// The layout itself.
    #[must_use]
    pub fn job(self) -> LayoutJob {
        self.job
    }
}

/// A line of text, cut with an ellipsis where there is no room.
pub fn line(ui: &mut Ui, text: &str, weight: Weight, size: f32, colour: Color32) -> Response {
    let text = RichText::new(text).font(font(weight, size)).color(colour);
    ui.add(egui::Label::new(text).truncate())
}

/// Text that wraps.
pub fn paragraph(ui: &mut Ui, text: &str, size: f32, colour: Color32) -> Response {
    let text = RichText::new(text).font(font(Weight::Regular, size)).color(colour);
    ui.add(egui::Label::new(text).wrap())
}

/// Body text in ink.
pub(crate) const BODY: f32 = tokens::size::TEXT;
