//! The window: drains events before a frame, draws, hands commands to the engine.

use crate::{
    Command, Event, Model, Out, Pictures, Spot,
    engine::{Engine, ServerClock},
    model::PageTarget,
    peek::Peek,
    root_ui,
    scan::Watch,
    screens::fit,
    start, update,
};
use domain::time::{Clock as _, MINUTE};
use egui::{Context, RawInput, ViewportCommand};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

/// Less than this is not worth drawing everything anew.
const ZOOM_STEP: f32 = 0.004;

/// For tests: signs in by itself.
pub(crate) struct AutoSignIn {
    pub(crate) login: Option<String>,
    pub(crate) password: Option<String>,
}

/// The running app.
pub(crate) struct App {
    model: Model,
    engine: Engine,
    inbox: mpsc::Receiver<Event>,
    clock: ServerClock,
    pictures: Pictures,
    watch: Watch,
    scanned: Vec<String>,
    sign_in: AutoSignIn,
    started: bool,
    came_up: bool,
    again: Arc<AtomicBool>,
    test_state: Option<PathBuf>,
    shown: Peek,
}

impl App {
    pub(crate) fn new(
        model: Model,
        engine: Engine,
        inbox: mpsc::Receiver<Event>,
        clock: ServerClock,
        sign_in: AutoSignIn,
        test_state: Option<PathBuf>,
        again: Arc<AtomicBool>,
    ) -> Self {
        Self {
            model,
            engine,
            inbox,
            clock,
            pictures: Pictures::default(),
            watch: Watch::default(),
            scanned: Vec::new(),
            sign_in,
            started: false,
            came_up: false,
            again,
            test_state,
            shown: Peek::default(),
        }
    }

    fn take(&mut self, event: Event) {
        for command in update::update(&mut self.model, event) {
            match command {
                // The window's own part; whoever opened it starts the app again once it has closed.
                Command::Restart => self.again.store(true, Ordering::SeqCst),
                command => self.engine.send(command),
            }
        }
    }

    fn start(&mut self) {
        let commands: Vec<Command> = update::at_start(&self.model);
        commands.into_iter().for_each(|command| self.engine.send(command));
        if let (Some(login), Some(password)) = (self.sign_in.login.take(), self.sign_in.password.take()) {
            self.take(Event::Typed(Spot::Login, login));
            self.take(Event::Typed(Spot::Password, password));
            self.take(Event::SignIn);
        }
    }

    fn files(&mut self, ctx: &Context) {
        let (dropped, over) = ctx.input(|i| (i.raw.dropped_files.clone(), !i.raw.hovered_files.is_empty()));
        if over != self.model.dragging {
            self.take(Event::Dragging(over));
        }
        let target = match self.model.screen {
            crate::model::Screen::Returns => PageTarget::Supplement,
            _ => PageTarget::Paper(first_without_page(&self.model)),
        };
        for path in dropped.into_iter().map(|file| file.path().to_owned()) {
            self.take(Event::FileChosen(target, path));
        }
    }

    /// Draws again when the minute changes or a notice goes, every second while somebody stands at the counter, and not
    /// before.
    fn sleep(&self, ctx: &Context) {
        let now = self.clock.now();
        let minute = MINUTE - now.0.rem_euclid(MINUTE);
        let notice = self.model.toasts.next_change().map_or(i64::MAX, |at| (at.0 - now.0).max(1));
        let second =
            if update::counts_seconds(&self.model) { 1_000 - now.0.rem_euclid(1_000) } else { i64::MAX };
        let wait = u64::try_from(minute.min(notice).min(second)).unwrap_or(1_000);
        ctx.request_repaint_after(Duration::from_millis(wait + 5));
    }
}

fn first_without_page(model: &Model) -> usize {
    model.form.papers.iter().position(|paper| paper.pages.is_empty()).unwrap_or(0)
}

/// A time of egui's own clock, which starts with the app and never goes back.
fn millis(seconds: f64) -> u64 {
    Duration::try_from_secs_f64(seconds).map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if !self.started {
            self.started = true;
            self.start();
        }
        let now = self.clock.now();
        self.take(Event::Tick(now));
        for raw in std::mem::take(&mut self.scanned) {
            self.take(Event::Scanned(raw));
        }
        while let Ok(event) = self.inbox.try_recv() {
            self.take(event);
        }
        self.files(ctx);
        let native = ctx.content_rect().size() * ctx.zoom_factor();
        let zoom = fit::zoom(start::zoom(&self.model.settings), native);
        if (ctx.zoom_factor() - zoom).abs() > ZOOM_STEP {
            ctx.set_zoom_factor(zoom);
        }
        self.pictures.follow(ctx, &self.model);
        if self.again.load(Ordering::SeqCst) {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if let Some(spot) = self.model.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(spot.id()));
        }
        let mut out = Out::new(&self.pictures);
        root_ui(ui, &self.model, &mut out);
        let events = out.into_events();
        let changed = !events.is_empty();
        for event in events {
            self.take(event);
        }
        if changed {
            ui.ctx().request_repaint();
        }
        if !self.came_up {
            self.came_up = true;
            self.engine.send(Command::CameUp);
        }
        self.sleep(ui.ctx());
        if let Some(path) = &self.test_state {
            let focused = ui.memory(|memory| memory.focused()).and_then(Spot::of);
            let peek = Peek::of(&self.model, focused);
            if peek != self.shown {
                peek.write(path);
                self.shown = peek;
            }
        }
    }

    fn raw_input_hook(&mut self, ctx: &Context, raw: &mut RawInput) {
        let now = millis(raw.time.unwrap_or_default());
        let watched = self.watch.take(std::mem::take(&mut raw.events), now);
        raw.events = watched.pass;
        self.scanned.extend(watched.scans);
        if watched.again {
            ctx.request_repaint();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        ui::tokens::GROUND.to_normalized_gamma_f32()
    }
}
