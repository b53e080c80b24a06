//! The big tiles of the first page, and the smaller ones of the fields.

use super::{Text, icon_at, press::focus_ring, shadow};
use crate::look::Look;
use egui::{Align2, Color32, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};
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
    say(ui, &response, tile);
    let palette = &look.palette;
    let down = response.is_pointer_button_down_on();
    let (fill, ink, soft, sign) = if tile.accent {
        (palette.accent, palette.on_accent, palette.on_accent, palette.on_accent)
    } else {
        (if down { palette.pressed } else { palette.card }, palette.ink, palette.soft, palette.sign)
    };
    let border = if tile.accent { Stroke::NONE } else { palette.border() };
    sheet(ui, look, rect, fill, border);
    if down && tile.accent {
        ui.painter().rect_filled(rect, RADIUS, palette.ink.gamma_multiply(0.18));
    }
    focus_ring(ui, look, &response, RADIUS);
    let pad = tile.size.clamp(28.0, 46.0);
    let inner = rect.shrink(pad);
    let (cut, big) =
        if tile.accent { (Cut::Fill, tile.size * 2.0) } else { (Cut::Regular, tile.size * 1.75) };
    let more_size = (tile.size * 0.55).clamp(26.0, 32.0);
    let more = Text::new(tile.more, Weight::Regular, more_size, soft).lines(if tile.accent { 7 } else { 4 });
    let more = more.galley(ui, look, inner.width());
    let weight = if tile.accent { Weight::Heavy } else { Weight::Bold };
    let title = Text::new(tile.title, weight, tile.size, ink).lines(2).galley(ui, look, inner.width());
    let more_at = Align2::LEFT_BOTTOM.align_size_within_rect(more.size(), inner);
    let more_top = if tile.more.is_empty() { inner.bottom() } else { more_at.top() - 6.0 };
    let title_at = pos2(inner.left(), more_top - title.size().y);
    // Where large type needs the room, words go before the picture.
    if title_at.y >= inner.top() + big {
        icon_at(ui, pos2(inner.left() + big / 2.0, inner.top() + big / 2.0), cut, tile.icon, big, sign);
    }
    ui.painter().galley(more_at.min, more, soft);
    ui.painter().galley(title_at, title, ink);
    response.clicked()
}

/// A low tile: icon at the left, two lines of title and one more at its right.
pub(crate) fn low_tile(ui: &Ui, look: &Look, id: Id, rect: Rect, tile: &Tile<'_>) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    say(ui, &response, tile);
    let palette = &look.palette;
    let fill = if response.is_pointer_button_down_on() { palette.pressed } else { palette.card };
    sheet(ui, look, rect, fill, palette.border());
    focus_ring(ui, look, &response, RADIUS);
    let big = tile.size * 2.0;
    let middle = rect.center().y;
    icon_at(ui, pos2(rect.left() + 26.0 + big / 2.0, middle), Cut::Regular, tile.icon, big, palette.sign);
    let left = rect.left() + big + 46.0;
    let room = rect.right() - 20.0 - left;
    let title = Text::new(tile.title, Weight::Semi, tile.size, palette.ink).lines(3).galley(ui, look, room);
    let more = Text::new(tile.more, Weight::Regular, 26.0, palette.soft).galley(ui, look, room);
    let top = middle - (title.size().y + more.size().y) / 2.0;
    let second = top + title.size().y;
    ui.painter().galley(pos2(left, top), title, palette.ink);
    ui.painter().galley(pos2(left, second), more, palette.soft);
    response.clicked()
}

/// Says a tile to people who cannot see: its title, then the rest.
fn say(ui: &Ui, response: &Response, tile: &Tile<'_>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tile.title));
    if !tile.more.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(tile.more));
    }
}

/// A sheet with a soft shadow.
fn sheet(ui: &Ui, look: &Look, rect: Rect, fill: Color32, border: Stroke) {
    shadow(ui, look, rect, RADIUS);
    ui.painter().rect(rect, RADIUS, fill, border, StrokeKind::Inside);
}
