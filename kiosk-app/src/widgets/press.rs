//! A button for a thumb, also in a glove.

use super::{Text, icon_at};
use crate::look::Look;
use egui::{
    Align2, Color32, CornerRadius, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
};
use ui::{Cut, Weight};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// White.
    #[default]
    Plain,
    /// What to do next.
    Primary,
}

/// A button's words.
#[derive(Clone, Copy, Default)]
pub(crate) struct Press<'a> {
    /// Shown; empty for an icon alone.
    pub(crate) label: &'a str,
    /// Said to people who cannot see, where the label does not say it.
    pub(crate) name: Option<&'a str>,
    /// Before the label.
    pub(crate) icon: Option<&'a str>,
    /// How it looks.
    pub(crate) style: Style,
    /// For switches: whether it is on.
    pub(crate) on: Option<bool>,
    /// Icon and label stand at the left, as in a field.
    pub(crate) left: bool,
    /// Size of the type, where it is not usual.
    pub(crate) size: Option<f32>,
}

/// Corners of buttons and rows.
pub(crate) const RADIUS: u8 = 18;

/// Draws a button into a box; true when it was touched.
pub(crate) fn press(ui: &Ui, look: &Look, id: Id, rect: Rect, words: &Press<'_>) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let name = words.name.unwrap_or(words.label);
        match words.on {
            Some(on) => WidgetInfo::selected(Role::Button, true, on, name),
            None => WidgetInfo::labeled(Role::Button, true, name),
        }
    });
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let palette = &look.palette;
    let strong = words.style == Style::Primary || words.on == Some(true);
    let down = response.is_pointer_button_down_on();
    let (fill, ink) = match (strong, down) {
        (true, false) => (palette.primary, palette.on_primary),
        (true, true) => (palette.ink, palette.ground),
        (false, false) => (palette.card, palette.ink),
        (false, true) => (palette.pressed, palette.ink),
    };
    let border = if strong { Stroke::new(palette.line_width, fill) } else { palette.border() };
    ui.painter().rect(rect, RADIUS, fill, border, StrokeKind::Inside);
    focus_ring(ui, look, &response, RADIUS);
    let icon_size = look.size(30.0);
    let Some(icon) = words.icon else {
        paint_centre(ui, look, rect, words, ink);
        return response.clicked();
    };
    if words.label.is_empty() {
        icon_at(ui, rect.center(), Cut::Regular, icon, icon_size * 1.1, ink);
        return response.clicked();
    }
    let text = Text::new(words.label, Weight::Semi, words.size.unwrap_or(28.0), ink);
    let gap = look.size(14.0);
    let galley = text.galley(ui, look, rect.width() - icon_size - gap - 24.0);
    let width = icon_size + gap + galley.size().x;
    let left = if words.left { rect.left() + 30.0 } else { rect.center().x - width / 2.0 };
    icon_at(ui, pos2(left + icon_size / 2.0, rect.center().y), Cut::Regular, icon, icon_size, ink);
    let at = pos2(left + icon_size + gap, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response.clicked()
}

/// The button of what to do next; true when it was touched.
pub(crate) fn primary(ui: &Ui, look: &Look, id: &str, label: &str, rect: Rect) -> bool {
    let words = Press { label, style: Style::Primary, size: Some(34.0), ..Press::default() };
    press(ui, look, Id::unique(id), rect, &words)
}

/// The label alone, in the middle.
pub(crate) fn paint_centre(ui: &Ui, look: &Look, rect: Rect, words: &Press<'_>, ink: Color32) {
    let text = Text::new(words.label, Weight::Semi, words.size.unwrap_or(28.0), ink);
    let galley = text.galley(ui, look, rect.width() - 12.0);
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(place.min, galley, ink);
}

/// The ring around what has the keyboard.
pub(crate) fn focus_ring(ui: &Ui, look: &Look, response: &Response, radius: u8) {
    if response.has_focus() {
        let ring = Stroke::new(5.0, look.palette.sign);
        let corners = CornerRadius::same(radius.saturating_add(5));
        ui.painter().rect_stroke(response.rect.expand(5.0), corners, ring, StrokeKind::Middle);
    }
}
