//! Words and icons at a place.

use crate::look::Look;
use domain::unit::FieldCode;
use egui::{
    Align, Align2, Color32, CornerRadius, Galley, Rect, Role, Sense, Shadow, Ui, WidgetInfo, text::LayoutJob,
};
use std::sync::Arc;
use ui::{Cut, Weight, icon, icon_font};

/// Words with their type.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    pub(crate) ink: Color32,
    /// The most lines; what does not fit ends with an ellipsis.
    pub(crate) lines: usize,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str, weight: Weight, size: f32, ink: Color32) -> Self {
        Self { text, weight, size, ink, lines: 1 }
    }

    pub(crate) fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    pub(crate) fn galley(&self, ui: &Ui, look: &Look, width: f32) -> Arc<Galley> {
        self.laid_out(ui, look, width, Align::Min)
    }

    /// Its lines stand at one side of each other, or in the middle.
    fn laid_out(&self, ui: &Ui, look: &Look, width: f32, across: Align) -> Arc<Galley> {
        let font = look.font(self.weight, self.size);
        let mut job = LayoutJob::simple(self.text.to_owned(), font, self.ink, width.max(1.0));
        job.wrap.max_rows = self.lines;
        job.halign = across;
        ui.painter().layout_job(job)
    }
}

/// Paints words into a box and says them to people who cannot see; returns their box.
pub(crate) fn words(ui: &Ui, look: &Look, rect: Rect, align: Align2, text: &Text<'_>) -> Rect {
    let galley = text.laid_out(ui, look, rect.width(), align.x());
    let place = align.align_size_within_rect(galley.size(), rect);
    let id = ui.scope_id().with(("words", text.text, rect.min.x.round() as i32, rect.min.y.round() as i32));
    let response = ui.interact(place, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.text));
    ui.painter().galley(Align2([align.x(), Align::Min]).pos_in_rect(&place), galley, text.ink);
    place
}

/// Paints an icon with its middle at a point.
pub(crate) fn icon_at(ui: &Ui, centre: egui::Pos2, cut: Cut, glyph: &str, size: f32, ink: Color32) {
    ui.painter().text(centre, Align2::CENTER_CENTER, glyph, icon_font(cut, size), ink);
}

/// A soft shadow below a card.
pub(crate) fn shadow(ui: &Ui, look: &Look, rect: Rect, radius: u8) {
    if look.palette.shade == Color32::TRANSPARENT {
        return;
    }
    let shade =
        Shadow { offset: [0, 10], blur: 44, spread: 0, color: look.palette.shade.gamma_multiply(0.13) };
    ui.painter().add(shade.as_shape(rect, CornerRadius::same(radius)));
}

/// The ground of a page.
pub(crate) fn backdrop(ui: &Ui, look: &Look) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, look.palette.ground);
}

/// The icon of a field of procedures.
pub(crate) fn field_icon(field: &FieldCode) -> &'static str {
    match field.as_str() {
        "tu-phap" => icon::SCALES,
        "ho-tich" => icon::BABY,
        "dat-dai" => icon::MAP_TRIFOLD,
        "tai-nguyen" => icon::DROP,
        "moi-truong" => icon::TREE,
        "xay-dung" => icon::HOUSE_LINE,
        "quan-ly-do-thi" => icon::BUILDINGS,
        "dang-ky-kinh-doanh" => icon::STOREFRONT,
        "noi-vu" => icon::USERS_THREE,
        "lao-dong-xa-hoi" => icon::HAND_COINS,
        "nong-nghiep" => icon::PLANT,
        "van-hoa" => icon::MUSIC_NOTES,
        "thong-tin" => icon::BROADCAST,
        _ => icon::FILE_TEXT,
    }
}
