//! A small rounded word: a state with its colour.

use crate::{Cut, Weight, font, icon_font, tokens};
use egui::{Color32, Response, Role, Sense, Ui, WidgetInfo, vec2};

/// What a pill's or a dot's colour says; the word beside it says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// In order.
    Ok,
    /// Soon due, or wants attention.
    Soon,
    /// Late, or wrong.
    Late,
    /// The brand: neutral information.
    Teal,
    /// The one accent: priority.
    Ban,
    /// Nothing special.
    Quiet,
}

impl Tone {
    /// Text and icons.
    #[must_use]
    pub fn ink(self) -> Color32 {
        match self {
            Self::Ok => tokens::OK,
            Self::Soon => tokens::SOON,
            Self::Late => tokens::LATE,
            Self::Teal => tokens::TEAL,
            Self::Ban => tokens::BAN,
            Self::Quiet => tokens::INK_2,
        }
    }

    /// Behind the text.
    #[must_use]
    pub fn fill(self) -> Color32 {
        match self {
            Self::Ok => tokens::OK_BG,
            Self::Soon => tokens::SOON_BG,
            Self::Late => tokens::LATE_BG,
            Self::Teal => tokens::TEAL_BG,
            Self::Ban => tokens::BAN_BG,
            Self::Quiet => tokens::LINE_2,
        }
    }
}

impl From<domain::deadline::Standing> for Tone {
    fn from(standing: domain::deadline::Standing) -> Self {
        match standing {
            domain::deadline::Standing::OnTime => Self::Ok,
            domain::deadline::Standing::Soon => Self::Soon,
            domain::deadline::Standing::Late => Self::Late,
        }
    }
}

/// Height of a pill in points.
const HEIGHT: f32 = 23.0;

/// A pill with a word, and an icon where one is given.
pub fn pill(ui: &mut Ui, tone: Tone, icon: Option<&str>, text: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Semi, 13.0), tone.ink());
    let icon_width = if icon.is_some() { 20.0 } else { 0.0 };
    let size = vec2(galley.size().x + icon_width + 20.0, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, HEIGHT / 2.0, tone.fill());
        if let Some(icon) = icon {
            let at = egui::pos2(rect.left() + 17.0, rect.center().y);
            ui.painter().text(
                at,
                egui::Align2::CENTER_CENTER,
                icon,
                icon_font(Cut::Regular, 15.0),
                tone.ink(),
            );
        }
        let at = egui::pos2(rect.left() + 10.0 + icon_width, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, tone.ink());
    }
    response
}
