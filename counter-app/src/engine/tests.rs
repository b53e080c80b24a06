//! Receipts on paper and in the journal, on the real drivers: a folder for sheets, a folder or a port for rolls.

use super::{Events, ServerClock, Shared, keep::receipt_row, lock, open};
use crate::{
    Event, ReceiptOn, Settings, Setup,
    model::Printed,
    tests::sample::{now, received},
};
use api::CaseView;
use client::local::{PrintRow, PrintState};
use devices::printer::{RollAddress, escpos};
use documents::Medium;
use std::{
    path::Path,
    sync::{Arc, mpsc},
    time::Duration,
};

/// A counter with printers, without a server.
struct Counter {
    shared: Arc<Shared>,
    events: mpsc::Receiver<Event>,
    folder: tempfile::TempDir,
}

impl Counter {
    async fn with_roll(address: impl FnOnce(&Path) -> RollAddress) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let roll_printer = Some(address(folder.path()));
        let setup = Setup {
            server: "http://127.0.0.1:9".into(),
            data: folder.path().join("data"),
            print_dir: folder.path().join("sheets"),
            ..Setup::default()
        };
        let (to, events) = mpsc::channel();
        let events_to = Events::new(to, Arc::new(|| {}));
        let look = Arc::new(crate::care::Kept(crate::Args::default()));
        let shared = open(setup, look, ServerClock::default(), events_to).await.unwrap();
        *lock(&shared.settings) =
            Settings { roll_printer, receipt_on: Some(ReceiptOn::Both), ..Settings::default() };
        Self { shared: Arc::new(shared), events, folder }
    }

    /// Prints the first receipt of a case on every medium, as after an intake.
    async fn print(&self, view: &CaseView) {
        let media = lock(&self.shared.settings).media();
        for medium in media {
            let row = receipt_row(view, *medium, 0, now());
            self.shared.local.intend(&row).await.unwrap();
            self.shared.print(row, view).await;
        }
    }

    /// The next sheet whose fate is known.
    fn settled(&self) -> Printed {
        loop {
            match self.events.recv_timeout(Duration::from_secs(20)).unwrap() {
                Event::Printed(printed) if printed.state != PrintState::Handed => return printed,
                _ => {}
            }
        }
    }

    async fn journal(&self) -> Vec<(String, PrintState, u32)> {
        let mut rows: Vec<PrintRow> = self.shared.local.latest_prints(10).await.unwrap();
        rows.sort_by(|a, b| (a.copy, &a.what).cmp(&(b.copy, &b.what)));
        rows.into_iter().map(|row| (row.what, row.state, row.copy)).collect()
    }

    fn files(&self, folder: &str) -> Vec<std::path::PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join(folder)) else { return Vec::new() };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn rolls(folder: &Path) -> RollAddress {
    RollAddress::File(folder.join("rolls"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_goes_on_a_sheet_and_on_the_roll_each_with_its_own_line() {
    let counter = Counter::with_roll(rolls).await;
    counter.print(&received(0)).await;
    let (roll, sheet) = (counter.settled(), counter.settled());
    assert_eq!((roll.medium, roll.state), (Medium::Roll, PrintState::Done));
    assert_eq!((sheet.medium, sheet.state), (Medium::A4, PrintState::Done));
    assert!(sheet.note.ends_with(".pdf"));
    let lines = counter.journal().await;
    let line = |what: &str, copy| (what.to_owned(), PrintState::Done, copy);
    assert_eq!(lines, [line("receipt", 0), line("receipt_roll", 0)]);
    assert_eq!(counter.files("sheets").len(), 1);
    let [roll] = counter.files("rolls").try_into().unwrap();
    assert_eq!(escpos::decode(&std::fs::read(roll).unwrap()).unwrap().width(), documents::ROLL_DOTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reprint_is_marked_on_both() {
    let counter = Counter::with_roll(rolls).await;
    let view = received(0);
    counter.print(&view).await;
    let _first = (counter.settled(), counter.settled());
    counter.shared.clone().reprint(&view).await;
    let _again = (counter.settled(), counter.settled());
    let copies: Vec<u32> = counter.journal().await.into_iter().map(|(_, _, copy)| copy).collect();
    assert_eq!(copies, [0, 0, 1, 1]);
    let rows: Vec<u32> = counter
        .files("rolls")
        .iter()
        .map(|file| escpos::decode(&std::fs::read(file).unwrap()).unwrap().height())
        .collect();
    assert_ne!(rows.first(), rows.last(), "the mark of a reprint takes room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_printer_that_is_gone_is_said_and_keeps_nothing_else_from_printing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = RollAddress::Tcp { host: "127.0.0.1".into(), port: closed.port() };
    let counter = Counter::with_roll(|_| address).await;
    counter.print(&received(0)).await;
    let (roll, sheet) = (counter.settled(), counter.settled());
    assert_eq!((roll.state, roll.note.as_str()), (PrintState::Failed, "đang tắt hoặc mất kết nối"));
    assert_eq!(sheet.state, PrintState::Done);
    let failed = ("receipt_roll".to_owned(), PrintState::Failed, 0);
    assert!(counter.journal().await.contains(&failed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_of_another_system_is_called_by_its_name() {
    let foreign = if cfg!(windows) { "cups:Cuộn" } else { "windows:Máy in biên nhận" };
    let counter = Counter::with_roll(|_| foreign.parse().unwrap()).await;
    counter.print(&received(0)).await;
    let roll = counter.settled();
    assert_eq!(roll.state, PrintState::Failed);
    assert!(roll.note.contains(foreign), "{}", roll.note);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_a_roll_in_doubt_is_asked_about() {
    let counter = Counter::with_roll(rolls).await;
    let row = receipt_row(&received(0), Medium::Roll, 0, now());
    counter.shared.local.intend(&row).await.unwrap();
    counter.shared.local.print_moved(row.id, PrintState::Handed, "", now()).await.unwrap();
    counter.shared.clone().recover_prints().await;
    let Ok(Event::DoubtfulPrints(rows)) = counter.events.try_recv() else { panic!("nobody is asked") };
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [row.id]);
    assert!(counter.files("rolls").is_empty());
}
