//! The omnibox at the top, and what it found below it.

use super::Out;
use crate::{Event, Model, Spot};
use egui::{Align2, Area, Frame, Id, Key, Margin, Modifiers, Order, Ui, vec2};
use i18n::t;
use ui::{Omnibox, Remote, icon, option_row, tokens};

const WIDTH: f32 = 560.0;

pub(super) fn box_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let id = Spot::Omni.id();
    if ui.memory(|memory| memory.has_focus(id)) {
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                out.push(Event::Moved(Spot::Omni, by));
            }
        }
    }
    let look = Omnibox {
        id,
        label: &t("counter.omni.label"),
        value: &model.omni.text,
        hint: &t("counter.omni.hint"),
        keys: "Ctrl K",
    };
    let typed = ui::omnibox(ui, WIDTH.min(ui.available_width() - 260.0), &look);
    out.typed(Spot::Omni, typed);
}

/// The list below the box.
pub(super) fn found_ui(ui: &Ui, model: &Model, out: &mut Out<'_>) {
    if !model.omni.open {
        return;
    }
    let Some(anchor) = ui.ctx().read_response(Spot::Omni.id()) else {
        return;
    };
    let at = anchor.rect.left_bottom() + vec2(-36.0, 12.0);
    Area::new(Id::unique("omni-found")).order(Order::Foreground).fixed_pos(at).pivot(Align2::LEFT_TOP).show(
        ui.ctx(),
        |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::same(4)).show(ui, |ui| {
                ui.set_width(WIDTH - 8.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                rows_ui(ui, model, out);
            });
        },
    );
}

fn rows_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let rows = model.omni.found.value().map_or(&[][..], Vec::as_slice);
    for (place, item) in rows.iter().take(8).enumerate() {
        let second = format!("{} · {}", item.code, item.applicant);
        let state = i18n::Lang::Vi.state(item.state);
        let chosen = place == model.omni.choice;
        let id = Id::unique(("omni-row", item.case.0));
        if option_row(ui, id, chosen, icon::FILE_TEXT, (&item.procedure, None), &second, &state).clicked() {
            out.push(Event::Picked(Spot::Omni, place));
        }
    }
    if rows.is_empty() {
        let text = match &model.omni.found {
            Remote::Loading(_) => t("counter.omni.searching").into_owned(),
            Remote::Failed(why, _) => why.clone(),
            Remote::Ready(_) => t("counter.omni.nothing").into_owned(),
        };
        Frame::new()
            .inner_margin(Margin::same(12))
            .show(ui, |ui| ui::paragraph(ui, &text, 14.0, tokens::INK_2));
    }
}
