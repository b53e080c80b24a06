//! How this machine stands, for IT: what the doctor found, and the way out.

use crate::{
    event::Event,
    look::{Look, Mood},
    model::Model,
    widgets::{MARGIN, Press, Style, TOP, mood_card, paragraph, press, scroll, top},
};
use domain::machine::{Finding, FindingState};
use egui::{Id, Rect, Ui, pos2, vec2};
use ui::{Weight, icon};

/// Height of the buttons below.
const BUTTON: f32 = 104.0;

pub(super) fn machine_ui(
    ui: &mut Ui,
    look: &Look,
    model: &Model,
    findings: Option<&[Finding]>,
    out: &mut Vec<Event>,
) {
    top(ui, look, model, &look.t("kiosk.machine.title"), out);
    let page = ui.max_rect();
    let buttons = page.bottom() - MARGIN - BUTTON;
    let inner = Rect::from_min_max(
        pos2(page.left() + MARGIN, page.top() + TOP + 8.0),
        pos2(page.right() - MARGIN, buttons - 24.0),
    );
    scroll(ui, look, "machine", inner, |ui| {
        ui.spacing_mut().item_spacing.y = 20.0;
        match findings {
            Some(findings) => findings.iter().for_each(|finding| finding_ui(ui, look, finding)),
            None => {
                let text = look.t("kiosk.machine.looking");
                paragraph(ui, look, &text, Weight::Medium, 30.0, look.palette.soft);
            }
        }
    });
    let width = (inner.width() - 32.0) / 2.0;
    let at = |column: f32| {
        Rect::from_min_size(pos2(inner.left() + column * (width + 32.0), buttons), vec2(width, BUTTON))
    };
    let again = look.t("kiosk.machine.again");
    let words = Press { label: &again, size: Some(32.0), ..Press::default() };
    if press(ui, look, Id::unique("machine-again"), at(0.0), &words) {
        out.push(Event::Examine);
    }
    let go = look.t("kiosk.machine.leave");
    let words = Press { label: &go, style: Style::Primary, size: Some(32.0), ..Press::default() };
    if press(ui, look, Id::unique("machine-leave"), at(1.0), &words) {
        out.push(Event::Leave);
    }
}

fn finding_ui(ui: &mut Ui, look: &Look, finding: &Finding) {
    let (mood, sign) = match finding.state {
        FindingState::Ok => (Mood::Good, icon::CHECK_CIRCLE),
        FindingState::Attention => (Mood::Soon, icon::INFO),
        FindingState::Bad => (Mood::Bad, icon::WARNING),
    };
    mood_card(ui, look, mood, sign, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let what = look.t(&format!("machine.what.{}", finding.what));
            paragraph(ui, look, &what, Weight::Bold, 30.0, look.palette.ink);
            paragraph(ui, look, &finding.said, Weight::Regular, 26.0, look.palette.ink);
            if !finding.advice.is_empty() {
                paragraph(ui, look, &finding.advice, Weight::Medium, 26.0, look.palette.ink);
            }
        });
    });
}
