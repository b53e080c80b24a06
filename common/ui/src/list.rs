//! Rows of lists: two lines, a pill, and the selected one marked at its left edge.

use crate::{Cut, Tone, Weight, font, icon_font, theme, tokens};
use egui::{Align2, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, text::LayoutJob, vec2};

/// A row's words.
pub struct Row<'a> {
    /// First line, at the left.
    pub title: &'a str,
    /// Whether the first line is bold.
    pub strong: bool,
    /// First line, at the right.
    pub pill: Option<(Tone, &'a str)>,
    /// Second line, at the left.
    pub left: &'a str,
    /// Second line, at the right.
    pub right: &'a str,
}

impl Row<'_> {
    /// Height of every row, so that long lists can be virtual.
    pub const HEIGHT: f32 = 62.0;
}

/// A row of a list that can be chosen.
pub fn list_row(ui: &mut Ui, id: Id, selected: bool, row: &Row<'_>) -> Response {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), Row::HEIGHT));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let name = format!("{} · {}", row.title, row.left);
        WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if selected {
        ui.painter().rect_filled(rect, 0.0, tokens::TEAL_BG);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, tokens::TEAL);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, tokens::GROUND);
    }
    if response.has_focus() {
        theme::focus_ring(ui, rect.shrink(2.0), 4);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens::LINE_2));
    let inner = rect.shrink2(vec2(16.0, 8.0));
    let mut right = inner.right();
    let top = inner.top() + 12.0;
    if let Some((tone, text)) = row.pill {
        right -= paint_pill(ui, pos2(inner.right(), top), tone, text) + 8.0;
    }
    let weight = if row.strong { Weight::Semi } else { Weight::Regular };
    cut(ui, pos2(inner.left(), top), right - inner.left(), row.title, weight, 15.0, tokens::INK);
    let bottom = inner.bottom() - 11.0;
    let tail = ui.painter().layout_no_wrap(row.right.to_owned(), font(Weight::Regular, 14.0), tokens::INK_2);
    let tail_width = tail.size().x;
    ui.painter().galley(pos2(inner.right() - tail_width, bottom - tail.size().y / 2.0), tail, tokens::INK_2);
    let room = inner.width() - tail_width - 10.0;
    cut(ui, pos2(inner.left(), bottom), room, row.left, Weight::Regular, 14.0, tokens::INK_2);
    response
}

fn paint_pill(ui: &Ui, right_middle: egui::Pos2, tone: Tone, text: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Semi, 13.0), tone.ink());
    let size = vec2(galley.size().x + 20.0, 22.0);
    let rect = Rect::from_min_size(pos2(right_middle.x - size.x, right_middle.y - size.y / 2.0), size);
    ui.painter().rect_filled(rect, 11.0, tone.fill());
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tone.ink());
    size.x
}

fn cut(
    ui: &Ui,
    left_middle: egui::Pos2,
    width: f32,
    text: &str,
    weight: Weight,
    size: f32,
    ink: egui::Color32,
) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font(weight, size), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(left_middle.x, left_middle.y - galley.size().y / 2.0), galley, ink);
}

/// The line above a group of rows.
pub fn group_heading(ui: &mut Ui, text: &str, tone: Tone) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 33.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, 0.0, tokens::GROUND);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens::LINE_2));
        let at = pos2(rect.left() + 16.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, text, font(Weight::Semi, 13.5), tone.ink());
    }
}

/// One of the choices below a type-ahead field: icon, name with the matching part marked, a second line, a
/// remark at the right.
pub fn option_row(
    ui: &mut Ui,
    id: Id,
    chosen: bool,
    icon: &str,
    name: (&str, Option<std::ops::Range<usize>>),
    second: &str,
    right: &str,
) -> Response {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 57.0));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, name.0));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), 0.0, tokens::TEAL_BG);
    }
    if response.has_focus() {
        theme::focus_ring(ui, rect.shrink(2.0), 4);
    }
    let ink = if chosen { tokens::TEAL } else { tokens::INK_2 };
    let at = pos2(rect.left() + 23.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon, icon_font(Cut::Regular, 20.0), ink);
    let remark = ui.painter().layout_no_wrap(right.to_owned(), font(Weight::Semi, 13.5), tokens::TEAL);
    let remark_width = remark.size().x;
    let remark_at = pos2(rect.right() - 22.0 - remark_width, rect.center().y - remark.size().y / 2.0);
    ui.painter().galley(remark_at, remark, tokens::TEAL);
    let left = rect.left() + 45.0;
    let room = rect.right() - 32.0 - remark_width - left;
    let weight = if chosen { Weight::Semi } else { Weight::Medium };
    let mut job = marked(name.0, name.1, weight);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(left, rect.top() + 19.0 - galley.size().y / 2.0), galley, tokens::INK);
    cut(ui, pos2(left, rect.top() + 39.0), room, second, Weight::Regular, 13.5, tokens::INK_2);
    response
}

fn marked(name: &str, hit: Option<std::ops::Range<usize>>, weight: Weight) -> LayoutJob {
    let plain = egui::TextFormat::simple(font(weight, 15.0), tokens::INK);
    let mut job = LayoutJob::default();
    let parts =
        hit.and_then(|hit| Some((name.get(..hit.start)?, name.get(hit.clone())?, name.get(hit.end..)?)));
    match parts {
        Some((before, hit, after)) => {
            job.append(before, 0.0, plain.clone());
            let background = tokens::TEAL_2.gamma_multiply(0.16);
            job.append(hit, 0.0, egui::TextFormat { background, ..plain.clone() });
            job.append(after, 0.0, plain);
        }
        None => job.append(name, 0.0, plain),
    }
    job
}
