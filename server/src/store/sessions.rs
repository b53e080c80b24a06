//! Sessions. Only the SHA-256 of a token is kept.

use super::{StoreError, Tx, db::on};
use domain::{ids::StaffId, time::Millis};

const BEGIN: &str =
    "INSERT INTO sessions (token, staff, began_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)";
const FIND: &str = "SELECT token, staff, began_at, seen_at, expires_at FROM sessions WHERE token = $1";
const SEEN: &str = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
const END: &str = "DELETE FROM sessions WHERE token = $1";
const END_OTHERS: &str = "DELETE FROM sessions WHERE staff = $1 AND token <> $2";
const SWEEP: &str = "DELETE FROM sessions WHERE expires_at < $1";

pub(super) const SQL: &[(&str, &str)] = &[
    ("sessions.begin", BEGIN),
    ("sessions.find", FIND),
    ("sessions.seen", SEEN),
    ("sessions.end", END),
    ("sessions.end_others", END_OTHERS),
    ("sessions.sweep", SWEEP),
];

/// A session.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub token: Vec<u8>,
    /// Whose.
    pub staff: StaffId,
    /// Since when.
    pub began_at: Millis,
    /// Last used, to some minutes.
    pub seen_at: Millis,
    /// Ends by itself then.
    pub expires_at: Millis,
}

/// Begins a session.
///
/// # Errors
/// [`StoreError`].
pub async fn begin(tx: &mut Tx, row: &SessionRow) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| {
        let query =
            sqlx::query(BEGIN).bind(&row.token).bind(row.staff).bind(row.began_at).bind(row.expires_at);
        query.execute(c).await.map(drop)
    })?;
    Ok(())
}

/// A session by the hash of its token.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, token: &[u8]) -> Result<Option<SessionRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(FIND).bind(token).fetch_optional(c).await?))
}

/// Notes that it was used.
///
/// # Errors
/// [`StoreError`].
pub async fn seen(tx: &mut Tx, token: &[u8], at: Millis) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(SEEN).bind(token).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

/// Ends it.
///
/// # Errors
/// [`StoreError`].
pub async fn end(tx: &mut Tx, token: &[u8]) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(END).bind(token).execute(c).await.map(drop))?;
    Ok(())
}

/// Ends every other session of a person; all of them, with an empty token.
///
/// # Errors
/// [`StoreError`].
pub async fn end_others(tx: &mut Tx, staff: StaffId, token: &[u8]) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(END_OTHERS).bind(staff).bind(token).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets sessions that ended by themselves before `now`.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, now: Millis) -> Result<u64, StoreError> {
    tx.will_write();
    on!(tx, |c| Ok(sqlx::query(SWEEP).bind(now).execute(c).await?.rows_affected()))
}
