//! A row that can be ticked, with more at its right.

use crate::{Cut, Weight, icon, icon_font, line, theme, tokens};
use egui::{Id, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

/// A tick box with its label; `right` fills the row's right side from right to left. The box toggles with a
/// click on it or on the label and with Space; true when it was toggled.
pub fn check_row(ui: &mut Ui, id: Id, ticked: bool, label: &str, right: impl FnOnce(&mut Ui)) -> Response {
    ui.horizontal(|ui| {
        ui.set_min_height(38.0);
        let (_, rect) = ui.allocate_space(vec2(20.0, 20.0));
        let response = ui.interact(rect.expand(6.0), id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, label));
        paint_box(ui, rect.shrink(1.5), ticked);
        if response.has_focus() {
            theme::focus_ring(ui, rect, 4);
        }
        ui.add_space(6.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            right(ui);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let text = line(ui, label, Weight::Regular, 15.0, tokens::INK).interact(Sense::CLICK);
                if text.clicked() { response.clone().union(text) } else { response }
            })
            .inner
        })
        .inner
    })
    .inner
}

fn paint_box(ui: &Ui, rect: egui::Rect, ticked: bool) {
    let painter = ui.painter();
    if ticked {
        painter.rect_filled(rect, 4.0, tokens::TEAL);
        let font = icon_font(Cut::Bold, 13.0);
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, icon::CHECK, font, tokens::ON_TEAL);
    } else {
        let stroke = Stroke::new(1.5, tokens::INK_3);
        painter.rect(rect, 4.0, tokens::PAPER, stroke, egui::StrokeKind::Inside);
    }
}
