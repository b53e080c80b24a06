//! Screens: they read the model, draw, and push events. They decide nothing and wait for nothing.

mod bottom;
mod case;
mod cases;
mod day;
pub(crate) mod fit;
mod hall;
mod intake;
mod list;
mod omni;
mod pages;
mod papers;
mod returns;
mod seal;
mod settings;
mod sheet;
mod shell;
mod side;
mod sign_in;
mod state;
#[cfg(test)]
mod tests;
mod updates;
mod work;

use crate::{Event, Model, Pictures, Spot, model::Screen};
use egui::Ui;
use ui::{Area, Field};

/// What screens push, and the pictures that they may draw.
pub struct Out<'a> {
    events: Vec<Event>,
    /// Uploaded pictures.
    pub pictures: &'a Pictures,
}

impl<'a> Out<'a> {
    /// Nothing pushed yet.
    #[must_use]
    pub fn new(pictures: &'a Pictures) -> Self {
        Self { events: Vec::new(), pictures }
    }

    /// Pushes an event.
    pub fn push(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Everything pushed.
    #[must_use]
    pub fn into_events(self) -> Vec<Event> {
        self.events
    }

    /// Pushes what happened in a field.
    fn typed(&mut self, spot: Spot, typed: ui::Typed) {
        if let Some(text) = typed.text {
            self.push(Event::Typed(spot, text));
        }
        if typed.entered {
            self.push(Event::Entered(spot));
        }
    }

    /// Draws a field and pushes what happens in it.
    fn field(&mut self, ui: &mut Ui, spot: Spot, field: Field<'_>) {
        let typed = field.show(ui);
        self.typed(spot, typed);
    }

    /// Draws an area and pushes what happens in it.
    fn area(&mut self, ui: &mut Ui, spot: Spot, area: Area<'_>) {
        let typed = area.show(ui);
        self.typed(spot, typed);
    }
}

/// The whole window.
pub fn root_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    if model.actor().is_none() {
        sign_in::sign_in_ui(ui, model, out);
    } else {
        shell::shortcuts(ui, out);
        shell::top_ui(ui, model, out);
        shell::status_ui(ui, model);
        shell::rail_ui(ui, model, out);
        match model.screen {
            Screen::Intake => intake::intake_ui(ui, model, out),
            Screen::Cases => cases::cases_ui(ui, model, out),
            Screen::Returns => returns::returns_ui(ui, model, out),
            Screen::Work => work::work_ui(ui, model, out),
            Screen::Seal => seal::seal_ui(ui, model, out),
            Screen::Settings => settings::settings_ui(ui, model, out),
        }
        omni::found_ui(ui, model, out);
    }
    if let Some(act) = ui::toasts_ui(ui, &model.toasts) {
        out.push(Event::Toast(act));
    }
}
