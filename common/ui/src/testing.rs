//! A window for tests of screens: same size, fonts and look everywhere.

use egui::Vec2;
use egui_kittest::Harness;

/// A harness at the size of the design's pictures, in the product's look.
#[must_use]
pub fn window<'a, State: 'a>(
    state: State,
    app: impl FnMut(&mut egui::Ui, &mut State) + 'a,
) -> Harness<'a, State> {
    Harness::builder()
        .with_size(Vec2::new(1440.0, 900.0))
        .with_context_setup(crate::install)
        .with_max_steps(32)
        .build_ui_state(app, state)
}
