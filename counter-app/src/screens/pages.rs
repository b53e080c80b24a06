//! Small pictures of pages, with what can be done with them.

use super::Out;
use crate::{
    Event, Model,
    model::{Page, PageTarget},
};
use domain::ids::FileId;
use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use i18n::t;
use ui::{Cut, Weight, font, icon, icon_button, icon_font, tokens};

/// Pages of a form, which can be turned and taken away.
pub(super) fn pages_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, target: PageTarget, pages: &[Page]) {
    ui.horizontal_wrapped(|ui| {
        ui.add_space(34.0);
        for (place, page) in pages.iter().enumerate() {
            ui.vertical(|ui| {
                ui.set_width(86.0);
                thumb_ui(ui, model, out, page.file, &page.name, vec2(80.0, 108.0));
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0;
                    let named = |key: &str| i18n::with(key, &[("name", &page.name)]);
                    if page.mime != "application/pdf"
                        && icon_button(ui, icon::ARROW_CLOCKWISE, &named("counter.page.turn"))
                    {
                        out.push(Event::Rotate(target, place));
                    }
                    if icon_button(ui, icon::TRASH, &named("counter.page.remove")) {
                        out.push(Event::Detach(target, place));
                    }
                });
            });
        }
    });
    ui.add_space(8.0);
}

/// One page, as a picture where there is one.
pub(super) fn thumb_ui(
    ui: &mut Ui,
    model: &Model,
    out: &Out<'_>,
    file: FileId,
    name: &str,
    size: egui::Vec2,
) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    painter.rect(rect, 4.0, tokens::PAPER, Stroke::new(1.0, tokens::LINE), egui::StrokeKind::Outside);
    let inner = rect.shrink(3.0);
    match out.pictures.page(file) {
        Some(texture) => {
            let picture = texture.size_vec2();
            let scale = (inner.width() / picture.x).min(inner.height() / picture.y);
            let place = Rect::from_center_size(inner.center(), picture * scale);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture.id(), place, whole, egui::Color32::WHITE);
        }
        None => {
            let sign = match model.thumbs.get(&file) {
                Some(None) => icon::HOURGLASS_MEDIUM,
                _ => icon::FILE_TEXT,
            };
            painter.text(
                rect.center(),
                egui::Align2::CENTER_CENTER,
                sign,
                icon_font(Cut::Regular, 26.0),
                tokens::INK_3,
            );
            let galley = painter.layout_no_wrap(ending(name), font(Weight::Semi, 11.0), tokens::INK_2);
            painter.galley(
                pos2(rect.center().x - galley.size().x / 2.0, rect.bottom() - 20.0),
                galley,
                tokens::INK_2,
            );
        }
    }
    response.on_hover_text(if name.is_empty() {
        t("counter.page.unnamed").into_owned()
    } else {
        name.to_owned()
    });
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_uppercase()).unwrap_or_default()
}
