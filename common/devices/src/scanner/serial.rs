//! Scanners on a serial port (RS-232, or USB that shows itself as one).

use super::lines::{Lines, Read};
use crate::{DeviceState, Trouble};
use serialport::{ErrorKind, SerialPort};
use std::{
    io,
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

/// A pause longer than this ends a code of a scanner that sends no end of line.
const SILENCE: Duration = Duration::from_millis(50);
/// How often a port that is not there is looked for.
const AGAIN: Duration = Duration::from_secs(1);

/// What comes from a scanner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It read something.
    Read(Read),
    /// It stands differently now.
    State(DeviceState),
}

/// A scanner on a serial port, listened to on a thread of its own until this is dropped. An unplugged one is
/// looked for until it is back.
pub struct Serial {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Serial {
    /// Listens to the scanner on `port` ("COM3", "/dev/ttyUSB0") at `baud` bits a second, 8 bits, no parity.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn listen(port: String, baud: u32, heard: impl FnMut(Heard) + Send + 'static) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let listener = Listener { port, baud, heard, state: DeviceState::Unknown, stopped };
        let thread = std::thread::Builder::new().name("scanner".to_owned()).spawn(move || listener.run())?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Serial {
    /// The port is free when this returns.
    fn drop(&mut self) {
        drop(self.stop.take());
        // A listener that fell over has let its port go as well.
        drop(self.thread.take().map(std::thread::JoinHandle::join));
    }
}

struct Listener<F> {
    port: String,
    baud: u32,
    heard: F,
    state: DeviceState,
    stopped: mpsc::Receiver<()>,
}

impl<F: FnMut(Heard)> Listener<F> {
    fn run(mut self) {
        loop {
            match serialport::new(&self.port, self.baud).timeout(SILENCE).open() {
                Ok(port) => {
                    self.stands(DeviceState::Ready);
                    self.follow(port);
                }
                Err(error) => {
                    let state = why(&self.port, &error);
                    self.stands(state);
                }
            }
            if self.stopped.recv_timeout(AGAIN) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    /// Reads until the port is gone or nobody listens any more.
    fn follow(&mut self, mut port: Box<dyn SerialPort>) {
        let mut lines = Lines::default();
        let mut bytes = [0; 512];
        while self.stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
            match port.read(&mut bytes) {
                Ok(count) if count > 0 => {
                    for read in lines.push(bytes.get(..count).unwrap_or_default()) {
                        (self.heard)(Heard::Read(read));
                    }
                }
                // Some drivers of Windows go on being silent when the scanner is gone, and only admit it when asked.
                Err(error) if error.kind() == io::ErrorKind::TimedOut && port.bytes_to_read().is_ok() => {
                    lines.silence().into_iter().for_each(|read| (self.heard)(Heard::Read(read)));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // An unplugged port reads nothing for ever, or fails.
                Ok(_) | Err(_) => {
                    lines.cut().into_iter().for_each(|read| (self.heard)(Heard::Read(read)));
                    self.stands(DeviceState::Absent);
                    return;
                }
            }
        }
    }

    fn stands(&mut self, state: DeviceState) {
        if self.state != state {
            self.state = state.clone();
            (self.heard)(Heard::State(state));
        }
    }
}

/// Why a port cannot be opened.
fn why(port: &str, error: &serialport::Error) -> DeviceState {
    match error.kind() {
        ErrorKind::Io(io::ErrorKind::NotFound) => DeviceState::Absent,
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => DeviceState::Broken(Trouble::Forbidden),
        // Said of a port that is missing and of one that another program holds.
        ErrorKind::NoDevice if is_there(port) => DeviceState::Broken(Trouble::InUse),
        ErrorKind::NoDevice => DeviceState::Absent,
        _ => DeviceState::Broken(Trouble::Other(error.description.clone())),
    }
}

fn is_there(port: &str) -> bool {
    ports().iter().any(|found| found.eq_ignore_ascii_case(port)) || std::path::Path::new(port).exists()
}

/// The serial ports of this machine, for somebody who looks for a scanner's.
#[must_use]
pub fn ports() -> Vec<String> {
    let found = serialport::available_ports().unwrap_or_default();
    found.into_iter().map(|port| port.port_name).collect()
}
