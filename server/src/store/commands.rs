//! Changes that were asked for, so that asking again changes nothing. Written in the same transaction
//! as the effect.

use super::{StoreError, Tx, db::on};
use domain::{
    ids::{CaseId, CommandId, StaffId},
    time::Millis,
};

const CLAIM: &str = "INSERT INTO commands (id, actor, route, body_hash, case_id, case_seq, reply, at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
const FIND: &str =
    "SELECT id, actor, route, body_hash, case_id, case_seq, reply, at FROM commands WHERE id = $1";

pub(super) const SQL: &[(&str, &str)] = &[("commands.claim", CLAIM), ("commands.find", FIND)];

/// A command as kept. Its reply is the case as it stood after action `case_seq`, built again from the log,
/// or the text in `reply`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CommandRow {
    /// Made by the app.
    pub id: CommandId,
    /// Who asked.
    pub actor: StaffId,
    /// Method and path.
    pub route: String,
    /// SHA-256 of what was sent.
    pub body_hash: Vec<u8>,
    /// The case that it changed.
    pub case_id: Option<CaseId>,
    /// The action that it wrote there.
    pub case_seq: Option<i32>,
    /// Another reply.
    pub reply: Option<String>,
    /// When.
    pub at: Millis,
}

/// Keeps a command; false if its id was used before.
///
/// # Errors
/// [`StoreError`].
pub async fn claim(tx: &mut Tx, row: &CommandRow) -> Result<bool, StoreError> {
    let claimed = on!(tx, |c| {
        let done = sqlx::query(CLAIM)
            .bind(row.id)
            .bind(row.actor)
            .bind(&row.route)
            .bind(&row.body_hash)
            .bind(row.case_id)
            .bind(row.case_seq)
            .bind(&row.reply)
            .bind(row.at)
            .execute(c)
            .await?;
        done.rows_affected() == 1
    });
    if claimed {
        tx.will_write();
    }
    Ok(claimed)
}

/// A command kept before.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, id: CommandId) -> Result<Option<CommandRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}
