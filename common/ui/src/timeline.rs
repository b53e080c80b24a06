//! What happened, where it stands, what comes.

use crate::{Line, Weight, font, tokens};
use egui::{RichText, Stroke, Ui, pos2, vec2};

/// How far a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Behind.
    Done,
    /// Now.
    Here,
    /// To come.
    Ahead,
}

/// One point of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// How far.
    pub stage: Stage,
    /// What.
    pub what: String,
    /// When, or how long it may take.
    pub when: String,
    /// More, in one or two lines; may be empty.
    pub more: String,
}

/// Draws the whole way from top to bottom.
pub fn timeline(ui: &mut Ui, moments: &[Moment]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (place, moment) in moments.iter().enumerate() {
        let last = place + 1 == moments.len();
        ui.horizontal_top(|ui| {
            let (dot, _) = ui.allocate_exact_size(vec2(20.0, 20.0), egui::Sense::hover());
            let top = ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                let (weight, ink) = match moment.stage {
                    Stage::Ahead => (Weight::Regular, tokens::INK_2),
                    _ => (Weight::Semi, tokens::INK),
                };
                let mut words = Line::new(14.5).add(&moment.what, weight, ink);
                if !moment.when.is_empty() {
                    words = words.add(&format!(" · {}", moment.when), Weight::Regular, tokens::INK_2);
                }
                ui.add(egui::Label::new(words.job()).wrap());
                if !moment.more.is_empty() {
                    let more =
                        RichText::new(&moment.more).font(font(Weight::Regular, 13.5)).color(tokens::INK_2);
                    ui.add(egui::Label::new(more).wrap());
                }
                ui.add_space(12.0);
            });
            let centre = pos2(dot.left() + 8.0, dot.top() + 10.0);
            if !last {
                let line = egui::Rangef::new(centre.y + 9.0, top.response.rect.bottom() + 3.0);
                ui.painter().vline(centre.x, line, Stroke::new(1.5, tokens::LINE));
            }
            match moment.stage {
                Stage::Done => ui.painter().circle_filled(centre, 4.5, tokens::OK),
                Stage::Here => {
                    ui.painter().circle_filled(centre, 8.0, tokens::SOON_BG);
                    ui.painter().circle_filled(centre, 4.5, tokens::SOON)
                }
                Stage::Ahead => ui.painter().circle_stroke(centre, 4.0, Stroke::new(1.2, tokens::INK_3)),
            };
        });
    }
}
