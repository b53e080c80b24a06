//! What IT finds out about this kiosk: `kiosk-app config …`, `kiosk-app doctor`.

use crate::args::{Args, Keys, Setup};
use client::{SystemClock, probe};
use domain::time::Clock;
use machine::{
    awake::{self, Awake},
    care::Cared,
    config::Request,
    report::Finding,
};
use std::path::PathBuf;

/// The kiosk as IT looks at it.
pub(crate) struct Hall<'a>(pub(crate) &'a Args);

impl Cared for Hall<'_> {
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
        let mut found = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(probe::look(&setup.server, Some(&setup.unit), &SystemClock)),
            Err(error) => vec![Finding::bad("server", error.to_string(), i18n::t("machine.restart_do"))],
        };
        found.extend([lock(&setup), kept_awake()]);
        found
    }
}

/// Whether IT can get out of the kiosk, and nobody else.
fn lock(setup: &Setup) -> Finding {
    match (setup.windowed, &setup.exit_code) {
        (true, _) => {
            Finding::attention("lock", i18n::t("kiosk.doctor.windowed"), i18n::t("kiosk.doctor.windowed_do"))
        }
        (false, None) => {
            Finding::attention("lock", i18n::t("kiosk.doctor.no_code"), i18n::t("kiosk.doctor.no_code_do"))
        }
        (false, Some(_)) => Finding::ok("lock", i18n::t("kiosk.doctor.locked")),
    }
}

/// Whether the screen stays on.
fn kept_awake() -> Finding {
    match awake::possible() {
        Awake::Kept => Finding::ok("awake", i18n::t("kiosk.doctor.awake")),
        Awake::Not(why) => {
            let said = i18n::with("kiosk.doctor.not_awake", &[("why", &why)]);
            Finding::attention("awake", said, i18n::t("kiosk.doctor.not_awake_do"))
        }
    }
}
