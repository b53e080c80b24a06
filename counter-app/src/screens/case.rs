//! The case in view: who, what, its pages; what is written about it depends on the screen.

use super::{Out, pages::thumb_ui};
use crate::{
    Event, Model, Spot,
    model::{OpenCase, Panel, Right, may},
};
use api::CaseView;
use domain::{case::State, deadline};
use egui::{Frame, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};
use i18n::{Lang, t};
use ui::{Area, Field, Tone, Weight, icon, key_value_wide, line, paragraph, pill, section, title, tokens};

/// A pane with the case, what `body` adds below it, and a row of buttons.
pub(super) fn pane_ui(
    ui: &mut Ui,
    model: &Model,
    out: &mut Out<'_>,
    nothing: (&str, &str, &str),
    body: impl FnOnce(&mut Ui, &OpenCase, &CaseView, &mut Out<'_>),
    acts: Vec<super::bottom::Act<'_>>,
) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, tokens::GROUND);
    let Some(open) = &model.open else {
        let (icon, what, how) = nothing;
        ui.add_space(80.0);
        ui::empty(ui, icon, what, how);
        return;
    };
    let room = ui.max_rect();
    let panel = match &open.panel {
        None => 0.0,
        Some(Panel::Supplement { .. }) => 330.0,
        Some(Panel::Back { .. }) => 190.0,
    };
    let below = panel + if open.kept { 140.0 } else { 78.0 };
    let split = (room.bottom() - below).max(room.top());
    let upper = Rect::from_min_max(room.min, pos2(room.right(), split));
    ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| {
        ScrollArea::vertical().id_salt("case").auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 22, right: 22, top: 18, bottom: 12 }).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 10.0;
                match (open.view.value(), open.view.failure()) {
                    (Some(view), _) => {
                        head_ui(ui, model, view);
                        person_ui(ui, view);
                        files_ui(ui, model, out, view);
                        ui.add_enabled_ui(open.sending.is_none(), |ui| body(ui, open, view, out));
                    }
                    (None, Some(why)) => {
                        paragraph(ui, why, 15.0, tokens::LATE);
                    }
                    (None, None) => ui::spinner_line(ui, &t("counter.case.loading")),
                }
            });
        });
    });
    let lower = Rect::from_min_max(pos2(room.left(), split), room.max);
    ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| {
        super::bottom::bottom_ui(ui, "case", out, acts, |ui, out| {
            if open.kept {
                ui::inset(ui, tokens::SOON_BG, |ui| {
                    paragraph(ui, &t("counter.case.kept"), 14.0, tokens::SOON)
                });
            }
            panel_ui(ui, open, out);
        });
    });
}

fn head_ui(ui: &mut Ui, model: &Model, view: &CaseView) {
    let case = &view.case;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let (tone, text) = match case.state {
            state if state.is_running() => {
                let due = case.deadline.due;
                let standing =
                    model.place().map(|desk| deadline::standing(due, model.now, &desk.place.calendar));
                (standing.map_or(Tone::Quiet, Tone::from), Lang::Vi.left(due, model.now))
            }
            State::Resolved | State::Returned => (Tone::Ok, Lang::Vi.state(case.state)),
            state => (Tone::Soon, Lang::Vi.state(state)),
        };
        let words = ui.painter().layout_no_wrap(text.clone(), ui::font(Weight::Semi, 13.0), tokens::INK);
        let room = ui.available_width() - words.size().x - 36.0;
        ui.scope(|ui| {
            ui.set_max_width(room);
            title(ui, &case.procedure.name);
        });
        pill(ui, tone, None, &text);
    });
    let at = i18n::short_moment(case.received_at);
    let line_two = match case.counter {
        Some(counter) => i18n::with(
            "counter.case.received_counter",
            &[("code", case.code.as_str()), ("at", &at), ("counter", &counter.to_string())],
        ),
        None => i18n::with("counter.case.received", &[("code", case.code.as_str()), ("at", &at)]),
    };
    line(ui, &line_two, Weight::Regular, 14.5, tokens::INK_2);
}

fn person_ui(ui: &mut Ui, view: &CaseView) {
    let case = &view.case;
    ui::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        key_value_wide(ui, &t("counter.case.owner"), case.applicant.name.as_str(), Weight::Bold);
        let none = t("counter.day.none");
        let or_none = |text: String| if text.is_empty() { none.clone().into_owned() } else { text };
        key_value_wide(
            ui,
            &t("counter.field.phone"),
            &or_none(case.applicant.phone.masked()),
            Weight::Regular,
        );
        key_value_wide(
            ui,
            &t("counter.field.address"),
            &or_none(case.applicant.address.clone()),
            Weight::Regular,
        );
        let papers: Vec<&str> = case.papers.iter().map(|paper| paper.name.as_str()).collect();
        key_value_wide(ui, &t("counter.case.papers"), &or_none(papers.join("; ")), Weight::Regular);
        if !case.request.is_empty() {
            key_value_wide(ui, &t("counter.case.request"), &case.request, Weight::Regular);
        }
        if let Some(seal) = &case.seal {
            key_value_wide(ui, &t("counter.case.number"), &seal.number, Weight::Bold);
        }
    });
}

fn files_ui(ui: &mut Ui, model: &Model, out: &Out<'_>, view: &CaseView) {
    let files = &view.case.files;
    if files.is_empty() {
        return;
    }
    let pages: u32 = files.iter().map(|file| u32::from(file.pages)).sum();
    section(ui, &i18n::with("counter.case.pages", &[("n", &pages.to_string())]));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for file in files {
            thumb_ui(ui, model, out, file.file, &file.name, vec2(86.0, 120.0));
        }
    });
}

/// What the examiner wrote, for those who come after.
pub(super) fn written_ui(ui: &mut Ui, view: &CaseView) {
    let case = &view.case;
    let draft = case.draft.as_ref().map_or("", |draft| draft.text.as_str());
    for (key, text) in [("counter.case.opinion", case.opinion.as_str()), ("counter.case.draft", draft)] {
        if !text.is_empty() {
            section(ui, &t(key));
            ui::card(ui, |ui| paragraph(ui, text, 15.0, tokens::INK));
        }
    }
}

/// What the examiner writes.
pub(super) fn writing_ui(ui: &mut Ui, model: &Model, open: &OpenCase, view: &CaseView, out: &mut Out<'_>) {
    if !may(model, view, Right::Examine) {
        written_ui(ui, view);
        return;
    }
    let error = |field: &str| open.errors.get(field).map(String::as_str);
    section(ui, &t("counter.case.opinion"));
    let (label, hint) = (t("counter.case.opinion"), t("counter.case.opinion_hint"));
    let opinion =
        Area::new(Spot::Opinion.id(), &label, &open.opinion, 4).bare().hint(&hint).error(error("opinion"));
    out.area(ui, Spot::Opinion, opinion);
    section(ui, &t("counter.case.draft"));
    let (label, hint) = (t("counter.case.draft"), t("counter.case.draft_hint"));
    let draft = Area::new(Spot::Draft.id(), &label, &open.draft, 5).bare().hint(&hint).error(error("draft"));
    out.area(ui, Spot::Draft, draft);
}

/// The panel below: asking for a supplement, or sending back.
fn panel_ui(ui: &mut Ui, open: &OpenCase, out: &mut Out<'_>) {
    let error = |field: &str| open.errors.get(field).map(String::as_str);
    match &open.panel {
        None => {}
        Some(Panel::Supplement { items, reason }) => {
            ui::inset(ui, tokens::SOON_BG, |ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                line(ui, &t("counter.case.ask_title"), Weight::Semi, 15.0, tokens::SOON);
                let (label, hint) = (t("counter.case.ask_items"), t("counter.case.ask_items_hint"));
                let area =
                    Area::new(Spot::SupplementItems.id(), &label, items, 3).hint(&hint).error(error("items"));
                out.area(ui, Spot::SupplementItems, area);
                let label = t("counter.case.reason");
                let field = Field::new(Spot::SupplementReason.id(), &label, reason).error(error("reason"));
                out.field(ui, Spot::SupplementReason, field);
                escape_ui(ui, out);
            });
        }
        Some(Panel::Back { reason }) => {
            ui::inset(ui, tokens::LATE_BG, |ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                line(ui, &t("counter.case.back_title"), Weight::Semi, 15.0, tokens::LATE);
                let label = t("counter.case.reason");
                let field = Field::new(Spot::BackReason.id(), &label, reason).error(error("reason"));
                out.field(ui, Spot::BackReason, field);
                escape_ui(ui, out);
            });
        }
    }
}

fn escape_ui(ui: &mut Ui, out: &mut Out<'_>) {
    ui.horizontal(|ui| {
        paragraph(ui, &t("counter.case.panel_how"), 13.0, tokens::INK_2);
        if ui::icon_button(ui, icon::X, &t("counter.case.panel_close")) {
            out.push(Event::Escape);
        }
    });
}
