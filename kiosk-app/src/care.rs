//! What IT finds out about this kiosk: `kiosk-app config …`, `kiosk-app doctor`.

use crate::args::{Args, Keys, Mode, Setup};
use client::{SystemClock, probe};
use devices::{
    DeviceState, Trouble,
    printer::{Printer as _, RollPrinter},
};
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
            Ok(runtime) => runtime.block_on(look(&setup)),
            Err(error) => vec![Finding::bad("server", error.to_string(), i18n::t("machine.restart_do"))],
        };
        found.extend(hall_key(&setup));
        found.extend([lock(&setup), kept_awake()]);
        found
    }
}

/// Server and printer.
async fn look(setup: &Setup) -> Vec<Finding> {
    let mut found = probe::look(&setup.server, Some(&setup.unit), &SystemClock).await;
    if setup.gives_numbers() {
        found.push(number_printer(setup).await);
    }
    found
}

/// How the printer of numbers stands.
async fn number_printer(setup: &Setup) -> Finding {
    let Some(address) = setup.number_printer() else {
        let said = i18n::t("kiosk.doctor.no_printer");
        return Finding::attention("printers", said, i18n::t("kiosk.doctor.no_printer_do"));
    };
    let state = match RollPrinter::at(address) {
        Ok(printer) => printer.state().await,
        Err(_) => DeviceState::Absent,
    };
    let said = |key: &str| i18n::with(key, &[("printer", &address.to_string())]);
    match state {
        DeviceState::Ready | DeviceState::Unknown => {
            Finding::ok("printers", said("kiosk.doctor.printer_ready"))
        }
        DeviceState::Attention(Trouble::PaperLow) => Finding::attention(
            "printers",
            said("kiosk.doctor.printer_low"),
            i18n::t("kiosk.doctor.printer_paper_do"),
        ),
        DeviceState::Attention(Trouble::OutOfPaper) | DeviceState::Broken(Trouble::OutOfPaper) => {
            let advice = i18n::t("kiosk.doctor.printer_paper_do");
            Finding::bad("printers", said("kiosk.doctor.printer_empty"), advice)
        }
        DeviceState::Absent | DeviceState::Attention(_) | DeviceState::Broken(_) => {
            let advice = i18n::t("kiosk.doctor.printer_trouble_do");
            Finding::bad("printers", said("kiosk.doctor.printer_trouble"), advice)
        }
    }
}

/// Whether the machine has the key that its mode asks for; nothing is said where it asks for none.
fn hall_key(setup: &Setup) -> Option<Finding> {
    match (setup.mode, setup.hall_key.is_some()) {
        (Mode::Lookup, _) => None,
        (Mode::Kiosk | Mode::Rating, true) => Some(Finding::ok("hall", i18n::t("kiosk.doctor.hall_key"))),
        (Mode::Kiosk, false) => Some(Finding::attention(
            "hall",
            i18n::t("kiosk.doctor.no_hall_key"),
            i18n::t("kiosk.doctor.no_hall_key_do"),
        )),
        (Mode::Rating, false) => Some(Finding::bad(
            "hall",
            i18n::t("kiosk.doctor.no_hall_key_rating"),
            i18n::t("kiosk.doctor.no_hall_key_do"),
        )),
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::machine::FindingState;

    fn setup(mode: Mode, key: Option<&str>, printer: Option<&str>) -> Setup {
        let roll_printer = printer.map(|address| address.parse().unwrap());
        let (mode, hall_key) = (Some(mode), key.map(str::to_owned));
        Keys { mode, hall_key, roll_printer, ..Keys::default() }.setup()
    }

    #[test]
    fn a_key_is_missed_where_it_is_needed() {
        let state = |mode, key| hall_key(&setup(mode, key, None)).map(|finding| finding.state);
        assert_eq!(state(Mode::Kiosk, Some("k")), Some(FindingState::Ok));
        assert_eq!(state(Mode::Kiosk, None), Some(FindingState::Attention));
        assert_eq!(state(Mode::Rating, None), Some(FindingState::Bad));
        assert_eq!(state(Mode::Lookup, None), None);
    }

    #[tokio::test]
    async fn the_printer_of_numbers_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let there = format!("file:{}", folder.path().display());
        for (printer, state) in [
            (Some(there.as_str()), FindingState::Ok),
            (Some("tcp:127.0.0.1:1"), FindingState::Bad),
            (None, FindingState::Attention),
        ] {
            let found = number_printer(&setup(Mode::Kiosk, Some("k"), printer)).await;
            assert_eq!((found.what.as_str(), found.state), ("printers", state), "{printer:?}");
        }
    }
}
