//! The installed printers of Windows, on the printers that this machine has for the purpose: `MOTCUA_TEST_PRINTER`
//! names one that takes sheets, `MOTCUA_TEST_ROLL` one that takes raw bytes. Without them only what holds on every
//! machine is tested.
#![cfg(test)]
#![cfg(windows)]

use devices::{
    DeviceState,
    printer::{
        A4 as _, Job, JobState, PrintError, Printer, Raw as _, RollAddress, RollPrinter, Sheet, Spooler,
    },
};
use image::{GrayImage, Luma};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A page with a frame 20 mm from its edges and a bar that is a tenth of an inch wide: what comes out can be measured.
fn page(dpi: u32) -> GrayImage {
    let dots = |mm: f64| (mm / 25.4 * f64::from(dpi)).round() as u32;
    let (width, height, edge, line) = (dots(210.0), dots(297.0), dots(20.0), dots(1.0));
    GrayImage::from_fn(width, height, |x, y| {
        let inside = |by: u32| x >= by && y >= by && x < width - by && y < height - by;
        let frame = inside(edge) && !inside(edge + line);
        let bar = (dpi * 2..dpi * 2 + dpi / 10).contains(&x) && (dpi * 3..dpi * 5).contains(&y);
        Luma([if frame || bar { 0 } else { 255 }])
    })
}

fn sheet() -> Sheet {
    let pages = Arc::new(|dpi| Ok(vec![page(dpi)]));
    Sheet { title: "H52.125-261123-0032 · Quàng Văn Thưởng".to_owned(), pdf: Vec::new().into(), pages }
}

async fn settled(printer: &dyn Printer, job: &Job) -> JobState {
    let began = Instant::now();
    loop {
        match printer.job(job).await {
            JobState::Printing if began.elapsed() < PATIENCE => {}
            state => return state,
        }
    }
}

#[tokio::test]
async fn a_printer_that_is_gone_is_called_by_its_name() {
    let name = "Máy in đã gỡ, quầy 3";
    let gone = Spooler::new(name);
    assert_eq!(gone.state().await, DeviceState::Absent);
    assert_eq!(gone.print(&sheet()).await, Err(PrintError::NoPrinter(name.into())));
    assert_eq!(gone.send("a", b"b").await, Err(PrintError::NoPrinter(name.into())));
}

#[tokio::test]
async fn a_sheet_goes_through_the_driver() {
    let Ok(name) = std::env::var("MOTCUA_TEST_PRINTER") else { return };
    assert!(Spooler::printers().await.contains(&name));
    let printer = Spooler::new(&name);
    assert_eq!(printer.state().await, DeviceState::Ready);
    let job = printer.print(&sheet()).await.unwrap();
    assert_eq!(settled(&printer, &job).await, JobState::Done);
}

#[tokio::test]
async fn a_receipt_goes_past_the_driver() {
    let Ok(name) = std::env::var("MOTCUA_TEST_ROLL") else { return };
    let printer = RollPrinter::at(&RollAddress::Windows(name)).unwrap();
    let dots = GrayImage::from_fn(576, 300, |x, y| Luma([if (x + y) % 5 == 0 { 0 } else { 255 }]));
    let job = printer.print("phiếu 1", &dots).await.unwrap();
    assert_eq!(settled(&printer, &job).await, JobState::Done);
}
