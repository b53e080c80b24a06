//! `server serve`.

use crate::{
    clock::{DemoClock, SystemClock, parse_local},
    config::Config,
    run::{Running, start, start_demo},
};
use anyhow::Context as _;
use clap::Args;
use domain::time::Clock;
use machine::service::Told;
#[cfg(windows)]
use machine::{App, logs, service};
use std::{io::Write, sync::Arc};

/// Its name in the service control manager.
#[cfg(windows)]
const SERVICE: &str = "MotCuaServer";

/// Flags of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Local time to begin at, for demonstrations: `2026-11-23T08:42`.
    #[arg(long, env = "MOTCUA_CLOCK", hide = true)]
    clock: Option<String>,
}

impl Serve {
    pub(super) async fn run(self, config: Config, out: &mut dyn Write) -> anyhow::Result<()> {
        let beginning = match &self.clock {
            Some(text) => {
                Some(parse_local(text).context("MOTCUA_CLOCK is not a time such as 2026-11-23T08:42")?)
            }
            None => None,
        };
        let demo = Arc::new(DemoClock::starting(beginning.unwrap_or_else(|| SystemClock.now())));
        let running = if config.demo_clock {
            start_demo(config, demo).await?
        } else if beginning.is_some() {
            start(config, demo).await?
        } else {
            start(config, Arc::new(SystemClock)).await?
        };
        writeln!(out, "{}", running.url)?;
        out.flush()?;
        run_until_told(running, &Told::by_signals()).await
    }
}

/// Runs the server under the service control manager of Windows; false when it ended badly, so that Windows starts it
/// again.
#[cfg(windows)]
pub(super) fn as_a_service(config: Config) -> anyhow::Result<bool> {
    logs::start(App::Server, &config.log, config.log_json, &logs::To::Service(config.logs()));
    let work = move |told: Told| {
        let ended = super::runtime().map_err(anyhow::Error::from).and_then(|runtime| {
            runtime.block_on(async {
                let running = start(config, Arc::new(SystemClock)).await?;
                run_until_told(running, &told).await
            })
        });
        match &ended {
            Ok(()) => tracing::info!("the service has stopped"),
            Err(error) => tracing::error!("the service failed: {error:#}"),
        }
        ended.is_ok()
    };
    service::run(SERVICE, work).context(i18n::t("machine.service.by_hand"))
}

async fn run_until_told(mut running: Running, told: &Told) -> anyhow::Result<()> {
    told.ready();
    tokio::select! {
        ended = running.ended() => ended.context("the listener ended")?,
        () = told.stop() => running.stop().await,
    }
    Ok(())
}
