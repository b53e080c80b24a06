//! A roll printer in the network: one that talks is believed, one that does not is not asked for more than it shows.
#![cfg(test)]

use devices::{
    DeviceState, Trouble,
    printer::{JobState, PrintError, Printer as _, RollAddress, RollPrinter, escpos},
};
use image::{GrayImage, Luma};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// How the printer behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    /// Answers every question; what it says of its cover and its paper.
    Talks { offline: u8, paper: u8 },
    /// Runs out of paper while it prints.
    RunsOut,
    /// Takes everything and says nothing.
    Mute,
    /// Lets the line go in the middle.
    Tears,
}

const WELL: Manner = Manner::Talks { offline: 0x12, paper: 0x12 };

/// A printer at a port of its own, and everything that it was sent to print.
async fn printer(manner: Manner) -> (RollPrinter, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp:{}", listener.local_addr().unwrap());
    let paper = Arc::new(Mutex::new(Vec::new()));
    let out = paper.clone();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            serve(line, manner, &out).await;
        }
    });
    (RollPrinter::at(&address.parse::<RollAddress>().unwrap()).unwrap(), paper)
}

/// Reads as a printer does: questions are answered, everything else is printed.
async fn serve(mut line: TcpStream, manner: Manner, paper: &Mutex<Vec<u8>>) {
    let mut seen = 0;
    while let Ok(byte) = line.read_u8().await {
        let question = {
            let mut paper = paper.lock().unwrap();
            paper.push(byte);
            let asked = [[0x10, 0x04, 2], [0x10, 0x04, 4], [0x1D, b'r', 1]];
            let asked = asked.into_iter().find(|asked| paper.ends_with(asked));
            if let Some(asked) = asked {
                let length = paper.len() - asked.len();
                paper.truncate(length);
            }
            asked
        };
        seen += 1;
        let answer = match (question, manner) {
            (Some([0x10, _, 2]), Manner::Talks { offline, .. }) => offline,
            (Some([0x10, _, 4]), Manner::Talks { paper, .. }) => paper,
            (Some([0x10, ..]), Manner::RunsOut) => 0x12,
            (Some([0x1D, ..]), Manner::RunsOut) => 0b1100,
            (Some([0x1D, ..]), Manner::Talks { .. }) => 0,
            _ if manner == Manner::Tears && seen > 500 => return,
            _ => continue,
        };
        line.write_all(&[answer]).await.unwrap();
    }
}

fn dots() -> GrayImage {
    // No row of it looks like a question.
    GrayImage::from_fn(576, 400, |x, _| Luma([if x % 2 == 0 { 0 } else { 255 }]))
}

#[tokio::test]
async fn a_printer_that_talks_says_when_the_paper_is_out() {
    let (printer, paper) = printer(WELL).await;
    assert_eq!(printer.state().await, DeviceState::Ready);
    let job = printer.print("H52", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Done);
    assert_eq!(escpos::decode(&paper.lock().unwrap()), Some(dots()));
}

#[tokio::test]
async fn a_printer_that_cannot_print_is_sent_nothing() {
    let ill = [
        (Manner::Talks { offline: 0x12, paper: 0x72 }, Trouble::OutOfPaper),
        (Manner::Talks { offline: 0x16, paper: 0x12 }, Trouble::CoverOpen),
        (Manner::Talks { offline: 0x52, paper: 0x12 }, Trouble::WantsHand),
    ];
    for (manner, trouble) in ill {
        let (printer, paper) = printer(manner).await;
        assert_eq!(printer.state().await, DeviceState::Attention(trouble.clone()));
        assert_eq!(printer.print("H52", &dots()).await, Err(PrintError::NotNow(trouble)));
        assert!(paper.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn low_paper_is_said_and_printed_on() {
    let (printer, paper) = printer(Manner::Talks { offline: 0x12, paper: 0x1E }).await;
    assert_eq!(printer.state().await, DeviceState::Attention(Trouble::PaperLow));
    let job = printer.print("H52", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Done);
    assert_eq!(escpos::decode(&paper.lock().unwrap()), Some(dots()));
}

#[tokio::test]
async fn paper_that_ends_in_the_middle_is_noticed() {
    let (printer, _) = printer(Manner::RunsOut).await;
    let job = printer.print("H52", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Held(Trouble::OutOfPaper));
}

#[tokio::test]
async fn a_mute_printer_has_at_least_taken_everything() {
    let (printer, paper) = printer(Manner::Mute).await;
    assert_eq!(printer.state().await, DeviceState::Ready);
    let job = printer.print("H52", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Done);
    while escpos::decode(&paper.lock().unwrap()) != Some(dots()) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_line_that_tears_leaves_a_doubt() {
    let (printer, _) = printer(Manner::Tears).await;
    let long = GrayImage::new(576, 60_000);
    let job = printer.print("H52", &long).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Unknown);
}

#[tokio::test]
async fn a_printer_that_is_switched_off_is_offline() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let printer = RollPrinter::at(&RollAddress::Tcp { host: "127.0.0.1".into(), port }).unwrap();
    assert_eq!(printer.state().await, DeviceState::Broken(Trouble::Offline));
    assert_eq!(printer.print("H52", &dots()).await, Err(PrintError::NotNow(Trouble::Offline)));
}
