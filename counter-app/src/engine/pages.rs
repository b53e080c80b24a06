//! Scanned pages: read with suspicion, turned, made small for the screen.

use super::Shared;
use crate::{
    Event,
    model::{Page, PageTarget, Picture},
};
use api::{MAX_FILE, MAX_SIDE};
use domain::{case::Attachment, ids::FileId};
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{fs, task::spawn_blocking};

/// Longest side of a page's picture on the screen.
const THUMB: u32 = 260;

/// What a file really is, whatever it is called.
fn kind(content: &[u8]) -> Option<(&'static str, &'static str, Option<ImageFormat>)> {
    match content {
        [0xFF, 0xD8, 0xFF, ..] => Some(("image/jpeg", "jpg", Some(ImageFormat::Jpeg))),
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png", Some(ImageFormat::Png))),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(("application/pdf", "pdf", None)),
        _ => None,
    }
}

/// Decodes a picture, unless it would be too large once unpacked.
fn decode(content: &[u8], format: ImageFormat) -> Result<DynamicImage, String> {
    let wrong =
        |error: image::ImageError| i18n::with("counter.page.unreadable", &[("detail", &error.to_string())]);
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    reader.decode().map_err(wrong)
}

fn small(image: &DynamicImage) -> Picture {
    let small = image.thumbnail(THUMB, THUMB).to_rgba8();
    Picture { size: [small.width() as usize, small.height() as usize], rgba: Arc::new(small.into_raw()) }
}

fn picture(content: &[u8]) -> Result<Option<Picture>, String> {
    match kind(content) {
        Some((_, _, Some(format))) => decode(content, format).map(|image| Some(small(&image))),
        Some((_, _, None)) => Ok(None),
        None => Err(i18n::t("counter.page.wrong_kind").into_owned()),
    }
}

impl Shared {
    pub(super) async fn pick_file(&self, target: PageTarget) {
        let files = rfd::AsyncFileDialog::new()
            .set_title(i18n::t("counter.page.choose"))
            .add_filter(i18n::t("counter.page.kinds"), &["jpg", "jpeg", "png", "pdf"])
            .pick_files()
            .await;
        for file in files.unwrap_or_default() {
            self.read_page(target, file.path().to_owned()).await;
        }
    }

    pub(super) async fn read_page(&self, target: PageTarget, path: PathBuf) {
        let answer = self.take_page(&path).await;
        self.events.send(Event::PageRead(target, answer));
    }

    async fn take_page(&self, path: &Path) -> Result<(Page, Option<Picture>), String> {
        let unreadable =
            |error: std::io::Error| i18n::with("counter.page.unreadable", &[("detail", &error.to_string())]);
        let size = fs::metadata(path).await.map_err(unreadable)?.len();
        if size > MAX_FILE as u64 {
            return Err(i18n::t("counter.page.too_large").into_owned());
        }
        let content = fs::read(path).await.map_err(unreadable)?;
        let (mime, ending, _) =
            kind(&content).ok_or_else(|| i18n::t("counter.page.wrong_kind").into_owned())?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.store_page(ui::nfc(&name), content, mime, ending).await
    }

    async fn store_page(
        &self,
        name: String,
        content: Vec<u8>,
        mime: &str,
        ending: &str,
    ) -> Result<(Page, Option<Picture>), String> {
        let failed = |error: &dyn std::fmt::Display| {
            i18n::with("counter.page.unreadable", &[("detail", &error.to_string())])
        };
        let file = FileId::new();
        let path = self.setup.data.join("pages").join(format!("{file}.{ending}"));
        fs::write(&path, &content).await.map_err(|error| failed(&error))?;
        let picture = spawn_blocking(move || picture(&content)).await.map_err(|error| failed(&error))??;
        Ok((Page { file, name, path, mime: mime.to_owned() }, picture))
    }

    pub(super) async fn turn_page(&self, target: PageTarget, page: Page) {
        let old = page.file;
        let answer = self.turned(page).await;
        self.events.send(Event::PageTurned(target, old, answer));
    }

    async fn turned(&self, page: Page) -> Result<(Page, Option<Picture>), String> {
        let failed = |error: &dyn std::fmt::Display| {
            i18n::with("counter.page.unreadable", &[("detail", &error.to_string())])
        };
        let content = fs::read(&page.path).await.map_err(|error| failed(&error))?;
        let Some((mime, ending, Some(format))) = kind(&content) else {
            return Err(i18n::t("counter.page.cannot_turn").into_owned());
        };
        let turn = move || -> Result<Vec<u8>, String> {
            let turned = decode(&content, format)?.rotate90();
            let mut bytes = Vec::new();
            turned.write_to(&mut Cursor::new(&mut bytes), format).map_err(|error| error.to_string())?;
            Ok(bytes)
        };
        let bytes = spawn_blocking(turn).await.map_err(|error| failed(&error))??;
        let turned = self.store_page(page.name, bytes, mime, ending).await?;
        if let Err(error) = fs::remove_file(&page.path).await {
            tracing::warn!(%error, "the page from before it was turned stays");
        }
        Ok(turned)
    }

    pub(super) async fn load_thumbs(&self, files: Vec<Attachment>) {
        for file in files {
            let picture = match self.client.download(file.file).await {
                Ok(content) => {
                    spawn_blocking(move || picture(&content)).await.ok().and_then(Result::ok).flatten()
                }
                Err(error) => {
                    tracing::debug!(%error, "a page without a picture");
                    None
                }
            };
            self.events.send(Event::Thumb(file.file, picture));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(kind(b"%PDF-1.7").map(|kind| kind.0), Some("application/pdf"));
        assert_eq!(kind(b"MZ\x90"), None);
        assert!(picture(b"hello").is_err());
        assert!(decode(b"\x89PNG but not really", ImageFormat::Png).is_err());
    }
}
