//! Papers made from cases: receipts for the printers and for the screen, and test pages.

use crate::model::Picture;
use api::CaseView;
use devices::printer::Sheet;
use documents::{Letter, Medium, PaperError, Receipt};
use domain::time::Millis;
use image::GrayImage;
use std::sync::Arc;

/// Width of the sheet on the screen, in pixels.
const SHEET: u32 = 760;

fn receipt(view: &CaseView, place: &str, reprint: bool) -> Receipt {
    Receipt {
        case: view.case.clone(),
        agency: view.agency_name.clone(),
        place: place.to_owned(),
        status_url: view.status_url.clone(),
        reprint,
    }
}

/// The receipt for an A4 printer.
pub(super) fn a4(view: &CaseView, place: &str, reprint: bool) -> Result<Sheet, PaperError> {
    let receipt = receipt(view, place, reprint);
    let pdf = receipt.pdf(Medium::A4)?;
    let pages = move |dpi| receipt.pages(Medium::A4, dpi).map_err(|error| error.to_string());
    Ok(Sheet { title: view.case.code.to_string(), pdf: pdf.into(), pages: Arc::new(pages) })
}

/// The receipt for a roll printer, one pixel a dot.
pub(super) fn roll(view: &CaseView, place: &str, reprint: bool) -> Result<GrayImage, PaperError> {
    receipt(view, place, reprint).roll()
}

/// The receipt for the screen.
pub(super) fn picture(view: &CaseView, place: &str) -> Result<Picture, PaperError> {
    let image = receipt(view, place, false).preview(Medium::A5, SHEET)?;
    Ok(Picture { size: [image.width() as usize, image.height() as usize], rgba: Arc::new(image.into_raw()) })
}

/// The title of test pages in the printers' queues.
pub(super) const TEST: &str = "test-page";

fn test(place: String, at: Millis) -> Letter {
    Letter {
        agency: i18n::t("counter.product").into_owned(),
        place,
        at,
        title: i18n::t("counter.settings.test_title").into_owned(),
        body: vec![i18n::t("counter.settings.test_body").into_owned()],
        ..Letter::default()
    }
}

/// A page that shows whether an A4 printer and its letters are right.
pub(super) fn test_a4(place: String, at: Millis) -> Result<Sheet, PaperError> {
    let letter = test(place, at);
    let pdf = letter.pdf(Medium::A4)?;
    let pages = move |dpi| letter.pages(Medium::A4, dpi).map_err(|error| error.to_string());
    Ok(Sheet { title: TEST.to_owned(), pdf: pdf.into(), pages: Arc::new(pages) })
}

/// The same for a roll printer.
pub(super) fn test_roll(place: String, at: Millis) -> Result<GrayImage, PaperError> {
    test(place, at).roll()
}
