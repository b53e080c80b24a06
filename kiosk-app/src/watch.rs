//! `kiosk-app watch`: the kiosk is started, and started again when it dies, until IT closes it.

use crate::args::{Args, Setup};
use machine::{
    App, config, logs,
    service::Told,
    supervise::{self, Child, Over, RealPace},
};
use std::process::ExitCode;

/// Tells the kiosk that it is watched.
pub(crate) const WATCHED: &str = "MOTCUA_WATCHED";

/// Runs the watch; it ends when the kiosk was closed on purpose or the system says stop.
pub(crate) fn run(args: &Args) -> ExitCode {
    // A configuration that is wrong is the kiosk's to tell; the watch goes on until it is put right.
    let setup = config::read(&args.request()).unwrap_or_default().setup();
    logs::start(App::Kiosk, "info", false, &to(&setup));
    match watch(args) {
        Ok(Over::Closed | Over::Stopped) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the kiosk cannot be watched");
            ExitCode::FAILURE
        }
    }
}

/// The console where somebody reads it; else files, and on Windows the event log.
fn to(setup: &Setup) -> logs::To {
    match logs::To::whoever_reads(&setup.logs()) {
        logs::To::Folder(folder) => logs::To::Service(folder),
        other => other,
    }
}

fn watch(args: &Args) -> std::io::Result<Over> {
    let mut arguments = config::flags(&args.keys);
    arguments.extend(args.config.iter().flat_map(|file| ["--config".into(), file.clone().into_os_string()]));
    let mut kiosk = Child { program: std::env::current_exe()?, arguments, environment: vec![(WATCHED, "1")] };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(async {
        let told = Told::by_signals();
        told.ready();
        supervise::watch(&mut kiosk, &RealPace::default(), &told).await
    }))
}
