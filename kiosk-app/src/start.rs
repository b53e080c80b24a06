//! Starting: the kiosk's window, or what IT asked for.

use crate::{
    app,
    args::{Args, Renderer, Setup, Task},
    care::Hall,
    engine::{Engine, Tools},
    model::Model,
    watch,
};
use anyhow::Context as _;
use clap::Parser as _;
use client::{Client, SystemClock};
use domain::time::Clock;
use egui::WindowLevel;
use machine::{
    App,
    awake::{self, Awake},
    config, console, logs,
};
use std::{io::Write as _, path::PathBuf, process::ExitCode, sync::Arc};

/// The picture in the task bar.
const ICON: &[u8] = include_bytes!("../../assets/icons/app/kiosk.png");

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            console::borrow();
            error.exit()
        }
    };
    let Some(task) = args.task.clone() else {
        return match run(&args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                tell(&format!("{error:#}"));
                ExitCode::FAILURE
            }
        };
    };
    let care = match task {
        Task::Watch => return watch::run(&args),
        Task::Care(care) => care,
    };
    console::borrow();
    match care.run(&Hall(&args), &mut std::io::stdout()) {
        Ok(true) => ExitCode::SUCCESS,
        // Nowhere to write is as bad as a bad answer.
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

fn run(args: &Args) -> anyhow::Result<()> {
    let setup = config::read(&args.request())?.setup();
    logs::start(App::Kiosk, &setup.log, false, &logs::To::whoever_reads(&setup.logs()));
    if !setup.windowed {
        lock();
    }
    Client::new(&setup.server).with_context(|| format!("--server {}", setup.server))?;
    let open = |renderer| open(&setup, args.test_state.clone(), renderer);
    match setup.renderer {
        Renderer::Glow => open(eframe::Renderer::Glow),
        Renderer::Wgpu => open(eframe::Renderer::Wgpu),
        Renderer::Auto => open(eframe::Renderer::Wgpu).or_else(|error| {
            tracing::warn!("no modern graphics ({error:#}); trying OpenGL");
            open(eframe::Renderer::Glow)
        }),
    }
    .with_context(|| i18n::t("kiosk.no_graphics").into_owned())
}

/// Keeps the screen on and the usual ways out shut, for as long as the program runs.
fn lock() {
    if let Awake::Not(why) = awake::keep() {
        tracing::warn!(why, "the screen may go dark");
    }
    #[cfg(windows)]
    crate::windows::swallow_keys();
}

fn open(setup: &Setup, test_state: Option<PathBuf>, renderer: eframe::Renderer) -> anyhow::Result<()> {
    let viewport = egui::ViewportBuilder::default()
        .with_title(i18n::t("kiosk.window"))
        .with_app_id("mot-cua-kiosk")
        .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_default())
        .with_inner_size([1280.0, 720.0])
        .with_fullscreen(!setup.windowed)
        .with_decorations(setup.windowed)
        .with_window_level(if setup.windowed { WindowLevel::Normal } else { WindowLevel::AlwaysOnTop });
    let options = eframe::NativeOptions { viewport, renderer, ..eframe::NativeOptions::default() };
    let setup = setup.clone();
    let created: eframe::AppCreator<'_> = Box::new(move |cc| {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ctx = cc.egui_ctx.clone();
        let engine = Engine::start(Tools {
            client: Client::new(&setup.server)?,
            clock: Arc::clone(&clock),
            data: setup.data.clone(),
            test_state,
            wake: Arc::new(move || ctx.request_repaint()),
        })?;
        let mut model = Model::new(setup.unit.clone(), i64::from(setup.idle) * 1_000, clock.now());
        model.exit.code.clone_from(&setup.exit_code);
        Ok(Box::new(app::App::new(&cc.egui_ctx, model, engine, clock, !setup.windowed)))
    });
    eframe::run_native("mot-cua-kiosk", options, created).map_err(|error| anyhow::anyhow!("{error}"))
}

/// Says why there is no kiosk: in the log, to whoever started it, and on Windows, where nobody reads that, in a box.
fn tell(error: &str) {
    tracing::error!("{error}");
    drop(writeln!(std::io::stderr(), "{error}"));
    // Under a watch the kiosk is started again instead of waiting for somebody to close a box.
    #[cfg(windows)]
    if std::env::var_os(watch::WATCHED).is_none() {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title(i18n::t("kiosk.window"))
            .set_description(error)
            .show();
    }
}
