//! What a hall's screen shows of cases, read from the ends of the work lists' partial indexes: the cost is the same
//! however large the archive grows.

use super::{StoreError, Tx, db::on, lookup};
use domain::{
    case::PublicCase, code::CaseCode, deadline::Reason, person::Name, time::Millis, unit::UnitCode,
};

const READY: &str = "SELECT code, applicant, received_at, due_at, resolved_at FROM cases \
    WHERE state = 9 AND agency = $1 ORDER BY due_at DESC, id DESC LIMIT $2";
const WAITING: &str = "SELECT code, applicant, received_at, due_at, resolved_at FROM cases \
    WHERE state = 5 AND agency = $1 ORDER BY due_at DESC, id DESC LIMIT $2";
const RUNNING: &str = "SELECT code, applicant, received_at, due_at, resolved_at, public FROM cases \
    WHERE state IN (1, 2, 4, 5, 6, 8, 9) AND state IN (2, 4) AND agency = $1 AND due_at >= $2 \
    ORDER BY due_at, id LIMIT $3";

pub(super) const SQL: &[(&str, &str)] =
    &[("results.ready", READY), ("results.waiting", WAITING), ("results.running", RUNNING)];

/// A case, as far as a screen may know it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its code.
    pub code: CaseCode,
    /// Whose it is; to be shortened before it goes anywhere.
    pub applicant: Name,
    /// Received at.
    pub received_at: Millis,
    /// Due at.
    pub due: Millis,
    /// Ready at.
    pub resolved_at: Option<Millis>,
    /// Whether its due time was moved with an apology; only known of running cases.
    pub apologised: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    applicant: String,
    received_at: Millis,
    due_at: Millis,
    resolved_at: Option<Millis>,
    #[sqlx(default)]
    public: Option<String>,
}

impl Row {
    fn read(self) -> Result<Seen, StoreError> {
        let broken = |why: &dyn std::fmt::Display| StoreError::broken("cases", &self.code, why);
        let public: Option<PublicCase> = self.public.as_deref().map(lookup::public_case).transpose()?;
        let moved = |case: PublicCase| {
            case.deadline.reasons.iter().any(|reason| matches!(reason, Reason::Apologised { .. }))
        };
        Ok(Seen {
            code: CaseCode::parse(&self.code).map_err(|error| broken(&error))?,
            applicant: Name::parse(&self.applicant).map_err(|_| broken(&"applicant"))?,
            received_at: self.received_at,
            due: self.due_at,
            resolved_at: self.resolved_at,
            apologised: public.is_some_and(moved),
        })
    }
}

/// An agency's results that wait to be collected, the latest due first.
///
/// # Errors
/// [`StoreError`].
pub async fn ready(tx: &mut Tx, agency: &UnitCode, limit: i64) -> Result<Vec<Seen>, StoreError> {
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(READY).bind(agency).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// An agency's cases that wait for the citizen's papers, the latest due first.
///
/// # Errors
/// [`StoreError`].
pub async fn waiting(tx: &mut Tx, agency: &UnitCode, limit: i64) -> Result<Vec<Seen>, StoreError> {
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(WAITING).bind(agency).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// An agency's cases that are worked on and due from an instant on, the next due first.
///
/// # Errors
/// [`StoreError`].
pub async fn running(
    tx: &mut Tx,
    agency: &UnitCode,
    from: Millis,
    limit: i64,
) -> Result<Vec<Seen>, StoreError> {
    let rows: Vec<Row> =
        on!(tx, |c| sqlx::query_as(RUNNING).bind(agency).bind(from).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}
