//! What a citizen sees of a case: where it is, until when, why. It was written beside the case; what the present
//! adds is how its due time stands.

use super::{Answer, App, cases::CHECK_LEN, catalogue::Catalogue};
use crate::{error::Error, store::lookup::Head};
use api::PublicStatus;
use domain::{case::State, code::CaseCode, deadline::Standing, time::Millis};
use serde::Serialize;
use subtle::ConstantTimeEq as _;

/// What a [`PublicStatus`] says besides the case.
#[derive(Serialize)]
struct Beside<'a> {
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
    let (head, catalogue) = (seen.head()?, app.catalogue());
    let beside = Beside {
        agency: name(&catalogue, &head.agency),
        division: name(&catalogue, &head.division),
        standing: standing(&catalogue, app.now(), &head),
        genuine: genuine(&head, k),
    };
    let beside = serde_json::to_string(&beside).map_err(|_| BROKEN)?;
    // The case goes out as it was written: reading it only to write it again would be half of the work.
    let beside = beside.strip_prefix('{').ok_or(BROKEN)?;
    Ok(Answer::Ready(["{\"case\":", seen.case(), ",", beside].concat().into()))
}

/// A unit's name; its code where it is unknown.
fn name<'a>(catalogue: &'a Catalogue, code: &'a str) -> &'a str {
    catalogue.unit(code).map_or(code, |unit| &unit.name)
}

/// The status as a value, for pages.
///
/// # Errors
/// As [`status`].
pub async fn read(app: &App, code: &CaseCode, k: Option<&str>) -> Result<PublicStatus, Error> {
    let seen = app.lookups.find(code).await?.ok_or(Error::NotFound)?;
    let (head, catalogue) = (seen.head()?, app.catalogue());
    Ok(PublicStatus {
        case: serde_json::from_str(seen.case()).map_err(|_| BROKEN)?,
        agency: name(&catalogue, &head.agency).to_owned(),
        division: name(&catalogue, &head.division).to_owned(),
        standing: standing(&catalogue, app.now(), &head),
        genuine: genuine(&head, k),
    })
}

const BROKEN: Error = Error::Internal("a public case is no JSON");

/// How the due time stands, for those whom it still concerns: not once the result is ready, and while the citizen is
/// waited for only if it has passed.
fn standing(catalogue: &Catalogue, now: Millis, head: &Head) -> Option<Standing> {
    if !head.state.is_open() || head.resolved_at.is_some() {
        return None;
    }
    let standing = catalogue.standing(head.due, now);
    (head.state != State::AwaitingSupplement || standing == Standing::Late).then_some(standing)
}

/// Whether a receipt's check agrees; compared in constant time, so that it cannot be guessed digit by digit.
fn genuine(head: &Head, k: Option<&str>) -> Option<bool> {
    let check = head.intake.get(..CHECK_LEN).unwrap_or_default();
    k.map(|k| bool::from(k.to_ascii_lowercase().as_bytes().ct_eq(check.as_bytes())))
}
