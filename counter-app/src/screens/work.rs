//! Working on cases: the list by due time, the case, its way.

use super::{
    Out,
    bottom::Act,
    case::{pane_ui, writing_ui},
    fit::column,
    list::{item_ui, list_ui},
    side::side_ui,
};
use crate::{
    Event, Model,
    model::{Panel, Right, may},
};
use api::Pile;
use domain::procedure::StepKind;
use egui::{CentralPanel, Frame, Key, Margin, Ui};
use i18n::t;
use ui::{Button, Tone, group_heading, icon, pill, title, tokens};

pub(super) fn work_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    left_ui(ui, model, out, &t("counter.work.title"), true);
    side_ui(ui, model, out);
    CentralPanel::no_frame().show(ui, |ui| {
        let (what, how) = (t("counter.work.nothing"), t("counter.work.how"));
        let body = |ui: &mut Ui, open: &crate::model::OpenCase, view: &api::CaseView, out: &mut Out<'_>| {
            writing_ui(ui, model, open, view, out);
        };
        pane_ui(ui, model, out, (icon::LIST_CHECKS, &what, &how), body, acts(model));
    });
}

/// The list of cases on my desks.
pub(super) fn left_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, heading: &str, with_waits: bool) {
    egui::Panel::left("list")
        .exact_size(column(ui, 430.0))
        .resizable(false)
        .frame(ui::page(tokens::PAPER, 0))
        .show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    title(ui, heading);
                    pill(ui, Tone::Teal, None, &model.work.count());
                    if model.work.loading && !model.work.loaded {
                        ui::spinner_line(ui, &t("counter.case.loading"));
                    }
                });
            });
            let waits = with_waits && !model.waits.rows.is_empty();
            if model.work.loaded && model.work.rows.is_empty() && !waits {
                ui::empty(ui, icon::CHECK_CIRCLE, &t("counter.work.empty"), &t("counter.work.empty_how"));
                return;
            }
            let height = ui.available_height();
            let shown =
                if waits { model.waits.rows.len().min(3) as f32 * ui::Row::HEIGHT + 33.0 } else { 0.0 };
            ui.allocate_ui(egui::vec2(ui.available_width(), height - shown), |ui| {
                list_ui(ui, model, out, Pile::Mine, &model.work);
            });
            if waits {
                ui.spacing_mut().item_spacing.y = 0.0;
                let heading = i18n::with("counter.group.waits", &[("n", &model.waits.count())]);
                group_heading(ui, &heading, Tone::Quiet);
                for item in model.waits.rows.iter().take(3) {
                    item_ui(ui, model, out, item);
                }
            }
        });
}

fn acts(model: &Model) -> Vec<Act<'static>> {
    let mut acts: Vec<Act<'static>> = Vec::new();
    let Some(open) = &model.open else {
        return acts;
    };
    let Some(view) = open.view.value() else {
        return acts;
    };
    let idle = open.sending.is_none();
    let can = |right| may(model, view, right);
    match &open.panel {
        Some(Panel::Supplement { .. }) => {
            let button = Button::primary(t("counter.act.ask_supplement_go")).key(Key::F7).enabled(idle);
            return vec![(button, Event::AskSupplement)];
        }
        Some(Panel::Back { .. }) => {
            let button = Button::primary(t("counter.act.send_back_go")).key(Key::F6).enabled(idle);
            return vec![(button, Event::SendBack)];
        }
        None => {}
    }
    if can(Right::TakeUp) && view.case.step_kind() == StepKind::Examine {
        acts.push((Button::primary(t("counter.act.take_up")).key(Key::F5).enabled(idle), Event::TakeUp));
    }
    if can(Right::Examine) {
        acts.push((Button::new(t("counter.act.save")).key(Key::F4).enabled(idle), Event::SaveWork));
    }
    if can(Right::AskSupplement) {
        acts.push((
            Button::new(t("counter.act.ask_supplement")).key(Key::F7).enabled(idle),
            Event::AskSupplement,
        ));
    }
    if can(Right::SendBack) {
        acts.push((Button::new(t("counter.act.send_back")).key(Key::F6).enabled(idle), Event::SendBack));
    }
    if can(Right::Submit) {
        let next = view.case.procedure.steps.get(view.case.step + 1).map(|step| step.kind);
        let key = match next {
            Some(StepKind::DivisionHead) => "counter.act.submit_head",
            _ => "counter.act.submit_leader",
        };
        acts.push((Button::primary(t(key)).key(Key::F9).enabled(idle), Event::Submit));
    }
    acts
}
