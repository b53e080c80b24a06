//! Search in the cases that a person may see.

use super::App;
use crate::{
    error::Error,
    store::{self, cases},
};
use api::WorkPage;
use domain::{
    code::CaseCode,
    roles::{Actor, Role, may_see},
    unit::UnitCode,
};

/// The most hits that are answered.
const MAX_HITS: i64 = 50;
/// The longest query, in bytes.
const MAX_QUERY: usize = 400;

/// Searches by code, name, identity number or procedure, without diacritics; newest first.
///
/// # Errors
/// [`Error::Field`] for an empty or endless query.
pub async fn search(app: &App, actor: &Actor, query: &str) -> Result<WorkPage, Error> {
    if query.len() > MAX_QUERY {
        return Err(Error::field("q", "too_long"));
    }
    let mut words = store::search::words(query);
    let mut tx = app.db.snapshot().await?;
    if let Ok(code) = CaseCode::parse(query)
        && let Some(current) = cases::by_code(&mut tx, &code).await?
    {
        may_see(actor, &current.case).map_err(|denied| app.denied(denied))?;
        words = store::search::words(code.as_str());
    }
    if words.iter().all(|word| word.chars().count() < 2) {
        return Err(Error::field("q", "empty"));
    }
    let mut units: Vec<UnitCode> = actor.posts.iter().map(|post| post.unit.clone()).collect();
    units.sort();
    units.dedup();
    let everywhere = actor.is(Role::ProvinceAdmin);
    if units.is_empty() {
        return Ok(WorkPage::default());
    }
    let scope = (!everywhere).then_some(units.as_slice());
    let items = store::search::find(&mut tx, &words, scope, MAX_HITS).await?;
    Ok(WorkPage { items, next: None })
}
