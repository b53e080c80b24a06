use super::*;
use crate::{
    app::{account, load},
    clock::parse_local,
    pack::{self, Pack},
    store::{Tx, files},
    upkeep::{
        check::fsck,
        demo_data::{DemoData, demo_data},
    },
};
use domain::{
    ids::{FileId, StaffId},
    time::Millis,
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
};

/// A folder with a database at work.
struct Place {
    folder: tempfile::TempDir,
    db: Db,
}

impl Place {
    async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        let db = Db::connect(&url, 2).await.unwrap();
        db.migrate().await.unwrap();
        Self { folder, db }
    }

    async fn at_work(cases: u32) -> Self {
        let place = Self::empty().await;
        let pack = Pack::read(pack::DEFAULT).unwrap();
        load::load(&place.db, &pack).await.unwrap();
        account::put_demo(&place.db, &pack.staff, "motcua-sonla".to_owned()).await.unwrap();
        let now = parse_local("2026-11-23T10:42").unwrap();
        demo_data(&place.db, &pack, DemoData { cases, years: 1, seed: 1, now }).await.unwrap();
        let file = files::FileRow {
            id: FileId::new(),
            name: "Đơn.png".to_owned(),
            kind: "image/png".to_owned(),
            size: 4,
            sha256: String::new(),
            pages: 1,
            at: Millis(1),
            by_staff: StaffId::new(),
        };
        let mut tx = place.db.begin().await.unwrap();
        assert!(files::put(&mut tx, &file, &[0, 10, 13, 255]).await.unwrap());
        tx.commit().await.unwrap();
        place
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn is_empty(&self) -> bool {
        let mut tx: Tx = self.db.snapshot().await.unwrap();
        archive::first_filled(&mut tx).await.unwrap().is_none()
    }
}

fn content(path: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// Writes lines as a backup with the right checksum, whatever they say.
fn forge(path: &Path, lines: &[String]) {
    use sha2::{Digest as _, Sha256};
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
    text.push_str(&format!("{{\"sha256\":\"{sha256}\"}}\n"));
    let mut out = GzEncoder::new(std::fs::File::create(path).unwrap(), Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap();
}

#[tokio::test]
async fn what_was_backed_up_comes_back_row_by_row() {
    let old = Place::at_work(300).await;
    let written = backup(&old.db, &old.file("backup.gz")).await.unwrap();
    assert_eq!(written.cases, 300);
    assert_eq!(written.pack.as_deref(), Some(pack::DEFAULT));
    assert!(!old.file("backup.gz.unfinished").exists());
    let new = Place::empty().await;
    let restored = restore(&new.db, &old.file("backup.gz")).await.unwrap();
    assert_eq!(restored, written);
    assert_eq!(fsck(&new.db).await.unwrap().first_bad, None);
    backup(&new.db, &new.file("again.gz")).await.unwrap();
    assert_eq!(content(&old.file("backup.gz")), content(&new.file("again.gz")));
    let again = restore(&new.db, &old.file("backup.gz")).await;
    assert!(matches!(again, Err(BackupError::NotEmpty { .. })));
}

#[tokio::test]
async fn a_backup_is_one_moment_of_a_database_at_work() {
    let old = Place::at_work(50).await;
    let pack = Pack::read(pack::DEFAULT).unwrap();
    let now = parse_local("2026-11-23T10:42").unwrap();
    let more = DemoData { cases: 5_000, years: 1, seed: 2, now };
    let file = old.file("backup.gz");
    let (written, made) = tokio::join!(backup(&old.db, &file), demo_data(&old.db, &pack, more));
    assert_eq!(made.unwrap().cases, 5_000);
    let new = Place::empty().await;
    assert_eq!(restore(&new.db, &file).await.unwrap(), written.unwrap());
    assert_eq!(fsck(&new.db).await.unwrap().first_bad, None);
}

/// What a file holds, if it can be read to its end.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content).ok()?;
    Some(content)
}

#[tokio::test]
async fn a_file_that_was_cut_or_bent_is_refused_and_nothing_is_written() {
    let old = Place::at_work(20).await;
    let whole = old.file("backup.gz");
    backup(&old.db, &whole).await.unwrap();
    let bytes = std::fs::read(&whole).unwrap();
    let new = Place::empty().await;
    let bad = new.file("bad.gz");
    let cuts = [0, 1, 2, 9, 10, 11, bytes.len() / 3, bytes.len() / 2, bytes.len() - 9, bytes.len() - 1];
    let spread = (1..24).map(|n| bytes.len() * n / 24 + n);
    for cut in cuts.into_iter().chain(spread) {
        std::fs::write(&bad, bytes.get(..cut).unwrap()).unwrap();
        let error = restore(&new.db, &bad).await.unwrap_err();
        assert!(matches!(error, BackupError::Truncated), "cut at {cut}: {error}");
    }
    let mut refused = 0;
    // The time and the system in gzip's own header say nothing about the content.
    for at in (0..32).map(|n| bytes.len() * n / 32 + n).filter(|at| !(3..10).contains(at)) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x10;
        // A bit between two blocks that only fills up says nothing either.
        if unpacked(&bent).is_some_and(|content| Some(content) == unpacked(&bytes)) {
            continue;
        }
        std::fs::write(&bad, &bent).unwrap();
        assert!(restore(&new.db, &bad).await.is_err(), "bent at {at}");
        refused += 1;
    }
    assert!(refused >= 25, "only {refused} of 32 bent bytes bent the content");
    let mut longer = bytes.clone();
    longer.extend_from_slice(b"more");
    std::fs::write(&bad, &longer).unwrap();
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Damaged { .. })));
    std::fs::write(&bad, "hello").unwrap();
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::NotABackup)));
    assert!(matches!(restore(&new.db, &new.file("none.gz")).await, Err(BackupError::Io(_))));
    assert!(new.is_empty().await);
    restore(&new.db, &whole).await.unwrap();
}

#[tokio::test]
async fn a_file_that_lies_is_refused_and_nothing_is_written() {
    let old = Place::at_work(20).await;
    backup(&old.db, &old.file("backup.gz")).await.unwrap();
    let text = content(&old.file("backup.gz"));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    let new = Place::empty().await;
    let bad = new.file("bad.gz");
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = lines.clone();
        change(&mut lines);
        forge(&bad, &lines);
    };
    let header = |from: &str, to: &str| lines[0].replacen(from, to, 1);

    with(&|lines| lines[0] = header("\"mot_cua_backup\":1", "\"mot_cua_backup\":2"));
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Newer { found: 2 })));
    with(&|lines| lines[0] = header("\"name\":\"units\"", "\"name\":\"unities\""));
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Layout { .. })));
    with(&|lines| drop(lines.remove(7)));
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Count { .. })));
    with(&|lines| {
        let row = lines.iter_mut().find(|line| line.contains("\"drafted\"")).unwrap();
        *row = row.replacen("\\\"at\\\":1", "\\\"at\\\":2", 1);
    });
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Chain { .. })));
    with(&|lines| lines[3] = "[1]".to_owned());
    assert!(matches!(restore(&new.db, &bad).await, Err(BackupError::Damaged { .. })));
    assert!(new.is_empty().await);
    with(&|_| {});
    restore(&new.db, &bad).await.unwrap();
}

#[tokio::test]
async fn every_table_and_column_is_kept() {
    let place = Place::empty().await;
    let mut tx = place.db.snapshot().await.unwrap();
    let kept: Vec<(String, String)> = TABLES
        .iter()
        .flat_map(|table| {
            table.columns.iter().map(|(column, _)| (table.name.to_owned(), (*column).to_owned()))
        })
        .collect();
    let mut there = archive::layout(&mut tx).await.unwrap();
    there.retain(|(table, _)| table != "sessions");
    let mut kept_sorted = kept;
    kept_sorted.sort();
    assert_eq!(kept_sorted, there);
}
