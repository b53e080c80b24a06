//! The pages. They draw the model and push events; they never act, wait or remember.

mod case;
mod fields;
mod held;
mod home;
mod leave;
mod lookup;
mod machine;
mod number;
mod opinion;
mod procedure;
mod search;
mod services;
mod tablet;

use crate::{
    event::Event,
    look::{Look, Mood},
    model::{Line, Model, Screen},
    widgets::{MARGIN, Press, Style, Text, backdrop, icon_at, press, words},
};
use egui::{Align2, Area, Id, Order, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use ui::{Cut, Weight, icon};

/// Draws the page that is open.
pub fn screen_ui(ui: &mut Ui, model: &Model, out: &mut Vec<Event>) {
    let look = Look::of(&model.visit);
    backdrop(ui, &look);
    match (&model.visit.screen, &model.tablet) {
        (Screen::Home, Some(tablet)) => tablet::tablet_ui(ui, &look, model, tablet, out),
        (screen, _) => page_ui(ui, &look, model, screen, out),
    }
    if let Some(seconds) = model.countdown() {
        banner_ui(ui, &look, seconds, out);
    }
}

/// Draws a page of the kiosk.
fn page_ui(ui: &mut Ui, look: &Look, model: &Model, screen: &Screen, out: &mut Vec<Event>) {
    match screen {
        Screen::Home => home::home_ui(ui, look, model, out),
        Screen::Lookup(lookup) => lookup::lookup_ui(ui, look, model, lookup, out),
        Screen::Case(case) => case::case_ui(ui, look, model, case, out),
        Screen::Fields => fields::fields_ui(ui, look, model, out),
        Screen::Field(field, first) => fields::field_ui(ui, look, model, field, *first, out),
        Screen::Search(search) => search::search_ui(ui, look, model, search, out),
        Screen::Procedure(code) => procedure::procedure_ui(ui, look, model, code, out),
        Screen::Services(errand) => services::services_ui(ui, look, model, errand, out),
        Screen::Priority(service, case) => {
            services::priority_ui(ui, look, model, service, case.as_ref(), out);
        }
        Screen::Number(number) => number::number_ui(ui, look, model, number, out),
        Screen::ShowTicket => held::show_ui(ui, look, model, out),
        Screen::Held(held) => held::held_ui(ui, look, model, held, out),
        Screen::Leave(leave) => leave::leave_ui(ui, look, model, leave, out),
        Screen::Machine(findings) => machine::machine_ui(ui, look, model, findings.as_deref(), out),
    }
}

/// The countdown before everything is forgotten.
fn banner_ui(ui: &Ui, look: &Look, seconds: i64, out: &mut Vec<Event>) {
    let page = ui.max_rect();
    let height = look.size(150.0);
    let bar = Rect::from_min_max(pos2(page.left(), page.bottom() - height), page.max);
    Area::new(Id::unique("countdown")).order(Order::Foreground).fixed_pos(bar.min).show(ui.ctx(), |ui| {
        let (fill, sign) = look.palette.mood(Mood::Soon);
        ui.allocate_rect(bar, Sense::click());
        ui.painter().rect(bar, 0.0, fill, Stroke::new(4.0, sign), StrokeKind::Inside);
        icon_at(
            ui,
            pos2(bar.left() + MARGIN + 32.0, bar.center().y),
            Cut::Regular,
            icon::HOURGLASS_MEDIUM,
            64.0,
            sign,
        );
        let width = look.size(360.0);
        let size = vec2(width, height - 48.0);
        let button = Rect::from_min_size(pos2(bar.right() - MARGIN - width, bar.top() + 24.0), size);
        let room = Rect::from_min_max(
            pos2(bar.left() + MARGIN + 92.0, bar.top()),
            pos2(button.left() - 24.0, bar.bottom()),
        );
        let text = look.lang.with("kiosk.countdown", &[("n", &seconds.to_string())]);
        let text = Text::new(&text, Weight::Semi, 32.0, look.palette.ink).lines(2);
        words(ui, look, room, Align2::LEFT_CENTER, &text);
        let stay = look.t("kiosk.stay");
        let label = Press { label: &stay, style: Style::Primary, size: Some(32.0), ..Press::default() };
        if press(ui, look, Id::unique("stay"), button, &label) {
            out.push(Event::Touched);
        }
    });
}

/// The note that what is shown was kept from before, or that there is nothing to show.
fn line_note(look: &Look, model: &Model) -> Option<String> {
    match (model.line, model.place.is_some()) {
        (Line::Down, true) => Some(look.t("kiosk.line.kept").into_owned()),
        (Line::Down, false) => Some(look.t("kiosk.line.nothing").into_owned()),
        (_, false) => Some(look.t("kiosk.line.starting").into_owned()),
        (Line::Unknown | Line::Up, true) => None,
    }
}

/// Says [`line_note`] in a box.
fn line_note_ui(ui: &Ui, look: &Look, model: &Model, rect: Rect) {
    if let Some(note) = line_note(look, model) {
        let sign = look.palette.mood(Mood::Soon).1;
        icon_at(ui, pos2(rect.left() + 20.0, rect.center().y), Cut::Regular, icon::CLOUD_SLASH, 36.0, sign);
        let room = Rect::from_min_max(pos2(rect.left() + 56.0, rect.top()), rect.max);
        let text = Text::new(&note, Weight::Medium, 26.0, look.palette.ink).lines(2);
        words(ui, look, room, Align2::LEFT_CENTER, &text);
    }
}

#[cfg(test)]
mod tests;
