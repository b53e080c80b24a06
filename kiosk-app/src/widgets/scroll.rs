//! A page longer than the screen: it follows the finger, and two buttons move it for those who cannot drag.

use super::{Press, press};
use crate::look::Look;
use egui::{Id, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};
use ui::icon;

/// Width of the buttons' column.
const COLUMN: f32 = 96.0;

/// Shows `content` in a box; scrolls where it does not fit. `page` names the content: another one begins at
/// its top.
pub(crate) fn scroll(ui: &mut Ui, look: &Look, page: &str, rect: Rect, content: impl FnOnce(&mut Ui)) {
    let id = Id::unique(("scroll", page));
    let column = COLUMN + 16.0;
    let inner = Rect::from_min_max(rect.min, pos2(rect.right() - column, rect.bottom()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(("scroll-ui", page)));
    let mut area = ScrollArea::vertical();
    // What a button asked for in the frame before.
    if let Some(y) = ui.data_mut(|data| data.remove_temp::<f32>(id)) {
        area = area.vertical_scroll_offset(y);
    }
    let shown = area
        .id_salt(id)
        .auto_shrink(false)
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
        .show(&mut child, |ui| {
            ui.set_width(inner.width());
            content(ui);
        });
    let longest = (shown.content_size.y - inner.height()).max(0.0);
    if longest < 1.0 {
        return;
    }
    let step = inner.height() * 0.75;
    let offset = shown.state.clamped_offset().y;
    let move_to = |y: f32| {
        ui.data_mut(|data| data.insert_temp(id, y.clamp(0.0, longest)));
        ui.ctx().request_repaint();
    };
    let size = vec2(COLUMN, 120.0);
    let x = rect.right() - COLUMN;
    let up = look.t("kiosk.up");
    if offset > 0.5 {
        let at = Rect::from_min_size(pos2(x, rect.top()), size);
        let words = Press { name: Some(&up), icon: Some(icon::CARET_UP), ..Press::default() };
        if press(ui, look, id.with("up"), at, &words) {
            move_to(offset - step);
        }
    }
    let down = look.t("kiosk.down");
    if offset < longest - 0.5 {
        let at = Rect::from_min_size(pos2(x, rect.bottom() - size.y - 24.0), size);
        let words = Press { name: Some(&down), icon: Some(icon::CARET_DOWN), ..Press::default() };
        if press(ui, look, id.with("down"), at, &words) {
            move_to(offset + step);
        }
    }
}
