//! The language of roll printers (ESC/POS), as far as a receipt needs it: a picture, then a cut.
//!
//! A receipt goes as dots and never as text: no two printers agree on a page of Vietnamese letters.

use image::{GrayImage, Luma};

/// Rows a band: small printers have room for few.
const BAND: u32 = 128;
/// Darker than this is burnt.
const BLACK_BELOW: u8 = 128;
/// Begin afresh: whatever another program left set.
const RESET: [u8; 2] = [0x1B, b'@'];
/// "Here come dots", at normal size.
const RASTER: [u8; 4] = [0x1D, b'v', b'0', 0];
/// Feed to the knife and cut, leaving a bridge so that the receipt does not fall.
const CUT: [u8; 4] = [0x1D, b'V', 66, 0];

/// What a roll printer must be sent for this picture, one pixel a dot.
#[must_use]
pub fn encode(dots: &GrayImage) -> Vec<u8> {
    let across = dots.width().div_ceil(8);
    let mut out = RESET.to_vec();
    for top in (0..dots.height()).step_by(BAND as usize) {
        let rows = BAND.min(dots.height() - top);
        out.extend(RASTER);
        out.extend(low_high(across));
        out.extend(low_high(rows));
        for y in top..top + rows {
            for byte in 0..across {
                out.push((0..8).fold(0, |bits, bit| bits << 1 | u8::from(is_black(dots, byte * 8 + bit, y))));
            }
        }
    }
    out.extend(CUT);
    out
}

fn is_black(dots: &GrayImage, x: u32, y: u32) -> bool {
    dots.get_pixel_checked(x, y).is_some_and(|Luma([light])| *light < BLACK_BELOW)
}

/// A number as the printer reads it; a roll is never wider than two bytes can say.
fn low_high(number: u32) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

/// What a printer makes of bytes: the paper up to the cut, or none where they are not what [`encode`] writes. The
/// simulated printer reads with it.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<GrayImage> {
    let mut rest = bytes.strip_prefix(&RESET)?;
    let (mut width, mut rows) = (0, Vec::new());
    while let Some(band) = rest.strip_prefix(&RASTER) {
        let ([across_low, across_high, rows_low, rows_high], band) = band.split_first_chunk::<4>()?;
        let across = usize::from(u16::from_le_bytes([*across_low, *across_high]));
        let height = usize::from(u16::from_le_bytes([*rows_low, *rows_high]));
        let (dots, after) = band.split_at_checked(across * height)?;
        width = across * 8;
        rows.extend(dots.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)));
        rest = after;
    }
    if rest != CUT || width == 0 {
        return None;
    }
    let light = rows.iter().map(|black| if *black { 0 } else { 255 }).collect();
    GrayImage::from_raw(u32::try_from(width).ok()?, u32::try_from(rows.len() / width).ok()?, light)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture in which no two rows are alike.
    fn picture(width: u32, height: u32) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| Luma([if (x * 7 + y * 13) % 11 < 4 { 0 } else { 255 }]))
    }

    #[test]
    fn a_receipt_comes_back_dot_by_dot() {
        for height in [1, 127, 128, 129, 1083] {
            let picture = picture(576, height);
            assert_eq!(decode(&encode(&picture)), Some(picture), "{height} rows");
        }
    }

    #[test]
    fn a_width_that_fills_no_byte_is_filled_up_with_white() {
        let read = decode(&encode(&picture(13, 3))).unwrap();
        assert_eq!(read.dimensions(), (16, 3));
        assert!((13..16).all(|x| (0..3).all(|y| read.get_pixel(x, y).0 == [255])));
    }

    #[test]
    fn the_bytes_are_those_of_the_manual() {
        let dots = GrayImage::from_raw(9, 1, vec![0, 255, 255, 255, 255, 255, 255, 0, 0]).unwrap();
        let expected =
            [0x1B, 0x40, 0x1D, 0x76, 0x30, 0, 2, 0, 1, 0, 0b1000_0001, 0b1000_0000, 0x1D, 0x56, 66, 0];
        assert_eq!(encode(&dots), expected);
    }

    #[test]
    fn a_torn_receipt_is_no_receipt() {
        let whole = encode(&picture(576, 200));
        assert!((0..whole.len()).step_by(97).all(|cut| decode(&whole[..cut]).is_none()));
    }
}
