//! What still has to be sent. A row is written before the first try and goes when the server has answered.

use super::{Local, LocalError, PrintRow, Result, Taken, drafts::DROP_DRAFT, read_id};
use domain::{
    ids::{CaseId, CommandId, FileId},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use std::path::PathBuf;

/// One change on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The client-made id under which it is sent, however often.
    pub command: CommandId,
    /// The case.
    pub case: CaseId,
    /// What it is, such as `intake` or `seal`.
    pub what: String,
    /// The route.
    pub path: String,
    /// The JSON to be sent, still without its pages.
    pub body: String,
    /// Pages that go before it and are named in it.
    pub pages: Vec<OutboxPage>,
    /// When it was made.
    pub made_at: Millis,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try did not work.
    pub last_error: Option<String>,
}

impl std::fmt::Debug for OutboxRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutboxRow")
            .field("command", &self.command)
            .field("what", &self.what)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

/// A scanned page on its way. The file stays on this machine until the change that names it has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxPage {
    /// Its id: sent twice, it is one page.
    pub file: FileId,
    /// What the clerk calls it.
    pub name: String,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub mime: String,
    /// Where it is.
    pub path: PathBuf,
    /// Where in the body the server's word for it goes: a JSON pointer to a list, such as `/files`.
    pub into: String,
}

/// How much has not arrived yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// To be sent.
    pub waiting: u32,
    /// Refused by the server: somebody must look.
    pub parked: u32,
}

const PUT: &str = "INSERT INTO outbox (command, case_id, what, path, body, made_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (command) DO NOTHING";
const PUT_PAGE: &str =
    "INSERT INTO outbox_pages (command, place, page) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const PAGES: &str = "SELECT page FROM outbox_pages WHERE command = $1 ORDER BY place";
const NEXT: &str = "SELECT command, case_id, what, path, body, made_at, tries, last_error
    FROM outbox WHERE parked = 0 ORDER BY place LIMIT 1";
const PARKED: &str = "SELECT command, case_id, what, path, body, made_at, tries, last_error
    FROM outbox WHERE parked = 1 ORDER BY place";
const FAILED: &str = "UPDATE outbox SET tries = tries + 1, last_error = $2 WHERE command = $1";
const PARK: &str = "UPDATE outbox SET tries = tries + 1, last_error = $2, parked = 1 WHERE command = $1";
const UNPARK: &str = "UPDATE outbox SET parked = 0 WHERE command = $1";
const REMOVE: &str = "DELETE FROM outbox WHERE command = $1";
const COUNT: &str =
    "SELECT COUNT(*) FILTER (WHERE parked = 0), COUNT(*) FILTER (WHERE parked = 1) FROM outbox";

impl Local {
    /// Keeps a change to be sent, and in the same stroke forgets the form that it was made from.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn put(&self, row: &OutboxRow, draft: Option<&str>) -> Result<()> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(PUT)
            .bind(row.command.to_string())
            .bind(row.case.to_string())
            .bind(&row.what)
            .bind(&row.path)
            .bind(&row.body)
            .bind(row.made_at.0)
            .execute(&mut *tx)
            .await?;
        for (place, page) in (0_i64..).zip(&row.pages) {
            let page = serde_json::to_string(page).map_err(|error| bad_page(row.command, &error))?;
            sqlx::query(PUT_PAGE)
                .bind(row.command.to_string())
                .bind(place)
                .bind(page)
                .execute(&mut *tx)
                .await?;
        }
        if let Some(draft) = draft {
            sqlx::query(DROP_DRAFT).bind(draft).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The oldest change still to be sent.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn next(&self) -> Result<Option<OutboxRow>> {
        match sqlx::query(NEXT).fetch_optional(&self.pool).await? {
            Some(row) => self.with_pages(read(&row)?).await.map(Some),
            None => Ok(None),
        }
    }

    /// Everything that the server refused.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn parked(&self) -> Result<Vec<OutboxRow>> {
        let mut parked = Vec::new();
        for row in sqlx::query(PARKED).fetch_all(&self.pool).await? {
            parked.push(self.with_pages(read(&row)?).await?);
        }
        Ok(parked)
    }

    async fn with_pages(&self, mut row: OutboxRow) -> Result<OutboxRow> {
        let texts: Vec<String> =
            sqlx::query_scalar(PAGES).bind(row.command.to_string()).fetch_all(&self.pool).await?;
        for text in texts {
            row.pages.push(serde_json::from_str(&text).map_err(|error| bad_page(row.command, &error))?);
        }
        Ok(row)
    }

    /// The server has taken a change: it goes, and what follows from it is written in the same stroke.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn accepted(
        &self,
        command: CommandId,
        prints: &[PrintRow],
        taken: Option<&Taken>,
    ) -> Result<()> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for print in prints {
            super::prints::insert(&mut tx, print).await?;
        }
        if let Some(taken) = taken {
            super::taken::insert(&mut tx, taken).await?;
        }
        sqlx::query(REMOVE).bind(command.to_string()).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A try did not work; it is tried again.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn failed(&self, command: CommandId, error: &str) -> Result<()> {
        sqlx::query(FAILED).bind(command.to_string()).bind(error).execute(&self.pool).await?;
        Ok(())
    }

    /// The server refused a change for good: it stays, for somebody to look at.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn park(&self, command: CommandId, error: &str) -> Result<()> {
        sqlx::query(PARK).bind(command.to_string()).bind(error).execute(&self.pool).await?;
        Ok(())
    }

    /// Tries a refused change again.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn unpark(&self, command: CommandId) -> Result<()> {
        sqlx::query(UNPARK).bind(command.to_string()).execute(&self.pool).await?;
        Ok(())
    }

    /// Gives a change up.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn discard(&self, command: CommandId) -> Result<()> {
        sqlx::query(REMOVE).bind(command.to_string()).execute(&self.pool).await?;
        Ok(())
    }

    /// How much has not arrived yet.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn waiting(&self) -> Result<Waiting> {
        let (waiting, parked): (i64, i64) = sqlx::query_as(COUNT).fetch_one(&self.pool).await?;
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Waiting { waiting: count(waiting), parked: count(parked) })
    }
}

fn bad_page(command: CommandId, error: &serde_json::Error) -> LocalError {
    LocalError::BadRow { table: "outbox_pages", row: command.to_string(), problem: error.to_string() }
}

/// Without its pages.
fn read(row: &sqlx::sqlite::SqliteRow) -> Result<OutboxRow> {
    Ok(OutboxRow {
        command: read_id("outbox", row.try_get("command")?)?,
        case: read_id("outbox", row.try_get("case_id")?)?,
        what: row.try_get("what")?,
        path: row.try_get("path")?,
        body: row.try_get("body")?,
        pages: Vec::new(),
        made_at: Millis(row.try_get("made_at")?),
        tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
        last_error: row.try_get("last_error")?,
    })
}
