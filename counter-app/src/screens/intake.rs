//! Taking a case in: the day at the left, the form in the middle, the receipt at the right.

use super::{Out, bottom::bottom_ui, day, fit::column, papers, sheet};
use crate::{Event, Model, Spot};
use egui::{CentralPanel, Frame, Id, Key, Margin, Modifiers, Panel, ScrollArea, Stroke, Ui};
use i18n::{Lang, t};
use ui::{Button, Field, Tone, icon, option_row, pill, section, title, tokens};

pub(super) fn intake_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    Panel::left("day")
        .exact_size(column(ui, 300.0))
        .resizable(false)
        .frame(ui::page(tokens::PAPER, 16))
        .show(ui, |ui| {
            day::day_ui(ui, model, out);
        });
    Panel::right("receipt")
        .exact_size(column(ui, 372.0))
        .resizable(false)
        .frame(ui::page(tokens::PAPER, 16))
        .show(ui, |ui| {
            sheet::sheet_ui(ui, model, out);
        });
    let busy = model.sending.is_some();
    CentralPanel::no_frame().show(ui, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, tokens::GROUND);
        // The form comes before its buttons for the keyboard, and the buttons keep their place for the eye.
        let acts = acts(model);
        let bottom_height = if model.sending_kept { 150.0 } else { 78.0 };
        let room = ui.max_rect();
        let split = (room.bottom() - bottom_height).max(room.top());
        let form = egui::Rect::from_min_max(room.min, egui::pos2(room.right(), split));
        ui.scope_builder(egui::UiBuilder::new().max_rect(form), |ui| {
            ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin { left: 20, right: 20, top: 18, bottom: 12 }).show(
                    ui,
                    |ui| {
                        ui.add_enabled_ui(!busy, |ui| form_ui(ui, model, out));
                    },
                );
            });
        });
        let below = egui::Rect::from_min_max(egui::pos2(room.left(), split), room.max);
        ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
            bottom_ui(ui, "intake", out, acts, |ui, _| kept_ui(ui, model));
        });
    });
}

fn acts(model: &Model) -> Vec<super::bottom::Act<'static>> {
    let idle = model.sending.is_none();
    let first = if model.sending_kept {
        (Button::new(t("counter.intake.next")).key(Key::F4), Event::NextPerson)
    } else {
        let clear = Button::new(t("counter.intake.clear")).key(Key::F3);
        (clear.enabled(!model.form.is_blank() && idle), Event::Clear)
    };
    let label = if idle { "counter.intake.accept" } else { "counter.intake.busy" };
    let accept = Button::primary(t(label)).key(Key::F9).enabled(idle && model.place().is_some());
    vec![first, (accept, Event::Accept)]
}

fn kept_ui(ui: &mut Ui, model: &Model) {
    if model.sending_kept {
        ui::inset(ui, tokens::SOON_BG, |ui| {
            ui::paragraph(ui, &t("counter.intake.kept"), 14.0, tokens::SOON);
        });
        ui.add_space(6.0);
    }
}

fn form_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    ui.spacing_mut().item_spacing.y = 12.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        title(ui, &t("counter.intake.title"));
        if model.form.card_read {
            pill(ui, Tone::Teal, Some(icon::IDENTIFICATION_CARD), &t("counter.intake.card_read"));
        }
    });
    for warning in &model.form.card_warnings {
        ui::paragraph(ui, warning, 13.5, tokens::SOON);
    }
    section(ui, &t("counter.intake.applicant"));
    person_ui(ui, model, out);
    section(ui, &t("counter.intake.procedure"));
    procedure_ui(ui, model, out);
    papers::papers_ui(ui, model, out);
}

fn person_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let person = &model.form.person;
    let error = |field: &str| model.form_errors.get(field).map(String::as_str);
    let width = ui.available_width() - 30.0;
    let mut cell = |ui: &mut Ui, share: f32, spot: Spot, key: &str, value: &str, hint: &str, field: &str| {
        ui.vertical(|ui| {
            ui.set_width(width * share);
            let label = t(&format!("counter.field.{key}"));
            out.field(ui, spot, Field::new(spot.id(), &label, value).hint(hint).error(error(field)));
        });
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        cell(ui, 0.335, Spot::Name, "name", &person.name, "", "name");
        cell(ui, 0.255, Spot::CitizenId, "citizen_id", &person.citizen_id, "", "citizen_id");
        cell(ui, 0.18, Spot::Birth, "birth", &person.birth, &t("counter.field.birth_hint"), "birth");
        cell(ui, 0.23, Spot::Phone, "phone", &person.phone, "", "phone");
    });
    let label = t("counter.field.address");
    let address = Field::new(Spot::Address.id(), &label, &person.address).error(error("address"));
    out.field(ui, Spot::Address, address);
}

fn procedure_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let id = Spot::Procedure.id();
    if !model.hits.is_empty() && ui.memory(|memory| memory.has_focus(id)) {
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                out.push(Event::Moved(Spot::Procedure, by));
            }
        }
    }
    let note = match (model.hits.len(), &model.form.procedure, model.form.query.trim().is_empty()) {
        (_, Some(code), _) => code.to_string(),
        (0, None, true) => String::new(),
        (0, None, false) => t("counter.intake.no_hits").into_owned(),
        (n, None, _) => i18n::with("counter.intake.hits", &[("n", &n.to_string())]),
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let (label, hint) = (t("counter.intake.procedure"), t("counter.intake.procedure_hint"));
        let field = Field::new(id, &label, &model.form.query)
            .bare()
            .icon(icon::MAGNIFYING_GLASS)
            .hint(&hint)
            .note(&note)
            .error(model.form_errors.get("procedure").map(String::as_str));
        out.field(ui, Spot::Procedure, field);
        if !model.hits.is_empty() {
            hits_ui(ui, model, out);
        }
    });
}

fn hits_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let Some(desk) = model.place() else {
        return;
    };
    Frame::new()
        .fill(tokens::PAPER)
        .stroke(Stroke::new(1.0, tokens::LINE))
        .corner_radius(tokens::size::RADIUS_CARD)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, hit) in model.hits.iter().enumerate() {
                let Some(procedure) = desk.procedure(&hit.code) else { continue };
                let limit = procedure.limit_at(desk.place.agency.mountain);
                let second = format!(
                    "{} · {} · {}",
                    desk.field(&procedure.field),
                    Lang::Vi.limit(limit),
                    Lang::Vi.fee(procedure.fee)
                );
                let bundle = if procedure.bundle.is_some() { t("counter.intake.bundle") } else { "".into() };
                let chosen = place == model.form.choice;
                let name = (procedure.name.as_str(), hit.marked.clone());
                let row = option_row(
                    ui,
                    Id::unique(("hit", place)),
                    chosen,
                    field_icon(procedure.field.as_str()),
                    name,
                    &second,
                    &bundle,
                );
                if row.clicked() {
                    out.push(Event::Picked(Spot::Procedure, place));
                }
            }
        });
}

fn field_icon(field: &str) -> &'static str {
    match field {
        "ho-tich" => icon::BABY,
        "dat-dai" => icon::MAP_TRIFOLD,
        "xay-dung" => icon::BUILDINGS,
        "chung-thuc" => icon::CERTIFICATE,
        "nong-nghiep" => icon::PLANT,
        "y-te" => icon::FIRST_AID,
        "giao-duc" => icon::GRADUATION_CAP,
        "giao-thong" => icon::CAR,
        _ => icon::FILE_TEXT,
    }
}
