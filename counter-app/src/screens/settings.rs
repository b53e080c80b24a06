//! This machine: server, printer, scanner, size of text, and what the server refused.

use super::{Out, updates};
use crate::{Event, Model};
use egui::{CentralPanel, Frame, Margin, ScrollArea, Ui};
use i18n::t;
use ui::{Button, Line, Tone, Weight, icon, key_value, line, paragraph, pill, section, title, tokens};

pub(super) fn settings_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    CentralPanel::no_frame().show(ui, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, tokens::GROUND);
        ScrollArea::vertical().id_salt("settings").auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(28, 20)).show(ui, |ui| {
                ui.set_max_width(860.0);
                ui.spacing_mut().item_spacing.y = 12.0;
                title(ui, &t("counter.settings.title"));
                parked_ui(ui, model, out);
                machine_ui(ui, model);
                updates::updates_ui(ui, model, out);
                printer_ui(ui, model, out);
                scanner_ui(ui, model);
                text_ui(ui, model, out);
            });
        });
    });
}

fn machine_ui(ui: &mut Ui, model: &Model) {
    section(ui, &t("counter.settings.machine"));
    ui::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        key_value(ui, &t("counter.settings.server"), &model.setup.server);
        let site =
            model.place().map(|desk| format!("{} ({})", desk.place.agency.name, desk.place.agency.code));
        key_value(ui, &t("counter.settings.site"), &site.unwrap_or_else(|| "–".to_owned()));
        key_value(
            ui,
            &t("counter.settings.counter"),
            &model.counter().map_or("–".to_owned(), |n| n.to_string()),
        );
        key_value(ui, &t("counter.settings.version"), env!("CARGO_PKG_VERSION"));
        key_value(ui, &t("counter.settings.data"), &model.setup.data.display().to_string());
        key_value(ui, &t("counter.settings.prints"), &model.setup.print_dir.display().to_string());
    });
}

fn printer_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    section(ui, &t("counter.settings.printer"));
    ui::card(ui, |ui| {
        let chosen = &model.settings.printer;
        let folder = t("counter.settings.folder_only");
        let names = std::iter::once(None).chain(model.devices.printers.iter().map(Some));
        for name in names {
            let label = name.map_or(&*folder, String::as_str);
            ui.horizontal(|ui| {
                let here = chosen.as_ref() == name;
                if here {
                    pill(ui, Tone::Teal, Some(icon::CHECK), &t("counter.settings.in_use"));
                } else if Button::small(i18n::with("counter.settings.use", &[("name", label)])).show(ui) {
                    out.push(Event::ChoosePrinter(name.cloned()));
                }
                line(ui, label, if here { Weight::Semi } else { Weight::Regular }, 15.0, tokens::INK);
            });
        }
        ui.horizontal(|ui| {
            if Button::small(t("counter.settings.test")).icon(icon::PRINTER).show(ui) {
                out.push(Event::TestPage);
            }
            if let Some(said) = &model.devices.test {
                paragraph(ui, said, 13.5, tokens::INK_2);
            }
        });
    });
}

fn scanner_ui(ui: &mut Ui, model: &Model) {
    section(ui, &t("counter.settings.scanner"));
    ui::card(ui, |ui| {
        let text = match model.devices.scanned_at {
            Some(at) => i18n::with("counter.status.scanner", &[("time", &i18n::clock(at.local()))]),
            None => t("counter.settings.scanner_how").into_owned(),
        };
        paragraph(ui, &text, 14.5, tokens::INK_2);
    });
}

fn text_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    section(ui, &t("counter.settings.text"));
    ui::card(ui, |ui| {
        ui.horizontal(|ui| {
            for percent in [100, 115, 130, 150] {
                let label = i18n::with("counter.settings.percent", &[("n", &percent.to_string())]);
                if model.settings.text_percent == percent {
                    pill(ui, Tone::Teal, Some(icon::CHECK), &label);
                } else if Button::small(label).show(ui) {
                    out.push(Event::TextSize(percent));
                }
            }
        });
    });
}

/// Changes that the server refused while nobody looked: nothing is thrown away without a person's word.
fn parked_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    if model.parked.is_empty() {
        return;
    }
    section(ui, &t("counter.settings.parked"));
    ui::card(ui, |ui| {
        paragraph(ui, &t("counter.settings.parked_why"), 14.0, tokens::INK_2);
        for row in &model.parked {
            let what = t(&format!("counter.what.{}", row.what));
            let at = i18n::short_moment(row.made_at);
            let words = Line::new(15.0).add(&what, Weight::Semi, tokens::INK).add(
                &format!(" · {at}"),
                Weight::Regular,
                tokens::INK_2,
            );
            ui.add(egui::Label::new(words.job()));
            paragraph(ui, row.last_error.as_deref().unwrap_or_default(), 13.0, tokens::LATE);
            ui.horizontal(|ui| {
                if Button::small(i18n::with("counter.settings.retry", &[("what", &what), ("at", &at)]))
                    .show(ui)
                {
                    out.push(Event::Retry(row.command));
                }
                if Button::small(i18n::with("counter.settings.discard", &[("what", &what), ("at", &at)]))
                    .show(ui)
                {
                    out.push(Event::Discard(row.command));
                }
            });
        }
    });
}
