//! The hall at this counter: who stands here, what is done with them, who comes next.

use super::Out;
use crate::{
    Event, Model,
    model::{HallAct, HallMenu},
};
use api::CounterView;
use domain::{
    hall::{MISS_AFTER, Opening, PauseReason, State, Ticket},
    time::{MINUTE, Millis},
    unit::ServiceCode,
};
use egui::{Align, Key, Layout, Sense, Ui, pos2, vec2};
use i18n::{Lang, t, with};
use ui::{Button, Tone, Weight, font, icon, line, pill, tokens};

/// The number at hand, with what can be done.
pub(super) fn card_ui(ui: &mut Ui, model: &Model, view: &CounterView, out: &mut Out<'_>) {
    ui::inset(ui, tokens::TEAL_BG, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        line(ui, &standing(model, view), Weight::Semi, 13.5, tokens::INK_2);
        let number = view.at_hand.as_ref().map_or_else(|| "–".to_owned(), |ticket| ticket.number.to_string());
        ui.horizontal(|ui| {
            line(ui, &number, Weight::Heavy, 46.0, tokens::TEAL);
            if view.at_hand.as_ref().is_some_and(|ticket| is_priority(ticket, model.now)) {
                pill(ui, Tone::Ban, None, &t("counter.hall.priority"));
            }
        });
        line(ui, &detail(model, view), Weight::Regular, 14.5, tokens::INK_2);
        ui.add_space(6.0);
        ui.add_enabled_ui(!model.hall.busy, |ui| acts_ui(ui, model, view, out));
        match model.hall.menu {
            Some(HallMenu::Transfer) => transfer_ui(ui, view, out),
            Some(HallMenu::More) => more_ui(ui, view, out),
            None => {}
        }
    });
}

fn is_priority(ticket: &Ticket, now: Millis) -> bool {
    ticket.class.rank(now) == domain::hall::Rank::Priority
}

/// How the counter stands, in a line.
fn standing(model: &Model, view: &CounterView) -> String {
    match view.at_hand.as_ref() {
        Some(ticket) if matches!(ticket.state, State::Serving { .. }) => {
            let seconds = (model.now.0 - ticket.since.0).max(0) / 1_000;
            let time = format!("{:02}:{:02}", seconds / 60, seconds % 60);
            with("counter.hall.serving", &[("time", &time)])
        }
        Some(ticket) => with("counter.hall.called", &[("n", &ticket.calls.to_string())]),
        None if view.opening == Opening::Open => t("counter.hall.free").into_owned(),
        None => Lang::Vi.opening(view.opening),
    }
}

/// What whoever stands here came for, and how long they had waited.
fn detail(model: &Model, view: &CounterView) -> String {
    match view.at_hand.as_ref() {
        Some(ticket) => {
            let minutes = (ticket.waited(model.now) / MINUTE).to_string();
            with("counter.hall.detail", &[("service", &service(view, &ticket.service)), ("n", &minutes)])
        }
        None => with("counter.hall.waiting_here", &[("n", &view.waiting.to_string())]),
    }
}

fn service(view: &CounterView, code: &ServiceCode) -> String {
    let found = view.services.iter().find(|service| service.code == *code);
    found.map_or_else(|| code.to_string(), |service| service.name.clone())
}

fn acts_ui(ui: &mut Ui, model: &Model, view: &CounterView, out: &mut Out<'_>) {
    let here = view.at_hand.as_ref();
    let called = here.filter(|ticket| matches!(ticket.state, State::Called { .. }));
    let key = match (here, called) {
        (_, Some(ticket)) if ticket.calls < MISS_AFTER => "counter.hall.recall",
        (Some(_), _) => "counter.hall.next",
        (None, _) if view.opening == Opening::Open => "counter.hall.next",
        (None, _) => "counter.hall.open",
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.set_height(46.0);
            let chosen = model.hall.menu == Some(HallMenu::More);
            if ui::square_button(ui, icon::DOTS_THREE, &t("counter.hall.more"), chosen) {
                out.push(Event::Hall(HallAct::Menu(HallMenu::More)));
            }
            if here.is_some() {
                let chosen = model.hall.menu == Some(HallMenu::Transfer);
                if ui::square_button(ui, icon::ARROWS_LEFT_RIGHT, &t("counter.hall.transfer"), chosen) {
                    out.push(Event::Hall(HallAct::Menu(HallMenu::Transfer)));
                }
            }
            // Before that, the key beside it calls again.
            let often = called.is_some_and(|ticket| ticket.calls >= MISS_AFTER);
            if often && ui::square_button(ui, icon::SPEAKER_HIGH, &t("counter.hall.again"), false) {
                out.push(Event::Hall(HallAct::Recall));
            }
            if Button::primary(t(key)).key(Key::F2).full_width().show(ui) {
                out.push(Event::Hall(HallAct::Onward));
            }
        });
    });
    if let Some(ticket) = called {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if Button::small(t("counter.hall.here")).key(Key::F5).show(ui) {
                out.push(Event::Hall(HallAct::Here));
            }
            if Button::small(t("counter.hall.missing")).enabled(ticket.calls >= MISS_AFTER).show(ui) {
                out.push(Event::Hall(HallAct::Missed));
            }
        });
    }
}

fn transfer_ui(ui: &mut Ui, view: &CounterView, out: &mut Out<'_>) {
    line(ui, &t("counter.hall.transfer_to"), Weight::Semi, 13.5, tokens::INK_2);
    for service in &view.services {
        if ui::link(ui, &service.name) {
            out.push(Event::Hall(HallAct::Transfer(service.code.clone())));
        }
    }
}

fn more_ui(ui: &mut Ui, view: &CounterView, out: &mut Out<'_>) {
    let serving = view.at_hand.as_ref().is_some_and(|ticket| matches!(ticket.state, State::Serving { .. }));
    if serving && ui::link(ui, &t("counter.hall.park")) {
        out.push(Event::Hall(HallAct::Park));
    }
    if view.opening != Opening::Open && ui::link(ui, &t("counter.hall.open")) {
        out.push(Event::Hall(HallAct::Set(Opening::Open)));
    }
    if view.opening == Opening::Open {
        for reason in PauseReason::ALL {
            let words = with("counter.hall.pause", &[("reason", &Lang::Vi.pause_reason(reason))]);
            if ui::link(ui, &words) {
                out.push(Event::Hall(HallAct::Set(Opening::Paused { reason })));
            }
        }
    }
    if view.opening != Opening::Closed && view.at_hand.is_none() && ui::link(ui, &t("counter.hall.close")) {
        out.push(Event::Hall(HallAct::Set(Opening::Closed)));
    }
}

/// Who comes next, who was set aside, who did not come.
pub(super) fn lines_ui(ui: &mut Ui, model: &Model, view: &CounterView, out: &mut Out<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui, &with("counter.hall.waiting", &[("n", &view.waiting.to_string())]));
    for ticket in &view.next {
        let minutes = ticket.waited(model.now) / MINUTE;
        let waited = match minutes {
            0 => t("counter.hall.just_now").into_owned(),
            minutes => with("counter.hall.minutes", &[("n", &minutes.to_string())]),
        };
        row_ui(ui, view, ticket, Side::Says(&waited, is_priority(ticket, model.now)));
    }
    for (tickets, title, act) in [
        (&view.parked, "counter.hall.parked", "counter.hall.resume"),
        (&view.missed, "counter.hall.missed", "counter.hall.came_back"),
    ] {
        if tickets.is_empty() {
            continue;
        }
        heading(ui, &t(title));
        for ticket in tickets {
            if row_ui(ui, view, ticket, Side::Does(&t(act))) {
                let act = match ticket.state {
                    State::Missed => HallAct::CameBack(ticket.id),
                    _ => HallAct::Resume(ticket.id),
                };
                out.push(Event::Hall(act));
            }
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    line(ui, text, Weight::Semi, 14.0, tokens::INK_2);
    ui.add_space(4.0);
}

/// What stands at the end of a row.
enum Side<'a> {
    /// How long somebody has waited, and whether they have priority.
    Says(&'a str, bool),
    /// What a press on the row does.
    Does(&'a str),
}

/// A number in a list; whether it was pressed.
fn row_ui(ui: &mut Ui, view: &CounterView, ticket: &Ticket, side: Side<'_>) -> bool {
    let sense = if matches!(side, Side::Does(_)) { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), sense);
    let (number, name) = (ticket.number.to_string(), service(view, &ticket.service));
    let (said, role) = match &side {
        Side::Says(said, true) => (format!("{} · {said}", t("counter.hall.priority")), egui::Role::Label),
        Side::Says(said, false) => ((*said).to_owned(), egui::Role::Label),
        Side::Does(does) => ((*does).to_owned(), egui::Role::Button),
    };
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, format!("{number} · {name} · {said}")));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if matches!(side, Side::Does(_)) && (response.hovered() || response.has_focus()) {
            painter.rect_filled(rect, 6.0, tokens::TEAL_BG);
        }
        painter.hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, tokens::LINE_2));
        let middle = rect.center().y;
        let left = pos2(rect.left() + 4.0, middle);
        painter.text(left, egui::Align2::LEFT_CENTER, number, font(Weight::Semi, 15.0), tokens::INK);
        let (shown, weight, ink) = match &side {
            Side::Says(_, true) => (t("counter.hall.priority").into_owned(), Weight::Semi, tokens::BAN),
            Side::Says(said, false) => ((*said).to_owned(), Weight::Regular, tokens::INK_2),
            Side::Does(does) => ((*does).to_owned(), Weight::Semi, tokens::TEAL_2),
        };
        let galley = painter.layout_no_wrap(shown, font(weight, 14.0), ink);
        let at = pos2(rect.right() - 10.0 - galley.size().x, middle - galley.size().y / 2.0);
        let shown = egui::Rect::from_min_size(at, galley.size());
        if matches!(side, Side::Says(_, true)) {
            painter.rect_filled(shown.expand2(vec2(9.0, 2.0)), 11.0, tokens::BAN_BG);
        }
        painter.galley(at, galley, ink);
        let mut job =
            egui::text::LayoutJob::simple_singleline(name, font(Weight::Regular, 14.5), tokens::INK);
        job.wrap = egui::text::TextWrapping::truncate_at_width(shown.left() - rect.left() - 72.0);
        let galley = painter.layout_job(job);
        painter.galley(pos2(rect.left() + 62.0, middle - galley.size().y / 2.0), galley, tokens::INK);
    }
    response.clicked()
}

/// The counter's day.
pub(super) fn figures_ui(ui: &mut Ui, view: &CounterView) {
    let none = || t("counter.day.none").into_owned();
    let served = i18n::number(i64::try_from(view.served).unwrap_or(i64::MAX));
    ui::key_value(ui, &t("counter.hall.served"), &served);
    let minutes = |millis: i64| with("counter.hall.minutes", &[("n", &(millis / MINUTE).to_string())]);
    ui::key_value(ui, &t("counter.hall.mean_wait"), &view.mean_wait.map_or_else(none, minutes));
    let share = |per_mille: i64| with("counter.hall.percent", &[("n", &((per_mille + 5) / 10).to_string())]);
    ui::key_value(ui, &t("counter.hall.content"), &view.ratings.content_per_mille().map_or_else(none, share));
}
