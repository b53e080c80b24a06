//! Which field, and which procedure of it?

use super::line_note_ui;
use crate::{
    event::Event,
    look::Look,
    model::{Model, Target},
    widgets::{MARGIN, Press, TOP, Text, Tile, field_icon, low_tile, press, rows, top, words},
};
use domain::{procedure::Field, unit::FieldCode};
use egui::{Align2, Id, Rect, Ui, pos2, vec2};
use i18n::Lang;
use ui::{Weight, icon};

/// Tiles in a row.
const COLUMNS: usize = 4;
/// Between two tiles.
const GAP: f32 = 22.0;

pub(super) fn fields_ui(ui: &mut Ui, look: &Look, model: &Model, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.procedures"), out);
    let page = ui.max_rect();
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP),
        pos2(page.right() - MARGIN, page.bottom() - 40.0),
    );
    let field = Rect::from_min_size(inner.min, vec2(inner.width(), 96.0));
    let hint = look.t("kiosk.search_hint");
    let words_of = Press {
        label: &hint,
        icon: Some(icon::MAGNIFYING_GLASS),
        left: true,
        size: Some(32.0),
        ..Press::default()
    };
    if press(ui, look, Id::unique("to-search"), field, &words_of) {
        out.push(Event::Go(Target::Search));
    }
    let rest = Rect::from_min_max(pos2(inner.left(), field.bottom() + 24.0), inner.max);
    let Some(place) = model.place.as_deref() else {
        line_note_ui(ui, look, model, rest);
        return;
    };
    let fields: Vec<&Field> =
        place.fields.iter().filter(|field| !model.of_field(&field.code).is_empty()).collect();
    let lines = fields.len().div_ceil(COLUMNS).max(1);
    let wide = (rest.width() - GAP * (COLUMNS as f32 - 1.0)) / COLUMNS as f32;
    let high = ((rest.height() + GAP) / lines as f32 - GAP).min(200.0);
    for (n, field) in fields.into_iter().enumerate() {
        let (column, line) = ((n % COLUMNS) as f32, (n / COLUMNS) as f32);
        let min = pos2(rest.left() + column * (wide + GAP), rest.top() + line * (high + GAP));
        field_tile(ui, look, model, field, Rect::from_min_size(min, vec2(wide, high)), out);
    }
}

fn field_tile(ui: &Ui, look: &Look, model: &Model, field: &Field, at: Rect, out: &mut Vec<Event>) {
    let count = look.lang.with("kiosk.count", &[("n", &model.of_field(&field.code).len().to_string())]);
    let words_of = Tile {
        icon: field_icon(&field.code),
        title: name_of(look, field),
        more: &count,
        accent: false,
        size: 28.0,
    };
    if low_tile(ui, look, Id::unique(("field", field.code.as_str())), at, &words_of) {
        out.push(Event::Go(Target::Field(field.code.clone())));
    }
}

fn name_of<'a>(look: &Look, field: &'a Field) -> &'a str {
    match look.lang {
        Lang::Vi => &field.name,
        Lang::En => &field.name_en,
    }
}

pub(super) fn field_ui(
    ui: &mut Ui,
    look: &Look,
    model: &Model,
    code: &FieldCode,
    first: usize,
    out: &mut Vec<Event>,
) {
    let fields = model.place.as_deref().map_or(&[][..], |place| &place.fields);
    let name = fields.iter().find(|field| field.code == *code).map_or("", |field| name_of(look, field));
    top(ui, look, model, name, out);
    let page = ui.max_rect();
    let list = model.of_field(code);
    let count = look.lang.with("kiosk.count", &[("n", &list.len().to_string())]);
    let line = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP),
        pos2(page.right() - MARGIN, page.top() + TOP + look.size(44.0)),
    );
    words(ui, look, line, Align2::LEFT_CENTER, &Text::new(&count, Weight::Regular, 28.0, look.palette.soft));
    let rest =
        Rect::from_min_max(pos2(line.left(), line.bottom() + 12.0), pos2(line.right(), page.bottom() - 40.0));
    rows(ui, look, model, &list, first, rest, out);
}
