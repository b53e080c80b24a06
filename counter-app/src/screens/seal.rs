//! Numbering and stamping what was approved.

use super::{
    Out,
    bottom::Act,
    case::{pane_ui, written_ui},
    side::side_ui,
    work::left_ui,
};
use crate::{
    Event, Model, Spot,
    model::{OpenCase, Panel, Right, may},
};
use api::CaseView;
use egui::{CentralPanel, Key, Ui};
use i18n::t;
use ui::{Button, Field, icon, section, tokens};

pub(super) fn seal_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    left_ui(ui, model, out, &t("counter.seal.title"), false);
    side_ui(ui, model, out);
    CentralPanel::no_frame().show(ui, |ui| {
        let (what, how) = (t("counter.seal.nothing"), t("counter.seal.how"));
        let body = |ui: &mut Ui, open: &OpenCase, view: &CaseView, out: &mut Out<'_>| {
            if may(model, view, Right::Seal) {
                number_ui(ui, open, out);
            }
            if let Some(approval) = &view.case.approval {
                section(ui, &t("counter.seal.approved"));
                let at = i18n::short_moment(approval.at);
                let text = i18n::with("counter.seal.approved_by", &[("by", &approval.by), ("at", &at)]);
                ui::card(ui, |ui| {
                    ui::paragraph(ui, &text, 15.0, tokens::INK);
                    if !approval.remark.is_empty() {
                        ui::paragraph(ui, &approval.remark, 14.0, tokens::INK_2);
                    }
                });
            }
            written_ui(ui, view);
        };
        pane_ui(ui, model, out, (icon::STAMP, &what, &how), body, acts(model));
    });
}

fn number_ui(ui: &mut Ui, open: &OpenCase, out: &mut Out<'_>) {
    section(ui, &t("counter.seal.number"));
    ui.scope(|ui| {
        ui.set_max_width(320.0);
        let (label, hint) = (t("counter.seal.number"), t("counter.seal.number_hint"));
        let field = Field::new(Spot::SealNumber.id(), &label, &open.number)
            .bare()
            .hint(&hint)
            .icon(icon::STAMP)
            .error(open.errors.get("number").map(String::as_str));
        out.field(ui, Spot::SealNumber, field);
    });
}

fn acts(model: &Model) -> Vec<Act<'static>> {
    let mut acts = Vec::new();
    let Some(open) = &model.open else {
        return acts;
    };
    let Some(view) = open.view.value() else {
        return acts;
    };
    let idle = open.sending.is_none();
    if let Some(Panel::Back { .. }) = &open.panel {
        let button = Button::primary(t("counter.act.send_back_go")).key(Key::F6).enabled(idle);
        return vec![(button, Event::SendBack)];
    }
    if may(model, view, Right::SendBack) {
        acts.push((Button::new(t("counter.act.send_back")).key(Key::F6).enabled(idle), Event::SendBack));
    }
    if may(model, view, Right::Seal) {
        acts.push((Button::primary(t("counter.act.seal")).key(Key::F9).enabled(idle), Event::Seal));
    }
    acts
}
