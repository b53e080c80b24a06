//! Scanned pages.

use super::{StoreError, Tx, db::on};
use domain::{
    ids::{CaseId, FileId, StaffId},
    time::Millis,
};

const PUT: &str = "INSERT INTO files (id, name, kind, size, sha256, pages, content, at, by_staff) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
const ABOUT: &str = "SELECT id, name, kind, size, sha256, pages, at, by_staff FROM files WHERE id = $1";
const CONTENT: &str = "SELECT content FROM files WHERE id = $1";
const HOLDERS: &str = "SELECT case_id FROM case_files WHERE file = $1 LIMIT 100";

pub(super) const SQL: &[(&str, &str)] =
    &[("files.put", PUT), ("files.about", ABOUT), ("files.content", CONTENT), ("files.holders", HOLDERS)];

/// What is known of a file beside its content.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FileRow {
    /// Id.
    pub id: FileId,
    /// What its sender calls it.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Pages.
    pub pages: i32,
    /// Sent when.
    pub at: Millis,
    /// By whom.
    pub by_staff: StaffId,
}

/// Keeps a file; false if one has this id already.
///
/// # Errors
/// [`StoreError`].
pub async fn put(tx: &mut Tx, row: &FileRow, content: &[u8]) -> Result<bool, StoreError> {
    tx.will_write();
    on!(tx, |c| {
        let query = sqlx::query(PUT)
            .bind(row.id)
            .bind(&row.name)
            .bind(&row.kind)
            .bind(row.size)
            .bind(&row.sha256)
            .bind(row.pages)
            .bind(content)
            .bind(row.at)
            .bind(row.by_staff);
        Ok(query.execute(c).await?.rows_affected() == 1)
    })
}

/// What is known of a file.
///
/// # Errors
/// [`StoreError`].
pub async fn about(tx: &mut Tx, id: FileId) -> Result<Option<FileRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(ABOUT).bind(id).fetch_optional(c).await?))
}

/// Its content.
///
/// # Errors
/// [`StoreError`].
pub async fn content(tx: &mut Tx, id: FileId) -> Result<Option<Vec<u8>>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(CONTENT).bind(id).fetch_optional(c).await?))
}

/// The cases that hold it.
///
/// # Errors
/// [`StoreError`].
pub async fn holders(tx: &mut Tx, id: FileId) -> Result<Vec<CaseId>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(HOLDERS).bind(id).fetch_all(c).await?))
}
