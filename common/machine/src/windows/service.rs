//! The service control manager of Windows.

use super::ffi;
use crate::service::Told;
use std::{
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;
use windows_service::{
    service::{
        ServiceControl, ServiceControlAccept, ServiceExitCode, ServiceState, ServiceStatus, ServiceType,
    },
    service_control_handler::{self, ServiceControlHandlerResult, ServiceStatusHandle},
};

/// How long starting and stopping may take before Windows calls it hung.
const PATIENCE: Duration = Duration::from_secs(60);
/// What Windows reads as failed, and so as a reason to start the service again.
const FAILED: u32 = 1;

/// The program was not started by the service control manager, or it does not answer.
#[derive(Debug, thiserror::Error)]
#[error("the service control manager of Windows does not answer")]
pub struct ServiceError(#[from] windows_service::Error);

/// What a service does: true when it ended well.
type Work = Box<dyn FnOnce(Told) -> bool + Send>;

struct Job {
    name: &'static str,
    work: Mutex<Option<Work>>,
    ended_well: watch::Sender<bool>,
}

/// Windows calls a plain function; what it is to do waits here.
static JOB: OnceLock<Job> = OnceLock::new();

/// Runs `work` as the service of this name, until Windows stops it or it ends by itself; says whether it ended well.
///
/// # Errors
/// [`ServiceError`] when the program was started by hand.
pub fn run(
    name: &'static str,
    work: impl FnOnce(Told) -> bool + Send + 'static,
) -> Result<bool, ServiceError> {
    let (ended_well, heard) = watch::channel(true);
    let job = Job { name, work: Mutex::new(Some(Box::new(work))), ended_well };
    // A process is one service; a second call finds the first one's work done.
    drop(JOB.set(job));
    ffi::dispatch(name)?;
    Ok(*heard.borrow())
}

/// The service's own thread.
pub(super) fn begin() {
    let Some(job) = JOB.get() else { return };
    let Some(work) = job.work.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    match Manager::register(job.name) {
        Ok(manager) => {
            manager.tell(ServiceState::StartPending, 0);
            let well = work(Told::by_manager(manager.clone()));
            job.ended_well.send_replace(well);
            manager.tell(ServiceState::Stopped, if well { 0 } else { FAILED });
        }
        Err(error) => tracing::error!(%error, "Windows does not take this service"),
    }
}

/// The way to the service control manager.
#[derive(Clone, Debug)]
pub(crate) struct Manager {
    status: ServiceStatusHandle,
    stopping: watch::Receiver<bool>,
    /// Counts what was told while something is pending.
    told: std::sync::Arc<AtomicU32>,
}

impl Manager {
    fn register(name: &str) -> windows_service::Result<Self> {
        let (stop, stopping) = watch::channel(false);
        let hear = move |control| match control {
            ServiceControl::Stop | ServiceControl::Shutdown | ServiceControl::Preshutdown => {
                stop.send_replace(true);
                ServiceControlHandlerResult::NoError
            }
            ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
            _ => ServiceControlHandlerResult::NotImplemented,
        };
        let status = service_control_handler::register(name, hear)?;
        Ok(Self { status, stopping, told: std::sync::Arc::default() })
    }

    pub(crate) fn ready(&self) {
        self.tell(ServiceState::Running, 0);
    }

    pub(crate) async fn stop(&self) {
        let mut stopping = self.stopping.clone();
        // The sender lives as long as the service.
        drop(stopping.wait_for(|stop| *stop).await);
        self.tell(ServiceState::StopPending, 0);
    }

    fn tell(&self, state: ServiceState, failed: u32) {
        let pending = matches!(state, ServiceState::StartPending | ServiceState::StopPending);
        let controls = match state {
            ServiceState::Running => ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
            _ => ServiceControlAccept::empty(),
        };
        let status = ServiceStatus {
            service_type: ServiceType::OWN_PROCESS,
            current_state: state,
            controls_accepted: controls,
            exit_code: if failed == 0 {
                ServiceExitCode::NO_ERROR
            } else {
                ServiceExitCode::ServiceSpecific(failed)
            },
            checkpoint: if pending { self.told.fetch_add(1, Ordering::Relaxed) + 1 } else { 0 },
            wait_hint: if pending { PATIENCE } else { Duration::ZERO },
            process_id: None,
        };
        if let Err(error) = self.status.set_service_status(status) {
            tracing::warn!(%error, "Windows did not hear how the service stands");
        }
    }
}
