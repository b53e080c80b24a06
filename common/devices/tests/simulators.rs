//! Simulated printers behave as real ones: they keep, they overwrite nothing, and they say what is wrong.
#![cfg(test)]

use devices::{
    DeviceState, Trouble,
    printer::{
        A4 as _, Fault, JobState, PdfFolder, PrintError, Printer as _, RollAddress, RollPrinter, Sheet,
        Simulator, escpos,
    },
};
use image::{GrayImage, Luma};
use std::{path::Path, sync::Arc};

fn sheet() -> Sheet {
    let pages = |_| Err("a folder needs no pictures".to_owned());
    Sheet {
        title: "H52.125-261123-0032".to_owned(),
        pdf: b"%PDF-1.7".as_slice().into(),
        pages: Arc::new(pages),
    }
}

fn dots() -> GrayImage {
    GrayImage::from_fn(576, 300, |x, y| Luma([if (x + y) % 5 == 0 { 0 } else { 255 }]))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_folder_takes_every_sheet_and_overwrites_none() {
    let dir = tempfile::tempdir().unwrap();
    let folder = PdfFolder::new(dir.path().to_owned());
    for _ in 0..2 {
        let job = folder.print(&sheet()).await.unwrap();
        assert_eq!(folder.job(&job).await, JobState::Done);
    }
    assert_eq!(names(dir.path()), ["H52.125-261123-0032-2.pdf", "H52.125-261123-0032.pdf"]);
}

#[tokio::test]
async fn a_folder_takes_rolls_too() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("biên nhận");
    let printer = RollPrinter::at(&RollAddress::File(folder.clone())).unwrap();
    assert_eq!(printer.state().await, DeviceState::Ready);
    let job = printer.print("phiếu 1", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Done);
    let [name] = names(&folder).try_into().unwrap();
    assert_eq!(escpos::decode(&std::fs::read(folder.join(name)).unwrap()), Some(dots()));
}

#[tokio::test]
async fn a_device_that_is_unplugged_is_not_made_up() {
    let printer = RollPrinter::at(&"file:/dev/usb/lp-nowhere".parse().unwrap()).unwrap();
    assert_eq!(printer.state().await, DeviceState::Absent);
    let error = printer.print("a", &dots()).await.unwrap_err();
    assert_eq!(error, PrintError::NoPrinter("/dev/usb/lp-nowhere".into()));
}

#[test]
fn an_installed_printer_of_another_system_is_no_printer_here() {
    let foreign = if cfg!(windows) { "cups:A" } else { "windows:Máy in" };
    let error = RollPrinter::at(&foreign.parse().unwrap()).map(|_| ()).unwrap_err();
    assert_eq!(error, PrintError::NoPrinter(foreign.into()));
}

#[tokio::test]
async fn a_printer_without_paper_says_so_and_prints_nothing() {
    let simulator = Simulator::default();
    simulator.set_fault(Some(Fault::OutOfPaper));
    let job = simulator.print(&sheet()).await.unwrap();
    assert_eq!(simulator.job(&job).await, JobState::Held(Trouble::OutOfPaper));
    assert_eq!(simulator.state().await, DeviceState::Attention(Trouble::OutOfPaper));
    assert_eq!(simulator.printed().len(), 0);
    simulator.set_fault(None);
    simulator.print(&sheet()).await.unwrap();
    assert_eq!(simulator.printed().len(), 1);
}

#[tokio::test]
async fn a_broken_roll_printer_is_as_honest() {
    let simulator = Simulator::default();
    let printer = RollPrinter::new(Box::new(simulator.clone()));
    simulator.set_fault(Some(Fault::Gone));
    assert!(matches!(printer.print("a", &dots()).await, Err(PrintError::NoPrinter(_))));
    assert_eq!(printer.state().await, DeviceState::Absent);
    simulator.set_fault(Some(Fault::Silent));
    let job = printer.print("b", &dots()).await.unwrap();
    assert_eq!(printer.job(&job).await, JobState::Unknown);
    simulator.set_fault(Some(Fault::Slow(2)));
    let job = printer.print("c", &dots()).await.unwrap();
    let mut states = Vec::new();
    for _ in 0..3 {
        states.push(printer.job(&job).await);
    }
    assert_eq!(states, [JobState::Printing, JobState::Printing, JobState::Done]);
    let [(title, bytes)] = simulator.printed().try_into().unwrap();
    assert_eq!((title.as_str(), escpos::decode(&bytes)), ("c", Some(dots())));
}
