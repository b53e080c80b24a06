//! Looking cases up: whatever was scanned or found, to read.

use super::{
    Out,
    case::{pane_ui, written_ui},
    side::side_ui,
};
use crate::Model;
use egui::{CentralPanel, Ui};
use i18n::t;
use ui::icon;

pub(super) fn cases_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    if model.open.is_some() {
        side_ui(ui, model, out);
    }
    CentralPanel::no_frame().show(ui, |ui| {
        let (what, how) = (t("counter.cases.nothing"), t("counter.cases.how"));
        let body = |ui: &mut Ui, _: &crate::model::OpenCase, view: &api::CaseView, _: &mut Out<'_>| {
            written_ui(ui, view)
        };
        pane_ui(ui, model, out, (icon::BARCODE, &what, &how), body, Vec::new());
    });
}
