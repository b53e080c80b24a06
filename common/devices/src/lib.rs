//! Hardware behind traits: real drivers, and a simulator for each, so that the whole product runs without any
//! device. Nothing here knows a case or a window.
#![warn(missing_docs)]

pub mod printer;
pub mod scanner;

/// How a device stands, for the status bar; nothing is claimed that was not found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DeviceState {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    /// Works.
    Ready,
    /// Works, but wants a hand: why.
    Attention(String),
    /// Does not work: why.
    Broken(String),
}

#[cfg(test)]
mod tests {
    use crate::printer::{A4 as _, Fault, JobState, PdfFolder, Simulator};

    #[tokio::test]
    async fn a_folder_takes_every_sheet_and_overwrites_none() {
        let dir = tempfile::tempdir().unwrap();
        let folder = PdfFolder::new(dir.path().to_owned());
        for _ in 0..2 {
            let job = folder.print("H52.125-261123-0032", b"%PDF-1.7").await.unwrap();
            assert_eq!(folder.job(&job).await, JobState::Done);
        }
        let mut names: Vec<String> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["H52.125-261123-0032-2.pdf", "H52.125-261123-0032.pdf"]);
    }

    #[tokio::test]
    async fn a_printer_without_paper_says_so_and_prints_nothing() {
        let printer = Simulator::default();
        printer.set_fault(Some(Fault::OutOfPaper));
        let job = printer.print("a", b"%PDF").await.unwrap();
        assert!(matches!(printer.job(&job).await, JobState::Failed(_)));
        printer.set_fault(None);
        assert_eq!(printer.printed().len(), 0);
        printer.print("b", b"%PDF").await.unwrap();
        assert_eq!(printer.printed().len(), 1);
    }
}
