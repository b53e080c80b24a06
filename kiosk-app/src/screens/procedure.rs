//! What does a procedure ask for?

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Model, name_in},
    widgets::{MARGIN, TOP, card, fact, heading, icon_line, mood_card, paragraph, scroll, top},
};
use domain::{
    procedure::{Paper, Procedure, Step},
    unit::ProcedureCode,
};
use egui::{Rect, Sense, Ui, pos2, vec2};
use i18n::Lang;
use ui::{Weight, icon};

/// Office hours of a working day.
const DAY: u32 = 8;

pub(super) fn procedure_ui(
    ui: &mut Ui,
    look: &Look,
    model: &Model,
    code: &ProcedureCode,
    out: &mut Vec<Event>,
) {
    top(ui, look, model, &look.t("kiosk.procedure.title"), out);
    let page = ui.max_rect();
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 8.0),
        pos2(page.right() - MARGIN, page.bottom()),
    );
    let Some(procedure) = model.procedure(code) else {
        super::line_note_ui(ui, look, model, inner);
        return;
    };
    scroll(ui, look, &format!("procedure-{code}"), inner, |ui| {
        content_ui(ui, look, model, procedure);
        ui.add_space(16.0);
    });
}

fn content_ui(ui: &mut Ui, look: &Look, model: &Model, procedure: &Procedure) {
    let palette = &look.palette;
    ui.spacing_mut().item_spacing = vec2(32.0, 24.0);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        paragraph(ui, look, name_in(look.lang, procedure), Weight::Bold, 44.0, palette.ink);
        let mut under = look.lang.with("kiosk.procedure.for", &[("subject", &procedure.subject)]);
        if look.lang == Lang::En && !procedure.name_en.is_empty() {
            under = format!("{} · {under}", procedure.name);
        }
        paragraph(ui, look, &under, Weight::Regular, 28.0, palette.soft);
    });
    let width = (ui.available_width() - 32.0) / 2.0;
    ui.horizontal_top(|ui| {
        column(ui, width, |ui| {
            papers_ui(ui, look, procedure);
            if !procedure.verified.all() {
                mood_card(ui, look, Mood::Plain, icon::INFO, |ui| {
                    let text = look.t("kiosk.procedure.unverified");
                    paragraph(ui, look, &text, Weight::Regular, 26.0, palette.ink);
                });
            }
        });
        column(ui, width, |ui| {
            facts_ui(ui, look, model, procedure);
            steps_ui(ui, look, procedure);
            legal_ui(ui, look, procedure);
        });
    });
}

fn column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 24.0;
        content(ui);
    });
}

fn papers_ui(ui: &mut Ui, look: &Look, procedure: &Procedure) {
    card(ui, look, |ui| {
        let n = procedure.papers.len().to_string();
        heading(ui, look, &look.lang.with("kiosk.procedure.papers", &[("n", &n)]));
        ui.spacing_mut().item_spacing.y = 20.0;
        for paper in &procedure.papers {
            paper_ui(ui, look, paper);
        }
    });
}

fn paper_ui(ui: &mut Ui, look: &Look, paper: &Paper) {
    let palette = &look.palette;
    icon_line(ui, look, icon::FILE_TEXT, palette.sign, 44.0, |ui| {
        paragraph(ui, look, &paper.name, Weight::Semi, 29.0, palette.ink);
        let form = look.lang.paper_form(paper.form);
        let count = look.lang.with("kiosk.procedure.copies", &[("n", &paper.count.to_string())]);
        let need = look.t(if paper.required { "kiosk.procedure.required" } else { "kiosk.procedure.if_any" });
        paragraph(ui, look, &format!("{form} · {count} · {need}"), Weight::Regular, 26.0, palette.soft);
    });
}

fn facts_ui(ui: &mut Ui, look: &Look, model: &Model, procedure: &Procedure) {
    let here = model.limit(procedure);
    let other = if here == procedure.limit { procedure.mountain_limit } else { Some(procedure.limit) };
    let limit_more = match other.filter(|other| *other != here) {
        Some(limit) => {
            let key = if here == procedure.limit {
                "kiosk.procedure.mountain"
            } else {
                "kiosk.procedure.elsewhere"
            };
            look.lang.with(key, &[("limit", &look.lang.limit(limit))])
        }
        None => String::new(),
    };
    card(ui, look, |ui| {
        ui.spacing_mut().item_spacing.y = 22.0;
        let limit = capital(&look.lang.limit(here));
        fact(ui, look, icon::CLOCK, &look.t("kiosk.procedure.limit"), &limit, &limit_more);
        let fee = capital(&look.lang.fee(procedure.fee));
        fact(ui, look, icon::MONEY, &look.t("kiosk.procedure.fee"), &fee, &procedure.fee_note);
        fact(ui, look, icon::CERTIFICATE, &look.t("kiosk.procedure.result"), &procedure.result, "");
    });
}

/// The steps, each with its share of the time as a bar.
fn steps_ui(ui: &mut Ui, look: &Look, procedure: &Procedure) {
    let longest = procedure.steps.iter().map(|step| step.hours).max().unwrap_or(0).max(1);
    card(ui, look, |ui| {
        heading(ui, look, &look.t("kiosk.procedure.steps"));
        ui.spacing_mut().item_spacing.y = 14.0;
        for (n, step) in procedure.steps.iter().enumerate() {
            step_ui(ui, look, n + 1, step, longest);
        }
    });
}

fn step_ui(ui: &mut Ui, look: &Look, number: usize, step: &Step, longest: u32) {
    let palette = &look.palette;
    let name = format!("{number}. {}", look.lang.step(step.kind));
    let time = if step.hours > DAY && step.hours.is_multiple_of(DAY) {
        look.lang.with("domain.limit.working_days", &[("n", &(step.hours / DAY).to_string())])
    } else {
        look.lang.with("domain.limit.hours", &[("n", &step.hours.to_string())])
    };
    paragraph(ui, look, &format!("{name} · {time}"), Weight::Medium, 27.0, palette.ink);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::hover());
    ui.painter().rect_filled(rect, 5.0, palette.pressed);
    let share = step.hours as f32 / longest as f32;
    let bar = Rect::from_min_size(rect.min, vec2((rect.width() * share).max(10.0), rect.height()));
    ui.painter().rect_filled(bar, 5.0, palette.sign);
}

fn legal_ui(ui: &mut Ui, look: &Look, procedure: &Procedure) {
    if procedure.legal_basis.is_empty() {
        return;
    }
    card(ui, look, |ui| {
        heading(ui, look, &look.t("kiosk.procedure.legal"));
        for law in &procedure.legal_basis {
            paragraph(ui, look, law, Weight::Regular, 26.0, look.palette.ink);
        }
        let code = look.lang.with("kiosk.procedure.code", &[("code", procedure.code.as_str())]);
        paragraph(ui, look, &code, Weight::Regular, 26.0, look.palette.soft);
    });
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
