//! Short notices: they go by themselves, can be undone where that makes sense, and stay in a history.

use crate::{Cut, Tone, Weight, font, icon, icon_button, icon_font, link, theme::RADIUS_CARD, tokens};
use domain::time::Millis;
use egui::{Align2, Area, Frame, Id, Margin, Order, RichText, Shadow, Stroke, Ui, vec2};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something worked.
    Done,
    /// Something to know.
    Note,
    /// Something did not work: stays until it is closed.
    Wrong,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Counts up; names it.
    pub id: u64,
    /// How much it matters.
    pub level: Level,
    /// What happened, what was kept, what to do.
    pub text: String,
    /// For IT; unfolds.
    pub details: Option<String>,
    /// Whether it can be undone.
    pub undo: bool,
    /// When it came.
    pub at: Millis,
    /// Whether its details are unfolded.
    pub open: bool,
}

/// The notices on screen and those of before.
#[derive(Clone, Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    history: Vec<Toast>,
    next: u64,
    /// Whether the history is open.
    pub history_open: bool,
}

/// The most notices that are remembered.
const REMEMBERED: usize = 50;
/// The most notices on screen.
const ON_SCREEN: usize = 3;

impl Toasts {
    /// Shows a notice; returns its id.
    pub fn push(
        &mut self,
        level: Level,
        text: impl Into<String>,
        details: Option<String>,
        undo: bool,
        at: Millis,
    ) -> u64 {
        self.next += 1;
        let toast = Toast { id: self.next, level, text: text.into(), details, undo, at, open: false };
        self.history.insert(0, toast.clone());
        self.history.truncate(REMEMBERED);
        self.shown.push(toast);
        let surplus = self.shown.len().saturating_sub(ON_SCREEN);
        self.shown.drain(..surplus);
        self.next
    }

    /// Takes away what has been read long enough; true when something went.
    pub fn expire(&mut self, now: Millis) -> bool {
        let before = self.shown.len();
        self.shown.retain(|toast| now < ends(toast));
        before != self.shown.len()
    }

    /// When the next notice goes by itself.
    #[must_use]
    pub fn next_change(&self) -> Option<Millis> {
        self.shown.iter().map(ends).filter(|at| at.0 < i64::MAX).min()
    }

    /// Closes one.
    pub fn close(&mut self, id: u64) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// Folds or unfolds the details of one.
    pub fn unfold(&mut self, id: u64) {
        for toast in self.shown.iter_mut().chain(self.history.iter_mut()).filter(|toast| toast.id == id) {
            toast.open = !toast.open;
        }
    }

    /// Those on screen, oldest first.
    #[must_use]
    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// All that are remembered, newest first.
    #[must_use]
    pub fn history(&self) -> &[Toast] {
        &self.history
    }
}

fn ends(toast: &Toast) -> Millis {
    match (toast.level, toast.undo) {
        (Level::Wrong, _) => Millis(i64::MAX),
        (_, true) => toast.at.plus(tokens::duration::UNDO),
        _ => toast.at.plus(tokens::duration::TOAST),
    }
}

/// What somebody did with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastAct {
    /// Closed it.
    Close(u64),
    /// Wants it undone.
    Undo(u64),
    /// Folds or unfolds its details.
    Unfold(u64),
    /// Closed the history.
    CloseHistory,
}

/// Draws the notices above everything, at the bottom in the middle; the history at the top right.
pub fn toasts_ui(ui: &Ui, toasts: &Toasts) -> Option<ToastAct> {
    let mut act = None;
    let list = toasts.shown();
    if !list.is_empty() {
        Area::new(Id::unique("toasts"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -120.0))
            .show(ui.ctx(), |ui| {
                for toast in list {
                    act = toast_ui(ui, toast, true).or(act);
                }
            });
    }
    if toasts.history_open {
        Area::new(Id::unique("toast-history"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_TOP, vec2(-12.0, 60.0))
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).inner_margin(Margin::same(12)).show(ui, |ui| {
                    ui.set_width(420.0);
                    ui.horizontal(|ui| {
                        crate::section(ui, &i18n::t("ui.history"));
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            if icon_button(ui, icon::X, &i18n::t("ui.close_history")) {
                                act = Some(ToastAct::CloseHistory);
                            }
                        });
                    });
                    if toasts.history().is_empty() {
                        crate::paragraph(ui, &i18n::t("ui.no_notices"), 13.5, tokens::INK_2);
                    }
                    egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                        for toast in toasts.history() {
                            act = history_ui(ui, toast).or(act);
                        }
                    });
                });
            });
    }
    act
}

fn history_ui(ui: &mut Ui, toast: &Toast) -> Option<ToastAct> {
    let mut act = None;
    ui.horizontal_top(|ui| {
        let (sign, tone) = look(toast.level);
        ui.label(RichText::new(sign).font(icon_font(Cut::Fill, 16.0)).color(tone.ink()));
        ui.vertical(|ui| {
            let time = i18n::clock(toast.at.local());
            crate::paragraph(ui, &format!("{time} · {}", toast.text), 13.5, tokens::INK);
            act = details_ui(ui, toast);
        });
    });
    act
}

fn look(level: Level) -> (&'static str, Tone) {
    match level {
        Level::Done => (icon::CHECK_CIRCLE, Tone::Ok),
        Level::Note => (icon::INFO, Tone::Teal),
        Level::Wrong => (icon::WARNING_CIRCLE, Tone::Late),
    }
}

fn toast_ui(ui: &mut Ui, toast: &Toast, closable: bool) -> Option<ToastAct> {
    let mut act = None;
    let (sign, tone) = look(toast.level);
    let shadow = Shadow { offset: [0, 4], blur: 18, spread: 0, color: tokens::INK.gamma_multiply(0.18) };
    Frame::new()
        .fill(tokens::PAPER)
        .stroke(Stroke::new(1.0, tone.ink().gamma_multiply(0.45)))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(14, 10))
        .shadow(shadow)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_max_width(640.0);
                ui.label(RichText::new(sign).font(icon_font(Cut::Fill, 20.0)).color(tone.ink()));
                ui.vertical(|ui| {
                    ui.set_max_width(500.0);
                    let text = RichText::new(&toast.text).font(font(Weight::Medium, 15.0)).color(tokens::INK);
                    ui.add(egui::Label::new(text).wrap());
                    act = details_ui(ui, toast);
                });
                if toast.undo && link(ui, &i18n::t("ui.undo")) {
                    act = Some(ToastAct::Undo(toast.id));
                }
                if closable && icon_button(ui, icon::X, &i18n::t("ui.close")) {
                    act = Some(ToastAct::Close(toast.id));
                }
            });
        });
    act
}

fn details_ui(ui: &mut Ui, toast: &Toast) -> Option<ToastAct> {
    let details = toast.details.as_ref()?;
    let words = if toast.open { "ui.fewer_details" } else { "ui.details" };
    let act = link(ui, &i18n::t(words)).then_some(ToastAct::Unfold(toast.id));
    if toast.open {
        crate::paragraph(ui, details, 12.5, tokens::INK_2);
    }
    act
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_news_goes_by_itself_and_bad_news_stays() {
        let mut toasts = Toasts::default();
        toasts.push(Level::Done, "xong", None, false, Millis(0));
        let wrong = toasts.push(Level::Wrong, "hỏng", None, false, Millis(0));
        assert_eq!(toasts.next_change(), Some(Millis(tokens::duration::TOAST)));
        assert!(toasts.expire(Millis(tokens::duration::TOAST)));
        assert_eq!(toasts.shown().len(), 1);
        toasts.close(wrong);
        assert!(toasts.shown().is_empty());
        assert_eq!(toasts.history().len(), 2);
    }
}
