//! How this machine stands, on the page of this machine: what the doctor found, and the package for IT.

use super::Out;
use crate::{Event, Model};
use egui::Ui;
use i18n::t;
use machine::report::{Finding, State};
use ui::{Button, Tone, Weight, icon, line, paragraph, pill, section, tokens};

pub(super) fn state_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    section(ui, &t("counter.machine.title"));
    ui::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        match &model.report {
            Some(report) => report.findings.iter().for_each(|finding| finding_ui(ui, finding)),
            None => {
                paragraph(ui, &t("counter.machine.looking"), 14.5, tokens::INK_2);
            }
        }
        ui.horizontal(|ui| {
            if Button::small(t("counter.machine.again")).icon(icon::ARROWS_CLOCKWISE).show(ui) {
                out.push(Event::Examine);
            }
            if Button::small(t("counter.machine.pack")).icon(icon::BRIEFCASE).show(ui) {
                out.push(Event::PackSupport);
            }
        });
        if let Some(said) = &model.packed {
            paragraph(ui, said, 13.5, tokens::INK_2);
        }
    });
}

fn finding_ui(ui: &mut Ui, finding: &Finding) {
    let (tone, key) = match finding.state {
        State::Ok => (Tone::Ok, "machine.report.ok"),
        State::Attention => (Tone::Soon, "machine.report.attention"),
        State::Bad => (Tone::Late, "machine.report.bad"),
    };
    ui.horizontal(|ui| {
        pill(ui, tone, None, &t(key));
        line(ui, &t(&format!("machine.what.{}", finding.what)), Weight::Semi, 14.5, tokens::INK);
    });
    paragraph(ui, &finding.said, 14.0, tokens::INK_2);
    if !finding.advice.is_empty() {
        paragraph(ui, &finding.advice, 14.0, tokens::INK);
    }
}
