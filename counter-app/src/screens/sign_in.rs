//! Signing in, and the first change of a password.

use super::Out;
use crate::{Event, Model, Spot};
use egui::{CentralPanel, Frame, Margin, Panel, Ui, vec2};
use i18n::t;
use ui::{Button, Field, Weight, tokens};

pub(super) fn sign_in_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    Panel::left("brand")
        .exact_size(520.0)
        .resizable(false)
        .frame(Frame::new().fill(tokens::TEAL))
        .show_separator_line(false)
        .show(ui, |ui| brand_ui(ui, model));
    CentralPanel::no_frame().show(ui, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, tokens::GROUND);
        let room = ui.max_rect();
        let size = vec2(400.0, 460.0);
        let place = egui::Rect::from_center_size(room.center(), size);
        ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            let must_change = model.who.as_ref().is_some_and(|who| who.must_change);
            if must_change { change_ui(ui, model, out) } else { form_ui(ui, model, out) }
        });
    });
}

fn brand_ui(ui: &mut Ui, model: &Model) {
    let rect = ui.max_rect();
    mountains(ui, rect);
    Frame::new().inner_margin(Margin::same(48)).show(ui, |ui| {
        ui.add_space(40.0);
        ui::line(ui, &t("counter.product"), Weight::Heavy, 44.0, tokens::ON_TEAL);
        let faint = tokens::ON_TEAL.gamma_multiply(0.86);
        ui::paragraph(ui, &t("counter.sign_in.subtitle"), 17.0, faint);
        ui.add_space(18.0);
        if let Some(desk) = model.place() {
            let agency = &desk.place.agency.name;
            let place = match model.setup.counter {
                Some(counter) => {
                    i18n::with("counter.top.place", &[("agency", agency), ("counter", &counter.to_string())])
                }
                None => agency.clone(),
            };
            ui::line(ui, &place, Weight::Semi, 17.0, tokens::ON_TEAL);
        }
    });
}

/// The mountains of the north-west, in the brand's own tones.
fn mountains(ui: &Ui, rect: egui::Rect) {
    let ridge = |heights: &[f32], base: f32| {
        let step = rect.width() / (heights.len().max(2) - 1) as f32;
        let mut points: Vec<egui::Pos2> = heights
            .iter()
            .enumerate()
            .map(|(place, height)| {
                egui::pos2(rect.left() + step * place as f32, rect.bottom() - base - height)
            })
            .collect();
        points.push(rect.right_bottom());
        points.push(rect.left_bottom());
        points
    };
    let far = ridge(&[60.0, 150.0, 90.0, 210.0, 130.0, 240.0, 150.0], 90.0);
    let near = ridge(&[20.0, 70.0, 40.0, 110.0, 60.0, 130.0, 50.0, 90.0], 20.0);
    for (points, strength) in [(far, 0.05), (near, 0.07)] {
        mountain(ui, &points, tokens::ON_TEAL.gamma_multiply(strength));
    }
}

/// A ridge is not convex: it is painted as slices from its line down to the ground.
fn mountain(ui: &Ui, points: &[egui::Pos2], fill: egui::Color32) {
    let ground = points.last().map_or(0.0, |point| point.y);
    let line = points.get(..points.len().saturating_sub(2)).unwrap_or_default();
    for pair in line.windows(2) {
        if let [a, b] = pair {
            let slice = vec![*a, *b, egui::pos2(b.x, ground), egui::pos2(a.x, ground)];
            ui.painter().add(egui::Shape::convex_polygon(slice, fill, egui::Stroke::NONE));
        }
    }
}

fn error_ui(ui: &mut Ui, model: &Model) {
    if let Some(error) = &model.sign_in.error {
        ui::paragraph(ui, error, 14.0, tokens::LATE);
    }
}

fn form_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let form = &model.sign_in;
    ui.spacing_mut().item_spacing.y = 14.0;
    ui::line(ui, &t("counter.sign_in.title"), Weight::Bold, 26.0, tokens::INK);
    ui::paragraph(ui, &t("counter.sign_in.explain"), 14.5, tokens::INK_2);
    out.field(
        ui,
        Spot::Login,
        Field::new(Spot::Login.id(), &t("counter.sign_in.login"), &form.login).icon(ui::icon::USER),
    );
    let label = t("counter.sign_in.password");
    let password = Field::new(Spot::Password.id(), &label, &form.password);
    out.field(ui, Spot::Password, password.password().icon(ui::icon::LOCK_KEY));
    error_ui(ui, model);
    let label = if form.busy { t("counter.sign_in.busy") } else { t("counter.sign_in.go") };
    if Button::primary(label).enabled(!form.busy).full_width().show(ui) {
        out.push(Event::SignIn);
    }
    ui::paragraph(
        ui,
        &i18n::with("counter.sign_in.server", &[("server", &model.setup.server)]),
        13.0,
        tokens::INK_2,
    );
    if let Some(why) = model.desk.failure() {
        ui::paragraph(ui, why, 13.0, tokens::SOON);
    }
}

fn change_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let form = &model.sign_in;
    ui.spacing_mut().item_spacing.y = 14.0;
    ui::line(ui, &t("counter.sign_in.change"), Weight::Bold, 26.0, tokens::INK);
    ui::paragraph(ui, &t("counter.sign_in.change_why"), 14.5, tokens::INK_2);
    let label = t("counter.sign_in.new");
    let new = Field::new(Spot::NewPassword.id(), &label, &form.new).password();
    out.field(ui, Spot::NewPassword, new);
    let label = t("counter.sign_in.again");
    let again = Field::new(Spot::AgainPassword.id(), &label, &form.again).password();
    out.field(ui, Spot::AgainPassword, again);
    error_ui(ui, model);
    if Button::primary(t("counter.sign_in.change_go")).enabled(!form.busy).full_width().show(ui) {
        out.push(Event::ChangePassword);
    }
}
