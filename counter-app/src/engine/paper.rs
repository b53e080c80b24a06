//! Receipts made from cases.

use crate::model::Picture;
use api::CaseView;
use documents::{Medium, Receipt};
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

/// The receipt as an A4 PDF.
pub(super) fn pdf(view: &CaseView, place: &str, reprint: bool) -> Result<Vec<u8>, String> {
    receipt(view, place, reprint).pdf(Medium::A4).map_err(|error| error.to_string())
}

/// The receipt for the screen.
pub(super) fn sheet(view: &CaseView, place: &str) -> Result<Picture, String> {
    let image = receipt(view, place, false).preview(Medium::A5, SHEET).map_err(|error| error.to_string())?;
    Ok(Picture { size: [image.width() as usize, image.height() as usize], rgba: Arc::new(image.into_raw()) })
}

/// A page that shows whether printer and letters are right.
pub(super) fn test_page(place: String, at: domain::time::Millis) -> Result<Vec<u8>, String> {
    let letter = documents::Letter {
        agency: i18n::t("counter.product").into_owned(),
        place,
        at,
        title: i18n::t("counter.settings.test_title").into_owned(),
        body: vec![i18n::t("counter.settings.test_body").into_owned()],
        ..documents::Letter::default()
    };
    letter.pdf(Medium::A4).map_err(|error| error.to_string())
}
