//! Text fields: a label above, an accessible name, the error below.

use crate::{Weight, font, line, paragraph, text::BODY, theme, tokens};
use egui::{Frame, Id, Margin, Response, Stroke, TextEdit, Ui, text::CCursor, text::CCursorRange};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// What happened in a field during a frame.
pub struct Typed {
    /// The new text, if it changed; always NFC.
    pub text: Option<String>,
    /// Enter was pressed in it.
    pub entered: bool,
    /// The field itself.
    pub response: Response,
}

/// Text in the composed form that everything else expects.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// One line of text.
pub struct Field<'a> {
    id: Id,
    label: &'a str,
    value: &'a str,
    hint: &'a str,
    error: Option<&'a str>,
    password: bool,
    labelled: bool,
    icon: Option<&'a str>,
    note: &'a str,
    enabled: bool,
}

impl<'a> Field<'a> {
    /// A field with its label above it.
    #[must_use]
    pub fn new(id: Id, label: &'a str, value: &'a str) -> Self {
        Self {
            id,
            label,
            value,
            hint: "",
            error: None,
            password: false,
            labelled: true,
            icon: None,
            note: "",
            enabled: true,
        }
    }

    /// Grey words while it is empty.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong with it, said below.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// Hides what is typed.
    #[must_use]
    pub fn password(self) -> Self {
        Self { password: true, ..self }
    }

    /// Without a visible label; the label stays its accessible name.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { labelled: false, ..self }
    }

    /// With an icon inside, at its left.
    #[must_use]
    pub fn icon(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With grey words inside, at its right.
    #[must_use]
    pub fn note(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    /// Read-only unless `enabled`.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Draws it as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> Typed {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            if self.labelled {
                line(ui, self.label, Weight::Medium, 13.5, tokens::INK_2);
            }
            let typed = self.edit(ui);
            error_below(ui, self.error);
            typed
        })
        .inner
    }

    fn edit(&self, ui: &mut Ui) -> Typed {
        let mut text = self.value.to_owned();
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        let frame = boxed(focused, self.error.is_some(), self.enabled);
        let shown = frame.show(ui, |ui| {
            ui.spacing_mut().interact_size.y = 26.0;
            ui.horizontal(|ui| {
                ui.visuals_mut().weak_text_color = Some(tokens::INK_3);
                if let Some(icon) = self.icon {
                    ui.label(
                        egui::RichText::new(icon)
                            .font(crate::icon_font(crate::Cut::Regular, 17.0))
                            .color(tokens::INK_2),
                    );
                }
                let note = ui.painter().layout_no_wrap(
                    self.note.to_owned(),
                    font(Weight::Regular, 13.5),
                    tokens::INK_2,
                );
                let note_width = if self.note.is_empty() { 0.0 } else { note.size().x + 8.0 };
                let edit = TextEdit::singleline(&mut text)
                    .id(self.id)
                    .password(self.password)
                    .interactive(self.enabled)
                    .font(font(Weight::Regular, BODY))
                    .hint_text(
                        egui::RichText::new(self.hint).font(font(Weight::Regular, BODY)).color(tokens::INK_3),
                    )
                    .frame(Frame::NONE)
                    .align(egui::Align2::LEFT_CENTER)
                    .char_limit(4_000)
                    .desired_width(ui.available_width() - note_width);
                let output = edit.show(ui);
                if !self.note.is_empty() {
                    ui.add_space(ui.available_width() - note.size().x);
                    let (rect, _) = ui.allocate_exact_size(note.size(), egui::Sense::hover());
                    ui.painter().galley(rect.min, note, tokens::INK_2);
                }
                output
            })
            .inner
        });
        if focused {
            theme::focus_ring(ui, shown.response.rect, theme::RADIUS);
        }
        finish(ui, self.id, self.label, self.value, text, shown.inner)
    }
}

/// Several lines of text.
pub struct Area<'a> {
    id: Id,
    label: &'a str,
    value: &'a str,
    hint: &'a str,
    error: Option<&'a str>,
    rows: usize,
    labelled: bool,
    enabled: bool,
}

impl<'a> Area<'a> {
    /// An area with its label above it.
    #[must_use]
    pub fn new(id: Id, label: &'a str, value: &'a str, rows: usize) -> Self {
        Self { id, label, value, hint: "", error: None, rows, labelled: true, enabled: true }
    }

    /// Grey words while it is empty.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong with it, said below.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// Without a visible label; the label stays its accessible name.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { labelled: false, ..self }
    }

    /// Read-only unless `enabled`.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Draws it as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> Typed {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            if self.labelled {
                line(ui, self.label, Weight::Medium, 13.5, tokens::INK_2);
            }
            let mut text = self.value.to_owned();
            let focused = ui.memory(|memory| memory.has_focus(self.id));
            let shown = boxed(focused, self.error.is_some(), self.enabled).show(ui, |ui| {
                TextEdit::multiline(&mut text)
                    .id(self.id)
                    .interactive(self.enabled)
                    .font(font(Weight::Regular, BODY))
                    .hint_text(
                        egui::RichText::new(self.hint).font(font(Weight::Regular, BODY)).color(tokens::INK_3),
                    )
                    .frame(Frame::NONE)
                    .char_limit(8_000)
                    .desired_rows(self.rows)
                    .desired_width(ui.available_width())
                    .show(ui)
            });
            if focused {
                theme::focus_ring(ui, shown.response.rect, theme::RADIUS);
            }
            let typed = finish(ui, self.id, self.label, self.value, text, shown.inner);
            error_below(ui, self.error);
            typed
        })
        .inner
    }
}

fn boxed(focused: bool, wrong: bool, enabled: bool) -> Frame {
    let border = match (wrong, focused) {
        (true, _) => tokens::LATE,
        (false, true) => tokens::TEAL_2,
        (false, false) => tokens::LINE,
    };
    Frame::new()
        .fill(if enabled { tokens::PAPER } else { tokens::GROUND })
        .stroke(Stroke::new(1.0, border))
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(11, 6))
}

fn error_below(ui: &mut Ui, error: Option<&str>) {
    if let Some(error) = error {
        paragraph(ui, error, 13.0, tokens::LATE);
    }
}

fn finish(
    ui: &Ui,
    id: Id,
    label: &str,
    before: &str,
    text: String,
    output: egui::text_edit::TextEditOutput,
) -> Typed {
    let response = output.response.response.clone().accessible_name(label);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    if text == before {
        return Typed { text: None, entered, response };
    }
    if is_nfc(&text) {
        return Typed { text: Some(text), entered, response };
    }
    // Composing letters makes the text shorter: keep the cursor behind the same letter.
    if let Some(range) = output.cursor_range {
        let place = |cursor: CCursor| {
            let prefix: String = text.chars().take(cursor.index.0).collect();
            CCursor::new(prefix.nfc().count())
        };
        let mut state = output.state;
        state.cursor.set_char_range(Some(CCursorRange::two(place(range.secondary), place(range.primary))));
        state.store(ui.ctx(), id);
    }
    Typed { text: Some(nfc(&text)), entered, response }
}
