//! Where is my case? No personal data, whoever looks over a shoulder.

use super::line_note_ui;
use crate::{
    event::Event,
    look::{Look, Mood},
    model::{CaseScreen, Model, Trouble},
    widgets::{
        MARGIN, Press, Style, TOP, Text, card, heading, icon_line, mood_card, paragraph, press, scroll, top,
        trouble, words,
    },
};
use api::PublicStatus;
use domain::{
    case::{Milestone, Progress, State},
    deadline::Standing,
    time::Millis,
};
use egui::{Align2, Id, Rect, Ui, UiBuilder, pos2, vec2};
use i18n::Lang;
use ui::{Weight, icon};

pub(super) fn case_ui(ui: &mut Ui, look: &Look, model: &Model, case: &CaseScreen, out: &mut Vec<Event>) {
    top(ui, look, model, &look.t("kiosk.case.title"), out);
    let page = ui.max_rect();
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 8.0),
        pos2(page.right() - MARGIN, page.bottom()),
    );
    if let Some(wrong) = case.trouble {
        trouble_ui(ui, look, case, wrong, inner, out);
        return;
    }
    match case.status.value() {
        Some(status) => scroll(ui, look, &format!("case-{}", case.ask), inner, |ui| {
            status_ui(ui, look, status, model.now());
            ui.add_space(16.0);
        }),
        None => {
            let text = look.lang.with("kiosk.case.loading", &[("code", case.code.as_str())]);
            words(
                ui,
                look,
                inner,
                Align2::CENTER_CENTER,
                &Text::new(&text, Weight::Medium, 34.0, look.palette.soft),
            );
        }
    }
    let note = Rect::from_min_size(pos2(inner.left(), page.bottom() - 56.0), vec2(inner.width(), 52.0));
    if case.status.value().is_none() {
        line_note_ui(ui, look, model, note);
    }
}

fn trouble_ui(
    ui: &mut Ui,
    look: &Look,
    case: &CaseScreen,
    wrong: Trouble,
    inner: Rect,
    out: &mut Vec<Event>,
) {
    let width = (inner.width() * 0.72).min(1280.0);
    let room = Rect::from_center_size(inner.center(), vec2(width, inner.height() * 0.76));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("trouble"));
    child.spacing_mut().item_spacing.y = 28.0;
    paragraph(&mut child, look, case.code.as_str(), Weight::Semi, 40.0, look.palette.ink);
    trouble(&mut child, look, wrong);
    let y = child.min_rect().bottom() + 32.0;
    let again = look.t(if wrong == Trouble::Unknown { "kiosk.case.retype" } else { "kiosk.case.again" });
    let at = Rect::from_min_size(pos2(room.left(), y), vec2(look.size(420.0), 96.0));
    let label = Press { label: &again, style: Style::Primary, size: Some(32.0), ..Press::default() };
    if press(ui, look, Id::unique("again"), at, &label) {
        let target = crate::model::Target::Lookup;
        out.push(if wrong == Trouble::Unknown { Event::Go(target) } else { Event::Enter });
    }
}

fn status_ui(ui: &mut Ui, look: &Look, status: &PublicStatus, now: Millis) {
    let palette = &look.palette;
    ui.spacing_mut().item_spacing = vec2(32.0, 24.0);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let under = format!("{} · {}", status.case.code, status.agency);
        paragraph(ui, look, &under, Weight::Medium, 28.0, palette.soft);
        paragraph(ui, look, &status.case.procedure, Weight::Bold, 42.0, palette.ink);
    });
    let width = (ui.available_width() - 32.0) / 2.0;
    ui.horizontal_top(|ui| {
        column(ui, width, |ui| {
            state_ui(ui, look, status, now);
            bring_ui(ui, look, status);
            why_ui(ui, look, status);
        });
        column(ui, width, |ui| {
            way_ui(ui, look, status, now);
            fee_ui(ui, look, status);
            genuine_ui(ui, look, status);
        });
    });
}

fn column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 24.0;
        content(ui);
    });
}

/// The coloured card: where it is, and until when.
fn state_ui(ui: &mut Ui, look: &Look, status: &PublicStatus, now: Millis) {
    let running = matches!(status.case.state, State::Registered | State::Received | State::Processing);
    let (mood, sign) = match status.case.state {
        State::AwaitingSupplement | State::AwaitingPayment => (Mood::Soon, icon::HAND_PALM),
        State::Resolved => (Mood::Good, icon::SEAL_CHECK),
        State::Refused | State::Returned | State::Stopped | State::Withdrawn => (Mood::Plain, icon::INFO),
        State::Registered | State::Received | State::Processing => {
            let mood = Mood::of(status.standing);
            (mood, mood.icon())
        }
    };
    let say = |key: &str| look.t(&format!("kiosk.case.{key}")).into_owned();
    let small = if running { standing_at(look, status) } else { say("now") };
    let large = match status.case.state {
        State::Resolved => say("ready"),
        _ if running => {
            let late = status.standing == Some(Standing::Late);
            let key = if late { "kiosk.case.was_due" } else { "kiosk.case.due" };
            look.lang.with(key, &[("when", &when(look.lang, status.case.deadline.due, now))])
        }
        state => look.lang.state(state),
    };
    let last = match (status.case.state, status.standing) {
        (State::Resolved, _) => look.lang.with("kiosk.case.ready_where", &[("agency", &status.agency)]),
        (State::AwaitingSupplement, _) => say("waits"),
        (_, Some(Standing::Late)) if running => {
            look.lang.with("kiosk.case.sorry", &[("agency", &status.agency)])
        }
        (_, Some(standing)) if running => {
            let word = look.lang.standing(standing);
            format!("{} · {}", capital(&word), look.lang.left(status.case.deadline.due, now))
        }
        _ => String::new(),
    };
    mood_card(ui, look, mood, sign, |ui| {
        paragraph(ui, look, &small, Weight::Semi, 30.0, look.palette.ink);
        paragraph(ui, look, &large, Weight::Bold, 46.0, look.palette.ink);
        if !last.is_empty() {
            paragraph(ui, look, &last, Weight::Medium, 28.0, look.palette.ink);
        }
    });
}

fn bring_ui(ui: &mut Ui, look: &Look, status: &PublicStatus) {
    if status.case.to_bring.is_empty() {
        return;
    }
    card(ui, look, |ui| {
        heading(ui, look, &look.t("kiosk.case.bring"));
        for item in &status.case.to_bring {
            icon_line(ui, look, icon::FILE_TEXT, look.palette.sign, 34.0, |ui| {
                paragraph(ui, look, item, Weight::Medium, 28.0, look.palette.ink);
            });
        }
        paragraph(ui, look, &look.t("kiosk.case.bring_where"), Weight::Regular, 26.0, look.palette.soft);
    });
}

fn fee_ui(ui: &mut Ui, look: &Look, status: &PublicStatus) {
    if status.case.owes() {
        card(ui, look, |ui| {
            let (what, more) = (look.t("kiosk.case.fee"), look.t("kiosk.case.fee_when"));
            crate::widgets::fact(ui, look, icon::MONEY, &what, &look.lang.money(status.case.fee_left), &more);
        });
    }
}

fn genuine_ui(ui: &mut Ui, look: &Look, status: &PublicStatus) {
    let (mood, sign, key) = match status.genuine {
        Some(true) => (Mood::Good, icon::SEAL_CHECK, "genuine"),
        Some(false) => (Mood::Bad, icon::WARNING_CIRCLE, "forged"),
        None => return,
    };
    mood_card(ui, look, mood, sign, |ui| {
        paragraph(ui, look, &look.t(&format!("kiosk.case.{key}")), Weight::Bold, 28.0, look.palette.ink);
        paragraph(
            ui,
            look,
            &look.t(&format!("kiosk.case.{key}_why")),
            Weight::Regular,
            26.0,
            look.palette.ink,
        );
    });
}

fn way_ui(ui: &mut Ui, look: &Look, status: &PublicStatus, now: Millis) {
    card(ui, look, |ui| {
        heading(ui, look, &look.t("kiosk.case.way"));
        for milestone in &status.case.milestones {
            milestone_ui(ui, look, milestone, status.place(milestone.stop), now);
        }
    });
}

fn milestone_ui(ui: &mut Ui, look: &Look, milestone: &Milestone, place: &str, now: Millis) {
    let palette = &look.palette;
    let (sign, ink, words, weight) = match milestone.progress {
        Progress::Done => (icon::CHECK_CIRCLE, palette.mood(Mood::Good).1, "done", Weight::Medium),
        Progress::Here => (icon::CLOCK, palette.mood(Mood::Soon).1, "here", Weight::Bold),
        Progress::Ahead => (icon::CIRCLE, palette.soft, "here", Weight::Regular),
    };
    let name = look.t(&format!("kiosk.way.{words}.{}", milestone.stop.name()));
    let more = match (milestone.progress, milestone.at) {
        (Progress::Done, Some(at)) => look.lang.due(at, now),
        (Progress::Here, _) => {
            format!("{} · {}", look.t("kiosk.way.now"), place)
        }
        _ => String::new(),
    };
    icon_line(ui, look, sign, ink, 38.0, |ui| {
        paragraph(ui, look, &name, weight, 28.0, palette.ink);
        if !more.is_empty() {
            paragraph(ui, look, &more, Weight::Regular, 26.0, palette.soft);
        }
    });
}

/// The due time explained.
fn why_ui(ui: &mut Ui, look: &Look, status: &PublicStatus) {
    let explanation = i18n::explain_all(look.lang, &status.case.deadline);
    if explanation.len() < 2 {
        return;
    }
    card(ui, look, |ui| {
        heading(ui, look, &look.t("kiosk.case.why"));
        for sentence in &explanation {
            paragraph(ui, look, sentence, Weight::Regular, 26.0, look.palette.ink);
        }
    });
}

/// "Đang thẩm định".
fn standing_at(look: &Look, status: &PublicStatus) -> String {
    look.t(&format!("kiosk.way.at.{}", status.case.here().name())).into_owned()
}

/// "16:30 hôm nay", "17:00 Thứ Ba, 24/11/2026".
fn when(lang: Lang, due: Millis, now: Millis) -> String {
    let then = due.local();
    let time = i18n::clock(then);
    if then.date() == now.local().date() {
        return lang.with("domain.due_today", &[("time", &time)]);
    }
    format!("{time} {}, {}", lang.weekday(then.date().weekday()), i18n::date(then.date()))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
