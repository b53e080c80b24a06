//! Small facts about this installation: its pack, its version.

use super::{StoreError, Tx, db::on};

const GET: &str = "SELECT value FROM settings WHERE name = $1";
const SET: &str = "INSERT INTO settings (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";

pub(super) const SQL: &[(&str, &str)] = &[("settings.get", GET), ("settings.set", SET)];

/// The code of the pack that was loaded last.
pub const PACK: &str = "pack";
/// Its `pack.json`.
pub const PACK_BODY: &str = "pack_body";
/// The secret from which the keys of halls are made.
pub const HALL_SECRET: &str = "hall_secret";
/// Counts up with each change of the catalogue.
pub const CATALOGUE_VERSION: &str = "catalogue_version";

/// A setting.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(GET).bind(name).fetch_optional(c).await?))
}

/// Sets it.
///
/// # Errors
/// [`StoreError`].
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(SET).bind(name).bind(value).execute(c).await.map(drop))?;
    Ok(())
}
