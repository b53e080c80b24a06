//! The one box that takes everything: a scanned code, a scanned card, typed words.

use crate::{Typed, Weight, font, icon, icon_font, key_cap, theme, tokens};
use egui::{Align2, Frame, Id, Stroke, TextEdit, Ui, pos2, vec2};

/// What the box shows.
pub struct Omnibox<'a> {
    /// Its id, so that a key can bring the keyboard here.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// What is typed in it.
    pub value: &'a str,
    /// What it is for.
    pub hint: &'a str,
    /// The keys that lead here.
    pub keys: &'a str,
}

/// Height of the box.
const HEIGHT: f32 = 34.0;

/// Draws the box on the dark top bar.
pub fn omnibox(ui: &mut Ui, width: f32, look: &Omnibox<'_>) -> Typed {
    let focused = ui.memory(|memory| memory.has_focus(look.id));
    let (fill, ink, grey) = if focused {
        (tokens::PAPER, tokens::INK, tokens::INK_2)
    } else {
        (tokens::ON_TEAL.gamma_multiply(0.13), tokens::ON_TEAL, tokens::ON_TEAL.gamma_multiply(0.86))
    };
    let mut text = look.value.to_owned();
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), egui::Sense::hover());
    let border = Stroke::new(1.0, tokens::ON_TEAL.gamma_multiply(0.12));
    ui.painter().rect(rect, theme::RADIUS, fill, border, egui::StrokeKind::Inside);
    let inner = egui::Rect::from_min_max(rect.min + vec2(36.0, 2.0), rect.max - vec2(76.0, 6.0));
    let shown = ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ui.visuals_mut().weak_text_color = Some(grey);
        let hint = egui::RichText::new(look.hint).font(font(Weight::Regular, 15.0));
        TextEdit::singleline(&mut text)
            .id(look.id)
            .font(font(Weight::Regular, 15.0))
            .text_color(ink)
            .hint_text(hint)
            .frame(Frame::NONE)
            .align(egui::Align2::LEFT_CENTER)
            .min_size(inner.size())
            .char_limit(2_000)
            .desired_width(inner.width())
            .show(ui)
    });
    let at = pos2(rect.left() + 19.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon::SCAN, icon_font(crate::Cut::Regular, 17.0), grey);
    key_cap(ui, pos2(rect.right() - 12.0, rect.center().y), look.keys, !focused);
    let response = shown.inner.response.response.clone().accessible_name(look.label);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    let text = (text != look.value).then(|| crate::nfc(&text));
    Typed { text, entered, response }
}
