//! What IT sends to whoever helps: the report, the configuration and the newest logs in one file, without anybody's
//! personal data and without the local database.

mod mask;

pub use mask::mask;

use crate::{logs, report::Report};
use std::{
    fs::{self, File},
    io::{self, Cursor, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// So many log files, newest first.
const LOGS: usize = 7;
/// So much of the end of each.
const LOG_BYTES: u64 = 4 << 20;

/// What goes into the file.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// What was found.
    pub report: &'a Report,
    /// What the configuration says, secrets masked.
    pub configuration: &'a str,
    /// Folder of the logs.
    pub logs: &'a Path,
}

/// Packs a file for IT.
///
/// # Errors
/// When a log cannot be read or the file cannot be written; then there is none.
pub fn pack(contents: &Contents<'_>, file: &Path) -> io::Result<()> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let report = masked(contents.report);
    put(&mut zip, "report.txt", &report.text())?;
    put(&mut zip, "report.json", &report.json()?)?;
    put(&mut zip, "configuration.txt", &mask(contents.configuration))?;
    for path in logs::newest(contents.logs).iter().take(LOGS) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        put(&mut zip, &format!("logs/{name}"), &mask(&tail(path)?))?;
    }
    let bytes = zip.finish().map_err(io::Error::other)?.into_inner();
    crate::files::replace(file, &bytes)
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(name, options).map_err(io::Error::other)?;
    zip.write_all(text.as_bytes())
}

fn masked(report: &Report) -> Report {
    let mut report = report.clone();
    for finding in &mut report.findings {
        finding.said = mask(&finding.said);
        finding.advice = mask(&finding.advice);
    }
    report
}

/// The end of a file, from the first whole line on.
fn tail(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = fs::metadata(path)?.len();
    let skipped = length.saturating_sub(LOG_BYTES);
    file.seek(SeekFrom::Start(skipped))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match text.split_once('\n') {
        Some((_, whole)) if skipped > 0 => Ok(whole.to_owned()),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{App, report::Finding};
    use domain::time::Millis;

    #[test]
    fn nobody_can_be_found_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let logs = dir.path().join("logs");
        fs::create_dir(&logs).unwrap();
        let planted = [
            "014203001234",
            "050123456",
            "0912 345 678",
            "+84912345678",
            "0212.3852.012",
            "ha.lo@sonla.gov.vn",
        ];
        let people = planted.join(" gọi, ");
        fs::write(logs.join("counter.2026-11-25.log"), format!("WARN print_failed {people}\n")).unwrap();
        fs::write(dir.path().join("counter.db"), format!("SQLite {people}")).unwrap();
        let mut report = Report::begin(App::Counter, Millis(1_795_000_000_000));
        report.findings.push(Finding::bad("printers", format!("job of {people}"), people.clone()));
        let contents =
            Contents { report: &report, configuration: &format!("printer = {people}"), logs: &logs };
        let file = dir.path().join("hỗ trợ.zip");
        pack(&contents, &file).unwrap();

        let mut zip = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
        let mut names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["configuration.txt", "logs/counter.2026-11-25.log", "report.json", "report.txt"]);
        for name in names {
            let mut text = String::new();
            zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            for personal in planted {
                assert!(!text.contains(personal), "{name} holds {personal}: {text}");
            }
            if name.ends_with("json") {
                let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(json["at"], 1_795_000_000_000_i64);
            }
            if name.ends_with("log") {
                assert!(text.starts_with("WARN print_failed"), "{text}");
            }
        }
    }

    #[test]
    fn of_a_huge_log_the_end_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("server.2026-11-25.log");
        let line = "một dòng nhật ký bình thường\n";
        let many = usize::try_from(LOG_BYTES).unwrap() / line.len() + 100;
        fs::write(&path, line.repeat(many) + "cuối\n").unwrap();
        let end = tail(&path).unwrap();
        assert!(end.starts_with(line) && end.ends_with("cuối\n") && end.len() <= LOG_BYTES as usize);
    }
}
