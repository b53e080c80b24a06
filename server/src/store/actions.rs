//! The log of cases: what was done, each entry bound to the one before by its hash.

use super::{
    StoreError, Tx,
    cases::Written,
    db::on,
    many::{Many, insert_many, slices},
};
use domain::{
    case::Action,
    ids::{CaseId, CommandId},
};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

const OF_CASE: &str =
    "SELECT body, prev_hash, hash FROM case_actions WHERE case_id = $1 AND seq <= $2 ORDER BY seq";
const SINCE: &str = "SELECT a.pos, a.seq, a.at, a.case_id, c.code, c.agency, c.division, c.holder_unit, a.kind, \
                     c.procedure_name, c.field FROM case_actions a JOIN cases c ON c.id = a.case_id \
                     WHERE a.pos > $1 AND a.pos <= $2 ORDER BY a.pos LIMIT $3";
const LAST: &str = "SELECT a.pos, a.seq, a.at, a.case_id, c.code, c.agency, c.division, c.holder_unit, a.kind, \
                    c.procedure_name, c.field FROM case_actions a JOIN cases c ON c.id = a.case_id \
                    ORDER BY a.pos DESC LIMIT $1";
const HEAD: &str = "SELECT MAX(pos) FROM case_actions";

pub(super) const SQL: &[(&str, &str)] =
    &[("actions.of_case", OF_CASE), ("actions.since", SINCE), ("actions.last", LAST), ("actions.head", HEAD)];

static INSERT: Many = insert_many!(
    "actions.insert",
    "INSERT INTO case_actions (id, case_id, seq, kind, actor, at, body, command_id, prev_hash, hash) VALUES",
    10,
    "RETURNING case_id, seq, pos"
);

pub(super) const MANY: &[&Many] = &[&INSERT];

/// The hash that a case's next action builds on.
#[derive(Clone, Debug)]
pub struct Head {
    /// SHA-256.
    pub hash: Vec<u8>,
}

/// An action's text as stored, with its place in the chain.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Canonical JSON: what the hash covers.
    pub body: String,
    /// Hash of the action before; 32 zero bytes for the first.
    pub prev: Vec<u8>,
    /// SHA-256 of `prev` followed by `body`.
    pub hash: Vec<u8>,
}

impl Sealed {
    /// Seals an action after `head`.
    ///
    /// # Errors
    /// [`StoreError::Json`].
    pub fn new(head: Option<&Head>, action: &Action) -> Result<Self, StoreError> {
        let body = serde_json::to_string(action)?;
        let prev = head.map_or_else(|| vec![0; 32], |head| head.hash.clone());
        let hash = chain(&prev, &body);
        Ok(Self { body, prev, hash })
    }
}

/// The hash of an entry: SHA-256(prev ‖ body).
#[must_use]
pub fn chain(prev: &[u8], body: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(prev);
    hasher.update(body.as_bytes());
    hasher.finalize().to_vec()
}

/// A case's log, read back.
#[derive(Clone, Debug)]
pub struct Log {
    /// Its actions, in order.
    pub actions: Vec<Action>,
    /// Whether every hash was recomputed and holds.
    pub intact: bool,
    /// Hash of the first action.
    pub intake_hash: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct LogRow {
    body: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct WrittenRow {
    pos: i64,
    seq: i32,
    at: domain::time::Millis,
    case_id: CaseId,
    code: String,
    agency: domain::unit::UnitCode,
    division: domain::unit::UnitCode,
    holder_unit: domain::unit::UnitCode,
    kind: String,
    procedure_name: String,
    field: domain::unit::FieldCode,
}

impl WrittenRow {
    fn read(self) -> Result<Written, StoreError> {
        let code = domain::code::CaseCode::parse(&self.code)
            .map_err(|error| StoreError::broken("cases", self.case_id, error))?;
        Ok(Written {
            pos: self.pos,
            seq: u32::try_from(self.seq).unwrap_or(0),
            at: self.at,
            case: self.case_id,
            code,
            agency: self.agency,
            division: self.division,
            holder: self.holder_unit,
            kind: self.kind,
            procedure: self.procedure_name,
            field: self.field,
        })
    }
}

/// An action that is about to be written.
#[derive(Debug)]
pub(super) struct NewAction {
    pub(super) action: Action,
    pub(super) sealed: Sealed,
    pub(super) command: CommandId,
}

/// Writes actions in this order; answers their places in the province's log.
pub(super) async fn insert(
    tx: &mut Tx,
    actions: &[NewAction],
) -> Result<HashMap<(CaseId, u32), i64>, StoreError> {
    tx.will_write();
    let mut places = HashMap::with_capacity(actions.len());
    for (sql, actions) in slices(&INSERT, actions) {
        let rows: Vec<(CaseId, i32, i64)> = on!(tx, |c| {
            let mut query = sqlx::query_as(sql);
            for NewAction { action, sealed, command } in actions {
                query = query
                    .bind(action.id)
                    .bind(action.case)
                    .bind(i32::try_from(action.seq).unwrap_or(i32::MAX))
                    .bind(action.kind.name())
                    .bind(action.by.staff)
                    .bind(action.at)
                    .bind(&sealed.body)
                    .bind(*command)
                    .bind(&sealed.prev)
                    .bind(&sealed.hash);
            }
            query.fetch_all(c).await
        })?;
        places
            .extend(rows.into_iter().map(|(case, seq, pos)| ((case, u32::try_from(seq).unwrap_or(0)), pos)));
    }
    Ok(places)
}

/// The log of a case up to its action `until`, with every hash recomputed.
///
/// # Errors
/// [`StoreError`].
pub async fn of_case(tx: &mut Tx, case: CaseId, until: u32) -> Result<Log, StoreError> {
    let until = i32::try_from(until).unwrap_or(i32::MAX);
    let rows: Vec<LogRow> = on!(tx, |c| sqlx::query_as(OF_CASE).bind(case).bind(until).fetch_all(c).await)?;
    let mut log =
        Log { actions: Vec::with_capacity(rows.len()), intact: !rows.is_empty(), intake_hash: Vec::new() };
    let mut head: Vec<u8> = vec![0; 32];
    for row in rows {
        log.intact &= row.prev_hash == head && chain(&head, &row.body) == row.hash;
        if log.intake_hash.is_empty() {
            log.intake_hash.clone_from(&row.hash);
        }
        head = row.hash;
        let action = serde_json::from_str(&row.body)
            .map_err(|error| StoreError::broken("case_actions", case, error))?;
        log.actions.push(action);
    }
    Ok(log)
}

/// What was written after place `after` and up to `until`, at most `limit` entries.
///
/// # Errors
/// [`StoreError`].
pub async fn since(tx: &mut Tx, after: i64, until: i64, limit: i64) -> Result<Vec<Written>, StoreError> {
    let rows: Vec<WrittenRow> =
        on!(tx, |c| sqlx::query_as(SINCE).bind(after).bind(until).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(WrittenRow::read).collect()
}

/// What was written last, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn last(tx: &mut Tx, limit: i64) -> Result<Vec<Written>, StoreError> {
    let rows: Vec<WrittenRow> = on!(tx, |c| sqlx::query_as(LAST).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(WrittenRow::read).collect()
}

/// The last place of the log; 0 while it is empty.
///
/// # Errors
/// [`StoreError`].
pub async fn head(tx: &mut Tx) -> Result<i64, StoreError> {
    let last: Option<i64> = on!(tx, |c| sqlx::query_scalar(HEAD).fetch_one(c).await)?;
    Ok(last.unwrap_or(0))
}
