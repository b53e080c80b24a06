//! Opening the window: one way to draw after the other, until one works.

use crate::{
    Args, Event, Model, Renderer, Settings, Setup, Task,
    app::{self, AutoSignIn},
    care::{Desk, Kept},
    engine::{Engine, Events, ServerClock},
};
use anyhow::Context as _;
use clap::Parser as _;
use client::{Client, Reporter, update::Post};
use domain::time::Clock as _;
use machine::{App, care::examine, config, console, logs};
use std::{
    io::Write as _,
    panic,
    path::Path,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
};

/// The picture in the window's corner and in the task bar.
const ICON: &[u8] = include_bytes!("../../assets/icons/app/counter.png");

/// Runs the program: the window, or what IT asked for.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            console::borrow();
            error.exit()
        }
    };
    let well = match args.task.clone() {
        Some(Task::Care(care)) => {
            console::borrow();
            // Nowhere to write is as bad as a bad answer.
            care.run(&Desk(&args), &mut std::io::stdout()).unwrap_or(false)
        }
        Some(Task::Keep { service }) => keep(&args, service),
        None => match run(&args) {
            Ok(()) => true,
            Err(error) => {
                tell(&format!("{error:#}"));
                false
            }
        },
    };
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn keep(args: &Args, service: bool) -> bool {
    // A configuration that is wrong is the app's to tell; the keeper goes on with what is usual.
    let setup = config::read(&args.request()).unwrap_or_default().setup();
    let Setup { server, site, quiet, metered, .. } = setup;
    Post { app: App::Counter, server, site, quiet, metered }.run(service)
}

/// Runs the app until its window is closed.
fn run(args: &Args) -> anyhow::Result<()> {
    let setup = config::read(&args.request())?.setup();
    logs::start(App::Counter, &setup.log, false, &logs::To::whoever_reads(&setup.logs()));
    // Asked now: once the keeper has put another one in its place, Linux names the one that was put aside.
    let program = std::env::current_exe()?;
    report(args, &setup);
    let renderers: &[eframe::Renderer] = match setup.renderer {
        Renderer::Auto => &[eframe::Renderer::Wgpu, eframe::Renderer::Glow],
        Renderer::Wgpu => &[eframe::Renderer::Wgpu],
        Renderer::Glow => &[eframe::Renderer::Glow],
    };
    let mut last = None;
    for renderer in renderers {
        match open(args, &setup, *renderer) {
            Ok(Closed::ForGood) => return Ok(()),
            Ok(Closed::ToStartAgain) => return start_again(&program),
            Err(error) => {
                tracing::warn!(%error, ?renderer, "this way to draw does not work here");
                last = Some(error);
            }
        }
    }
    let error = last.map(|error| error.to_string()).unwrap_or_default();
    Err(anyhow::anyhow!(error)).with_context(|| i18n::t("counter.no_graphics").into_owned())
}

/// Says why there is no window: in the log, to whoever started the program, and on Windows, where nobody reads
/// that, in a box.
fn tell(error: &str) {
    tracing::error!("{error}");
    drop(writeln!(std::io::stderr(), "{error}"));
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(i18n::t("counter.product"))
        .set_description(error)
        .show();
}

/// Tells the server now and then how this machine stands.
fn report(args: &Args, setup: &Setup) {
    let begun = Client::new(&setup.server).map(|client| {
        let (site, counter, talk) = (setup.site.clone(), setup.counter, setup.talk.clone());
        let args = args.clone();
        Reporter { client, app: App::Counter, site, counter, talk }.begin(move || examine(&Desk(&args)))
    });
    if !matches!(begun, Ok(Ok(()))) {
        tracing::warn!("the server will not hear how this machine stands");
    }
}

/// Why the window closed.
enum Closed {
    /// Somebody closed it.
    ForGood,
    /// Another version is in place, or somebody wants a fresh start.
    ToStartAgain,
}

/// Starts the program that lies now where this one lay, in the same way. Everything of this one is written down by now.
fn start_again(program: &Path) -> anyhow::Result<()> {
    std::process::Command::new(program).args(std::env::args_os().skip(1)).spawn()?;
    Ok(())
}

fn open(args: &Args, setup: &Setup, renderer: eframe::Renderer) -> anyhow::Result<Closed> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(i18n::t("counter.product"))
            .with_app_id("mot-cua-counter")
            .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_default())
            .with_inner_size([1440.0, 900.0])
            // What a screen of 1366 x 768 at 150 percent has room for; below that the window shows less.
            .with_min_inner_size([720.0, 420.0])
            .with_maximized(true)
            .with_drag_and_drop(true),
        renderer,
        ..eframe::NativeOptions::default()
    };
    let sign_in = AutoSignIn { login: args.login.clone(), password: args.password.clone() };
    let (setup, args, test_state) = (setup.clone(), args.clone(), args.test_state.clone());
    let again = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&again);
    let make = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let ctx = creation.egui_ctx.clone();
        ui::install(&ctx);
        let clock = ServerClock::default();
        let (to, inbox) = mpsc::channel::<Event>();
        let wake = Arc::new(move || ctx.request_repaint());
        let look = Arc::new(Kept(args.clone()));
        let engine = Engine::start(setup.clone(), look, clock.clone(), Events::new(to, wake))?;
        let model = Model::new(setup, clock.now());
        Ok(Box::new(app::App::new(model, engine, inbox, clock, sign_in, test_state, asked)))
    };
    // A driver that is broken in another way than by an error must not keep the next one from being tried.
    let attempt = panic::AssertUnwindSafe(|| eframe::run_native("mot-cua-counter", options, Box::new(make)));
    match panic::catch_unwind(attempt) {
        Ok(Ok(())) if again.load(Ordering::SeqCst) => Ok(Closed::ToStartAgain),
        Ok(Ok(())) => Ok(Closed::ForGood),
        Ok(Err(error)) => Err(anyhow::anyhow!(error.to_string())),
        Err(_) => Err(anyhow::anyhow!("the graphics driver fell over")),
    }
}

/// The settings that a window of this size of text needs.
pub(crate) fn zoom(settings: &Settings) -> f32 {
    f32::from(settings.text_percent.clamp(80, 200)) / 100.0
}
