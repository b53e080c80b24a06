//! The number that was taken: large, with where to wait and how long.

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Model, Number, Paper},
    widgets::{MARGIN, TOP, Text, primary, top, trouble, words},
};
use api::TicketView;
use egui::{Align2, Rect, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n::Lang;
use ui::Weight;

pub(super) fn number_ui(ui: &mut Ui, look: &Look, model: &Model, number: &Number, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.number.title"), out);
    let page = ui.max_rect();
    let room = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 12.0),
        pos2(page.right() - MARGIN, page.bottom() - 56.0),
    );
    if let Some(wrong) = number.trouble {
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("number-trouble"));
        trouble(&mut child, look, wrong);
        let again = look.t("kiosk.again");
        let at = Rect::from_min_size(pos2(room.left(), room.bottom() - 110.0), vec2(480.0, 110.0));
        if primary(ui, look, "again", &again, at) {
            out.push(Event::Again);
        }
        return;
    }
    match &number.ticket {
        Some(ticket) => ticket_ui(ui, look, ticket, number.paper, room),
        None => {
            let text = look.t("kiosk.number.taking");
            words(
                ui,
                look,
                room,
                Align2::CENTER_CENTER,
                &Text::new(&text, Weight::Semi, 40.0, look.palette.soft),
            );
        }
    }
}

/// What a number is for, in the citizen's language.
pub(super) fn service_of<'a>(look: &Look, ticket: &'a TicketView) -> &'a str {
    match look.lang {
        Lang::En if !ticket.service_en.is_empty() => &ticket.service_en,
        _ => &ticket.service,
    }
}

/// A line of the card: its words, their weight, size and colour, and the room below.
type Line<'a> = (String, Weight, f32, egui::Color32, f32);

/// Number, counter, wait, and the paper.
pub(super) fn ticket_ui(ui: &Ui, look: &Look, ticket: &TicketView, paper: Paper, room: Rect) {
    let palette = &look.palette;
    let border = Stroke::new(palette.line_width, palette.line);
    ui.painter().rect(room, 28, palette.card, border, StrokeKind::Inside);
    let counters: Vec<String> = ticket.counters.iter().map(ToString::to_string).collect();
    let service = service_of(look, ticket);
    let counter = look.lang.with("kiosk.number.counter", &[("n", &counters.join(", "))]);
    let ahead = match ticket.ahead {
        0 => look.t("kiosk.number.next").into_owned(),
        n => look.lang.with("kiosk.number.ahead", &[("n", &n.to_string())]),
    };
    let wait =
        if ticket.wait.is_some() { format!(" · {}", look.lang.wait(ticket.wait)) } else { String::new() };
    let mood = if paper == Paper::Failed { palette.mood(Mood::Bad).1 } else { palette.ink };
    let lines: [Line<'_>; 5] = [
        (look.t("kiosk.number.yours").into_owned(), Weight::Regular, 34.0, palette.soft, 10.0),
        (ticket.number.to_string(), Weight::Heavy, 190.0, palette.accent, 10.0),
        (format!("{service} · {counter}"), Weight::Bold, 44.0, palette.ink, 18.0),
        (format!("{ahead}{wait}"), Weight::Regular, 36.0, palette.ink, 40.0),
        (look.t(&format!("kiosk.paper.{}", paper.key())).into_owned(), Weight::Semi, 36.0, mood, 0.0),
    ];
    let height: f32 = lines.iter().map(|(_, _, size, _, below)| look.size(size * 1.25) + below).sum();
    let mut y = room.center().y - height / 2.0;
    for (text, weight, size, ink, below) in &lines {
        let line = Rect::from_min_size(
            pos2(room.left() + 40.0, y),
            vec2(room.width() - 80.0, look.size(size * 1.25)),
        );
        words(ui, look, line, Align2::CENTER_CENTER, &Text::new(text, *weight, *size, *ink));
        y = line.bottom() + below;
    }
}
