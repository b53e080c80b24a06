//! `server serve`.

use crate::{
    clock::{DemoClock, SystemClock, parse_local},
    config::{Config, Tls},
    run::{start, start_demo},
};
use anyhow::Context as _;
use clap::Args;
use domain::time::Clock;
use std::{io::Write, net::SocketAddr, path::PathBuf, sync::Arc};

/// Flags of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address to listen at; port 0 takes any free one.
    #[arg(long, env = "MOTCUA_LISTEN")]
    listen: Option<SocketAddr>,
    /// Address under which citizens and staff reach this server.
    #[arg(long, env = "MOTCUA_PUBLIC_URL")]
    public_url: Option<String>,
    /// Certificate chain (PEM); with `--tls-key` the server speaks HTTPS.
    #[arg(long, env = "MOTCUA_TLS_CERTIFICATE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Private key (PEM).
    #[arg(long, env = "MOTCUA_TLS_KEY", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// The pack that an empty database is filled with.
    #[arg(long, env = "MOTCUA_PACK")]
    pack: Option<String>,
    /// Lets `POST /api/demo/clock` move the clock. Never on a real server.
    #[arg(long)]
    demo_clock: bool,
    /// Local time to begin at, for demonstrations: `2026-11-23T08:42`.
    #[arg(long, env = "MOTCUA_CLOCK", hide = true)]
    clock: Option<String>,
}

impl Serve {
    pub(super) async fn run(self, mut config: Config, out: &mut dyn Write) -> anyhow::Result<()> {
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        if let Some(url) = self.public_url {
            config.public_url = Some(url);
        }
        if let Some(pack) = self.pack {
            config.pack = pack;
        }
        if let (Some(certificate), Some(key)) = (self.tls_certificate, self.tls_key) {
            config.tls = Some(Tls { certificate, key });
        }
        config.demo_clock |= self.demo_clock;
        let beginning = match &self.clock {
            Some(text) => {
                Some(parse_local(text).context("MOTCUA_CLOCK is not a time such as 2026-11-23T08:42")?)
            }
            None => None,
        };
        let demo = Arc::new(DemoClock::starting(beginning.unwrap_or_else(|| SystemClock.now())));
        let mut running = if config.demo_clock {
            start_demo(config, demo).await?
        } else if beginning.is_some() {
            start(config, demo).await?
        } else {
            start(config, Arc::new(SystemClock)).await?
        };
        writeln!(out, "{}", running.url)?;
        out.flush()?;
        tokio::select! {
            ended = running.ended() => ended.context("the listener ended")?,
            () = told_to_stop() => running.stop().await,
        }
        Ok(())
    }
}

/// Waits for SIGTERM or Ctrl-C.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
