//! Running as a service, so that the system starts, watches and stops the program.

#[cfg(windows)]
pub use crate::windows::service::{ServiceError, run};

/// What the system tells a running program, and hears from it.
#[derive(Clone, Debug)]
pub struct Told(Inner);

#[derive(Clone, Debug)]
enum Inner {
    /// A terminal or systemd.
    Foreground,
    /// The service control manager of Windows.
    #[cfg(windows)]
    Service(crate::windows::service::Manager),
}

impl Told {
    /// By signals; systemd hears when the program is ready, if it asked.
    #[must_use]
    pub fn by_signals() -> Self {
        Self(Inner::Foreground)
    }

    #[cfg(windows)]
    pub(crate) fn by_manager(manager: crate::windows::service::Manager) -> Self {
        Self(Inner::Service(manager))
    }

    /// Says that the program has come up.
    pub fn ready(&self) {
        match &self.0 {
            #[cfg(unix)]
            Inner::Foreground => notify(sd_notify::NotifyState::Ready),
            #[cfg(not(unix))]
            Inner::Foreground => {}
            #[cfg(windows)]
            Inner::Service(manager) => manager.ready(),
        }
    }

    /// Waits until the program is to stop, and says that it is stopping.
    pub async fn stop(&self) {
        match &self.0 {
            Inner::Foreground => {
                signalled().await;
                #[cfg(unix)]
                notify(sd_notify::NotifyState::Stopping);
            }
            #[cfg(windows)]
            Inner::Service(manager) => manager.stop().await,
        }
    }
}

/// Tells systemd; without systemd nobody listens.
#[cfg(unix)]
fn notify(state: sd_notify::NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(false, &[state]) {
        tracing::warn!(%error, "systemd did not hear");
    }
}

/// Waits for SIGTERM or Ctrl-C.
async fn signalled() {
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
