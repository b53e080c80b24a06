//! A scanner on a serial port: the real driver and real bytes, through a pseudo-terminal.
#![cfg(test)]
#![cfg(unix)]

use devices::{
    DeviceState,
    scanner::{Heard, Read, Serial},
};
use serialport::{SerialPort as _, TTYPort};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

const CARD: &str = "014088004512||Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La|25072021";

/// A scanner that can be plugged in and out; its port keeps its name, as udev would keep it.
struct Scanner {
    port: PathBuf,
    plugged: Option<TTYPort>,
}

impl Scanner {
    fn new(folder: &Path) -> Self {
        Self { port: folder.join("ttyUSB0"), plugged: None }
    }

    fn plug(&mut self) {
        let (mine, theirs) = TTYPort::pair().unwrap();
        std::os::unix::fs::symlink(theirs.name().unwrap(), &self.port).unwrap();
        self.plugged = Some(mine);
    }

    fn unplug(&mut self) {
        std::fs::remove_file(&self.port).unwrap();
        drop(self.plugged.take());
    }

    fn sends(&mut self, bytes: &[u8]) {
        let mine = self.plugged.as_mut().unwrap();
        mine.write_all(bytes).unwrap();
        mine.flush().unwrap();
    }
}

struct Desk {
    scanner: Scanner,
    heard: mpsc::Receiver<Heard>,
    _serial: Serial,
}

impl Desk {
    fn set_up(folder: &Path) -> Self {
        let scanner = Scanner::new(folder);
        let (to, heard) = mpsc::channel();
        let port = scanner.port.display().to_string();
        let serial = Serial::listen(port, 9_600, move |heard| to.send(heard).unwrap()).unwrap();
        Self { scanner, heard, _serial: serial }
    }

    fn next(&self) -> Heard {
        self.heard.recv_timeout(Duration::from_secs(10)).expect("the scanner says something")
    }

    fn expect(&self, heard: &[Heard]) {
        for expected in heard {
            assert!(&self.next() == expected, "expected {expected:?}");
        }
    }
}

fn code(text: &str) -> Heard {
    Heard::Read(Read::Code(text.to_owned()))
}

#[test]
fn a_day_at_the_scanner() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::set_up(folder.path());
    desk.expect(&[Heard::State(DeviceState::Absent)]);

    desk.scanner.plug();
    desk.expect(&[Heard::State(DeviceState::Ready)]);
    // Set up to send no end of line: the code ends when the scanner falls silent.
    desk.scanner.sends(CARD.as_bytes());
    desk.expect(&[code(CARD)]);

    desk.scanner.sends(format!("{CARD}\r\n").as_bytes());
    desk.expect(&[code(CARD)]);
    desk.scanner.sends(b"H52.125-261123-0032\rH52.125-261123-0033\n");
    desk.expect(&[code("H52.125-261123-0032"), code("H52.125-261123-0033")]);

    // Torn inside a letter of two bytes.
    let torn = &CARD.as_bytes()[..=CARD.find('à').unwrap()];
    desk.scanner.sends(torn);
    desk.expect(&[Heard::Read(Read::Torn(torn.len()))]);

    // Unplugged, and plugged in again: nothing is left of before.
    desk.scanner.unplug();
    desk.expect(&[Heard::State(DeviceState::Absent)]);
    desk.scanner.plug();
    desk.expect(&[Heard::State(DeviceState::Ready)]);
    desk.scanner.sends(b"H52.125-261123-0034\r\n");
    desk.expect(&[code("H52.125-261123-0034")]);
}

#[test]
fn unplugged_in_the_middle_of_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::set_up(folder.path());
    desk.scanner.plug();
    while desk.next() != Heard::State(DeviceState::Ready) {}
    desk.scanner.sends(b"H52.125-261123-0032\r\n");
    desk.expect(&[code("H52.125-261123-0032")]);
    desk.scanner.sends(b"H52.125-26");
    desk.scanner.unplug();
    // A pseudo-terminal may swallow what was not read before it closed.
    let half = desk.next();
    if half != Heard::State(DeviceState::Absent) {
        assert_eq!(half, Heard::Read(Read::Torn(10)));
        desk.expect(&[Heard::State(DeviceState::Absent)]);
    }
}

#[test]
fn a_port_that_another_program_holds_is_in_use() {
    let (_mine, mut theirs) = TTYPort::pair().unwrap();
    theirs.set_exclusive(true).unwrap();
    let (to, heard) = mpsc::channel();
    let _serial = Serial::listen(theirs.name().unwrap(), 9_600, move |heard| drop(to.send(heard))).unwrap();
    let first = heard.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_eq!(first, Heard::State(DeviceState::Broken(devices::Trouble::InUse)));
}
