//! Looking up what citizens see of cases, the most frequent question of all. Nothing is kept in between: every answer is
//! what the database says now.

mod direct;
mod shared;
mod standing;

use super::{Db, StoreError, cases::Current};
use direct::Direct;
use domain::{
    case::{PublicCase, State},
    code::CaseCode,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use shared::Shared;
use std::{borrow::Cow, ops::Range, sync::Arc};
use tokio::sync::watch;

pub(super) use direct::SQL;
pub(super) use shared::{MANY, READERS};
pub(super) use standing::Aside;
pub use standing::Standing;

/// The way to look up: on SQLite each in its own thread, where the file is; on PostgreSQL many by one statement.
#[derive(Clone, Debug)]
pub struct Lookups(Way);

#[derive(Clone, Debug)]
enum Way {
    Direct(Arc<Direct>),
    Shared(Shared),
}

impl Lookups {
    /// Opens the way; what it keeps open is given back when it is told to stop.
    #[must_use]
    pub fn start(db: Db, stop: &watch::Receiver<bool>) -> Self {
        Self(match &db {
            Db::Sqlite { standing, .. } => Way::Direct(Arc::new(Direct::beside(Arc::clone(standing)))),
            Db::Postgres(_) => Way::Shared(Shared::start(db, stop)),
        })
    }

    /// Gives back what is kept open of a file; what PostgreSQL has is given back by itself.
    pub fn close(&self) {
        if let Way::Direct(direct) = &self.0 {
            direct.close();
        }
    }

    /// What citizens see of a case, if there is one of this code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, code: &CaseCode) -> Result<Option<Seen>, StoreError> {
        match &self.0 {
            Way::Direct(direct) => direct.find(code),
            Way::Shared(shared) => shared.find(code).await,
        }
    }
}

/// What an answer is made of besides the case itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head<'a> {
    /// Code.
    #[serde(borrow)]
    pub code: Cow<'a, str>,
    /// State.
    pub state: State,
    /// The agency that received it.
    #[serde(borrow)]
    pub agency: Cow<'a, str>,
    /// The division that examines it.
    #[serde(borrow)]
    pub division: Cow<'a, str>,
    /// Due at.
    pub due: Millis,
    /// Ready at.
    pub resolved_at: Option<Millis>,
    /// Hash of its first action, in hexadecimal digits.
    #[serde(borrow)]
    pub intake: Cow<'a, str>,
}

/// What citizens see of a case: the part that is theirs of a text that was read for many.
#[derive(Clone, Debug)]
pub struct Seen {
    found: Arc<str>,
    head: Range<usize>,
    case: Range<usize>,
}

impl Seen {
    /// The text of one case.
    fn of_one(found: Arc<str>) -> Result<Self, StoreError> {
        let end = found.find('\n').ok_or_else(|| StoreError::broken("cases", &found, "one line of two"))?;
        let case = end + 1..found.len();
        Ok(Self { found, head: 0..end, case })
    }

    /// What the present adds something to.
    ///
    /// # Errors
    /// [`StoreError::Broken`].
    pub fn head(&self) -> Result<Head<'_>, StoreError> {
        read_head(self.found.get(self.head.clone()).unwrap_or_default())
    }

    /// A [`domain::case::PublicCase`] as JSON.
    #[must_use]
    pub fn case(&self) -> &str {
        self.found.get(self.case.clone()).unwrap_or_default()
    }
}

fn read_head(line: &str) -> Result<Head<'_>, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::broken("cases", line, error))
}

/// What is kept in a case's column `public`: two lines of JSON, the [`Head`] and the [`domain::case::PublicCase`], so
/// that nothing else has to be read for an answer, and the longer one goes out as it is.
pub(super) fn public(current: &Current) -> Result<String, StoreError> {
    let case = &current.case;
    let head = Head {
        code: case.code.as_str().into(),
        state: case.state,
        agency: case.agency.as_str().into(),
        division: case.division.as_str().into(),
        due: case.deadline.due,
        resolved_at: case.resolved_at,
        intake: hex::encode(&current.intake).into(),
    };
    Ok(format!("{}\n{}", serde_json::to_string(&head)?, serde_json::to_string(&case.public())?))
}

/// The case in what is kept in a case's column `public`.
pub(super) fn public_case(public: &str) -> Result<PublicCase, StoreError> {
    let (head, case) = public.split_once('\n').unwrap_or_default();
    serde_json::from_str(case).map_err(|error| StoreError::broken("cases", head, error))
}

/// Takes a text of many apart, two lines a case; each with its code.
fn parts(text: Arc<str>) -> Result<Vec<(String, Seen)>, StoreError> {
    let (mut found, mut from, mut lines) = (Vec::new(), 0, text.split('\n'));
    while let (Some(head), Some(case)) = (lines.next(), lines.next()) {
        let begins = from + head.len() + 1;
        let ends = begins + case.len();
        let code = read_head(head)?.code.into_owned();
        found.push((code, Seen { found: Arc::clone(&text), head: from..begins - 1, case: begins..ends }));
        from = ends + 1;
    }
    Ok(found)
}
