//! New versions of the app, on the page of this machine.

use super::Out;
use crate::{Event, Model, update::waits_for_restart};
use domain::update::Standing;
use egui::Ui;
use i18n::{Lang, t};
use ui::{Button, icon, paragraph, section, tokens};

pub(super) fn updates_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    section(ui, &t("counter.update.title"));
    ui::card(ui, |ui| {
        let Some(standing) = &model.update else {
            paragraph(ui, &t("counter.update.none"), 14.5, tokens::INK_2);
            return;
        };
        let ink = match standing {
            Standing::RolledBack { .. } | Standing::Trouble { .. } => tokens::LATE,
            _ => tokens::INK,
        };
        paragraph(ui, &Lang::Vi.update_standing(standing), 14.5, ink);
        match standing {
            Standing::Ready { notes, .. } => {
                if !notes.is_empty() {
                    paragraph(ui, notes, 14.0, tokens::INK_2);
                }
                ask_ui(ui, "update.restart", out);
            }
            Standing::Asks { .. } => ask_ui(ui, "update.fetch", out),
            Standing::Installed { .. } if waits_for_restart(model) => {
                if Button::small(t("update.restart_now")).icon(icon::ARROWS_CLOCKWISE).show(ui) {
                    out.push(Event::RestartApp);
                }
            }
            Standing::Trouble { detail, .. } => paragraph(ui, detail, 13.0, tokens::INK_2),
            _ => {}
        }
    });
}

fn ask_ui(ui: &mut Ui, key: &str, out: &mut Out<'_>) {
    if Button::small(t(key)).icon(icon::ARROWS_CLOCKWISE).show(ui) {
        out.push(Event::InstallUpdate);
    }
}
