//! A long list of cases in groups; only what is in view is drawn, however long it is.

use super::Out;
use crate::{
    Event, Model,
    model::{Group, GroupKind, List},
};
use api::{Pile, WorkItem};
use domain::{case::State, deadline};
use egui::{Id, Rect, ScrollArea, Ui, UiBuilder, pos2};
use i18n::{Lang, t};
use ui::{Row, Tone, group_heading, list_row, tokens};

/// Height of a group's heading.
const HEADING: f32 = 33.0;

/// Draws a list; running work is cut by due time, what waits for a citizen is not.
pub(super) fn list_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, pile: Pile, list: &List) {
    if let Some(failure) = &list.failure {
        egui::Frame::new().inner_margin(12).show(ui, |ui| ui::paragraph(ui, failure, 13.5, tokens::SOON));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt(("list", pile)).auto_shrink(false).show_viewport(ui, |ui, view| {
        let whole = [Group { kind: GroupKind::Later, rows: 0..list.rows.len() }];
        let (groups, heading) =
            if pile == Pile::Mine { (list.groups.as_slice(), HEADING) } else { (&whole[..], 0.0) };
        let rows = list.rows.len() as f32 * Row::HEIGHT;
        let height = rows + groups.len() as f32 * heading;
        ui.set_height(height);
        let origin = ui.max_rect().min;
        let width = ui.available_width();
        let mut top = 0.0;
        for group in groups {
            let size = heading + group.rows.len() as f32 * Row::HEIGHT;
            if top + size >= view.min.y && top <= view.max.y {
                let place = Rect::from_min_size(pos2(origin.x, origin.y + top), egui::vec2(width, size));
                group_ui(
                    ui,
                    model,
                    out,
                    (list, group, heading),
                    place,
                    view.translate(egui::vec2(0.0, -top)),
                );
            }
            top += size;
        }
        if list.next.is_some() && view.max.y > height - 40.0 * Row::HEIGHT {
            out.push(Event::NearEnd(pile));
        }
    });
}

fn group_ui(
    ui: &mut Ui,
    model: &Model,
    out: &mut Out<'_>,
    (list, group, heading): (&List, &Group, f32),
    place: Rect,
    view: Rect,
) {
    if view.min.y <= heading && heading > 0.0 {
        let line = Rect::from_min_size(place.min, egui::vec2(place.width(), heading));
        ui.scope_builder(UiBuilder::new().max_rect(line), |ui| {
            let (key, tone) = match group.kind {
                GroupKind::Late => ("late", Tone::Late),
                GroupKind::Today => ("today", Tone::Soon),
                GroupKind::Week => ("week", Tone::Quiet),
                GroupKind::Later => ("later", Tone::Quiet),
            };
            let last = group.rows.end == list.rows.len() && list.next.is_some();
            let count = format!("{}{}", group.rows.len(), if last { "+" } else { "" });
            group_heading(ui, &i18n::with(&format!("counter.group.{key}"), &[("n", &count)]), tone);
        });
    }
    let index = |y: f32| ((y - heading).max(0.0) / Row::HEIGHT) as usize;
    let first = index(view.min.y).min(group.rows.len());
    let last = (index(view.max.y) + 1).min(group.rows.len());
    let top = place.min.y + heading + first as f32 * Row::HEIGHT;
    let shown = Rect::from_min_max(pos2(place.left(), top), place.max);
    ui.scope_builder(UiBuilder::new().max_rect(shown), |ui| {
        for at in group.rows.start + first..group.rows.start + last {
            if let Some(item) = list.rows.get(at) {
                item_ui(ui, model, out, item);
            }
        }
    });
}

/// One case of a list.
pub(super) fn item_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, item: &WorkItem) {
    let selected = model.open.as_ref().is_some_and(|open| open.id == item.case);
    let running = item.state.is_running();
    let (tone, pill) = match item.state {
        State::Resolved => (Tone::Ok, Lang::Vi.state(item.state)),
        State::AwaitingSupplement => (Tone::Quiet, t("counter.case.waits").into_owned()),
        _ if running => {
            let standing =
                model.place().map(|desk| deadline::standing(item.due, model.now, &desk.place.calendar));
            (standing.map_or(Tone::Quiet, Tone::from), Lang::Vi.left(item.due, model.now))
        }
        _ => (Tone::Quiet, Lang::Vi.state(item.state)),
    };
    let step = if running && !item.taken {
        t("counter.case.untaken").into_owned()
    } else {
        Lang::Vi.step(item.step)
    };
    let left = format!("…-{} · {} · {step}", item.code.serial(), item.applicant);
    let (at, of) = item.step_of;
    let right = i18n::with("counter.case.step_of", &[("n", &(at + 1).to_string()), ("of", &of.to_string())]);
    let row = Row {
        title: &item.procedure,
        strong: tone == Tone::Late || tone == Tone::Soon,
        pill: Some((tone, &pill)),
        left: &left,
        right: &right,
    };
    if list_row(ui, Id::unique(("case", item.case.0)), selected, &row).clicked() {
        out.push(Event::OpenCase(item.case));
    }
}
