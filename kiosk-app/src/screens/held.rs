//! A number that somebody holds: where it stands, and what they say of the service.

use super::number::ticket_ui;
use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Held, Model, Paper},
    widgets::{
        MARGIN, Press, Style, TOP, Text, card, heading, icon_at, paragraph, press, top, trouble, words,
    },
};
use api::TicketView;
use domain::hall::{Complaint, Level, State};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use ui::{Cut, Weight, icon};

/// Between two faces.
const GAP: f32 = 44.0;

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
    if held.opinion.thanked {
        let thanks = look.t("kiosk.thanks");
        words(
            ui,
            look,
            room,
            Align2::CENTER_CENTER,
            &Text::new(&thanks, Weight::Heavy, 72.0, look.palette.ink),
        );
    } else if held.can_be_rated() {
        opinion_ui(ui, look, held, ticket, room, out);
    } else {
        standing_ui(ui, look, ticket, room, out);
    }
}

fn primary(ui: &Ui, look: &Look, id: &str, label: &str, at: Rect) -> bool {
    let words = Press { label, style: Style::Primary, size: Some(34.0), ..Press::default() };
    press(ui, look, Id::unique(id), at, &words)
}

/// Where it stands, and giving it up.
fn standing_ui(ui: &Ui, look: &Look, ticket: &TicketView, room: Rect, out: &mut Vec<Event>) {
    let above = Rect::from_min_max(room.min, pos2(room.right(), room.bottom() - 134.0));
    match ticket.state {
        State::Waiting => ticket_ui(ui, look, ticket, Paper::Out, above),
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

/// Three faces; whoever was not content may say with what.
fn opinion_ui(ui: &Ui, look: &Look, held: &Held, ticket: &TicketView, room: Rect, out: &mut Vec<Event>) {
    let palette = &look.palette;
    let about = format!("{} · {}", ticket.number, ticket.service);
    let line = Rect::from_min_size(room.min, vec2(room.width(), look.size(44.0)));
    words(ui, look, line, Align2::CENTER_CENTER, &Text::new(&about, Weight::Regular, 34.0, palette.soft));
    let line =
        Rect::from_min_size(pos2(room.left(), line.bottom() + 6.0), vec2(room.width(), look.size(90.0)));
    let ask = look.t("kiosk.how_was_it");
    words(ui, look, line, Align2::CENTER_CENTER, &Text::new(&ask, Weight::Heavy, 64.0, palette.ink));
    let faces = Rect::from_min_size(pos2(room.left(), line.bottom() + 30.0), vec2(room.width(), 380.0));
    let wide = (faces.width() - 2.0 * GAP) / 3.0;
    for (n, level) in Level::ALL.into_iter().enumerate() {
        let min = pos2(faces.left() + n as f32 * (wide + GAP), faces.top());
        let at = Rect::from_min_size(min, vec2(wide, faces.height()));
        if face(ui, look, level, held.opinion.level == Some(level), at) {
            out.push(Event::Rate(level));
        }
    }
    let below = Rect::from_min_max(pos2(room.left(), faces.bottom() + 36.0), room.max);
    if held.opinion.level == Some(Level::Unsatisfied) {
        complaints_ui(ui, look, held, below, out);
    } else {
        let note = look.t("kiosk.no_name");
        let text = Text::new(&note, Weight::Regular, 30.0, palette.soft);
        words(ui, look, below, Align2::CENTER_TOP, &text);
    }
}

fn face(ui: &Ui, look: &Look, level: Level, chosen: bool, at: Rect) -> bool {
    let (mood, sign) = match level {
        Level::VerySatisfied => (Mood::Good, icon::SMILEY),
        Level::Satisfied => (Mood::Plain, icon::SMILEY_MEH),
        Level::Unsatisfied => (Mood::Bad, icon::SMILEY_SAD),
    };
    let (fill, ink) = look.palette.mood(mood);
    let name = look.lang.satisfaction(level);
    let response = ui.interact(at, Id::unique(("face", level)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    let strong = chosen || look.palette.is_strong() || response.is_pointer_button_down_on();
    let border = Stroke::new(if strong { 6.0 } else { 0.0 }, ink);
    ui.painter().rect(at, 28, fill, border, StrokeKind::Inside);
    icon_at(ui, pos2(at.center().x, at.center().y - 50.0), Cut::Fill, sign, 170.0, ink);
    let below = Rect::from_min_max(pos2(at.left(), at.bottom() - 120.0), at.max);
    let galley = Text::new(&name, Weight::Bold, 40.0, ink).galley(ui, look, below.width());
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), below);
    ui.painter().galley(place.min, galley, ink);
    response.clicked()
}

fn complaints_ui(ui: &Ui, look: &Look, held: &Held, room: Rect, out: &mut Vec<Event>) {
    const BETWEEN: f32 = 18.0;
    let all = Complaint::ALL.map(|complaint| (complaint, look.lang.complaint(complaint)));
    let width = |label: &str| {
        let text = Text::new(label, Weight::Semi, 30.0, look.palette.ink);
        text.galley(ui, look, 600.0).size().x + 60.0
    };
    let whole: f32 = all.iter().map(|(_, label)| width(label) + BETWEEN).sum();
    let mut x = room.center().x - (whole - BETWEEN) / 2.0;
    for (complaint, label) in &all {
        let at = Rect::from_min_size(pos2(x, room.top()), vec2(width(label), 90.0));
        x = at.right() + BETWEEN;
        let on = Some(held.opinion.complaints.contains(complaint));
        let words = Press { label, on, size: Some(30.0), ..Press::default() };
        if press(ui, look, Id::unique(("complaint", *complaint)), at, &words) {
            out.push(Event::Complain(*complaint));
        }
    }
    let at = Rect::from_min_size(pos2(room.center().x - 240.0, room.top() + 112.0), vec2(480.0, 96.0));
    if primary(ui, look, "send-opinion", &look.t("kiosk.send"), at) {
        out.push(Event::SendOpinion);
    }
}
