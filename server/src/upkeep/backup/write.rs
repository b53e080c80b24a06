//! Writing the file, on a thread of its own.

use super::{BackupError, BackupReport, Header, Trailer};
use crate::store::archive::Cells;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// Bytes gathered before they are hashed and compressed.
const BUFFER: usize = 1 << 20;

pub(super) fn file(
    path: &Path,
    header: &Header,
    mut rows: mpsc::Receiver<Vec<Cells>>,
) -> Result<BackupReport, BackupError> {
    let unfinished = unfinished(path);
    let result = lines(&unfinished, header, &mut rows).and_then(|report| {
        std::fs::rename(&unfinished, path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            flush_folder(folder)?;
        }
        Ok(report)
    });
    if result.is_err() {
        // What is left of it helps nobody; that it cannot be removed either changes nothing.
        drop(std::fs::remove_file(&unfinished));
    }
    result
}

fn lines(
    path: &Path,
    header: &Header,
    rows: &mut mpsc::Receiver<Vec<Cells>>,
) -> Result<BackupReport, BackupError> {
    let said = header.tables.iter().map(|table| table.rows).sum();
    let mut out = Lines {
        out: GzEncoder::new(BufWriter::new(File::create(path)?), Compression::fast()),
        hasher: Sha256::new(),
        buffer: Vec::with_capacity(BUFFER * 2),
    };
    out.line(header)?;
    let mut found = 0;
    while let Some(chunk) = rows.blocking_recv() {
        for row in &chunk {
            out.line(row)?;
            found += 1;
        }
    }
    if found != said {
        // The database gave up in the middle; its own error tells why.
        return Err(BackupError::Count { said, found });
    }
    out.flush()?;
    let sha256 = hex::encode(out.hasher.clone().finalize());
    out.line(&Trailer { sha256: sha256.clone() })?;
    out.flush()?;
    let file = out.out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    let cases = header.tables.iter().filter(|table| table.name == "cases").map(|table| table.rows).sum();
    Ok(BackupReport { pack: header.pack.clone(), rows: found, cases, bytes: file.metadata()?.len(), sha256 })
}

struct Lines {
    out: GzEncoder<BufWriter<File>>,
    hasher: Sha256,
    buffer: Vec<u8>,
}

impl Lines {
    fn line(&mut self, value: &impl serde::Serialize) -> Result<(), BackupError> {
        serde_json::to_writer(&mut self.buffer, value).map_err(std::io::Error::from)?;
        self.buffer.push(b'\n');
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), BackupError> {
        self.hasher.update(&self.buffer);
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

/// The name of a file that is not whole yet, in the same folder.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    path.with_file_name(name)
}

/// Makes the new name durable, where the system has such a thing.
fn flush_folder(folder: &Path) -> Result<(), BackupError> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
