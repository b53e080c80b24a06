//! Telling the server how this machine stands, for those who look after it.

use crate::{Client, ClientError, Identity, update::Talk};
use api::{MachineReport, ReportMachine, ReportTaken};
use domain::{
    machine::REPORTS_EVERY,
    unit::UnitCode,
    update::{AppKind, System},
};
use machine::report::Report;
use std::{path::PathBuf, time::Duration};

/// So many letters of a computer's name are told.
const NAME: usize = 64;

/// What reports for an app of this machine.
#[derive(Clone, Debug)]
pub struct Reporter {
    /// The province's server.
    pub client: Client,
    /// Which app.
    pub app: AppKind,
    /// Where it stands, if that is set.
    pub site: Option<UnitCode>,
    /// At which counter, if that is set.
    pub counter: Option<u16>,
    /// Folder in which app and keeper talk; the machine's identity is kept there.
    pub talk: PathBuf,
}

impl Reporter {
    /// Reports from now on, on a thread of its own, as long as the program runs. `look` finds out how the machine stands;
    /// it may take its time. A server that cannot be reached hears the next report.
    ///
    /// # Errors
    /// When the machine has no thread to give.
    pub fn begin(self, look: impl Fn() -> Report + Send + 'static) -> std::io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let every = Duration::from_millis(REPORTS_EVERY.unsigned_abs());
        std::thread::Builder::new().name("reporter".to_owned()).spawn(move || {
            loop {
                let report = look();
                if let Err(error) = runtime.block_on(self.send(&report)) {
                    tracing::debug!(%error, "the server does not hear how this machine stands");
                }
                runtime.block_on(async { tokio::time::sleep(every).await });
            }
        })?;
        Ok(())
    }

    /// Sends one report.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn send(&self, report: &Report) -> Result<ReportTaken, ClientError> {
        let unreadable = |detail: String| ClientError::Unreadable { detail };
        let talk = Talk::in_folder(self.talk.clone()).map_err(|error| unreadable(error.to_string()))?;
        let Identity { machine, key } =
            Identity::of(talk.folder()).map_err(|error| unreadable(error.to_string()))?;
        let version = api::VERSION.parse().map_err(|_| unreadable("no version".to_owned()))?;
        let sent = MachineReport {
            machine,
            key,
            app: self.app,
            version,
            system: if cfg!(windows) { System::Windows } else { System::Linux },
            name: name(&report.machine),
            site: self.site.clone(),
            counter: self.counter,
            findings: report.findings.clone(),
            update: talk.standing(),
        };
        self.client.call::<ReportMachine>(&(), &sent).await
    }
}

/// A computer may have no name, or one that cannot be shown.
fn name(machine: &str) -> String {
    let shown: String = machine.chars().filter(|c| !c.is_control()).take(NAME).collect();
    if shown.trim().is_empty() { "?".to_owned() } else { shown }
}
