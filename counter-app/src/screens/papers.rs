//! The papers of the form: tick, count, pages.

use super::{Out, pages::pages_ui};
use crate::{
    Event, Model, Spot,
    model::{PageTarget, PaperTick},
};
use domain::procedure::Paper;
use egui::{Align, Frame, Key, Layout, Margin, Stroke, Ui};
use i18n::{Lang, t};
use ui::{Button, Tone, Weight, check_row, icon, pill, section, tokens};

pub(super) fn papers_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let Some(procedure) = model.form.procedure.as_ref().and_then(|code| model.place()?.procedure(code))
    else {
        return;
    };
    heading_ui(ui, model, out, &procedure.papers);
    if let Some(error) = model.form_errors.get("papers") {
        ui::paragraph(ui, error, 13.5, tokens::LATE);
    }
    let frame = Frame::new()
        .fill(tokens::PAPER)
        .stroke(Stroke::new(1.0, tokens::LINE))
        .corner_radius(tokens::size::RADIUS_CARD)
        .inner_margin(Margin::symmetric(14, 0));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = procedure.papers.iter().zip(&model.form.papers).enumerate();
        for (place, (paper, tick)) in rows {
            if place > 0 {
                let (rect, _) =
                    ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
                ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, tokens::LINE_2));
            }
            paper_ui(ui, model, out, place, paper, tick);
        }
    });
    if model.dragging {
        ui::paragraph(ui, &t("counter.intake.drop"), 14.0, tokens::TEAL);
    }
}

fn heading_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, papers: &[Paper]) {
    let required = papers.iter().zip(&model.form.papers).filter(|(paper, _)| paper.required);
    let (mut ticked, mut all) = (0, 0);
    for (_, tick) in required {
        all += 1;
        ticked += usize::from(tick.ticked);
    }
    ui.horizontal(|ui| {
        section(ui, &t("counter.intake.papers"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (tone, key) = if ticked == all {
                (Tone::Ok, "counter.intake.all")
            } else {
                (Tone::Quiet, "counter.intake.some")
            };
            pill(ui, tone, None, &i18n::with(key, &[("n", &ticked.to_string()), ("all", &all.to_string())]));
            if Button::small(t("counter.page.attach")).icon(icon::PAPERCLIP).key(Key::F10).show(ui) {
                out.push(Event::AttachNext);
            }
            if ticked < all && Button::small(t("counter.intake.tick_all")).key(Key::F8).show(ui) {
                out.push(Event::Toggled(Spot::Paper(usize::MAX)));
            }
        });
    });
}

fn paper_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, place: usize, paper: &Paper, tick: &PaperTick) {
    let target = PageTarget::Paper(place);
    let label = match paper.required {
        true => paper.name.clone(),
        false => i18n::with("counter.intake.optional", &[("name", &paper.name)]),
    };
    let mut attach = false;
    let response = check_row(ui, Spot::Paper(place).id(), tick.ticked, &label, |ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        let count = tick.pages.len();
        let words = match count {
            0 => t("counter.page.scan").into_owned(),
            n => i18n::with("counter.page.count", &[("n", &n.to_string())]),
        };
        attach = Button::small(words).icon(icon::SCAN).show(ui);
        ui::line(ui, &paper.count.to_string(), Weight::Regular, 14.0, tokens::INK_2);
        ui::line(ui, &Lang::Vi.paper_form(paper.form), Weight::Regular, 14.0, tokens::INK_2);
    });
    if response.clicked() {
        out.push(Event::Toggled(Spot::Paper(place)));
    }
    if attach {
        out.push(Event::Attach(target));
    }
    if !tick.pages.is_empty() {
        pages_ui(ui, model, out, target, &tick.pages);
    }
}
