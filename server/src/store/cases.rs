//! Cases: the log and the present row, written together by one function.

use super::{
    StoreError, Tx,
    actions::{Head, NewAction, Sealed},
    batch::Batch,
    commands::CommandRow,
    db::on,
    lookup,
    many::{Many, insert_many, select_many, slices},
    search,
};
use domain::{
    case::{Action, Case},
    code::CaseCode,
    figures::Figures,
    ids::{CaseId, FileId, StaffId},
    time::Millis,
    unit::{FieldCode, UnitCode},
};

const UPDATE: &str = "UPDATE cases SET version = $2, state = $3, step = $4, step_no = $5, steps = $6, \
    holder_unit = $7, holder_role = $8, holder_staff = $9, due_at = $10, resolved_at = $11, returned_at = $12, \
    head_hash = $13, public = $14 WHERE id = $1 AND version = $15";
const UPDATE_BODY: &str = "UPDATE case_bodies SET body = $2 WHERE id = $1";
const BY_ID: &str =
    "SELECT head_hash, intake_hash, body FROM cases c JOIN case_bodies b ON b.id = c.id WHERE c.id = $1";
const BY_CODE: &str =
    "SELECT head_hash, intake_hash, body FROM cases c JOIN case_bodies b ON b.id = c.id WHERE c.code = $1";
const HOLD_FILE: &str =
    "INSERT INTO case_files (file, case_id) VALUES ($1, $2) ON CONFLICT (file, case_id) DO NOTHING";

pub(super) const SQL: &[(&str, &str)] = &[
    ("cases.update", UPDATE),
    ("cases.update_body", UPDATE_BODY),
    ("cases.by_id", BY_ID),
    ("cases.by_code", BY_CODE),
    ("cases.hold_file", HOLD_FILE),
];

static INSERT: Many = insert_many!(
    "cases.insert",
    "INSERT INTO cases (id, code, version, agency, division, procedure, procedure_name, field, state, step, step_no, \
     steps, holder_unit, holder_role, holder_staff, applicant, search_text, received_at, due_at, resolved_at, \
     returned_at, head_hash, intake_hash, public) VALUES",
    24,
    ""
);
static INSERT_BODIES: Many =
    insert_many!("cases.insert_body", "INSERT INTO case_bodies (id, body) VALUES", 2, "");
static FIND_MANY: Many = select_many!(
    "cases.find_many",
    "SELECT head_hash, intake_hash, body FROM cases c JOIN case_bodies b ON b.id = c.id WHERE c.id IN"
);

pub(super) const MANY: &[&Many] = &[&INSERT, &INSERT_BODIES, &FIND_MANY];

/// A case as it stands, with the hashes that vouch for it.
#[derive(Clone, Debug)]
pub struct Current {
    /// The case.
    pub case: Case,
    /// Hash of its last action.
    pub head: Vec<u8>,
    /// Hash of its first action; its beginning is printed on the receipt.
    pub intake: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct CurrentRow {
    head_hash: Vec<u8>,
    intake_hash: Vec<u8>,
    body: String,
}

impl CurrentRow {
    fn read(self, key: &dyn std::fmt::Display) -> Result<Current, StoreError> {
        let case =
            serde_json::from_str(&self.body).map_err(|error| StoreError::broken("cases", key, error))?;
        Ok(Current { case, head: self.head_hash, intake: self.intake_hash })
    }
}

/// What the columns beside the body say; made from the case, never apart from it.
pub(crate) struct Columns {
    pub(crate) version: i32,
    pub(crate) state: i16,
    pub(crate) step: &'static str,
    pub(crate) step_no: i16,
    pub(crate) steps: i16,
    pub(crate) role: String,
    pub(crate) returned_at: Option<Millis>,
    pub(crate) public: String,
}

impl Columns {
    pub(crate) fn of(current: &Current) -> Result<Self, StoreError> {
        let case = &current.case;
        let small = |n: usize| i16::try_from(n).unwrap_or(i16::MAX);
        Ok(Self {
            version: i32::try_from(case.version).unwrap_or(i32::MAX),
            state: case.state.national_code(),
            step: case.step_kind().name(),
            step_no: small(case.step),
            steps: small(case.procedure.steps.len()),
            role: role_name(case.holder.role),
            returned_at: case.returned.as_ref().map(|(at, _)| *at),
            public: lookup::public(current)?,
        })
    }
}

/// The whole of a case, as it is kept beside its row.
pub(crate) fn body(case: &Case) -> Result<String, StoreError> {
    Ok(serde_json::to_string(case)?)
}

/// Something that was just written to the log, for those who listen.
#[derive(Clone, Debug)]
pub struct Written {
    /// Place in the province's log.
    pub pos: i64,
    /// Place in the case's log.
    pub seq: u32,
    /// When.
    pub at: Millis,
    /// Which case.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// The receiving agency.
    pub agency: UnitCode,
    /// The examining division.
    pub division: UnitCode,
    /// Whose desk it lies on now.
    pub holder: UnitCode,
    /// Name of the action.
    pub kind: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Its field.
    pub field: FieldCode,
}

/// Writes one action of a case: the log, the present row, the day's figures. `before` is the case as
/// read in this transaction, none for its first action. What is written goes to the database with everything
/// else of the batch; until then nothing of it can fail.
///
/// # Errors
/// [`StoreError::Log`] when the action does not follow.
pub fn append(
    batch: &mut Batch,
    before: Option<Current>,
    action: Action,
    command: CommandRow,
    files: &[FileId],
) -> Result<Current, StoreError> {
    let head = before.as_ref().map(|current| Head { hash: current.head.clone() });
    let intake = before.as_ref().map(|current| current.intake.clone());
    let case = Case::apply(before.map(|current| current.case), &action)?;
    let sealed = Sealed::new(head.as_ref(), &action)?;
    let intake = intake.unwrap_or_else(|| sealed.hash.clone());
    let current = Current { case, head: sealed.hash.clone(), intake };
    let case = &current.case;
    batch.count(case.agency.clone(), case.field().clone(), action.at, Figures::of(&action, case));
    batch.tell(Written {
        pos: 0,
        seq: action.seq,
        at: action.at,
        case: case.id,
        code: case.code.clone(),
        agency: case.agency.clone(),
        division: case.division.clone(),
        holder: case.holder.unit.clone(),
        kind: action.kind.name().to_owned(),
        procedure: case.procedure.name.clone(),
        field: case.field().clone(),
    });
    batch.hold(current.clone(), NewAction { action, sealed, command: command.id }, command, files);
    Ok(current)
}

/// Writes the rows of new cases.
pub(super) async fn insert(tx: &mut Tx, cases: &[&Current]) -> Result<(), StoreError> {
    tx.will_write();
    for (sql, cases) in slices(&INSERT, cases) {
        let columns = cases.iter().map(|current| Columns::of(current));
        let columns: Vec<Columns> = columns.collect::<Result<_, _>>()?;
        on!(tx, |c| {
            let mut query = sqlx::query(sql);
            for (current, columns) in cases.iter().zip(&columns) {
                let case = &current.case;
                query = query
                    .bind(case.id)
                    .bind(&case.code)
                    .bind(columns.version)
                    .bind(&case.agency)
                    .bind(&case.division)
                    .bind(&case.procedure.code)
                    .bind(&case.procedure.name)
                    .bind(case.field())
                    .bind(columns.state)
                    .bind(columns.step)
                    .bind(columns.step_no)
                    .bind(columns.steps)
                    .bind(&case.holder.unit)
                    .bind(&columns.role)
                    .bind(case.holder.staff)
                    .bind(case.applicant.name.as_str())
                    .bind(search::text(case))
                    .bind(case.received_at)
                    .bind(case.deadline.due)
                    .bind(case.resolved_at)
                    .bind(columns.returned_at)
                    .bind(&current.head)
                    .bind(&current.intake)
                    .bind(&columns.public);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    for (sql, cases) in slices(&INSERT_BODIES, cases) {
        let bodies = cases.iter().map(|current| body(&current.case));
        let bodies: Vec<String> = bodies.collect::<Result<_, _>>()?;
        on!(tx, |c| {
            let mut query = sqlx::query(sql);
            for (current, body) in cases.iter().zip(&bodies) {
                query = query.bind(current.case.id).bind(body);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes the row of a case that stood at version `before`.
pub(super) async fn update(tx: &mut Tx, current: &Current, before: u32) -> Result<(), StoreError> {
    tx.will_write();
    let case = &current.case;
    let columns = Columns::of(current)?;
    let before = i32::try_from(before).unwrap_or(i32::MAX);
    let done = on!(tx, |c| {
        sqlx::query(UPDATE)
            .bind(case.id)
            .bind(columns.version)
            .bind(columns.state)
            .bind(columns.step)
            .bind(columns.step_no)
            .bind(columns.steps)
            .bind(&case.holder.unit)
            .bind(&columns.role)
            .bind(case.holder.staff)
            .bind(case.deadline.due)
            .bind(case.resolved_at)
            .bind(columns.returned_at)
            .bind(&current.head)
            .bind(&columns.public)
            .bind(before)
            .execute(c)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done != 1 {
        return Err(StoreError::Stale);
    }
    let body = body(case)?;
    on!(tx, |c| sqlx::query(UPDATE_BODY).bind(case.id).bind(body).execute(c).await.map(drop))?;
    Ok(())
}

/// Those of many cases that there are.
pub(super) async fn find_many(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<Current>, StoreError> {
    let mut found = Vec::new();
    for (sql, ids) in slices(&FIND_MANY, ids) {
        let rows: Vec<CurrentRow> = on!(tx, |c| {
            let mut query = sqlx::query_as(sql);
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.read(&"of many")?);
        }
    }
    Ok(found)
}

/// Notes that a case holds a file.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn hold_file(tx: &mut Tx, file: FileId, case: CaseId) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(HOLD_FILE).bind(file).bind(case).execute(c).await.map(drop))?;
    Ok(())
}

/// A case by its id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<Current>, StoreError> {
    let row: Option<CurrentRow> = on!(tx, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.read(&id)).transpose()
}

/// A case by its code.
///
/// # Errors
/// [`StoreError`].
pub async fn by_code(tx: &mut Tx, code: &CaseCode) -> Result<Option<Current>, StoreError> {
    let row: Option<CurrentRow> = on!(tx, |c| sqlx::query_as(BY_CODE).bind(code).fetch_optional(c).await)?;
    row.map(|row| row.read(code)).transpose()
}

/// Who acts, as the log's own column says it.
pub(crate) fn actor_of(action: &Action) -> StaffId {
    action.by.staff
}

/// A role as stored: its name on the wire.
pub(crate) fn role_name(role: domain::roles::Role) -> String {
    match serde_json::to_value(role) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
