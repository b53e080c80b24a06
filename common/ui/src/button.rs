//! Buttons that say which key presses them.

use crate::{Cut, Weight, font, icon_font, theme, tokens};
use egui::{
    Align2, Color32, CornerRadius, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use std::borrow::Cow;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do next.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// In a row of a list.
    Small,
}

/// A button. Its function key is printed on it and presses it while it is enabled.
pub struct Button<'a> {
    label: Cow<'a, str>,
    kind: Kind,
    icon: Option<&'a str>,
    key: Option<Key>,
    enabled: bool,
    full_width: bool,
    id: Option<egui::Id>,
}

impl<'a> Button<'a> {
    /// A secondary button.
    #[must_use]
    pub fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: label.into(),
            kind: Kind::Secondary,
            icon: None,
            key: None,
            enabled: true,
            full_width: false,
            id: None,
        }
    }

    /// The one thing to do next.
    #[must_use]
    pub fn primary(label: impl Into<Cow<'a, str>>) -> Self {
        Self { kind: Kind::Primary, ..Self::new(label) }
    }

    /// For a row of a list.
    #[must_use]
    pub fn small(label: impl Into<Cow<'a, str>>) -> Self {
        Self { kind: Kind::Small, ..Self::new(label) }
    }

    /// With an icon before the label.
    #[must_use]
    pub fn icon(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With a key that presses it.
    #[must_use]
    pub fn key(self, key: Key) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Disabled unless `enabled`; its key is dead then.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// As wide as there is room.
    #[must_use]
    pub fn full_width(self) -> Self {
        Self { full_width: true, ..self }
    }

    /// With an id of its own, so that it can be given the keyboard.
    #[must_use]
    pub fn id(self, id: egui::Id) -> Self {
        Self { id: Some(id), ..self }
    }

    /// How wide it will be.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        let label = ui.painter().layout_no_wrap(self.label.clone().into_owned(), self.font(), tokens::INK);
        self.padding() * 2.0 + label.size().x + self.icon.map_or(0.0, |_| 26.0) + self.key_width(ui)
    }

    /// Draws it; true when it was clicked or its key was pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let width = if self.full_width { ui.available_width() } else { self.width(ui) };
        let (_, rect) = ui.allocate_space(vec2(width, self.height()));
        let id = self.id.unwrap_or_else(|| ui.auto_id_with(("button", &*self.label)));
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled, &*self.label));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, &response);
        }
        let enabled = self.enabled && ui.is_enabled();
        let keyed =
            self.key.is_some_and(|key| enabled && ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)));
        (enabled && response.clicked()) || keyed
    }

    fn font(&self) -> egui::FontId {
        match self.kind {
            Kind::Primary => font(Weight::Semi, 16.0),
            Kind::Secondary => font(Weight::Semi, 15.0),
            Kind::Small => font(Weight::Semi, 13.5),
        }
    }

    fn height(&self) -> f32 {
        match self.kind {
            Kind::Primary | Kind::Secondary => 46.0,
            Kind::Small => 28.0,
        }
    }

    fn padding(&self) -> f32 {
        match self.kind {
            Kind::Primary => 22.0,
            Kind::Secondary => 16.0,
            Kind::Small => 11.0,
        }
    }

    fn key_width(&self, ui: &Ui) -> f32 {
        self.key.map_or(0.0, |key| 10.0 + cap_size(ui, key.name()).x)
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let hot = response.hovered() && self.enabled;
        let (fill, ink, border) = match (self.kind, self.enabled) {
            (Kind::Primary, true) => {
                (if hot { tokens::TEAL_2 } else { tokens::TEAL }, tokens::ON_TEAL, Color32::TRANSPARENT)
            }
            (Kind::Primary, false) => (tokens::LINE, tokens::INK_3, Color32::TRANSPARENT),
            (_, true) => (if hot { tokens::TEAL_BG } else { tokens::PAPER }, tokens::INK, tokens::LINE),
            (_, false) => (tokens::GROUND, tokens::INK_3, tokens::LINE),
        };
        let painter = ui.painter();
        painter.rect(rect, theme::RADIUS, fill, Stroke::new(1.0, border), egui::StrokeKind::Inside);
        if response.has_focus() {
            theme::focus_ring(ui, rect, theme::RADIUS);
        }
        let label = painter.layout_no_wrap(self.label.clone().into_owned(), self.font(), ink);
        let icon_width = self.icon.map_or(0.0, |_| 26.0);
        let content = icon_width + label.size().x + self.key_width(ui);
        let mut x = rect.center().x - content / 2.0;
        if let Some(icon) = self.icon {
            let size = if self.kind == Kind::Small { 16.0 } else { 18.0 };
            let at = pos2(x + 9.0, rect.center().y);
            painter.text(at, Align2::CENTER_CENTER, icon, icon_font(Cut::Regular, size), ink);
            x += icon_width;
        }
        let width = label.size().x;
        painter.galley(pos2(x, rect.center().y - label.size().y / 2.0), label, ink);
        if let Some(key) = self.key {
            paint_cap(
                ui,
                pos2(x + width + 10.0, rect.center().y),
                key.name(),
                ink,
                self.kind == Kind::Primary,
            );
        }
    }
}

fn cap_size(ui: &Ui, name: &str) -> egui::Vec2 {
    let text = ui.painter().layout_no_wrap(name.to_owned(), font(Weight::Semi, 12.5), tokens::INK);
    vec2(text.size().x + 14.0, 21.0)
}

/// A key cap whose left edge's middle is at `at`; returns its width.
fn paint_cap(ui: &Ui, at: Pos2, name: &str, ink: Color32, on_dark: bool) -> f32 {
    let size = cap_size(ui, name);
    let rect = Rect::from_min_size(pos2(at.x, at.y - size.y / 2.0), size);
    let (fill, border) = if on_dark {
        (ink.gamma_multiply(0.14), ink.gamma_multiply(0.55))
    } else {
        (tokens::GROUND, tokens::LINE)
    };
    ui.painter().rect(rect, CornerRadius::same(5), fill, Stroke::new(1.0, border), egui::StrokeKind::Inside);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font(Weight::Semi, 12.5), ink);
    size.x
}

/// A key cap painted into a row, on a dark ground or a light one; returns its width.
pub fn key_cap(ui: &Ui, right_middle: Pos2, name: &str, on_dark: bool) -> f32 {
    let size = cap_size(ui, name);
    let ink = if on_dark { tokens::ON_TEAL } else { tokens::INK_2 };
    paint_cap(ui, pos2(right_middle.x - size.x, right_middle.y), name, ink, on_dark)
}

/// Side of a [`square_button`].
const SQUARE: f32 = 46.0;

/// A square button with an icon only; its name is for people who cannot see it.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(30.0, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let fill = if response.hovered() { tokens::TEAL_BG } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(rect, theme::RADIUS, fill);
        if response.has_focus() {
            theme::focus_ring(ui, rect, theme::RADIUS);
        }
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            icon,
            icon_font(Cut::Regular, 17.0),
            tokens::INK_2,
        );
    }
    response.on_hover_text(name).clicked()
}

/// A bordered square as high as a button, with an icon only; its name is for people who cannot see it. `chosen` while
/// what it opens is open.
pub fn square_button(ui: &mut Ui, icon: &str, name: &str, chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(SQUARE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let fill = if response.hovered() || chosen { tokens::TEAL_BG } else { tokens::PAPER };
        ui.painter().rect(
            rect,
            theme::RADIUS,
            fill,
            Stroke::new(1.0, tokens::LINE),
            egui::StrokeKind::Inside,
        );
        if response.has_focus() {
            theme::focus_ring(ui, rect, theme::RADIUS);
        }
        let font = icon_font(Cut::Regular, 18.0);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, font, tokens::INK);
    }
    response.on_hover_text(name).clicked()
}

/// Words that do something, without a border.
pub fn link(ui: &mut Ui, text: &str) -> bool {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Semi, 13.5), tokens::TEAL_2);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(8.0, 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    if ui.is_rect_visible(rect) {
        if response.has_focus() {
            theme::focus_ring(ui, rect, 4);
        }
        if response.hovered() {
            let y = rect.bottom() - 4.0;
            ui.painter().hline(rect.x_range().shrink(4.0), y, Stroke::new(1.0, tokens::TEAL_2));
        }
        ui.painter().galley(rect.min + vec2(4.0, 4.0), galley, tokens::TEAL_2);
    }
    response.clicked()
}
