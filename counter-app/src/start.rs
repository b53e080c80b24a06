//! Opening the window: one way to draw after the other, until one works.

use crate::{
    Args, Event, Model, Renderer, Settings, Setup,
    app::{App, AutoSignIn},
    engine::{Engine, Events, ServerClock},
};
use anyhow::Context as _;
use domain::time::Clock as _;
use std::{
    panic,
    sync::{Arc, mpsc},
};

/// The picture in the window's corner and in the task bar.
const ICON: &[u8] = include_bytes!("../../assets/icons/app/counter.png");

/// Runs the app until its window is closed.
///
/// # Errors
/// When the configuration cannot be read, or no way to draw works on this machine.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MOTCUA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let setup = args.setup()?;
    let renderers: &[eframe::Renderer] = match setup.renderer {
        Renderer::Auto => &[eframe::Renderer::Wgpu, eframe::Renderer::Glow],
        Renderer::Wgpu => &[eframe::Renderer::Wgpu],
        Renderer::Glow => &[eframe::Renderer::Glow],
    };
    let mut last = None;
    for renderer in renderers {
        match open(args, &setup, *renderer) {
            Ok(()) => return Ok(()),
            Err(error) => {
                tracing::warn!(%error, ?renderer, "this way to draw does not work here");
                last = Some(error);
            }
        }
    }
    let error = last.map(|error| error.to_string()).unwrap_or_default();
    Err(anyhow::anyhow!(error)).with_context(|| i18n::t("counter.no_graphics").into_owned())
}

fn open(args: &Args, setup: &Setup, renderer: eframe::Renderer) -> anyhow::Result<()> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(i18n::t("counter.product"))
            .with_app_id("mot-cua-counter")
            .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_default())
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([1024.0, 640.0])
            .with_drag_and_drop(true),
        renderer,
        ..eframe::NativeOptions::default()
    };
    let sign_in = AutoSignIn { login: args.login.clone(), password: args.password.clone() };
    let (setup, test_state) = (setup.clone(), args.test_state.clone());
    let make = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let ctx = creation.egui_ctx.clone();
        ui::install(&ctx);
        let clock = ServerClock::default();
        let (to, inbox) = mpsc::channel::<Event>();
        let wake = Arc::new(move || ctx.request_repaint());
        let engine = Engine::start(setup.clone(), clock.clone(), Events::new(to, wake))?;
        let model = Model::new(setup, clock.now());
        Ok(Box::new(App::new(model, engine, inbox, clock, sign_in, test_state)))
    };
    // A driver that is broken in another way than by an error must not keep the next one from being tried.
    let attempt = panic::AssertUnwindSafe(|| eframe::run_native("mot-cua-counter", options, Box::new(make)));
    match panic::catch_unwind(attempt) {
        Ok(done) => done.map_err(|error| anyhow::anyhow!(error.to_string())),
        Err(_) => Err(anyhow::anyhow!("the graphics driver fell over")),
    }
}

/// The settings that a window of this size of text needs.
pub(crate) fn zoom(settings: &Settings) -> f32 {
    f32::from(settings.text_percent.clamp(80, 200)) / 100.0
}
