//! Reading the file, on a thread of its own: once to check it as a whole, once to put its rows back.

use super::{BackupError, BackupReport, FORMAT, Header, Trailer, known};
use crate::store::{
    actions::chain,
    archive::{Cell, Cells, Table},
};
use flate2::bufread::GzDecoder;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead as _, BufReader, ErrorKind, Read as _},
    path::Path,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// The longest line that can be: a scanned file of the largest size, as hexadecimal text, with room to spare.
const MAX_LINE: u64 = 512 << 20;
/// Rows that travel together, and about how many bytes of text.
const CHUNK: (usize, usize) = (500, 4 << 20);

/// Rows on their way to their table.
pub(super) type Rows = (&'static Table, Vec<Cells>);

struct Lines {
    from: BufReader<GzDecoder<BufReader<File>>>,
    line: Vec<u8>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, BackupError> {
        let mut file = BufReader::new(File::open(path)?);
        match file.fill_buf()? {
            [] | [0x1f] => return Err(BackupError::Truncated),
            [0x1f, 0x8b, ..] => {}
            _ => return Err(BackupError::NotABackup),
        }
        Ok(Self { from: BufReader::with_capacity(1 << 18, GzDecoder::new(file)), line: Vec::new() })
    }

    /// The next line; none at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, BackupError> {
        self.line.clear();
        let read = self.from.by_ref().take(MAX_LINE).read_until(b'\n', &mut self.line);
        read.map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => BackupError::Truncated,
            ErrorKind::InvalidData | ErrorKind::InvalidInput => {
                BackupError::Damaged { why: "the compression" }
            }
            _ => error.into(),
        })?;
        match self.line.last() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(&self.line)),
            Some(_) => Err(BackupError::Truncated),
        }
    }

    fn header(&mut self) -> Result<Header, BackupError> {
        let line = self.next()?.ok_or(BackupError::NotABackup)?;
        let value: serde_json::Value = serde_json::from_slice(line).map_err(|_| BackupError::NotABackup)?;
        let format = value.get("mot_cua_backup").and_then(serde_json::Value::as_u64);
        let format = u32::try_from(format.ok_or(BackupError::NotABackup)?).unwrap_or(u32::MAX);
        if format > FORMAT {
            return Err(BackupError::Newer { found: format });
        }
        serde_json::from_value(value).map_err(|_| BackupError::Damaged { why: "the first line" })
    }
}

/// Reads the whole file: its last line, its hash, its count of rows.
pub(super) fn check(path: &Path) -> Result<(Header, BackupReport), BackupError> {
    let mut lines = Lines::open(path)?;
    let header = lines.header()?;
    let mut hasher = Sha256::new();
    hasher.update(&lines.line);
    let (mut found, mut trailer) = (0_u64, None);
    while let Some(line) = lines.next()? {
        if trailer.is_some() {
            return Err(BackupError::Damaged { why: "lines after the last" });
        }
        if line.starts_with(b"{") {
            let read: Result<Trailer, _> = serde_json::from_slice(line);
            trailer = Some(read.map_err(|_| BackupError::Damaged { why: "the last line" })?);
        } else {
            hasher.update(line);
            found += 1;
        }
    }
    let Trailer { sha256 } = trailer.ok_or(BackupError::Truncated)?;
    if sha256 != hex::encode(hasher.finalize()) {
        return Err(BackupError::Damaged { why: "the checksum" });
    }
    if !lines.from.into_inner().into_inner().fill_buf()?.is_empty() {
        return Err(BackupError::Damaged { why: "bytes after the end" });
    }
    let said = header.tables.iter().map(|table| table.rows).sum();
    if said != found {
        return Err(BackupError::Count { said, found });
    }
    for held in &header.tables {
        let same = |table: &&Table| table.columns.iter().map(|(name, _)| *name).eq(held.columns.iter());
        known(&held.name).filter(same).ok_or_else(|| BackupError::Layout { table: held.name.clone() })?;
    }
    let cases = header.tables.iter().filter(|table| table.name == "cases").map(|table| table.rows).sum();
    let bytes = std::fs::metadata(path)?.len();
    let report = BackupReport { pack: header.pack.clone(), rows: found, cases, bytes, sha256 };
    Ok((header, report))
}

/// Sends every row to whoever writes it, recomputing the hashes of the log on the way.
pub(super) fn rows(path: &Path, header: &Header, to: &mpsc::Sender<Rows>) -> Result<(), BackupError> {
    let mut lines = Lines::open(path)?;
    lines.header()?;
    let mut chains = Chains::default();
    for held in &header.tables {
        let table = known(&held.name).ok_or_else(|| BackupError::Layout { table: held.name.clone() })?;
        let (mut chunk, mut weight) = (Vec::new(), 0);
        for _ in 0..held.rows {
            let line = lines.next()?.ok_or(BackupError::Truncated)?;
            weight += line.len();
            let row = serde_json::from_slice(line).ok().and_then(|row| table.read_row(row));
            let row = row.ok_or(BackupError::Damaged { why: "a row" })?;
            chains.see(table, &row)?;
            chunk.push(row);
            if chunk.len() >= CHUNK.0 || weight >= CHUNK.1 {
                weight = 0;
                if to.blocking_send((table, std::mem::take(&mut chunk))).is_err() {
                    // Whoever wrote has failed, and says why.
                    return Ok(());
                }
            }
        }
        if to.blocking_send((table, chunk)).is_err() {
            return Ok(());
        }
    }
    chains.finish()
}

/// The log as it passes by: each case's first and last hash.
#[derive(Default)]
struct Chains(HashMap<Uuid, Ends>);

struct Ends {
    seq: i64,
    first: [u8; 32],
    last: [u8; 32],
}

impl Chains {
    fn see(&mut self, table: &Table, row: &[Cell]) -> Result<(), BackupError> {
        let broken = |case: &dyn std::fmt::Display| BackupError::Chain { case: case.to_string() };
        match (table.name, row) {
            (
                "case_actions",
                [
                    _,
                    _,
                    Cell::Id(case),
                    Cell::Int(seq),
                    _,
                    _,
                    _,
                    Cell::Text(body),
                    _,
                    Cell::Bytes(prev),
                    Cell::Bytes(hash),
                ],
            ) => {
                let sealed: [u8; 32] = hash.as_slice().try_into().map_err(|_| broken(case))?;
                let before = self.0.get(case).map_or((0, [0; 32]), |ends| (ends.seq, ends.last));
                let follows =
                    *seq == before.0 + 1 && prev.as_slice() == before.1 && chain(prev, body) == *hash;
                if !follows {
                    return Err(broken(case));
                }
                let ends = self.0.entry(*case).or_insert(Ends { seq: 0, first: sealed, last: sealed });
                (ends.seq, ends.last) = (*seq, sealed);
                Ok(())
            }
            ("case_actions", _) => Err(BackupError::Damaged { why: "an entry of the log" }),
            (
                "cases",
                [
                    _,
                    Cell::Id(case),
                    _,
                    Cell::Int(version),
                    ..,
                    Cell::Bytes(head),
                    Cell::Bytes(intake),
                    Cell::Text(_),
                ],
            ) => {
                let ends = self.0.remove(case).ok_or_else(|| broken(case))?;
                let same =
                    ends.seq == *version && head.as_slice() == ends.last && intake.as_slice() == ends.first;
                same.then_some(()).ok_or_else(|| broken(case))
            }
            ("cases", _) => Err(BackupError::Damaged { why: "a case" }),
            _ => Ok(()),
        }
    }

    /// Every log has made a case.
    fn finish(self) -> Result<(), BackupError> {
        match self.0.into_keys().next() {
            Some(case) => Err(BackupError::Chain { case: case.to_string() }),
            None => Ok(()),
        }
    }
}
