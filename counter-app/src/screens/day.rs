//! The clerk's own day: what was taken in here, and figures that are true.

use super::{Out, hall};
use crate::{Event, Model, receipts::medium_of};
use documents::Medium;
use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Sense, Ui, pos2, vec2};
use i18n::t;
use ui::{Button, Weight, font, icon, tokens};

pub(super) fn day_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    doubtful_ui(ui, model, out);
    match &model.hall.view {
        Some(view) => hall::card_ui(ui, model, view, out),
        None => count_ui(ui, model),
    }
    let below = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 10, bottom: 0 });
    Panel::bottom("figures").frame(below).resizable(false).show_separator_line(false).show(ui, |ui| {
        figures_ui(ui, model);
    });
    CentralPanel::no_frame().show(ui, |ui| {
        ScrollArea::vertical().id_salt("today").auto_shrink(false).show(ui, |ui| {
            if let Some(view) = &model.hall.view {
                hall::lines_ui(ui, model, view, out);
            }
            latest_ui(ui, model, out);
        });
    });
}

/// How many cases were taken in at this machine.
fn count_ui(ui: &mut Ui, model: &Model) {
    ui::inset(ui, tokens::TEAL_BG, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui::line(ui, &t("counter.day.today"), Weight::Semi, 13.5, tokens::INK_2);
        let count = i64::try_from(model.today.len()).unwrap_or(0);
        ui::line(ui, &i18n::number(count), Weight::Heavy, 46.0, tokens::TEAL);
        ui::line(ui, &t("counter.day.cases"), Weight::Regular, 14.5, tokens::INK_2);
    });
}

/// What was taken in here, the latest first.
fn latest_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    if model.today.is_empty() {
        if model.hall.view.is_none() {
            ui::line(ui, &t("counter.day.latest"), Weight::Semi, 14.0, tokens::INK_2);
            ui::empty(ui, icon::TRAY_ARROW_DOWN, &t("counter.day.nothing"), &t("counter.day.how"));
        }
        return;
    }
    ui.add_space(8.0);
    ui::line(ui, &t("counter.day.latest"), Weight::Semi, 14.0, tokens::INK_2);
    ui.spacing_mut().item_spacing.y = 0.0;
    for taken in &model.today {
        row_ui(ui, out, taken);
    }
}

fn row_ui(ui: &mut Ui, out: &mut Out<'_>, taken: &client::local::Taken) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), Sense::click());
    let name = format!("{} · {}", taken.code, taken.procedure);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            painter.rect_filled(rect, 6.0, tokens::TEAL_BG);
        }
        painter.hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, tokens::LINE_2));
        let middle = rect.center().y;
        let left = egui::Align2::LEFT_CENTER;
        painter.text(
            pos2(rect.left() + 4.0, middle),
            left,
            taken.code.serial(),
            font(Weight::Semi, 15.0),
            tokens::INK,
        );
        let time = i18n::clock(taken.at.local());
        let at = pos2(rect.right() - 4.0, middle);
        let clock =
            painter.text(at, egui::Align2::RIGHT_CENTER, time, font(Weight::Regular, 14.0), tokens::INK_2);
        let mut job = egui::text::LayoutJob::simple_singleline(
            taken.procedure.clone(),
            font(Weight::Regular, 14.5),
            tokens::INK,
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(clock.left() - rect.left() - 66.0);
        let galley = painter.layout_job(job);
        painter.galley(pos2(rect.left() + 56.0, middle - galley.size().y / 2.0), galley, tokens::INK);
    }
    if response.clicked() {
        out.push(Event::Go(crate::model::Screen::Cases));
        out.push(Event::OpenCase(taken.case));
    }
}

fn figures_ui(ui: &mut Ui, model: &Model) {
    let timed: Vec<u32> =
        model.today.iter().map(|taken| taken.seconds).filter(|seconds| *seconds > 0).collect();
    let mean = match u32::try_from(timed.len()) {
        Ok(count) if count > 0 => {
            let seconds = timed.iter().sum::<u32>() / count;
            i18n::with(
                "counter.day.mean_value",
                &[("minutes", &(seconds / 60).to_string()), ("seconds", &format!("{:02}", seconds % 60))],
            )
        }
        _ => t("counter.day.none").into_owned(),
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(view) = &model.hall.view {
        hall::figures_ui(ui, view);
    }
    let waits = if model.waits.loaded { model.waits.count() } else { t("counter.day.none").into_owned() };
    ui::key_value(ui, &t("counter.day.waits"), &waits);
    let ready = if model.ready.loaded { model.ready.count() } else { t("counter.day.none").into_owned() };
    ui::key_value(ui, &t("counter.day.returns"), &ready);
    ui::key_value(ui, &t("counter.day.mean"), &mean);
}

/// Sheets that a crash left in doubt: the clerk has the desk in view and can tell.
fn doubtful_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    for row in &model.doubtful {
        ui::inset(ui, tokens::SOON_BG, |ui| {
            let key = match medium_of(&row.what) {
                Medium::Roll => "counter.print_roll.doubt",
                Medium::A4 | Medium::A5 => "counter.print.doubt",
            };
            ui::paragraph(ui, &i18n::with(key, &[("code", row.code.as_str())]), 14.0, tokens::INK);
            ui.horizontal(|ui| {
                if Button::small(t("counter.print.have_it")).show(ui) {
                    out.push(Event::Doubtful(row.id, false));
                }
                if Button::small(t("counter.print.again")).show(ui) {
                    out.push(Event::Doubtful(row.id, true));
                }
            });
        });
        ui.add_space(6.0);
    }
}
