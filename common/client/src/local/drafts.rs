//! Unfinished forms: kept when the app is closed or falls over.

use super::{Local, Result};
use domain::time::Millis;

const SAVE: &str = "INSERT INTO drafts (name, body, saved_at) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
const LOAD: &str = "SELECT body FROM drafts WHERE name = $1";
const DROP: &str = "DELETE FROM drafts WHERE name = $1";

impl Local {
    /// Keeps a form.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn save_draft(&self, name: &str, body: &str, now: Millis) -> Result<()> {
        sqlx::query(SAVE).bind(name).bind(body).bind(now.0).execute(&self.pool).await?;
        Ok(())
    }

    /// The form kept under `name`.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn load_draft(&self, name: &str) -> Result<Option<String>> {
        Ok(sqlx::query_scalar(LOAD).bind(name).fetch_optional(&self.pool).await?)
    }

    /// Forgets a form.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn drop_draft(&self, name: &str) -> Result<()> {
        sqlx::query(DROP).bind(name).execute(&self.pool).await?;
        Ok(())
    }
}

pub(super) const DROP_DRAFT: &str = DROP;
