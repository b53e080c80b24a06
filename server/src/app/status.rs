//! What a citizen sees of a case: where it is, until when, why. It was written beside the case; what the present
//! adds is how its due time stands.

use super::{Answer, App, cases::check};
use crate::{error::Error, store::lookup::Seen};
use api::PublicStatus;
use domain::{case::State, code::CaseCode, deadline::Standing};
use serde::Serialize;
use serde_json::value::RawValue;
use subtle::ConstantTimeEq as _;

/// [`PublicStatus`] with the case as it was written.
#[derive(Serialize)]
struct Written<'a> {
    case: &'a RawValue,
    agency: &'a str,
    division: &'a str,
    standing: Option<Standing>,
    genuine: Option<bool>,
}

/// The status, ready as JSON.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn status(app: &App, code: &CaseCode, k: Option<&str>) -> Result<Answer<PublicStatus>, Error> {
    let seen = app.lookups.find(code).await?.ok_or(Error::NotFound)?;
    let catalogue = app.catalogue();
    let case: &RawValue = serde_json::from_str(&seen.public).map_err(|_| BROKEN)?;
    let written = Written {
        case,
        agency: &catalogue.name_of(&seen.agency),
        division: &catalogue.name_of(&seen.division),
        standing: standing(app, &seen),
        genuine: genuine(&seen, k),
    };
    let mut body = Vec::with_capacity(seen.public.len() + 256);
    serde_json::to_writer(&mut body, &written).map_err(|_| BROKEN)?;
    Ok(Answer::Ready(body.into()))
}

/// The status as a value, for pages.
///
/// # Errors
/// As [`status`].
pub async fn read(app: &App, code: &CaseCode, k: Option<&str>) -> Result<PublicStatus, Error> {
    let seen = app.lookups.find(code).await?.ok_or(Error::NotFound)?;
    let catalogue = app.catalogue();
    Ok(PublicStatus {
        case: serde_json::from_str(&seen.public).map_err(|_| BROKEN)?,
        agency: catalogue.name_of(&seen.agency),
        division: catalogue.name_of(&seen.division),
        standing: standing(app, &seen),
        genuine: genuine(&seen, k),
    })
}

const BROKEN: Error = Error::Internal("a public case is no JSON");

/// How the due time stands, for those whom it still concerns: not once the result is ready, and while the citizen is
/// waited for only if it has passed.
fn standing(app: &App, seen: &Seen) -> Option<Standing> {
    if !seen.state.is_open() || seen.resolved_at.is_some() {
        return None;
    }
    let standing = app.catalogue().standing(seen.due, app.now());
    (seen.state != State::AwaitingSupplement || standing == Standing::Late).then_some(standing)
}

/// Whether a receipt's check agrees; compared in constant time, so that it cannot be guessed digit by digit.
fn genuine(seen: &Seen, k: Option<&str>) -> Option<bool> {
    let check = check(&seen.intake);
    k.map(|k| bool::from(k.to_ascii_lowercase().as_bytes().ct_eq(check.as_bytes())))
}
