//! A number that somebody holds: where it stands, and what they say of the service.

use super::{
    number::{service_of, sheet_ui, ticket_ui},
    opinion::{opinion_ui, thanks_ui},
};
use crate::{
    event::Event,
    look::Look,
    model::{Held, Model},
    widgets::{
        MARGIN, Press, TOP, Text, card, heading, icon_at, paragraph, press, primary, top, trouble, words,
    },
};
use api::TicketView;
use domain::hall::State;
use egui::{Align2, Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};
use ui::{Cut, Weight, icon};

fn room(ui: &Ui) -> Rect {
    let page = ui.max_rect();
    Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 12.0),
        pos2(page.right() - MARGIN, page.bottom() - 56.0),
    )
}

/// Asks for the ticket.
pub(super) fn show_ui(ui: &mut Ui, look: &Look, model: &Model, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.rate"), out);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room(ui)).id_salt("show-ticket"));
    card(&mut child, look, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 260.0), Sense::hover());
        icon_at(ui, rect.center(), Cut::Regular, icon::BARCODE, 200.0, look.palette.accent);
        heading(ui, look, &look.t("kiosk.show_ticket.title"));
        paragraph(ui, look, &look.t("kiosk.show_ticket.how"), Weight::Regular, 30.0, look.palette.ink);
        paragraph(ui, look, &look.t("kiosk.show_ticket.private"), Weight::Regular, 28.0, look.palette.soft);
    });
}

pub(super) fn held_ui(ui: &mut Ui, look: &Look, model: &Model, held: &Held, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.number.title"), out);
    let room = room(ui);
    if let Some(wrong) = held.trouble {
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("held-trouble"));
        trouble(&mut child, look, wrong);
        let at = Rect::from_min_size(pos2(room.left(), room.bottom() - 110.0), vec2(480.0, 110.0));
        if primary(ui, look, "again", &look.t("kiosk.again"), at) {
            out.push(Event::Again);
        }
        return;
    }
    let Some(ticket) = &held.ticket else {
        let text = look.t("kiosk.number.looking");
        words(
            ui,
            look,
            room,
            Align2::CENTER_CENTER,
            &Text::new(&text, Weight::Semi, 40.0, look.palette.soft),
        );
        return;
    };
    if held.opinion.thanked.is_some() {
        thanks_ui(ui, look, room);
    } else if held.can_be_rated() {
        let about = format!("{} · {}", ticket.number, service_of(look, ticket));
        opinion_ui(ui, look, &held.opinion, &about, room, out);
    } else {
        standing_ui(ui, look, ticket, room, out);
    }
}

/// Where it stands, and giving it up.
fn standing_ui(ui: &Ui, look: &Look, ticket: &TicketView, room: Rect, out: &mut Vec<Event>) {
    let above = Rect::from_min_max(room.min, pos2(room.right(), room.bottom() - 134.0));
    match ticket.state {
        State::Waiting => {
            sheet_ui(ui, look, above);
            ticket_ui(ui, look, ticket, (&look.t("kiosk.number.wait_on"), look.palette.ink), above);
        }
        state => {
            let said = match state.counter() {
                Some(counter) => look.lang.with("kiosk.number.come", &[("n", &counter.to_string())]),
                None => look.lang.ticket_state(state),
            };
            let number = ticket.number.to_string();
            let half = above.height() / 2.0;
            let upper = Rect::from_min_size(above.min, vec2(above.width(), half));
            let text = Text::new(&number, Weight::Heavy, 190.0, look.palette.accent);
            words(ui, look, upper, Align2::CENTER_BOTTOM, &text);
            let lower = upper.translate(vec2(0.0, half + 20.0));
            words(
                ui,
                look,
                lower,
                Align2::CENTER_TOP,
                &Text::new(&said, Weight::Bold, 52.0, look.palette.ink),
            );
        }
    }
    if matches!(ticket.state, State::Waiting | State::Missed) {
        let at =
            Rect::from_min_size(pos2(room.center().x - 300.0, room.bottom() - 110.0), vec2(600.0, 110.0));
        let label = look.t("kiosk.number.give_up");
        let words = Press { label: &label, size: Some(32.0), ..Press::default() };
        if press(ui, look, Id::unique("give-up"), at, &words) {
            out.push(Event::GiveUp);
        }
    }
}
