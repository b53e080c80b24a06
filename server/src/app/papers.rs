//! What people hand in, checked and cleaned: persons, papers, files.

use super::App;
use crate::{
    error::Error,
    store::{Tx, files},
};
use api::PersonInput;
use domain::{
    case::{Attachment, HandedPaper},
    person::{self, BadText, CitizenId, MAX_NAME, MAX_TEXT, Name, Person, Phone},
    time::Millis,
};

/// The most papers in one hand-over.
const MAX_PAPERS: usize = 60;
/// The most scanned files in one hand-over.
const MAX_FILES: usize = 60;
/// The longest name of a paper, in letters.
const MAX_PAPER_NAME: usize = 500;

/// Reads a person as typed or scanned.
///
/// # Errors
/// [`Error::Field`] naming the part, below `at`.
pub fn person(at: &str, input: &PersonInput, now: Millis) -> Result<Person, Error> {
    let wrong = |part: &'static str| move |problem: BadText| Error::text(format!("{at}.{part}"), problem);
    Ok(Person {
        name: Name::parse(&input.name).map_err(wrong("name"))?,
        citizen_id: CitizenId::parse(&input.citizen_id).map_err(wrong("citizen_id"))?,
        birth: person::parse_birth(&input.birth, now.local().date()).map_err(wrong("birth"))?,
        phone: Phone::parse(&input.phone).map_err(wrong("phone"))?,
        address: optional_line(&input.address, MAX_TEXT).map_err(wrong("address"))?,
    })
}

/// Cleans a line that may be empty.
///
/// # Errors
/// [`BadText`].
pub fn optional_line(text: &str, max: usize) -> Result<String, BadText> {
    match person::clean_line(text, max) {
        Err(BadText::Empty) => Ok(String::new()),
        other => other,
    }
}

/// Cleans a list of papers.
///
/// # Errors
/// [`Error::Field`] naming the paper.
pub fn papers(given: &[HandedPaper]) -> Result<Vec<HandedPaper>, Error> {
    if given.len() > MAX_PAPERS {
        return Err(Error::field("papers", "too_many_papers"));
    }
    let clean = |(at, paper): (usize, &HandedPaper)| {
        let name = person::clean_line(&paper.name, MAX_PAPER_NAME)
            .map_err(|problem| Error::text(format!("papers.{at}.name"), problem))?;
        if !(1..=99).contains(&paper.count) {
            return Err(Error::field(format!("papers.{at}.count"), "bad_count"));
        }
        Ok(HandedPaper { name, form: paper.form, count: paper.count })
    };
    given.iter().enumerate().map(clean).collect()
}

/// Checks that files are on the server, are what they are said to be, and were sent by `actor`.
///
/// # Errors
/// [`Error::Field`] naming the file.
pub async fn attachments(
    app: &App,
    actor: &domain::roles::Actor,
    given: &[Attachment],
) -> Result<Vec<Attachment>, Error> {
    if given.is_empty() {
        return Ok(Vec::new());
    }
    if given.len() > MAX_FILES {
        return Err(Error::field("files", "too_many_papers"));
    }
    let mut tx = app.db.snapshot().await?;
    let mut checked = Vec::with_capacity(given.len());
    for (at, file) in given.iter().enumerate() {
        checked.push(attachment(&mut tx, actor, at, file).await?);
    }
    Ok(checked)
}

async fn attachment(
    tx: &mut Tx,
    actor: &domain::roles::Actor,
    at: usize,
    file: &Attachment,
) -> Result<Attachment, Error> {
    let name = person::clean_line(&file.name, MAX_NAME)
        .map_err(|problem| Error::text(format!("files.{at}.name"), problem))?;
    let row = files::about(tx, file.file).await?;
    // Another's file is as good as none: its id alone must not open it.
    let row = row.filter(|row| row.by_staff == actor.staff);
    let row = row.ok_or_else(|| Error::field(format!("files.{at}.file"), "unknown_file"))?;
    if !row.sha256.eq_ignore_ascii_case(&file.sha256) {
        return Err(Error::field(format!("files.{at}.sha256"), "other_file"));
    }
    let pages = u16::try_from(row.pages).unwrap_or(u16::MAX);
    Ok(Attachment { file: file.file, name, pages, sha256: row.sha256 })
}
