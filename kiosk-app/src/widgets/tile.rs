//! The big tiles of the first page, and the smaller ones of the fields.

use super::{Text, icon_at, press::focus_ring, press::sheet};
use crate::look::Look;
use egui::{Align2, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2};
use ui::{Cut, Weight};

/// A tile's words.
pub(crate) struct Tile<'a> {
    pub(crate) icon: &'a str,
    pub(crate) title: &'a str,
    pub(crate) more: &'a str,
    /// The one accent of a page.
    pub(crate) accent: bool,
    /// Size of the title; everything else follows it.
    pub(crate) size: f32,
}

/// Corners of tiles.
const RADIUS: u8 = ui::tokens::size::RADIUS_TILE as u8;

/// Draws a tile into a box; true when it was touched.
pub(crate) fn tile(ui: &Ui, look: &Look, id: Id, rect: Rect, tile: &Tile<'_>) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tile.title));
    let palette = &look.palette;
    let down = response.is_pointer_button_down_on();
    let (fill, ink, soft, sign) = if tile.accent {
        (palette.accent, palette.on_accent, palette.on_accent, palette.on_accent)
    } else {
        (if down { palette.pressed } else { palette.card }, palette.ink, palette.soft, palette.sign)
    };
    sheet(ui, look, rect, RADIUS, fill);
    if down && tile.accent {
        ui.painter().rect_filled(rect, RADIUS, palette.ink.gamma_multiply(0.18));
    }
    focus_ring(ui, look, &response, RADIUS);
    let pad = tile.size.clamp(28.0, 46.0);
    let inner = rect.shrink(pad);
    let (cut, big) = if tile.accent { (Cut::Fill, tile.size * 2.0) } else { (Cut::Regular, tile.size * 1.75) };
    icon_at(ui, pos2(inner.left() + big / 2.0, inner.top() + big / 2.0), cut, tile.icon, big, sign);
    let more_size = (tile.size * 0.55).clamp(26.0, 32.0);
    let more = Text::new(tile.more, Weight::Regular, more_size, soft).lines(3);
    let more = more.galley(ui, look, inner.width());
    let weight = if tile.accent { Weight::Heavy } else { Weight::Bold };
    let title = Text::new(tile.title, weight, tile.size, ink).lines(2).galley(ui, look, inner.width());
    let more_at = Align2::LEFT_BOTTOM.align_size_within_rect(more.size(), inner);
    let more_top = if tile.more.is_empty() { inner.bottom() } else { more_at.top() - 6.0 };
    ui.painter().galley(more_at.min, more, soft);
    ui.painter().galley(pos2(inner.left(), more_top - title.size().y), title, ink);
    response.clicked()
}
