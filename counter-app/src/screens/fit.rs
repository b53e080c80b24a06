//! Room: how wide the columns beside a page are, and how large everything may be in a small window.

use egui::{Ui, Vec2};

/// The smallest room, in points, in which every screen has all its controls.
pub(crate) const LEAST: Vec2 = Vec2::new(1_180.0, 640.0);
/// Smaller than this nothing is readable.
const SMALLEST: f32 = 0.6;

/// How large everything is drawn: as chosen, as far as a window of `native` points has room for that.
pub(crate) fn zoom(chosen: f32, native: Vec2) -> f32 {
    let room = (native.x / LEAST.x).min(native.y / LEAST.y);
    chosen.min(room).max(SMALLEST)
}

/// Width of a column: `ideal` in the window of the design, and its share of a narrower one.
pub(super) fn column(ui: &Ui, ideal: f32) -> f32 {
    /// Width of that window.
    const DESIGN: f32 = 1_440.0;
    (ideal * ui.ctx().content_rect().width() / DESIGN).min(ideal).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_makes_everything_smaller_and_a_large_one_nothing_larger() {
        assert_eq!(zoom(1.0, Vec2::new(1_440.0, 900.0)), 1.0);
        assert_eq!(zoom(1.3, Vec2::new(1_920.0, 1_040.0)), 1.3);
        assert_eq!(zoom(1.0, Vec2::new(590.0, 640.0)), 0.6);
        // 1366 x 768 at 125 percent, below its title and above its taskbar.
        let small = zoom(1.0, Vec2::new(1_093.0, 560.0));
        assert!((0.85..0.9).contains(&small), "{small}");
        assert!((zoom(2.0, Vec2::new(1_770.0, 960.0)) - 1.5).abs() < 0.001);
    }
}
