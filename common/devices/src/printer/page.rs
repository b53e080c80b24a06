//! From a picture of a page to what a printer driver of Windows takes: how fine, how large, where, in which order.

use image::GrayImage;

/// What a printer driver says of its paper, in its own dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caps {
    /// Dots an inch, across and down.
    pub(crate) dpi: (u32, u32),
    /// The whole sheet.
    pub(crate) paper: (u32, u32),
    /// The corner from which the driver counts, measured from the corner of the sheet.
    pub(crate) offset: (i32, i32),
}

/// Where a picture goes, in dots of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// As fine as letters of 8 points need.
const FINE: u32 = 300;
/// So much may hang over before a page is made smaller, in hundredths: papers are cut a little unevenly.
const SLACK: u32 = 2;

/// How fine a page is drawn: a whole part of the printer's own dots, near 300 to the inch, so that every bar of a
/// barcode grows by the same whole number.
pub(crate) fn fineness(caps: &Caps) -> u32 {
    let own = caps.dpi.0.max(1);
    let parts = ((own + FINE / 2) / FINE).max(1);
    own / parts
}

/// Where a page drawn at `dpi` goes: in its true size, corner on corner; made smaller only for a smaller sheet.
pub(crate) fn place(caps: &Caps, page: (u32, u32), dpi: u32) -> Place {
    let dpi = f64::from(dpi.max(1));
    let width = f64::from(page.0) / dpi * f64::from(caps.dpi.0);
    let height = f64::from(page.1) / dpi * f64::from(caps.dpi.1);
    let room = |paper: u32, page: f64| {
        let allowed = f64::from(paper) * f64::from(100 + SLACK) / 100.0;
        if paper == 0 || page <= allowed { 1.0 } else { f64::from(paper) / page }
    };
    let scale = room(caps.paper.0, width).min(room(caps.paper.1, height));
    let dots = |length: f64| (length * scale).round() as i32;
    Place { left: -caps.offset.0, top: -caps.offset.1, width: dots(width), height: dots(height) }
}

/// The rows of a picture as Windows wants them: the lowest first, each filled up to four bytes.
pub(crate) fn rows(page: &GrayImage) -> Vec<u8> {
    let width = page.width() as usize;
    let filled = width.next_multiple_of(4);
    let mut out = Vec::with_capacity(filled * page.height() as usize);
    for row in page.as_raw().chunks_exact(width.max(1)).rev() {
        out.extend_from_slice(row);
        out.resize(out.len().next_multiple_of(4), 255);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(dpi: u32) -> Caps {
        // A4 with margins of 4.2 mm.
        let dots = |tenths_of_mm: u32| tenths_of_mm * dpi / 254;
        Caps {
            dpi: (dpi, dpi),
            paper: (dots(2_100), dots(2_970)),
            offset: (dots(42) as i32, dots(42) as i32),
        }
    }

    #[test]
    fn a_page_is_drawn_in_a_whole_part_of_the_printers_dots() {
        let expected = [(600, 300), (1_200, 300), (300, 300), (203, 203), (360, 360), (720, 360), (96, 96)];
        for (own, drawn) in expected {
            assert_eq!(fineness(&caps(own)), drawn, "{own} dpi");
            assert_eq!(own % drawn, 0);
        }
    }

    #[test]
    fn a_page_keeps_its_true_size_and_its_corner() {
        let caps = caps(600);
        let page = (2_480, 3_508);
        assert_eq!(place(&caps, page, 300), Place { left: -99, top: -99, width: 4_960, height: 7_016 });
    }

    #[test]
    fn on_a_smaller_sheet_a_page_is_smaller_and_whole() {
        // A5.
        let small = Caps { paper: (3_496, 4_961), ..caps(600) };
        let place = place(&small, (2_480, 3_508), 300);
        assert!(place.width <= 3_496 && place.height <= 4_961, "{place:?}");
        assert!((f64::from(place.width) / f64::from(place.height) - 2_480.0 / 3_508.0).abs() < 0.001);
    }

    #[test]
    fn a_driver_with_uneven_dots_gets_an_even_page() {
        let uneven = Caps { dpi: (600, 1_200), paper: (4_961, 14_032), offset: (0, 0) };
        assert_eq!(
            place(&uneven, (2_480, 3_508), 300),
            Place { left: 0, top: 0, width: 4_960, height: 14_032 }
        );
    }

    #[test]
    fn rows_come_from_below_and_in_fours() {
        let page = GrayImage::from_raw(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(rows(&page), [4, 5, 6, 255, 1, 2, 3, 255]);
    }
}
