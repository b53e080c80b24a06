//! What went wrong: what happened, and what to do.

use super::{mood_card, paragraph};
use crate::{
    look::{Look, Mood},
    model::Trouble,
};
use egui::Ui;
use ui::{Weight, icon};

/// Says it.
pub(crate) fn trouble(ui: &mut Ui, look: &Look, trouble: Trouble) {
    let (mood, sign) = match trouble {
        Trouble::Offline | Trouble::Broken | Trouble::NoKey => (Mood::Soon, icon::CLOUD_SLASH),
        Trouble::TooMany => (Mood::Soon, icon::HOURGLASS_MEDIUM),
        Trouble::Card => (Mood::Soon, icon::IDENTIFICATION_CARD),
        Trouble::Closed => (Mood::Soon, icon::CLOCK),
        Trouble::NotACode | Trouble::Damaged | Trouble::Unknown | Trouble::NoTicket => {
            (Mood::Bad, icon::WARNING_CIRCLE)
        }
    };
    mood_card(ui, look, mood, sign, |ui| {
        let key = trouble.key();
        let what = look.t(&format!("kiosk.trouble.{key}.what"));
        paragraph(ui, look, &what, Weight::Bold, 32.0, look.palette.ink);
        let what_to_do = look.t(&format!("kiosk.trouble.{key}.do"));
        paragraph(ui, look, &what_to_do, Weight::Regular, 28.0, look.palette.ink);
    });
}
