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
        let more = match standing {
            Standing::Ready { notes, .. } => notes.as_str(),
            Standing::Trouble { detail, .. } => detail.as_str(),
            _ => "",
        };
        if !more.is_empty() {
            paragraph(ui, more, 13.5, tokens::INK_2);
        }
        let act = match standing {
            Standing::Ready { .. } => Some(("update.restart", Event::InstallUpdate)),
            Standing::Asks { .. } => Some(("update.fetch", Event::InstallUpdate)),
            Standing::Installed { .. } if waits_for_restart(model) => {
                Some(("update.restart_now", Event::RestartApp))
            }
            _ => None,
        };
        if let Some((key, event)) = act
            && Button::small(t(key)).icon(icon::ARROWS_CLOCKWISE).show(ui)
        {
            out.push(event);
        }
    });
}
