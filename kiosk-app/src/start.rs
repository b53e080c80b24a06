//! Starting: the kiosk's window, or what IT asked for.

use crate::{
    app,
    args::{Args, Mode, Renderer, Setup, Task},
    care::Hall,
    engine::{Engine, Press, Tools},
    model::{Model, Tablet},
    watch,
};
use anyhow::Context as _;
use clap::Parser as _;
use client::{
    Client, Reporter, SystemClock,
    update::{Post, Talk},
};
use devices::DeviceState;
use domain::time::Clock;
use egui::WindowLevel;
use machine::{
    App,
    awake::{self, Awake},
    care::examine,
    config, console, logs,
    supervise::START_AGAIN,
};
use std::{
    io::Write as _,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::OnceCell;

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
            Ok(Closed::ForGood) => ExitCode::SUCCESS,
            Ok(Closed::ToStartAgain) => start_again(),
            Err(error) => {
                tell(&format!("{error:#}"));
                ExitCode::FAILURE
            }
        };
    };
    let care = match task {
        Task::Watch => return watch::run(&args),
        Task::Keep { service } => {
            return if keep(&args, service) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
        Task::Care(care) => care,
    };
    console::borrow();
    match care.run(&Hall(&args), &mut std::io::stdout()) {
        Ok(true) => ExitCode::SUCCESS,
        // Nowhere to write is as bad as a bad answer.
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Why the kiosk closed.
enum Closed {
    /// IT gave the code, or closed the window.
    ForGood,
    /// Another version is in place.
    ToStartAgain,
}

/// A watch starts the kiosk again; without one it does so itself.
fn start_again() -> ExitCode {
    if std::env::var_os(watch::WATCHED).is_some() {
        return ExitCode::from(START_AGAIN);
    }
    let started = PROGRAM
        .get()
        .map(|program| std::process::Command::new(program).args(std::env::args_os().skip(1)).spawn());
    if matches!(started, Some(Ok(_))) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Where this program lay when it started: once the keeper has put another one there, Linux names the old one.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

fn keep(args: &Args, service: bool) -> bool {
    // A configuration that is wrong is the kiosk's to tell; the keeper goes on with what is usual.
    let setup = config::read(&args.request()).unwrap_or_default().setup();
    let Setup { server, unit, quiet, metered, .. } = setup;
    Post { app: App::Kiosk, server, site: Some(unit), quiet, metered }.run(service)
}

/// Tells the server now and then how this machine stands.
fn report(args: &Args, setup: &Setup, client: Client) {
    let (site, talk) = (Some(setup.unit.clone()), setup.talk.clone());
    let reporter = Reporter { client, app: App::Kiosk, site, counter: None, talk };
    let args = args.clone();
    if let Err(error) = reporter.begin(move || examine(&Hall(&args))) {
        tracing::warn!(%error, "the server will not hear how this machine stands");
    }
}

fn run(args: &Args) -> anyhow::Result<Closed> {
    let setup = config::read(&args.request())?.setup();
    logs::start(App::Kiosk, &setup.log, false, &logs::To::whoever_reads(&setup.logs()));
    if setup.mode == Mode::Rating && setup.counter.is_none() {
        anyhow::bail!(i18n::t("kiosk.tablet.no_counter"));
    }
    if !setup.windowed {
        lock();
    }
    drop(PROGRAM.set(std::env::current_exe()?));
    let client = Client::new(&setup.server).with_context(|| format!("--server {}", setup.server))?;
    report(args, &setup, client);
    let open = |renderer| open(args, &setup, renderer);
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

fn open(args: &Args, setup: &Setup, renderer: eframe::Renderer) -> anyhow::Result<Closed> {
    let viewport = egui::ViewportBuilder::default()
        .with_title(i18n::t("kiosk.window"))
        .with_app_id("mot-cua-kiosk")
        .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_default())
        .with_inner_size([1280.0, 720.0])
        .with_fullscreen(!setup.windowed)
        .with_decorations(setup.windowed)
        .with_window_level(if setup.windowed { WindowLevel::Normal } else { WindowLevel::AlwaysOnTop });
    let options = eframe::NativeOptions { viewport, renderer, ..eframe::NativeOptions::default() };
    let (args, setup) = (args.clone(), setup.clone());
    let again = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&again);
    let created: eframe::AppCreator<'_> = Box::new(move |cc| {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ctx = cc.egui_ctx.clone();
        let engine = Engine::start(Tools {
            client: Client::new(&setup.server)?.with_hall_key(setup.hall_key.as_deref()),
            site: setup.unit.clone(),
            hears_hall: setup.gives_numbers() || setup.mode == Mode::Rating,
            journal: setup.gives_numbers().then(|| setup.data.join("kiosk.db")),
            local: OnceCell::new(),
            press: setup.number_printer().cloned().map(Press::at),
            clock: Arc::clone(&clock),
            data: setup.data.clone(),
            talk: Talk::in_folder(setup.talk.clone()).ok(),
            test_state: args.test_state.clone(),
            examine: Arc::new(move || examine(&Hall(&args)).findings),
            wake: Arc::new(move || ctx.request_repaint()),
        })?;
        let mut model = Model::new(setup.unit.clone(), i64::from(setup.idle) * 1_000, clock.now());
        model.exit.code.clone_from(&setup.exit_code);
        model.hall.gives = setup.gives_numbers();
        model.hall.printer = setup.number_printer().map(|_| DeviceState::Unknown);
        model.tablet = setup.counter.filter(|_| setup.mode == Mode::Rating).map(Tablet::at);
        Ok(Box::new(app::App::new(&cc.egui_ctx, model, engine, clock, !setup.windowed, asked)))
    });
    eframe::run_native("mot-cua-kiosk", options, created).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(if again.load(Ordering::SeqCst) { Closed::ToStartAgain } else { Closed::ForGood })
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
