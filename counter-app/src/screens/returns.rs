//! Giving results back and taking supplements in.

use super::{
    Out,
    bottom::Act,
    case::{pane_ui, written_ui},
    fit::column,
    hall,
    list::list_ui,
    pages::pages_ui,
    side::side_ui,
};
use crate::{
    Event, Model, Spot,
    model::{OpenCase, PageTarget, Right, may},
};
use api::{CaseView, Pile};
use domain::case::State;
use egui::{CentralPanel, Frame, Key, Margin, Panel, Ui};
use i18n::{Lang, t};
use ui::{Button, Field, Tone, check_row, group_heading, icon, key_value, section, title, tokens};

pub(super) fn returns_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    left_ui(ui, model, out);
    side_ui(ui, model, out);
    CentralPanel::no_frame().show(ui, |ui| {
        let (what, how) = (t("counter.returns.nothing"), t("counter.returns.how"));
        let body = |ui: &mut Ui, open: &OpenCase, view: &CaseView, out: &mut Out<'_>| match view.case.state {
            State::AwaitingSupplement => supplement_ui(ui, model, open, view, out),
            State::Resolved => hand_ui(ui, model, open, view, out),
            State::Returned => returned_ui(ui, view),
            _ => {
                ui::inset(ui, tokens::SOON_BG, |ui| {
                    ui::paragraph(ui, &t("counter.returns.not_ready"), 14.5, tokens::SOON);
                });
                written_ui(ui, view);
            }
        };
        pane_ui(ui, model, out, (icon::HAND_COINS, &what, &how), body, acts(model));
    });
}

fn left_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    Panel::left("list")
        .exact_size(column(ui, 430.0))
        .resizable(false)
        .frame(ui::page(tokens::PAPER, 0))
        .show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 12 }).show(ui, |ui| {
                if let Some(view) = &model.hall.view {
                    hall::card_ui(ui, model, view, out);
                    ui.add_space(10.0);
                }
                title(ui, &t("counter.returns.title"));
                ui.add_space(4.0);
                let (label, hint) = (t("counter.returns.code"), t("counter.returns.code_hint"));
                let field = Field::new(Spot::ReturnCode.id(), &label, &model.return_code)
                    .hint(&hint)
                    .icon(icon::BARCODE)
                    .error(model.return_error.as_deref());
                out.field(ui, Spot::ReturnCode, field);
            });
            ui.spacing_mut().item_spacing.y = 0.0;
            let half = ui.available_height() / 2.0;
            for (pile, key) in
                [(Pile::Returns, "counter.group.ready"), (Pile::Waiting, "counter.group.waits")]
            {
                let Some(list) = model.list(pile) else { continue };
                let room = if pile == Pile::Returns { half } else { ui.available_height() };
                ui.allocate_ui(egui::vec2(ui.available_width(), room), |ui| {
                    ui.set_min_height(room);
                    group_heading(ui, &i18n::with(key, &[("n", &list.count())]), Tone::Teal);
                    if list.loaded && list.rows.is_empty() {
                        let none = if pile == Pile::Returns {
                            "counter.returns.none"
                        } else {
                            "counter.returns.none_waits"
                        };
                        Frame::new()
                            .inner_margin(16)
                            .show(ui, |ui| ui::paragraph(ui, &t(none), 14.0, tokens::INK_2));
                    } else {
                        list_ui(ui, model, out, pile, list);
                    }
                });
            }
        });
}

fn hand_ui(ui: &mut Ui, model: &Model, open: &OpenCase, view: &CaseView, out: &mut Out<'_>) {
    let error = |field: &str| open.errors.get(field).map(String::as_str);
    let form = &open.handing;
    let left = view.case.fee_left();
    section(ui, &t("counter.returns.fee"));
    ui::card(ui, |ui| {
        key_value(ui, &t("counter.returns.fee_all"), &Lang::Vi.money(view.case.procedure.fee));
        key_value(ui, &t("counter.returns.fee_left"), &Lang::Vi.money(left));
        if left > 0 {
            ui.columns_const(|[a, b]| {
                let label = t("counter.returns.amount");
                let field = Field::new(Spot::FeeAmount.id(), &label, &form.amount).error(error("amount"));
                out.field(a, Spot::FeeAmount, field);
                let label = t("counter.returns.receipt_no");
                let field =
                    Field::new(Spot::FeeReceipt.id(), &label, &form.receipt_no).error(error("receipt_no"));
                out.field(b, Spot::FeeReceipt, field);
            });
        }
    });
    section(ui, &t("counter.returns.receiver_title"));
    ui::card(ui, |ui| {
        let label = t("counter.returns.receiver");
        let field = Field::new(Spot::Receiver.id(), &label, &form.receiver).error(error("receiver"));
        out.field(ui, Spot::Receiver, field);
        if crate::update::needs_authorisation(model) {
            let (label, hint) = (t("counter.returns.authorisation"), t("counter.returns.authorisation_hint"));
            let field = Field::new(Spot::Authorisation.id(), &label, &form.authorisation)
                .hint(&hint)
                .error(error("authorisation"));
            out.field(ui, Spot::Authorisation, field);
        }
    });
}

fn returned_ui(ui: &mut Ui, view: &CaseView) {
    if let Some((at, to)) = &view.case.returned {
        ui::inset(ui, tokens::OK_BG, |ui| {
            let at = i18n::short_moment(*at);
            let text = i18n::with("counter.returns.returned", &[("name", to.name.as_str()), ("at", &at)]);
            ui::paragraph(ui, &text, 15.0, tokens::OK);
        });
    }
}

fn supplement_ui(ui: &mut Ui, model: &Model, open: &OpenCase, view: &CaseView, out: &mut Out<'_>) {
    section(ui, &t("counter.returns.supplement"));
    if let Some(asked) = &view.case.supplement {
        ui::paragraph(
            ui,
            &i18n::with("counter.returns.reason", &[("reason", &asked.reason)]),
            14.5,
            tokens::INK_2,
        );
    }
    ui::card(ui, |ui| {
        for (place, paper) in open.supplied.iter().enumerate() {
            let spot = Spot::Supplied(place);
            if check_row(ui, spot.id(), paper.ticked, &paper.item, |_| {}).clicked() {
                out.push(Event::Toggled(spot));
            }
        }
        if let Some(error) = open.errors.get("supplied") {
            ui::paragraph(ui, error, 13.5, tokens::LATE);
        }
    });
    ui.horizontal(|ui| {
        if Button::small(t("counter.page.attach")).icon(icon::PAPERCLIP).key(Key::F10).show(ui) {
            out.push(Event::Attach(PageTarget::Supplement));
        }
    });
    if !open.pages.is_empty() {
        pages_ui(ui, model, out, PageTarget::Supplement, &open.pages);
    }
}

fn acts(model: &Model) -> Vec<Act<'static>> {
    let Some(open) = &model.open else {
        return Vec::new();
    };
    let Some(view) = open.view.value() else {
        return Vec::new();
    };
    let idle = open.sending.is_none();
    if may(model, view, Right::TakeSupplement) {
        let button = Button::primary(t("counter.act.take_supplement")).key(Key::F9).enabled(idle);
        return vec![(button, Event::TakeSupplement)];
    }
    if may(model, view, Right::GiveBack) {
        let key = if view.case.fee_left() > 0 { "counter.act.fee_and_return" } else { "counter.act.return" };
        return vec![(Button::primary(t(key)).key(Key::F9).enabled(idle), Event::GiveBack)];
    }
    Vec::new()
}
