//! Reading everything as it is stored, for those who check it.

use super::{StoreError, Tx, db::on, tickets::Columns};
use domain::{
    ids::{CaseId, StaffId, TicketId},
    time::Millis,
};

const CASES: &str = "SELECT rid, c.id, code, version, agency, division, procedure, procedure_name, field, state, step, \
    step_no, steps, holder_unit, holder_role, holder_staff, applicant, search_text, received_at, due_at, resolved_at, \
    returned_at, head_hash, intake_hash, public, COALESCE(body, '') AS body FROM cases c \
    LEFT JOIN case_bodies b ON b.id = c.id WHERE rid > $1 ORDER BY rid LIMIT $2";
const ACTIONS: &str = "SELECT a.case_id, a.seq, a.kind, a.actor, a.at, a.body, a.prev_hash, a.hash FROM cases c \
    JOIN case_actions a ON a.case_id = c.id WHERE c.rid > $1 AND c.rid <= $2 ORDER BY c.rid, a.seq";
const ORPHANS: &str = "SELECT a.case_id FROM case_actions a WHERE NOT EXISTS \
    (SELECT 1 FROM cases c WHERE c.id = a.case_id) UNION ALL SELECT b.id FROM case_bodies b WHERE NOT EXISTS \
    (SELECT 1 FROM cases c WHERE c.id = b.id) LIMIT 1";
const SERIALS: &str = "SELECT series, last FROM serials";
const FIGURES: &str = "SELECT agency, field, day, received, resolved_on_time, resolved_late, returned, supplements, fees \
    FROM day_figures";

const TICKETS: &str = "SELECT id, site, day, number, place, service, class, from_at, state, counter, finished_at, body \
    FROM tickets WHERE id > $1 ORDER BY id LIMIT $2";
const HALLS: &str = "SELECT site, place FROM halls";

pub(super) const SQL: &[(&str, &str)] = &[
    ("check.cases", CASES),
    ("check.actions", ACTIONS),
    ("check.orphans", ORPHANS),
    ("check.serials", SERIALS),
    ("check.figures", FIGURES),
    ("check.tickets", TICKETS),
    ("check.halls", HALLS),
];

/// A row of `cases` as it is, with that of `case_bodies`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredCase {
    /// Order of reception.
    pub rid: i64,
    /// Id.
    pub id: CaseId,
    /// Code.
    pub code: String,
    /// Version.
    pub version: i32,
    /// Receiving agency.
    pub agency: String,
    /// Examining division.
    pub division: String,
    /// Code of the procedure.
    pub procedure: String,
    /// Its name.
    pub procedure_name: String,
    /// Its field.
    pub field: String,
    /// National code of the state.
    pub state: i16,
    /// Kind of the present step.
    pub step: String,
    /// Its index.
    pub step_no: i16,
    /// How many there are.
    pub steps: i16,
    /// Whose desk.
    pub holder_unit: String,
    /// In which role.
    pub holder_role: String,
    /// Who has taken it up.
    pub holder_staff: Option<StaffId>,
    /// Name of the applicant.
    pub applicant: String,
    /// What it is found by.
    pub search_text: String,
    /// Received at.
    pub received_at: Millis,
    /// Due at.
    pub due_at: Millis,
    /// Ready at.
    pub resolved_at: Option<Millis>,
    /// Returned at.
    pub returned_at: Option<Millis>,
    /// Hash of the last action.
    pub head_hash: Vec<u8>,
    /// Hash of the first action.
    pub intake_hash: Vec<u8>,
    /// What citizens see of it, as JSON.
    pub public: String,
    /// The case as JSON; empty where it is missing.
    pub body: String,
}

/// A row of `case_actions` as it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAction {
    /// Which case.
    pub case_id: CaseId,
    /// Place in its log.
    pub seq: i32,
    /// Name of the action.
    pub kind: String,
    /// Who.
    pub actor: StaffId,
    /// When.
    pub at: Millis,
    /// The action as JSON.
    pub body: String,
    /// Hash of the one before.
    pub prev_hash: Vec<u8>,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// A row of `day_figures` as it is: agency, field, day and the six sums.
pub type StoredFigures = (String, String, String, i64, i64, i64, i64, i64, i64);

/// The next cases after `rid`, in order of reception.
///
/// # Errors
/// [`StoreError`].
pub async fn cases(tx: &mut Tx, rid: i64, limit: i64) -> Result<Vec<StoredCase>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(CASES).bind(rid).bind(limit).fetch_all(c).await?))
}

/// The actions of the cases after `rid` and up to `until`, by case and place.
///
/// # Errors
/// [`StoreError`].
pub async fn actions(tx: &mut Tx, rid: i64, until: i64) -> Result<Vec<StoredAction>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(ACTIONS).bind(rid).bind(until).fetch_all(c).await?))
}

/// A case that has a log or a body but no row.
///
/// # Errors
/// [`StoreError`].
pub async fn orphan(tx: &mut Tx) -> Result<Option<CaseId>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(ORPHANS).fetch_optional(c).await?))
}

/// Every series with its last number.
///
/// # Errors
/// [`StoreError`].
pub async fn serials(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(SERIALS).fetch_all(c).await?))
}

/// Every day's figures.
///
/// # Errors
/// [`StoreError`].
pub async fn figures(tx: &mut Tx) -> Result<Vec<StoredFigures>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(FIGURES).fetch_all(c).await?))
}

/// A row of `tickets` as it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredTicket {
    /// Its id.
    pub id: TicketId,
    /// What lines are read by.
    #[sqlx(flatten)]
    pub columns: Columns,
    /// The ticket as JSON.
    pub body: String,
}

/// The next tickets after `id`.
///
/// # Errors
/// [`StoreError`].
pub async fn tickets(tx: &mut Tx, id: TicketId, limit: i64) -> Result<Vec<StoredTicket>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(TICKETS).bind(id).bind(limit).fetch_all(c).await?))
}

/// The last place that each hall has given.
///
/// # Errors
/// [`StoreError`].
pub async fn halls(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(HALLS).fetch_all(c).await?))
}
