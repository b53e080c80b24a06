//! The window: turns input and answers into events, events into commands, and draws.

use crate::{
    command::Command,
    engine::Engine,
    event::Event,
    keys::Keys,
    model::Model,
    screens,
    seen::Seen,
    update::{begin, update},
};
use domain::time::Clock;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// The size that the screens are drawn for.
const DRAWN: egui::Vec2 = egui::vec2(1920.0, 1080.0);
/// A window manager, where there is one, needs a few frames to fill the screen.
const SETTLING: u8 = 10;
/// When so many are left, the window is told to do it itself.
const BY_ITSELF: u8 = 6;
/// Held letters are looked at again after this long.
const HELD: Duration = Duration::from_millis(60);

/// The kiosk.
pub struct App {
    model: Model,
    engine: Engine,
    clock: Arc<dyn Clock>,
    keys: Keys,
    seen: Seen,
    /// Whether the window may not be closed.
    locked: bool,
    /// Whether IT gave the code, or another version is to start.
    leaving: bool,
    /// Whoever opened the window starts it again once it has closed.
    again: Arc<AtomicBool>,
    came_up: bool,
    /// Frames until the window has the size that it is to have.
    settling: u8,
}

impl App {
    /// A kiosk whose engine is running. `locked`: the window is to fill the screen, and only IT closes it.
    #[must_use]
    pub fn new(
        ctx: &egui::Context,
        mut model: Model,
        engine: Engine,
        clock: Arc<dyn Clock>,
        locked: bool,
        again: Arc<AtomicBool>,
    ) -> Self {
        ui::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        for command in begin(&mut model) {
            engine.send(command);
        }
        Self {
            model,
            engine,
            clock,
            keys: Keys::default(),
            seen: Seen::default(),
            locked,
            leaving: false,
            again,
            came_up: false,
            settling: if locked { SETTLING } else { 0 },
        }
    }

    /// What the kiosk knows, for tests.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn take(&mut self, event: Event) {
        for command in update(&mut self.model, event) {
            match command {
                Command::Close => self.leaving = true,
                Command::StartAgain => {
                    self.again.store(true, Ordering::SeqCst);
                    self.leaving = true;
                }
                other => self.engine.send(other),
            }
        }
    }

    /// Lets nobody out but IT.
    fn guard(&self, ctx: &egui::Context) {
        if self.leaving {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        } else if self.locked && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    /// Tells the driver what is seen, if that changed.
    fn report(&mut self) {
        if !self.came_up {
            self.came_up = true;
            self.engine.send(Command::CameUp);
        }
        let seen = Seen::of(&self.model);
        if seen != self.seen {
            self.seen = seen.clone();
            self.engine.send(Command::Report(seen));
        }
    }

    /// Full screen is asked of a window manager, and many a kiosk has none. True while the window settles.
    fn settle(&mut self, ctx: &egui::Context) -> bool {
        if self.settling == 0 {
            return false;
        }
        let (screen, window) =
            ctx.input(|input| (input.viewport().monitor_size, input.content_rect().size()));
        let missing = screen.filter(|screen| (*screen - window).abs().max_elem() > 2.0);
        if let Some(screen) = missing.filter(|_| self.settling == BY_ITSELF) {
            ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(egui::Pos2::ZERO));
            ctx.send_viewport_cmd(egui::ViewportCommand::InnerSize(screen));
        }
        self.settling -= 1;
        ctx.request_repaint();
        true
    }

    /// Everything is drawn for one size and zoomed to the window's.
    fn zoom(ctx: &egui::Context) {
        let now = ctx.pixels_per_point();
        let native = ctx.native_pixels_per_point().unwrap_or(1.0);
        let pixels = ctx.input(|input| input.content_rect().size()) * now;
        let wanted = (pixels.x / DRAWN.x).min(pixels.y / DRAWN.y).max(0.2);
        if (wanted - now).abs() > 0.002 {
            ctx.set_zoom_factor(wanted / native);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.take(Event::Tick(self.clock.now()));
        while let Some(event) = self.engine.next_event() {
            self.take(event);
        }
        self.guard(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.settle(ui.ctx()) {
            return;
        }
        Self::zoom(ui.ctx());
        let mut out = Vec::new();
        screens::screen_ui(ui, &self.model, &mut out);
        if !out.is_empty() {
            ui.ctx().request_repaint();
        }
        for event in out {
            self.take(event);
        }
        self.report();
        let next = u64::try_from(self.model.next_change_ms()).unwrap_or(1_000).max(20);
        let next = Duration::from_millis(next);
        ui.ctx().request_repaint_after(if self.keys.is_holding() { HELD } else { next });
    }

    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        let focused = ctx.memory(|memory| memory.focused().is_some());
        for event in self.keys.take(input, focused) {
            self.take(event);
        }
    }
}
