//! The tablet of a counter: it rests, asks whoever is served, and thanks.

use super::{
    home::switches,
    opinion::{opinion_ui, thanks_ui},
    services::name_of,
};
use crate::{
    event::Event,
    look::Look,
    model::{Guest, Model, Phase, Tablet},
    widgets::{MARGIN, Text, primary, trouble, words},
};
use egui::{Align2, Rect, Ui, UiBuilder, pos2, vec2};
use ui::Weight;

/// Room for the switches at the bottom.
const SWITCHES: f32 = 84.0;

pub(super) fn tablet_ui(ui: &mut Ui, look: &Look, model: &Model, tablet: &Tablet, out: &mut Vec<Event>) {
    let page = ui.max_rect();
    let row = Rect::from_min_size(
        pos2(page.left() + MARGIN, page.bottom() - SWITCHES - 48.0),
        vec2(page.width() - 2.0 * MARGIN, SWITCHES),
    );
    let room = Rect::from_min_max(
        pos2(page.left() + 2.0 * MARGIN, page.top() + 64.0),
        pos2(page.right() - 2.0 * MARGIN, row.top() - 40.0),
    );
    match tablet.phase(model.machine) {
        Phase::Rest => rest_ui(ui, look, model, tablet, room),
        Phase::Ask(guest) => ask_ui(ui, look, model, tablet, guest, room, out),
        Phase::Thanks(_) => thanks_ui(ui, look, room),
    }
    switches(ui, look, model, row, out);
}

/// "Quầy 3 · Hộ tịch, tư pháp".
fn counter(look: &Look, model: &Model, tablet: &Tablet) -> String {
    let counter = look.lang.with("kiosk.number.counter", &[("n", &tablet.counter.to_string())]);
    let Some(view) = model.hall.view.as_deref() else { return counter };
    let Some(sign) = view.counters.iter().find(|sign| sign.number == tablet.counter) else { return counter };
    // A sign has no English name; the service that is named after it has.
    let service = view.services.iter().map(|view| &view.service).find(|service| service.name == sign.name);
    format!("{counter} · {}", service.map_or(sign.name.as_str(), |service| name_of(look, service)))
}

fn rest_ui(ui: &Ui, look: &Look, model: &Model, tablet: &Tablet, room: Rect) {
    let counter = counter(look, model, tablet);
    let half = vec2(room.width(), room.height() / 2.0);
    let upper = Rect::from_min_size(room.min, half);
    words(
        ui,
        look,
        upper,
        Align2::CENTER_BOTTOM,
        &Text::new(&counter, Weight::Heavy, 72.0, look.palette.ink).lines(2),
    );
    let lower = Rect::from_min_size(pos2(room.left(), upper.bottom() + 24.0), half);
    let later = look.t("kiosk.tablet.later");
    let text = Text::new(&later, Weight::Regular, 38.0, look.palette.soft).lines(3);
    words(ui, look, lower, Align2::CENTER_TOP, &text);
}

fn ask_ui(
    ui: &mut Ui,
    look: &Look,
    model: &Model,
    tablet: &Tablet,
    guest: &Guest,
    room: Rect,
    out: &mut Vec<Event>,
) {
    let Some(wrong) = guest.trouble else {
        let about = format!("{} · {}", guest.number, counter(look, model, tablet));
        opinion_ui(ui, look, &guest.opinion, &about, room, out);
        return;
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("tablet-trouble"));
    trouble(&mut child, look, wrong);
    let at = Rect::from_min_size(pos2(room.left(), room.bottom() - 110.0), vec2(480.0, 110.0));
    if primary(ui, look, "again", &look.t("kiosk.again"), at) {
        out.push(Event::Again);
    }
}
