//! How this machine stands, for the page of this machine and for IT.

use super::Shared;
use crate::Event;
use domain::time::Clock as _;
use machine::report::Report;
use std::{io, path::Path, sync::Arc};
use tokio::task::spawn_blocking;

/// Looks at the machine, and packs what was found.
pub(crate) trait Look: Send + Sync {
    /// Looks at everything; takes its time.
    fn examine(&self) -> Report;

    /// Packs report, configuration and logs into a file, without personal data and secrets.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn pack(&self, file: &Path) -> io::Result<()>;
}

impl Shared {
    pub(super) async fn examine(&self) {
        let look = Arc::clone(&self.look);
        match spawn_blocking(move || look.examine()).await {
            Ok(report) => self.events.send(Event::Examined(Box::new(report))),
            Err(error) => tracing::error!(%error, "nobody looked at this machine"),
        }
    }

    pub(super) async fn pack_support(&self) {
        let look = Arc::clone(&self.look);
        let day = self.clock.now().local().date();
        let file = self.setup.data.join(format!("support-{day}.zip"));
        let packed = spawn_blocking(move || look.pack(&file).map(|()| file)).await;
        let answer = match packed {
            Ok(done) => done.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        self.events.send(Event::Packed(answer));
    }
}
