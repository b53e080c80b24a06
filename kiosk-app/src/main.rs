//! Starts the kiosk.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use anyhow::Context as _;
use clap::Parser as _;
use client::{Client, SystemClock};
use domain::time::Clock;
use kiosk_app::{
    app::App,
    args::{Args, Renderer},
    engine::{Engine, Tools},
    model::Model,
};
use std::sync::Arc;

/// The picture in the task bar.
const ICON: &[u8] = include_bytes!("../../assets/icons/app/kiosk.png");

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,kiosk_app=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Client::new(&args.server).with_context(|| format!("--server {}", args.server))?;
    match args.renderer {
        Renderer::Glow => run(&args, eframe::Renderer::Glow),
        Renderer::Wgpu => run(&args, eframe::Renderer::Wgpu),
        Renderer::Auto => run(&args, eframe::Renderer::Wgpu).or_else(|error| {
            tracing::warn!("no modern graphics ({error:#}); trying OpenGL");
            run(&args, eframe::Renderer::Glow)
        }),
    }
    .with_context(|| i18n::t("kiosk.no_graphics").into_owned())
}

fn run(args: &Args, renderer: eframe::Renderer) -> anyhow::Result<()> {
    let viewport = egui::ViewportBuilder::default()
        .with_title(i18n::t("kiosk.window"))
        .with_app_id("mot-cua-kiosk")
        .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_default())
        .with_inner_size([1280.0, 720.0])
        .with_fullscreen(!args.windowed)
        .with_decorations(args.windowed);
    let options = eframe::NativeOptions { viewport, renderer, ..eframe::NativeOptions::default() };
    let args = args.clone();
    let created: eframe::AppCreator<'_> = Box::new(move |cc| {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ctx = cc.egui_ctx.clone();
        let engine = Engine::start(Tools {
            client: Client::new(&args.server)?,
            clock: Arc::clone(&clock),
            data: args.data_dir(),
            test_state: args.test_state.clone(),
            wake: Arc::new(move || ctx.request_repaint()),
        })?;
        let model = Model::new(args.unit(), i64::from(args.idle) * 1_000, clock.now());
        Ok(Box::new(App::new(&cc.egui_ctx, model, engine, clock, !args.windowed)))
    });
    eframe::run_native("mot-cua-kiosk", options, created).map_err(|error| anyhow::anyhow!("{error}"))
}
