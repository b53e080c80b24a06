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
use typst_layout::PagedDocument;

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
    let scale = f64::from(width) / page.frame.width().to_pt().max(1.0);
    let options = typst_render::RenderOptions { pixel_per_pt: scale.into(), render_bleed: false };
    let pixels = typst_render::render(page, &options);
    let mut image = RgbaImage::new(pixels.width(), pixels.height());
    for (target, source) in image.pixels_mut().zip(pixels.pixels()) {
        let colour = source.demultiply();
        let over_white = |channel: u8| {
            let alpha = u32::from(colour.alpha());
            u8::try_from((u32::from(channel) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        };
        *target =
            Rgba([over_white(colour.red()), over_white(colour.green()), over_white(colour.blue()), 255]);
    }
    Ok(image)
}

/// Below this lightness a dot is burnt.
const BLACK_BELOW: u8 = 150;

/// The first page in pure black and white, one pixel a dot of the roll.
pub(crate) fn dots(document: &PagedDocument) -> Result<GrayImage, PaperError> {
    let picture = picture(document, ROLL_DOTS)?;
    let mut dots = GrayImage::new(picture.width(), picture.height());
    for (target, source) in dots.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, _] = source.0;
        let light = (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000;
        *target = Luma([if light < u32::from(BLACK_BELOW) { 0 } else { 255 }]);
    }
    Ok(dots)
}
