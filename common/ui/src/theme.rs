//! egui's own style set from the tokens.

use crate::{Weight, font, fonts, tokens};
use egui::{Context, CornerRadius, Shadow, Stroke, TextStyle, Theme, vec2};

/// Gives a context the product's fonts and look. Call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_theme(Theme::Light);
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, font(Weight::Regular, tokens::size::TEXT_SMALL)),
            (TextStyle::Body, font(Weight::Regular, tokens::size::TEXT)),
            (TextStyle::Button, font(Weight::Semi, tokens::size::TEXT)),
            (TextStyle::Heading, font(Weight::Bold, tokens::size::TEXT_TITLE)),
            (TextStyle::Monospace, font(Weight::Medium, tokens::size::TEXT)),
        ]
        .into();
        style.animation_time = 0.0;
        style.scroll_animation = egui::style::ScrollAnimation::none();
        style.spacing.item_spacing = vec2(8.0, 8.0);
        style.spacing.button_padding = vec2(12.0, 8.0);
        style.spacing.interact_size = vec2(32.0, 32.0);
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        visuals(&mut style.visuals);
    });
}

fn visuals(visuals: &mut egui::Visuals) {
    *visuals = egui::Visuals::light();
    visuals.override_text_color = Some(tokens::INK);
    visuals.weak_text_color = Some(tokens::INK_2);
    visuals.panel_fill = tokens::GROUND;
    visuals.window_fill = tokens::PAPER;
    visuals.window_stroke = Stroke::new(1.0, tokens::LINE);
    visuals.window_corner_radius = CornerRadius::same(RADIUS_CARD);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS_CARD);
    visuals.extreme_bg_color = tokens::PAPER;
    visuals.faint_bg_color = tokens::GROUND;
    visuals.hyperlink_color = tokens::TEAL_2;
    visuals.error_fg_color = tokens::LATE;
    visuals.warn_fg_color = tokens::SOON;
    visuals.selection.bg_fill = tokens::TEAL_2.gamma_multiply(0.28);
    visuals.selection.stroke = Stroke::new(1.0, tokens::TEAL_2);
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens::TEAL);
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: tokens::INK.gamma_multiply(0.12) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    for state in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        state.corner_radius = CornerRadius::same(RADIUS);
        state.bg_stroke = Stroke::new(1.0, tokens::LINE);
        state.fg_stroke = Stroke::new(1.0, tokens::INK);
        state.expansion = 0.0;
    }
}

/// `size.radius` as egui wants it.
pub(crate) const RADIUS: u8 = tokens::size::RADIUS as u8;
/// `size.radius-card` as egui wants it.
pub(crate) const RADIUS_CARD: u8 = tokens::size::RADIUS_CARD as u8;

/// The ring around what has the keyboard.
pub(crate) fn focus_ring(ui: &egui::Ui, rect: egui::Rect, radius: u8) {
    let painter = ui.painter();
    painter.rect_stroke(
        rect.expand(2.0),
        CornerRadius::same(radius.saturating_add(2)),
        Stroke::new(3.0, tokens::TEAL_2.gamma_multiply(0.22)),
        egui::StrokeKind::Middle,
    );
    painter.rect_stroke(
        rect,
        CornerRadius::same(radius),
        Stroke::new(1.0, tokens::TEAL_2),
        egui::StrokeKind::Inside,
    );
}
