//! Procedures as rows, as many as there is room for; buttons turn the page.

use super::{Press, Text, field_icon, icon_at, press, press::RADIUS, press::focus_ring, words};
use crate::{
    event::Event,
    look::Look,
    model::{Model, Target, name_in},
};
use domain::procedure::Procedure;
use egui::{Align2, Id, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use ui::{Cut, Weight, icon};

/// Between two rows.
const GAP: f32 = 16.0;
/// Width of the column with the page buttons.
const COLUMN: f32 = 96.0;

/// Draws the rows from `first` on into a box.
pub(crate) fn rows(
    ui: &Ui,
    look: &Look,
    model: &Model,
    list: &[&Procedure],
    first: usize,
    rect: Rect,
    out: &mut Vec<Event>,
) {
    let height = look.size(126.0);
    let fit = (((rect.height() + GAP) / (height + GAP)).floor() as usize).max(1);
    let paged = list.len() > fit;
    let width = if paged { rect.width() - COLUMN - GAP } else { rect.width() };
    for (place, procedure) in list.iter().skip(first).take(fit).enumerate() {
        let y = rect.top() + place as f32 * (height + GAP);
        let row = Rect::from_min_size(pos2(rect.left(), y), vec2(width, height));
        if row_ui(ui, look, model, procedure, row) {
            out.push(Event::Go(Target::Procedure(procedure.code.clone())));
        }
    }
    if paged {
        let column = Rect::from_min_max(pos2(rect.right() - COLUMN, rect.top()), rect.max);
        pager(ui, look, (first, fit, list.len()), column, out);
    }
}

fn row_ui(ui: &Ui, look: &Look, model: &Model, procedure: &Procedure, rect: Rect) -> bool {
    let name = name_in(look.lang, procedure);
    let response = ui.interact(rect, Id::unique(("row", procedure.code.as_str())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let palette = &look.palette;
    let fill = if response.is_pointer_button_down_on() { palette.pressed } else { palette.card };
    ui.painter().rect(rect, RADIUS, fill, palette.border(), StrokeKind::Inside);
    focus_ring(ui, look, &response, RADIUS);
    let middle = rect.center().y;
    icon_at(
        ui,
        pos2(rect.left() + 60.0, middle),
        Cut::Regular,
        field_icon(&procedure.field),
        52.0,
        palette.sign,
    );
    icon_at(ui, pos2(rect.right() - 54.0, middle), Cut::Regular, icon::CARET_RIGHT, 40.0, palette.ink);
    let left = rect.left() + 114.0;
    let room = rect.right() - 110.0 - left;
    let title = Text::new(name, Weight::Semi, 30.0, palette.ink).galley(ui, look, room);
    let more = summary(look, model, procedure);
    let more = Text::new(&more, Weight::Regular, 26.0, palette.soft).galley(ui, look, room);
    let top = middle - (title.size().y + more.size().y + 2.0) / 2.0;
    let second = top + title.size().y + 2.0;
    ui.painter().galley(pos2(left, top), title, palette.ink);
    ui.painter().galley(pos2(left, second), more, palette.soft);
    response.clicked()
}

/// "20 ngày làm việc · 75.000 đ · 5 loại giấy tờ".
fn summary(look: &Look, model: &Model, procedure: &Procedure) -> String {
    let papers = look.lang.with("kiosk.papers_n", &[("n", &procedure.papers.len().to_string())]);
    let limit = look.lang.limit(model.limit(procedure));
    format!("{limit} · {} · {papers}", look.lang.fee(procedure.fee))
}

fn pager(ui: &Ui, look: &Look, (first, fit, all): (usize, usize, usize), column: Rect, out: &mut Vec<Event>) {
    let height = (column.height() / 2.0 - 34.0).clamp(76.0, 150.0);
    let size = vec2(column.width(), height);
    let (up, down) = (look.t("kiosk.previous"), look.t("kiosk.next"));
    if first > 0 {
        let words = Press { name: Some(&up), icon: Some(icon::CARET_UP), ..Press::default() };
        if press(ui, look, Id::unique("rows-up"), Rect::from_min_size(column.min, size), &words) {
            out.push(Event::First(first.saturating_sub(fit)));
        }
    }
    if first + fit < all {
        let at = pos2(column.left(), column.bottom() - height);
        let words = Press { name: Some(&down), icon: Some(icon::CARET_DOWN), ..Press::default() };
        if press(ui, look, Id::unique("rows-down"), Rect::from_min_size(at, size), &words) {
            out.push(Event::First(first + fit));
        }
    }
    let page = format!("{}/{}", first / fit + 1, all.div_ceil(fit));
    words(
        ui,
        look,
        column,
        Align2::CENTER_CENTER,
        &Text::new(&page, Weight::Medium, 26.0, look.palette.soft),
    );
}
