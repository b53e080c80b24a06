//! Search in cases: what is searched for is folded by the domain's one function.

use super::{StoreError, Tx, dialect, work::ItemRow};
use api::WorkItem;
use domain::{case::Case, search::fold, unit::UnitCode};

/// The text under which a case is found: code, name, identity number, procedure, and marks of the units
/// that may see it.
#[must_use]
pub fn text(case: &Case) -> String {
    let mut text = fold(case.code.as_str());
    let parts = [case.applicant.name.as_str(), case.applicant.citizen_id.as_str(), &case.procedure.name];
    for part in parts {
        text.push(' ');
        text.push_str(&fold(part));
    }
    text.push(' ');
    text.push_str(&mark(&case.agency));
    if case.division != case.agency {
        text.push(' ');
        text.push_str(&mark(&case.division));
    }
    text
}

/// A unit as one searchable word that no name has.
fn mark(unit: &UnitCode) -> String {
    let mut mark = String::from("qq");
    mark.extend(unit.as_str().chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    mark
}

/// The words of a query: folded, at most eight, the last of which may be unfinished. A single letter at the end is
/// the beginning of a word that says nothing yet.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let mut words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).take(8).map(str::to_owned).collect();
    if words.len() > 1 && words.last().is_some_and(|word| word.chars().count() == 1) {
        words.pop();
    }
    words
}

/// The newest cases that hold every word and belong to one of `units`; to any, where none are named.
///
/// # Errors
/// [`StoreError`].
pub async fn find(
    tx: &mut Tx,
    words: &[String],
    units: Option<&[UnitCode]>,
    limit: i64,
) -> Result<Vec<WorkItem>, StoreError> {
    let marks: Option<Vec<String>> = units.map(|units| units.iter().map(mark).collect());
    let rows: Vec<ItemRow> = dialect::search(tx, words, marks.as_deref(), limit).await?;
    rows.into_iter().map(ItemRow::read).collect()
}
