//! The bar of every page but the first: back and home always in the same place.

use super::{Press, Text, press, words};
use crate::{event::Event, look::Look, model::Model};
use egui::{Align2, Id, Rect, Ui, pos2, vec2};
use i18n::Lang;
use ui::{Weight, icon};

/// Room at the left and right of everything.
pub(crate) const MARGIN: f32 = 88.0;
/// Where the bar ends and the page begins.
pub(crate) const TOP: f32 = 124.0;
/// Height of the bar's buttons.
const HEIGHT: f32 = 84.0;
/// From the upper edge.
const Y: f32 = 20.0;

/// Draws the bar.
pub(crate) fn top(ui: &Ui, look: &Look, model: &Model, title: &str, out: &mut Vec<Event>) {
    let page = ui.max_rect();
    let (back, home) = (look.t("kiosk.back"), look.t("kiosk.home"));
    let back_width = look.size(228.0);
    let home_width = look.size(252.0);
    let at = |x: f32, width: f32| Rect::from_min_size(pos2(x, page.top() + Y), vec2(width, HEIGHT));
    let left = at(page.left() + MARGIN, back_width);
    let right = at(page.right() - MARGIN - home_width, home_width);
    let size = Some(30.0);
    let press_one = |id: &str, rect: Rect, label: &str, sign: &str| {
        press(ui, look, Id::unique(id), rect, &Press { label, icon: Some(sign), size, ..Press::default() })
    };
    if press_one("back", left, &back, icon::ARROW_LEFT) {
        out.push(Event::Back);
    }
    if press_one("home", right, &home, icon::HOUSE) {
        out.push(Event::Home);
    }
    let switches = switches(ui, look, model, right.left() - 16.0, page.top() + Y, out);
    let title_left = left.right() + 28.0;
    let room = at(title_left, switches - title_left - 16.0);
    words(ui, look, room, Align2::LEFT_CENTER, &Text::new(title, Weight::Bold, 42.0, look.palette.ink));
}

/// Language, large type and contrast, small, for whoever finds out late that they need them; returns the left
/// edge.
fn switches(ui: &Ui, look: &Look, model: &Model, right: f32, y: f32, out: &mut Vec<Event>) -> f32 {
    let visit = &model.visit;
    let mut x = right;
    let mut one = |id: &str, words: &Press<'_>| {
        x -= HEIGHT + 12.0;
        let rect = Rect::from_min_size(pos2(x + 12.0, y), vec2(HEIGHT, HEIGHT));
        press(ui, look, Id::unique(id), rect, words)
    };
    let contrast = look.t("kiosk.contrast");
    let switch = Press {
        name: Some(&contrast),
        icon: Some(icon::CIRCLE_HALF),
        on: Some(visit.contrast),
        ..Press::default()
    };
    if one("top-contrast", &switch) {
        out.push(Event::Contrast(!visit.contrast));
    }
    let large = look.t("kiosk.large");
    let switch =
        Press { name: Some(&large), icon: Some(icon::TEXT_AA), on: Some(visit.large), ..Press::default() };
    if one("top-large", &switch) {
        out.push(Event::Large(!visit.large));
    }
    let (label, name, other) = match visit.lang {
        Lang::Vi => ("EN", "kiosk.english", Lang::En),
        Lang::En => ("VI", "kiosk.vietnamese", Lang::Vi),
    };
    let name = look.t(name);
    if one("top-language", &Press { label, name: Some(&name), ..Press::default() }) {
        out.push(Event::Speak(other));
    }
    x
}
