//! Scanned pages: taken in when they are what they are said to be, given to those who may see the case.

use super::App;
use crate::{
    error::Error,
    store::{
        cases,
        files::{self, FileRow},
    },
};
use api::MAX_SIDE;
use bytes::Bytes;
use domain::{
    case::Attachment,
    ids::FileId,
    person::{MAX_NAME, clean_line},
    roles::{Actor, may_see},
};
use image::{ImageFormat, ImageReader};
use sha2::{Digest as _, Sha256};
use std::io::Cursor;

/// A file as sent.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Made by the app.
    pub id: FileId,
    /// What its sender calls it.
    pub name: String,
    /// What its sender says it is; may be empty.
    pub kind: String,
    /// Content.
    pub content: Bytes,
}

/// A file given back.
#[derive(Clone, Debug)]
pub struct Found {
    /// Name.
    pub name: String,
    /// Media type, as found in its content.
    pub kind: String,
    /// Content.
    pub content: Vec<u8>,
}

/// Takes a file in; sending it again keeps it once.
///
/// # Errors
/// [`Error::Unsupported`] for a file that is not what it is said to be, [`Error::Reused`] if its id belongs to
/// another.
pub async fn take_in(app: &App, actor: &Actor, file: NewFile) -> Result<Attachment, Error> {
    let name = clean_line(&file.name, MAX_NAME).map_err(|problem| Error::text("name", problem))?;
    let (content, said) = (file.content.clone(), file.kind.clone());
    // Hashing and looking into twenty megabytes would hold up everybody else.
    let looked = tokio::task::spawn_blocking(move || {
        let looked = look(&content, &said)?;
        Ok::<_, Error>((looked, hex::encode(Sha256::digest(&content))))
    });
    let ((kind, pages), sha256) =
        looked.await.map_err(|_| Error::Internal("looking into a file failed"))??;
    let row = FileRow {
        id: file.id,
        name,
        kind: kind.to_owned(),
        size: i64::try_from(file.content.len()).unwrap_or(i64::MAX),
        sha256,
        pages: i32::from(pages),
        at: app.now(),
        by_staff: actor.staff,
    };
    let mut tx = app.db.begin().await?;
    if !files::put(&mut tx, &row, &file.content).await? {
        let before = files::about(&mut tx, row.id).await?.ok_or(Error::Internal("a file came and went"))?;
        tx.rollback().await?;
        if before.sha256 != row.sha256 || before.by_staff != row.by_staff {
            return Err(Error::Reused);
        }
        return Ok(attachment(before));
    }
    tx.commit().await?;
    Ok(attachment(row))
}

fn attachment(row: FileRow) -> Attachment {
    let pages = u16::try_from(row.pages).unwrap_or(u16::MAX);
    Attachment { file: row.id, name: row.name, pages, sha256: row.sha256 }
}

/// A file, for whoever sent it or may see a case that holds it.
///
/// # Errors
/// [`Error::NotFound`] for all others.
pub async fn get(app: &App, actor: &Actor, id: FileId) -> Result<Found, Error> {
    let mut tx = app.db.snapshot().await?;
    let row = files::about(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let mut may = row.by_staff == actor.staff;
    if !may {
        for case in files::holders(&mut tx, id).await? {
            let current = cases::by_id(&mut tx, case).await?;
            may |= current.is_some_and(|current| may_see(actor, &current.case).is_ok());
        }
    }
    if !may {
        return Err(Error::NotFound);
    }
    let content = files::content(&mut tx, id).await?.ok_or(Error::NotFound)?;
    Ok(Found { name: row.name, kind: row.kind, content })
}

/// What a file is by its content, and how many pages it has.
fn look(content: &[u8], said: &str) -> Result<(&'static str, u16), Error> {
    if content.is_empty() {
        return Err(Error::Request { key: "file_empty" });
    }
    let kind = if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if content.starts_with(&[0xff, 0xd8, 0xff]) {
        "image/jpeg"
    } else if content.starts_with(b"%PDF-") {
        "application/pdf"
    } else {
        return Err(Error::Unsupported { key: "file_kind" });
    };
    let said = said.split(';').next().unwrap_or_default().trim();
    if !matches!(said, "" | "application/octet-stream") && !said.eq_ignore_ascii_case(kind) {
        return Err(Error::Unsupported { key: "file_kind" });
    }
    let pages = match kind {
        "image/png" => picture(content, ImageFormat::Png)?,
        "image/jpeg" => picture(content, ImageFormat::Jpeg)?,
        _ => pdf_pages(content)?,
    };
    Ok((kind, pages))
}

/// Reads a picture's header only: what it would unpack to never comes into memory.
fn picture(content: &[u8], format: ImageFormat) -> Result<u16, Error> {
    let reader = ImageReader::with_format(Cursor::new(content), format);
    let (width, height) = reader.into_dimensions().map_err(|_| Error::Request { key: "file_broken" })?;
    if width == 0 || height == 0 {
        return Err(Error::Request { key: "file_broken" });
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(Error::Request { key: "file_side" });
    }
    let ends = match format {
        ImageFormat::Png => content.windows(4).rev().take(64).any(|end| end == b"IEND"),
        _ => content.windows(2).rev().take(4_096).any(|end| end == [0xff, 0xd9]),
    };
    ends.then_some(1).ok_or(Error::Request { key: "file_broken" })
}

/// Counts the page objects that stand openly in a PDF; at least one.
fn pdf_pages(content: &[u8]) -> Result<u16, Error> {
    let tail = content.get(content.len().saturating_sub(2_048)..).unwrap_or(content);
    if !contains(tail, b"%%EOF") {
        return Err(Error::Request { key: "file_broken" });
    }
    let mut pages: u16 = 0;
    for (at, _) in content.windows(5).enumerate().filter(|(_, window)| *window == b"/Page") {
        let next = content.get(at + 5).copied().unwrap_or(b' ');
        let before = content.get(at.saturating_sub(8)..at).unwrap_or_default();
        if !next.is_ascii_alphanumeric() && contains(before, b"/Type") {
            pages = pages.saturating_add(1);
        }
    }
    Ok(pages.max(1))
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = image::GrayImage::new(width, height);
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn pictures_and_documents_are_known_by_content() {
        assert_eq!(look(&png(8, 8), "image/png").unwrap(), ("image/png", 1));
        let pdf = b"%PDF-1.4\n1 0 obj <</Type /Pages /Count 2>>\n<</Type /Page >> <</Type/Page>>\n%%EOF\n";
        assert_eq!(look(pdf, "").unwrap(), ("application/pdf", 2));
    }

    #[test]
    fn what_lies_about_itself_is_refused() {
        let refused = |content: &[u8], said: &str| look(content, said).unwrap_err().to_string();
        assert!(refused(&png(8, 8), "application/pdf").contains("file_kind"));
        assert!(refused(b"MZ\x90\x00", "image/png").contains("file_kind"));
        assert!(refused(b"\x89PNG\r\n\x1a\nnothing", "image/png").contains("file_broken"));
        assert!(refused(b"", "image/png").contains("file_empty"));
        let mut cut = png(64, 64);
        cut.truncate(cut.len() - 20);
        assert!(refused(&cut, "image/png").contains("file_broken"));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        // The header of a picture of 60,000 by 60,000 points, with a right checksum.
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let error = look(&bomb, "image/png").unwrap_err().to_string();
        assert!(error.contains("file_side") || error.contains("file_broken"), "{error}");
    }
}
