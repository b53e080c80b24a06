//! Code 128 and QR as crisp vector pictures: whole modules, no anti-aliasing, quiet zones included.

use barcoders::sym::code128::Code128;
use qrcode::{EcLevel, QrCode};

/// Text that does not fit a barcode.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// Not printable in Code 128.
    #[error("code 128")]
    Bars(#[from] barcoders::error::Error),
    /// Too long for a QR code.
    #[error("qr")]
    Qr(#[from] qrcode::types::QrError),
}

/// A picture and its width in modules.
pub(crate) struct Picture {
    pub(crate) svg: Vec<u8>,
    pub(crate) modules: usize,
}

/// Modules of white that a reader needs on each side of Code 128.
const BARS_QUIET: usize = 10;
/// Likewise around a QR code.
const QR_QUIET: usize = 4;
/// Height of the bars in the picture's own units; the template stretches it.
const BARS_HEIGHT: usize = 40;

/// Marks that switch Code 128 to letters (set B) and to pairs of digits (set C).
const LETTERS: char = '\u{0181}';
/// See [`LETTERS`].
const DIGIT_PAIRS: char = '\u{0106}';

/// `text` as Code 128. Runs of four or more digits, of a whole part or behind its first letters, go in pairs, so that
/// the longest case code and a ticket's still have two dots a module on an 80 mm roll.
pub(crate) fn bars(text: &str) -> Result<Picture, CodeError> {
    let mut marked = String::from(LETTERS);
    for (n, part) in text.split('-').enumerate() {
        if n > 0 {
            marked.push('-');
        }
        let (letters, digits) = part.split_at(part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len()));
        marked.push_str(letters);
        let pairs = digits.len() >= 4 && digits.len() % 2 == 0 && digits.bytes().all(|b| b.is_ascii_digit());
        if pairs {
            marked.push(DIGIT_PAIRS);
            marked.push_str(digits);
            marked.push(LETTERS);
        } else {
            marked.push_str(digits);
        }
    }
    // A code that ends in digits has no letters left to switch to.
    let encoded = Code128::new(marked.trim_end_matches(LETTERS))?.encode();
    let quiet = std::iter::repeat_n(false, BARS_QUIET);
    let row: Vec<bool> = quiet.clone().chain(encoded.iter().map(|bit| *bit == 1)).chain(quiet).collect();
    let modules = row.len();
    Ok(Picture { svg: svg(&[row], modules, BARS_HEIGHT), modules })
}

/// A QR code for a screen: rows of modules from the top, true for dark. As many rows as columns, with the white that a
/// reader needs around the code.
///
/// # Errors
/// [`CodeError::Qr`] for a text that is too long.
pub fn qr_modules(text: &str) -> Result<Vec<Vec<bool>>, CodeError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let side = code.width();
    let modules = side + 2 * QR_QUIET;
    let blank = vec![false; modules];
    let mut rows = vec![blank.clone(); QR_QUIET];
    for line in code.to_colors().chunks(side) {
        let mut row = vec![false; QR_QUIET];
        row.extend(line.iter().map(|module| *module == qrcode::Color::Dark));
        row.resize(modules, false);
        rows.push(row);
    }
    rows.resize(modules, blank);
    Ok(rows)
}

/// `text` as a QR code with medium error correction.
pub(crate) fn qr(text: &str) -> Result<Picture, CodeError> {
    let rows = qr_modules(text)?;
    let modules = rows.len();
    Ok(Picture { svg: svg(&rows, modules, 1), modules })
}

fn svg(rows: &[Vec<bool>], width: usize, row_height: usize) -> Vec<u8> {
    let height = rows.len() * row_height;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let (length, top) = (run.len(), y * row_height);
                path.push_str(&format!("M{x} {top}h{length}v{row_height}h-{length}z"));
            }
            x += run.len();
        }
    }
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}' \
         preserveAspectRatio='none' shape-rendering='crispEdges'><path fill='#000' d='{path}'/></svg>"
    )
    .into_bytes()
}
