//! The scanner on a serial port; its scans are the same events as those of a scanner that types.

use super::Events;
use crate::{Event, Setup};
use devices::{
    DeviceState, Trouble,
    scanner::{Heard, Read, Serial},
};

/// Listens to the scanner of the configuration, if it names a port; it is let go when what this returns is dropped.
pub(super) fn listen(setup: &Setup, events: &Events) -> Option<Serial> {
    let port = setup.scanner_port.clone()?;
    let to = events.clone();
    let heard = move |heard| {
        to.send(match heard {
            Heard::Read(Read::Code(code)) => Event::Scanned(code),
            Heard::Read(Read::Torn(_)) => Event::TornScan,
            Heard::State(state) => Event::Scanner(state),
        });
    };
    match Serial::listen(port, setup.scanner_baud, heard) {
        Ok(serial) => Some(serial),
        Err(error) => {
            events.send(Event::Scanner(DeviceState::Broken(Trouble::Other(error.to_string()))));
            None
        }
    }
}
