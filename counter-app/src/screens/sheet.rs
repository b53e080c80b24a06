//! The receipt as it will be, or as it was printed, and the promise below it.

use super::Out;
use crate::{Event, Model};
use egui::{CentralPanel, Frame, Margin, Panel, Rect, RichText, ScrollArea, Stroke, Ui, pos2, vec2};
use i18n::{Lang, t};
use ui::{Button, Line, Weight, font, section, tokens};

pub(super) fn sheet_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let last = model.last.as_ref().filter(|_| model.form.is_blank());
    let below = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 12, bottom: 0 });
    Panel::bottom("promise").frame(below).resizable(false).show_separator_line(false).show(
        ui,
        |ui| match last {
            Some(last) => last_ui(ui, last, out),
            None => promise_ui(ui, model),
        },
    );
    CentralPanel::no_frame().show(ui, |ui| {
        section(ui, &t("counter.sheet.title"));
        match last {
            Some(last) => picture_ui(ui, last, out),
            None => draft_ui(ui, model),
        }
    });
}

/// What the case in hand will get.
fn promise_ui(ui: &mut Ui, model: &Model) {
    ui::inset(ui, tokens::GROUND, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let procedure = model.form.procedure.as_ref().and_then(|code| model.place()?.procedure(code));
        let due =
            model.promise.as_ref().map_or("–".to_owned(), |p| Lang::Vi.due(p.deadline.due, model.now));
        ui::key_value(ui, &t("counter.sheet.due"), &due);
        let division = procedure.and_then(|procedure| model.place()?.division(&procedure.field));
        let agency = model.place().map(|desk| desk.place.agency.short_name.clone()).unwrap_or_default();
        let to = match (procedure, division) {
            (None, _) => "–".to_owned(),
            (Some(_), Some(division)) => division.short_name.clone(),
            (Some(_), None) => agency,
        };
        ui::key_value(ui, &t("counter.sheet.to"), &to);
        let fee = procedure.map_or("–".to_owned(), |procedure| Lang::Vi.money(procedure.fee));
        ui::key_value(ui, &t("counter.sheet.fee"), &fee);
        if let Some(promise) = &model.promise {
            ui.add_space(4.0);
            ScrollArea::vertical().id_salt("why").max_height(210.0).show(ui, |ui| {
                for why in &promise.why {
                    ui::paragraph(ui, why, 13.0, tokens::INK_2);
                }
            });
        }
    });
}

fn last_ui(ui: &mut Ui, last: &crate::model::LastReceipt, out: &mut Out<'_>) {
    ui::inset(ui, tokens::GROUND, |ui| {
        let case = &last.view.case;
        ui::line(ui, case.code.as_str(), Weight::Bold, 17.0, tokens::TEAL);
        for (_, words) in &last.printed {
            ui::paragraph(ui, words, 14.0, tokens::INK_2);
        }
        if let Some(path) = &last.path {
            ui::line(ui, path, Weight::Regular, 12.5, tokens::INK_2);
        }
        ui.add_space(2.0);
        if Button::small(t("counter.print.reprint")).icon(ui::icon::PRINTER).key(egui::Key::F12).show(ui) {
            out.push(Event::Reprint);
        }
    });
}

fn picture_ui(ui: &mut Ui, last: &crate::model::LastReceipt, out: &Out<'_>) {
    let Some(texture) = out.pictures.sheet(last.view.case.id) else {
        ui::spinner_line(ui, &t("counter.sheet.drawing"));
        return;
    };
    let room = ui.available_size();
    let size = texture.size_vec2();
    let scale = (room.x / size.x).min(room.y / size.y).max(0.05);
    let (rect, response) = ui.allocate_exact_size(size * scale, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, t("counter.sheet.title")));
    ui.painter().rect(rect, 6.0, tokens::PAPER, Stroke::new(1.0, tokens::LINE), egui::StrokeKind::Inside);
    ui.painter().image(
        texture.id(),
        rect.shrink(1.0),
        Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)),
        egui::Color32::WHITE,
    );
}

/// The receipt before there is a case: what stands in the form, and no number that nobody gave.
fn draft_ui(ui: &mut Ui, model: &Model) {
    let frame = Frame::new()
        .fill(tokens::PAPER)
        .stroke(Stroke::new(1.0, tokens::LINE))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(18, 16));
    ScrollArea::vertical().id_salt("sheet").auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height((ui.available_height() - 8.0).max(180.0));
            ui.spacing_mut().item_spacing.y = 4.0;
            head_ui(ui, model);
            ui.add_space(14.0);
            ui.vertical_centered(|ui| {
                ui.label(
                    RichText::new(t("counter.sheet.heading"))
                        .font(font(Weight::Bold, 12.5))
                        .color(tokens::INK),
                );
                ui.add_space(2.0);
                code_ui(ui);
            });
            ui.add_space(8.0);
            body_ui(ui, model);
        });
    });
}

fn head_ui(ui: &mut Ui, model: &Model) {
    let agency = model.place().map(|desk| desk.place.agency.name.to_uppercase()).unwrap_or_default();
    ui.columns_const(|[left, right]| {
        let small = |ui: &mut Ui, text: &str, weight| {
            ui.vertical_centered(|ui| {
                ui.label(RichText::new(text).font(font(weight, 10.5)).color(tokens::INK));
            });
        };
        for ui in [&mut *left, &mut *right] {
            ui.spacing_mut().item_spacing.y = 1.0;
        }
        small(left, &agency, Weight::Regular);
        small(left, &t("counter.sheet.office").to_uppercase(), Weight::Bold);
        small(right, &t("counter.sheet.country"), Weight::Bold);
        small(right, &t("counter.sheet.motto"), Weight::Semi);
    });
}

/// Where the barcode will be.
fn code_ui(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width().min(280.0), 44.0), egui::Sense::hover());
    let dash = Stroke::new(1.0, tokens::INK_3);
    let corners =
        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, dash, 5.0, 4.0));
    let font = font(Weight::Regular, 12.5);
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        t("counter.sheet.code_later"),
        font,
        tokens::INK_2,
    );
}

fn body_ui(ui: &mut Ui, model: &Model) {
    let form = &model.form;
    let procedure = form.procedure.as_ref().and_then(|code| model.place()?.procedure(code));
    let ticked = form.papers.iter().filter(|paper| paper.ticked).count();
    let due =
        model.promise.as_ref().map(|promise| Lang::Vi.long_moment(promise.deadline.due)).unwrap_or_default();
    let rows = [
        ("counter.sheet.of", form.person.name.clone(), Weight::Bold),
        ("counter.sheet.about", procedure.map(|p| p.name.clone()).unwrap_or_default(), Weight::Regular),
        ("counter.sheet.papers", format!("{ticked:02}"), Weight::Regular),
        ("counter.sheet.received", Lang::Vi.long_moment(model.now), Weight::Regular),
        ("counter.sheet.promise", due, Weight::Bold),
        (
            "counter.sheet.fee_line",
            procedure.map(|p| Lang::Vi.money(p.fee)).unwrap_or_default(),
            Weight::Regular,
        ),
    ];
    for (key, value, weight) in rows {
        let line =
            Line::new(12.5).add(&t(key), Weight::Regular, tokens::INK).add(" ", Weight::Regular, tokens::INK);
        ui.add(egui::Label::new(line.add(&value, weight, tokens::INK).job()).wrap());
    }
}
