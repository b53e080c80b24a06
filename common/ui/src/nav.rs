//! The rail at the left.

use crate::{Cut, Weight, font, icon_font, theme, tokens};
use egui::{Align2, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// A place that one can go to. `count` shows how many wait there.
pub fn nav_item(ui: &mut Ui, icon: &str, label: &str, here: bool, count: usize) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), here, label));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if here || response.hovered() {
        let strength = if here { 0.16 } else { 0.08 };
        painter.rect_filled(rect, theme::RADIUS, tokens::ON_TEAL.gamma_multiply(strength));
    }
    if response.has_focus() {
        theme::focus_ring(ui, rect, theme::RADIUS);
    }
    let ink = if here { tokens::ON_TEAL } else { tokens::ON_TEAL.gamma_multiply(0.78) };
    let at = pos2(rect.center().x, rect.top() + 19.0);
    painter.text(at, Align2::CENTER_CENTER, icon, icon_font(Cut::Regular, 22.0), ink);
    let below = pos2(rect.center().x, rect.bottom() - 13.0);
    let weight = if here { Weight::Semi } else { Weight::Regular };
    painter.text(below, Align2::CENTER_CENTER, label, font(weight, tokens::size::TEXT_TINY - 0.5), ink);
    if count > 0 {
        let badge = pos2(rect.right() - 12.0, rect.top() + 11.0);
        painter.circle_filled(badge, 9.0, tokens::BAN);
        let text = if count > 99 { "99".to_owned() } else { count.to_string() };
        painter.text(badge, Align2::CENTER_CENTER, text, font(Weight::Bold, 10.5), tokens::ON_TEAL);
    }
    response
}
