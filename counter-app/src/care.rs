//! What IT finds out about this machine: `counter-app config …`, `counter-app doctor`.

use crate::{
    Args, Keys, Setup, device_words,
    engine::{self, Look},
};
use client::{SystemClock, local::Local, probe};
use devices::{
    DeviceState,
    printer::{Printer as _, System},
};
use domain::time::Clock;
use machine::{
    care::{self, Cared},
    config::Request,
    report::{Finding, Report},
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// The app as its own page of this machine looks at it.
pub(crate) struct Kept(pub(crate) Args);

impl Look for Kept {
    fn examine(&self) -> Report {
        care::examine(&Desk(&self.0))
    }

    fn pack(&self, file: &Path) -> io::Result<()> {
        care::pack(&Desk(&self.0), file)
    }
}

/// The app as IT looks at it.
pub(crate) struct Desk<'a>(pub(crate) &'a Args);

impl Cared for Desk<'_> {
    type Settings = Keys;

    fn request(&self) -> Request<'_, Keys> {
        self.0.request()
    }

    fn clock(&self) -> &dyn Clock {
        &SystemClock
    }

    fn data(&self, settings: &Keys) -> PathBuf {
        settings.clone().setup().data
    }

    fn logs(&self, settings: &Keys) -> PathBuf {
        settings.clone().setup().logs()
    }

    fn examine(&self, settings: &Keys) -> Vec<Finding> {
        let setup = settings.clone().setup();
        match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(examine(&setup)),
            Err(error) => vec![Finding::bad("server", error.to_string(), i18n::t("machine.restart_do"))],
        }
    }
}

async fn examine(setup: &Setup) -> Vec<Finding> {
    let mut found = probe::look(&setup.server, setup.site.as_ref(), &SystemClock).await;
    found.push(local_data(setup).await);
    found.push(printers(setup).await);
    found
}

/// What still has to be sent.
async fn local_data(setup: &Setup) -> Finding {
    let path = setup.data.join("counter.db");
    if !path.exists() {
        return Finding::ok("local_data", i18n::t("machine.local_data.none"));
    }
    let waiting = async {
        let local = Local::open(&path).await?;
        local.waiting().await
    };
    match waiting.await {
        Ok(waiting) => {
            let values = [("waiting", waiting.waiting.to_string()), ("parked", waiting.parked.to_string())];
            let [waiting_value, parked] = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let said = i18n::with("machine.local_data.said", &[waiting_value, parked]);
            if waiting.parked == 0 {
                Finding::ok("local_data", said)
            } else {
                Finding::attention("local_data", said, i18n::t("machine.local_data.parked_do"))
            }
        }
        Err(error) => {
            let said = i18n::with("machine.local_data.broken", &[("detail", &error.to_string())]);
            Finding::bad("local_data", said, i18n::t("machine.local_data.broken_do"))
        }
    }
}

/// The printers that the system knows, and how the chosen one stands.
async fn printers(setup: &Setup) -> Finding {
    let settings = engine::load_settings(setup).await;
    let known = System::printers().await.join(", ");
    let Some(chosen) = settings.printer else {
        let said = i18n::with("machine.printers.none_chosen", &[("known", &known)]);
        return Finding::attention("printers", said, i18n::t("machine.printers.choose_do"));
    };
    let values = [("chosen", chosen.as_str()), ("known", known.as_str())];
    let (key, why) = match System::new(chosen.as_str()).state().await {
        DeviceState::Ready | DeviceState::Unknown => {
            return Finding::ok("printers", i18n::with("machine.printers.ready", &values));
        }
        DeviceState::Absent => ("machine.printers.absent", String::new()),
        DeviceState::Attention(why) | DeviceState::Broken(why) => {
            ("machine.printers.trouble", device_words::trouble(&why))
        }
    };
    let values = [values.as_slice(), &[("why", why.as_str())]].concat();
    Finding::bad("printers", i18n::with(key, &values), i18n::t("machine.printers.do"))
}
