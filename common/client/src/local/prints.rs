//! The journal of sheets: what was meant to be printed, what was handed to a printer, what is known to be done.

use super::{Local, LocalError, Result, read_id};
use domain::{
    code::CaseCode,
    ids::{CaseId, PrintId},
    time::Millis,
};
use sqlx::{Row as _, Sqlite, Transaction};

/// How far a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintState {
    /// Meant to be printed; nothing was handed to a printer yet.
    Intended,
    /// Handed to the printer.
    Handed,
    /// On paper.
    Done,
    /// Nobody knows: the app fell over in between, or the printer does not say.
    Unknown,
    /// Not printed.
    Failed,
}

impl PrintState {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Intended, "intended"),
        (Self::Handed, "handed"),
        (Self::Done, "done"),
        (Self::Unknown, "unknown"),
        (Self::Failed, "failed"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("unknown", |(_, name)| name)
    }

    pub(super) fn read(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
    }
}

/// A sheet of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRow {
    /// Its id.
    pub id: PrintId,
    /// What it is, such as `receipt`.
    pub what: String,
    /// For which case.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// SHA-256 of what it is made from.
    pub content_hash: String,
    /// How far.
    pub state: PrintState,
    /// 0 for the first sheet; a reprint counts up and is marked on paper.
    pub copy: u32,
    /// When it was meant.
    pub made_at: Millis,
    /// When its state changed last.
    pub changed_at: Millis,
    /// What the printer said.
    pub note: String,
}

const INSERT: &str = "INSERT INTO prints
    (id, what, case_id, code, content_hash, state, copy, made_at, changed_at, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";
const MOVE: &str = "UPDATE prints SET state = $2, changed_at = $3, note = $4 WHERE id = $1";
const UNFINISHED: &str = "SELECT * FROM prints WHERE state IN ('intended', 'handed') ORDER BY made_at";
const LATEST: &str = "SELECT * FROM prints ORDER BY made_at DESC LIMIT $1";
const COPIES: &str = "SELECT COUNT(*) FROM prints WHERE case_id = $1 AND what = $2";
const PRINTED_SINCE: &str = "SELECT COUNT(*) FROM prints WHERE state = 'done' AND made_at >= $1";

pub(super) async fn insert(tx: &mut Transaction<'static, Sqlite>, row: &PrintRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.to_string())
        .bind(&row.what)
        .bind(row.case.to_string())
        .bind(row.code.as_str())
        .bind(&row.content_hash)
        .bind(row.state.name())
        .bind(i64::from(row.copy))
        .bind(row.made_at.0)
        .bind(row.changed_at.0)
        .bind(&row.note)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

impl Local {
    /// Writes down that a sheet is meant to be printed.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn intend(&self, row: &PrintRow) -> Result<()> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        insert(&mut tx, row).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A sheet went further.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn print_moved(&self, id: PrintId, state: PrintState, note: &str, now: Millis) -> Result<()> {
        let query = sqlx::query(MOVE).bind(id.to_string()).bind(state.name()).bind(now.0).bind(note);
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Sheets that a crash left between intent and paper.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn unfinished_prints(&self) -> Result<Vec<PrintRow>> {
        sqlx::query(UNFINISHED).fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// The last sheets, newest first.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn latest_prints(&self, limit: u32) -> Result<Vec<PrintRow>> {
        let rows = sqlx::query(LATEST).bind(i64::from(limit)).fetch_all(&self.pool).await?;
        rows.iter().map(read).collect()
    }

    /// How many sheets of a kind a case has had: the number of the next copy.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn copies(&self, case: CaseId, what: &str) -> Result<u32> {
        let count: i64 =
            sqlx::query_scalar(COPIES).bind(case.to_string()).bind(what).fetch_one(&self.pool).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// How many sheets were finished since an instant.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn printed_since(&self, since: Millis) -> Result<u32> {
        let count: i64 = sqlx::query_scalar(PRINTED_SINCE).bind(since.0).fetch_one(&self.pool).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

fn read(row: &sqlx::sqlite::SqliteRow) -> Result<PrintRow> {
    let bad = |problem: &str, text: &str| LocalError::BadRow {
        table: "prints",
        row: text.to_owned(),
        problem: problem.to_owned(),
    };
    let (code, state): (String, String) = (row.try_get("code")?, row.try_get("state")?);
    Ok(PrintRow {
        id: read_id("prints", row.try_get("id")?)?,
        what: row.try_get("what")?,
        case: read_id("prints", row.try_get("case_id")?)?,
        code: CaseCode::parse(&code).map_err(|_| bad("not a code", &code))?,
        content_hash: row.try_get("content_hash")?,
        state: PrintState::read(&state).ok_or_else(|| bad("not a state", &state))?,
        copy: u32::try_from(row.try_get::<i64, _>("copy")?).unwrap_or(0),
        made_at: Millis(row.try_get("made_at")?),
        changed_at: Millis(row.try_get("changed_at")?),
        note: row.try_get("note")?,
    })
}
