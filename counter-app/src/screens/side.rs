//! The right column of a case: its way, why it is due then, and whether its history is intact.

use super::{Out, fit::column};
use crate::{Event, Model};
use egui::{Panel, ScrollArea, Ui};
use i18n::{Lang, t};
use ui::{Button, Cut, Tone, Weight, icon, icon_font, line, paragraph, section, timeline, tokens};

pub(super) fn side_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    Panel::right("side")
        .exact_size(column(ui, 330.0))
        .resizable(false)
        .frame(ui::page(tokens::PAPER, 18))
        .show(ui, |ui| {
            let Some(open) = &model.open else {
                return;
            };
            let Some(view) = open.view.value() else {
                return;
            };
            section(ui, &t("counter.side.way"));
            ui.add_space(8.0);
            ScrollArea::vertical().id_salt("way").auto_shrink(false).show(ui, |ui| {
                ui.scope(|ui| timeline(ui, &open.moments));
                ui.add_space(8.0);
                if view.case.state.is_open() {
                    ui::inset(ui, tokens::GROUND, |ui| {
                        ui.spacing_mut().item_spacing.y = 4.0;
                        let due = Lang::Vi.due(view.case.deadline.due, model.now);
                        line(
                            ui,
                            &i18n::with("counter.side.why", &[("due", &due)]),
                            Weight::Semi,
                            14.0,
                            tokens::INK,
                        );
                        for sentence in &open.why {
                            paragraph(ui, sentence, 13.0, tokens::INK_2);
                        }
                    });
                    ui.add_space(10.0);
                }
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    let (sign, tone, key) = match view.intact {
                        true => (icon::SEAL_CHECK, Tone::Ok, "counter.side.intact"),
                        false => (icon::WARNING, Tone::Late, "counter.side.broken"),
                    };
                    ui.label(egui::RichText::new(sign).font(icon_font(Cut::Regular, 16.0)).color(tone.ink()));
                    let count = view.actions.len().to_string();
                    paragraph(ui, &i18n::with(key, &[("n", &count)]), 13.5, tokens::INK_2);
                });
                ui.add_space(8.0);
                if Button::small(t("counter.print.reprint")).icon(icon::PRINTER).key(egui::Key::F12).show(ui)
                {
                    out.push(Event::Reprint);
                }
            });
        });
}
