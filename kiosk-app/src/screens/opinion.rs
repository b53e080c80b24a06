//! How was the service? Three faces, and what was wrong for whoever was not content.

use crate::{
    event::Event,
    look::{Look, Mood},
    model::Opinion,
    widgets::{Press, Text, icon_at, press, primary, words},
};
use domain::hall::{Complaint, Level};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use ui::{Cut, Weight, icon};

/// Between two faces.
const GAP: f32 = 44.0;
/// The most that a face is high.
const FACE: f32 = 510.0;
/// Between the faces and what stands below them.
const BELOW: f32 = 36.0;
/// Height of a complaint, and of the button that sends.
const BUTTON: f32 = 92.0;
/// Between two complaints, and between them and that button.
const BETWEEN: f32 = 18.0;

/// Asks, and takes the answer. `about`: what the question is about.
pub(super) fn opinion_ui(
    ui: &Ui,
    look: &Look,
    opinion: &Opinion,
    about: &str,
    room: Rect,
    out: &mut Vec<Event>,
) {
    let palette = &look.palette;
    let line = Rect::from_min_size(room.min, vec2(room.width(), look.size(44.0)));
    words(ui, look, line, Align2::CENTER_CENTER, &Text::new(about, Weight::Regular, 34.0, palette.soft));
    let line =
        Rect::from_min_size(pos2(room.left(), line.bottom() + 6.0), vec2(room.width(), look.size(90.0)));
    let ask = look.t("kiosk.how_was_it");
    words(ui, look, line, Align2::CENTER_CENTER, &Text::new(&ask, Weight::Heavy, 64.0, palette.ink));
    let top = line.bottom() + 30.0;
    let high = (room.bottom() - top - BELOW - 2.0 * BUTTON - BETWEEN).min(FACE);
    let wide = (room.width() - 2.0 * GAP) / 3.0;
    for (n, level) in Level::ALL.into_iter().enumerate() {
        let min = pos2(room.left() + n as f32 * (wide + GAP), top);
        let at = Rect::from_min_size(min, vec2(wide, high));
        if face(ui, look, level, opinion.level == Some(level), at) {
            out.push(Event::Rate(level));
        }
    }
    let below = Rect::from_min_max(pos2(room.left(), top + high + BELOW), room.max);
    if opinion.level == Some(Level::Unsatisfied) {
        complaints_ui(ui, look, opinion, below, out);
    } else {
        let note = look.t("kiosk.no_name");
        let text = Text::new(&note, Weight::Regular, 30.0, palette.soft);
        words(ui, look, below, Align2::CENTER_TOP, &text);
    }
}

/// Thanks for it.
pub(super) fn thanks_ui(ui: &Ui, look: &Look, room: Rect) {
    let sign = look.palette.mood(Mood::Good).1;
    icon_at(ui, room.center() - vec2(0.0, 130.0), Cut::Fill, icon::CHECK_CIRCLE, 180.0, sign);
    let thanks = look.t("kiosk.thanks");
    let text = Text::new(&thanks, Weight::Heavy, 72.0, look.palette.ink);
    words(ui, look, room.translate(vec2(0.0, 60.0)), Align2::CENTER_CENTER, &text);
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
    icon_at(ui, pos2(at.center().x, at.center().y - 50.0), Cut::Fill, sign, 190.0, ink);
    let below = Rect::from_min_max(pos2(at.left(), at.center().y + 70.0), at.max);
    let galley = Text::new(&name, Weight::Bold, 46.0, ink).galley(ui, look, below.width());
    let place = Align2::CENTER_TOP.align_size_within_rect(galley.size(), below);
    ui.painter().galley(place.min, galley, ink);
    response.clicked()
}

fn complaints_ui(ui: &Ui, look: &Look, opinion: &Opinion, room: Rect, out: &mut Vec<Event>) {
    let all = Complaint::ALL.map(|complaint| (complaint, look.lang.complaint(complaint)));
    let width = |label: &str| {
        let text = Text::new(label, Weight::Semi, 30.0, look.palette.ink);
        text.galley(ui, look, 600.0).size().x + 60.0
    };
    let whole: f32 = all.iter().map(|(_, label)| width(label) + BETWEEN).sum();
    let mut x = room.center().x - (whole - BETWEEN) / 2.0;
    for (complaint, label) in &all {
        let at = Rect::from_min_size(pos2(x, room.top()), vec2(width(label), BUTTON));
        x = at.right() + BETWEEN;
        let on = Some(opinion.complaints.contains(complaint));
        let words = Press { label, on, size: Some(30.0), ..Press::default() };
        if press(ui, look, Id::unique(("complaint", *complaint)), at, &words) {
            out.push(Event::Complain(*complaint));
        }
    }
    let send = pos2(room.center().x - 240.0, room.top() + BUTTON + BETWEEN);
    let at = Rect::from_min_size(send, vec2(480.0, BUTTON));
    if primary(ui, look, "send-opinion", &look.t("kiosk.send"), at) {
        out.push(Event::SendOpinion);
    }
}
