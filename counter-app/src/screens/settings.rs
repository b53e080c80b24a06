//! This machine: server, printer, scanner, size of text, and what the server refused.

use super::{Out, state, updates};
use crate::{Event, Model, ReceiptOn};
use devices::printer::RollAddress;
use documents::Medium;
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
                printer_ui(ui, model, out);
                roll_ui(ui, model, out);
                scanner_ui(ui, model);
                text_ui(ui, model, out);
                updates::updates_ui(ui, model, out);
                state::state_ui(ui, model, out);
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
        let folder = t("counter.settings.folder_only");
        let names = std::iter::once(None).chain(model.devices.printers.iter().map(Some));
        for name in names {
            let label = name.map_or(&*folder, String::as_str);
            if choice_ui(ui, label, model.settings.printer.as_ref() == name) {
                out.push(Event::ChoosePrinter(name.cloned()));
            }
        }
        test_ui(ui, model, out, Medium::A4);
    });
}

/// The roll printer: one of this machine, or the one that the configuration names.
fn roll_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    section(ui, &t("counter.settings.roll"));
    ui::card(ui, |ui| {
        let chosen = &model.settings.roll_printer;
        let none = t("counter.settings.roll_none");
        let installed: Vec<RollAddress> =
            model.devices.printers.iter().map(|name| RollAddress::installed(name.clone())).collect();
        let elsewhere = chosen.iter().filter(|address| !installed.contains(address));
        for address in std::iter::once(None).chain(elsewhere.chain(&installed).map(Some)) {
            let label = address.map_or_else(|| none.to_string(), roll_name);
            if choice_ui(ui, &label, chosen.as_ref() == address) {
                out.push(Event::ChooseRoll(address.cloned()));
            }
        }
        if chosen.is_some() {
            receipt_on_ui(ui, model, out);
            test_ui(ui, model, out, Medium::Roll);
        }
    });
}

/// A roll printer's address, in words.
fn roll_name(address: &RollAddress) -> String {
    match address {
        RollAddress::Windows(name) | RollAddress::Cups(name) => {
            i18n::with("counter.settings.roll_installed", &[("name", name)])
        }
        RollAddress::Tcp { .. } => {
            i18n::with("counter.settings.roll_network", &[("name", &address.to_string())])
        }
        RollAddress::File(path) => {
            i18n::with("counter.settings.roll_folder", &[("name", &path.display().to_string())])
        }
    }
}

fn receipt_on_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    ui.horizontal_wrapped(|ui| {
        line(ui, &t("counter.settings.receipt_on"), Weight::Regular, 14.5, tokens::INK_2);
        for choice in ReceiptOn::ALL {
            let label = t(&format!("counter.settings.receipt_{}", choice.name()));
            if model.settings.receipt_on() == choice {
                pill(ui, Tone::Teal, Some(icon::CHECK), &label);
            } else if Button::small(label).show(ui) {
                out.push(Event::ReceiptOn(choice));
            }
        }
    });
}

/// One of several printers; whether it was taken.
fn choice_ui(ui: &mut Ui, label: &str, here: bool) -> bool {
    ui.horizontal(|ui| {
        let mut taken = false;
        if here {
            pill(ui, Tone::Teal, Some(icon::CHECK), &t("counter.settings.in_use"));
        } else {
            taken = Button::small(i18n::with("counter.settings.use", &[("name", label)])).show(ui);
        }
        line(ui, label, if here { Weight::Semi } else { Weight::Regular }, 15.0, tokens::INK);
        taken
    })
    .inner
}

fn test_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, medium: Medium) {
    ui.horizontal(|ui| {
        let key = if medium == Medium::Roll { "counter.settings.test_roll" } else { "counter.settings.test" };
        if Button::small(t(key)).icon(icon::PRINTER).show(ui) {
            out.push(Event::TestPage(medium));
        }
        if let Some((tested, said)) = &model.devices.test
            && *tested == medium
        {
            paragraph(ui, said, 13.5, tokens::INK_2);
        }
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
        let drawn = (ui.ctx().zoom_factor() * 100.0).round();
        if drawn < f32::from(model.settings.text_percent) {
            let words = i18n::with("counter.settings.text_fitted", &[("n", &drawn.to_string())]);
            paragraph(ui, &words, 13.5, tokens::INK_2);
        }
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
