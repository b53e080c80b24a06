//! Changes that were asked for, so that asking again changes nothing. Written in the same transaction
//! as the effect.

use super::{
    StoreError, Tx,
    db::on,
    many::{Many, insert_many, select_many, slices},
};
use domain::{
    ids::{CaseId, CommandId, StaffId},
    time::Millis,
};

const FIND: &str =
    "SELECT id, actor, route, body_hash, case_id, case_seq, reply, at FROM commands WHERE id = $1";

pub(super) const SQL: &[(&str, &str)] = &[("commands.find", FIND)];

static FIND_MANY: Many = select_many!(
    "commands.find_many",
    "SELECT id, actor, route, body_hash, case_id, case_seq, reply, at FROM commands WHERE id IN"
);
static INSERT: Many = insert_many!(
    "commands.insert",
    "INSERT INTO commands (id, actor, route, body_hash, case_id, case_seq, reply, at) VALUES",
    8,
    ""
);

pub(super) const MANY: &[&Many] = &[&FIND_MANY, &INSERT];

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

/// Keeps commands whose ids are new.
///
/// # Errors
/// [`StoreError`], also when an id is not new.
pub(super) async fn insert(tx: &mut Tx, rows: &[CommandRow]) -> Result<(), StoreError> {
    tx.will_write();
    for (sql, rows) in slices(&INSERT, rows) {
        on!(tx, |c| {
            let mut query = sqlx::query(sql);
            for row in rows {
                query = query
                    .bind(row.id)
                    .bind(row.actor)
                    .bind(&row.route)
                    .bind(&row.body_hash)
                    .bind(row.case_id)
                    .bind(row.case_seq)
                    .bind(&row.reply)
                    .bind(row.at);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Those of many commands that were kept before.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn find_many(tx: &mut Tx, ids: &[CommandId]) -> Result<Vec<CommandRow>, StoreError> {
    let mut found = Vec::new();
    for (sql, ids) in slices(&FIND_MANY, ids) {
        let rows: Vec<CommandRow> = on!(tx, |c| {
            let mut query = sqlx::query_as(sql);
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows);
    }
    Ok(found)
}

/// A command kept before.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, id: CommandId) -> Result<Option<CommandRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}
