//! The typesetter: templates, fonts, and the way from a filled template to PDF or pixels.

use crate::codes::CodeError;
use image::{GrayImage, Luma, Rgba, RgbaImage};
use std::sync::OnceLock;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::{Page, PagedDocument};

/// What a document is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// An A4 sheet.
    A4,
    /// An A5 sheet, the official size of forms 01 to 05.
    A5,
    /// An 80 mm roll: 576 dots wide, as long as it needs.
    Roll,
}

impl Medium {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::Roll => "roll",
        }
    }

    /// For documents that are sheets: on a roll they would be unreadable.
    pub(crate) fn sheet(self) -> Self {
        if self == Self::Roll { Self::A5 } else { self }
    }
}

/// Dots across an 80 mm roll at 203 dots an inch.
pub const ROLL_DOTS: u32 = 576;

/// A document that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The template is at fault.
    #[error("typesetting: {0}")]
    Typeset(String),
    /// A barcode could not be made.
    #[error("barcode")]
    Code(#[from] CodeError),
    /// The template made no page.
    #[error("no page")]
    NoPage,
}

static FONT_FILES: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/BeVietnamPro_400Regular.ttf"),
    include_bytes!("../../../assets/fonts/BeVietnamPro_400Regular_Italic.ttf"),
    include_bytes!("../../../assets/fonts/BeVietnamPro_700Bold.ttf"),
];

fn fonts() -> &'static (Vec<Font>, LazyHash<FontBook>) {
    static FONTS: OnceLock<(Vec<Font>, LazyHash<FontBook>)> = OnceLock::new();
    FONTS.get_or_init(|| {
        let fonts: Vec<Font> = FONT_FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        (fonts, book)
    })
}

struct Desk {
    library: LazyHash<Library>,
    source: Source,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().1
    }
    fn main(&self) -> FileId {
        self.source.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        fonts().0.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Keeps the typesetter's cache small, also after a template that failed.
struct Evict;

impl Drop for Evict {
    fn drop(&mut self) {
        typst::comemo::evict(8);
    }
}

/// Sets `template` with `inputs`.
pub(crate) fn compile(template: &str, inputs: Dict) -> Result<PagedDocument, PaperError> {
    let _evict = Evict;
    let path = VirtualPath::new("/paper.typ").map_err(|error| PaperError::Typeset(format!("{error:?}")))?;
    let id = RootedPath::new(VirtualRoot::Project, path).intern();
    let desk = Desk {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        source: Source::new(id, template.to_owned()),
    };
    let made = typst::compile::<PagedDocument>(&desk);
    if let Some(warning) = made.warnings.first() {
        return Err(PaperError::Typeset(warning.message.to_string()));
    }
    made.output.map_err(|errors| {
        let said: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        PaperError::Typeset(said.join("; "))
    })
}

/// A set document as PDF bytes.
pub(crate) fn pdf(document: &PagedDocument) -> Result<Vec<u8>, PaperError> {
    typst_pdf::pdf(document, &typst_pdf::PdfOptions::default()).map_err(|errors| {
        let said: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        PaperError::Typeset(said.join("; "))
    })
}

/// The first page as a colour picture, `width` pixels wide.
pub(crate) fn picture(document: &PagedDocument, width: u32) -> Result<RgbaImage, PaperError> {
    let page = document.pages().first().ok_or(PaperError::NoPage)?;
    let pixels = typst_render::render(page, &at(f64::from(width) / page.frame.width().to_pt().max(1.0)));
    let mut image = RgbaImage::new(pixels.width(), pixels.height());
    for (target, source) in image.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue] = over_white([source.red(), source.green(), source.blue()], source.alpha());
        *target = Rgba([red, green, blue, 255]);
    }
    Ok(image)
}

/// Points of the typesetter to the inch.
const POINTS: f64 = 72.0;

/// Every page in greys, at `dpi` dots to the inch; for printers that take no PDF.
pub(crate) fn pages(document: &PagedDocument, dpi: u32) -> Vec<GrayImage> {
    document.pages().iter().map(|page| greys(page, f64::from(dpi) / POINTS)).collect()
}

/// Below this lightness a dot is burnt.
const BLACK_BELOW: u8 = 150;

/// The first page in pure black and white, one pixel a dot of the roll.
pub(crate) fn dots(document: &PagedDocument) -> Result<GrayImage, PaperError> {
    let page = document.pages().first().ok_or(PaperError::NoPage)?;
    let mut dots = greys(page, f64::from(ROLL_DOTS) / page.frame.width().to_pt().max(1.0));
    for Luma([light]) in dots.pixels_mut() {
        *light = if *light < BLACK_BELOW { 0 } else { 255 };
    }
    Ok(dots)
}

fn at(pixels_a_point: f64) -> typst_render::RenderOptions {
    typst_render::RenderOptions { pixel_per_pt: pixels_a_point.into(), render_bleed: false }
}

fn greys(page: &Page, scale: f64) -> GrayImage {
    let pixels = typst_render::render(page, &at(scale));
    let mut image = GrayImage::new(pixels.width(), pixels.height());
    for (target, source) in image.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue] =
            over_white([source.red(), source.green(), source.blue()], source.alpha()).map(u32::from);
        *target = Luma([u8::try_from((red * 299 + green * 587 + blue * 114) / 1000).unwrap_or(255)]);
    }
    image
}

/// A colour as it looks on white paper; it comes multiplied by how much of it covers the paper.
fn over_white(ink: [u8; 3], covers: u8) -> [u8; 3] {
    ink.map(|ink| ink.saturating_add(255 - covers))
}
