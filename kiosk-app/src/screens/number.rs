//! The number that was taken: large, with where to wait and how long.

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Model, Number, Paper},
    widgets::{MARGIN, TOP, Text, primary, top, trouble, words},
};
use api::TicketView;
use egui::{Align2, Color32, Rect, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n::Lang;
use ui::{Weight, tokens};

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
        Some(ticket) => taken_ui(ui, look, ticket, number, room),
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

/// The number; with its QR where no paper comes.
fn taken_ui(ui: &Ui, look: &Look, ticket: &TicketView, number: &Number, room: Rect) {
    let said = look.t(&format!("kiosk.paper.{}", number.paper.key()));
    let palette = &look.palette;
    let ink = if number.paper == Paper::Failed { palette.mood(Mood::Bad).1 } else { palette.ink };
    sheet_ui(ui, look, room);
    if matches!(number.paper, Paper::Printing | Paper::Out) || number.qr.is_empty() {
        ticket_ui(ui, look, ticket, (&said, ink), room);
        return;
    }
    let side = 460.0;
    let code = Rect::from_center_size(
        pos2(room.right() - 80.0 - side / 2.0, room.center().y - look.size(30.0)),
        vec2(side, side),
    );
    qr_ui(ui, &number.qr, code);
    let below =
        Rect::from_min_size(code.left_bottom() + vec2(-40.0, 16.0), vec2(side + 80.0, look.size(84.0)));
    let follow = look.t("kiosk.number.follow");
    let text = Text::new(&follow, Weight::Medium, 30.0, palette.ink).lines(2);
    words(ui, look, below, Align2::CENTER_TOP, &text);
    let left = Rect::from_min_max(room.min, pos2(code.left() - 40.0, room.bottom()));
    ticket_ui(ui, look, ticket, (&said, ink), left);
}

/// What everything stands on.
pub(super) fn sheet_ui(ui: &Ui, look: &Look, room: Rect) {
    let border = Stroke::new(look.palette.line_width, look.palette.line);
    ui.painter().rect(room, 28, look.palette.card, border, StrokeKind::Inside);
}

/// A QR, dark on white in every palette, for that is what telephones read.
fn qr_ui(ui: &Ui, rows: &[Vec<bool>], at: Rect) {
    ui.painter().rect_filled(at, 8, tokens::PAPER);
    let side = at.width() / rows.len().max(1) as f32;
    // An edge that a pixel shares with the next module must not show the white below.
    let overlap = 0.5;
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let min = at.min + vec2(x as f32 * side, y as f32 * side);
                let size = vec2(run.len() as f32 * side, side) + vec2(overlap, overlap);
                ui.painter().rect_filled(Rect::from_min_size(min, size), 0, tokens::INK);
            }
            x += run.len();
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

/// A line: its words, their weight, size and colour, the most lines that it wraps to, and the room below.
type Line<'a> = (&'a str, Weight, f32, Color32, usize, f32);

/// Number, counter and wait; then `said` of it, in its colour.
pub(super) fn ticket_ui(ui: &Ui, look: &Look, ticket: &TicketView, said: (&str, Color32), room: Rect) {
    let palette = &look.palette;
    let counters: Vec<String> = ticket.counters.iter().map(ToString::to_string).collect();
    let counter = look.lang.with("kiosk.number.counter", &[("n", &counters.join(", "))]);
    let ahead = match ticket.ahead {
        0 => look.t("kiosk.number.next").into_owned(),
        n => look.lang.with("kiosk.number.ahead", &[("n", &n.to_string())]),
    };
    let wait =
        if ticket.wait.is_some() { format!(" · {}", look.lang.wait(ticket.wait)) } else { String::new() };
    let (yours, number) = (look.t("kiosk.number.yours"), ticket.number.to_string());
    let service = format!("{} · {counter}", service_of(look, ticket));
    let ahead = format!("{ahead}{wait}");
    let lines: [Line<'_>; 5] = [
        (&yours, Weight::Regular, 34.0, palette.soft, 1, 10.0),
        (&number, Weight::Heavy, 190.0, palette.accent, 1, 10.0),
        (&service, Weight::Bold, 44.0, palette.ink, 2, 18.0),
        (&ahead, Weight::Regular, 36.0, palette.ink, 1, 40.0),
        (said.0, Weight::Semi, 36.0, said.1, 3, 0.0),
    ];
    let width = room.width() - 80.0;
    let heights = lines.map(|(text, weight, size, ink, most, _)| {
        Text::new(text, weight, size, ink).lines(most).galley(ui, look, width).size().y
    });
    let height: f32 = lines.iter().zip(heights).map(|((.., below), high)| high + below).sum();
    let mut y = room.center().y - height / 2.0;
    for ((text, weight, size, ink, most, below), high) in lines.into_iter().zip(heights) {
        let line = Rect::from_min_size(pos2(room.left() + 40.0, y), vec2(width, high));
        words(ui, look, line, Align2::CENTER_CENTER, &Text::new(text, weight, size, ink).lines(most));
        y = line.bottom() + below;
    }
}
