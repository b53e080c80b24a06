//! Work lists: pages of open cases by due time, read through partial indexes that hold nothing else.

use super::{StoreError, Tx, db::on};
use api::WorkItem;
use domain::{
    case::State,
    code::CaseCode,
    ids::{CaseId, StaffId},
    procedure::StepKind,
    time::Millis,
    unit::UnitCode,
};
use uuid::Uuid;

const DESK: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, holder_unit, \
    holder_staff, received_at, due_at FROM cases WHERE state IN (2, 4) AND holder_unit = $1 AND holder_role = $2 \
    AND (holder_staff IS NULL OR holder_staff = $3) AND (due_at, id) > ($4, $5) ORDER BY due_at, id LIMIT $6";
const WAITING: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, holder_unit, \
    holder_staff, received_at, due_at FROM cases WHERE state = 5 AND agency = $1 AND (due_at, id) > ($2, $3) \
    ORDER BY due_at, id LIMIT $4";
const READY: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, holder_unit, \
    holder_staff, received_at, due_at FROM cases WHERE state = 9 AND agency = $1 AND (due_at, id) > ($2, $3) \
    ORDER BY due_at, id LIMIT $4";
const OPEN: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, holder_unit, \
    holder_staff, received_at, due_at FROM cases WHERE state IN (1, 2, 4, 5, 6, 8, 9) AND agency = $1 \
    AND (due_at, id) > ($2, $3) ORDER BY due_at, id LIMIT $4";
const DIVISION_OPEN: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, \
    holder_unit, holder_staff, received_at, due_at FROM cases WHERE state IN (1, 2, 4, 5, 6, 8, 9) AND division = $1 \
    AND state >= $5 AND state <= $6 AND (due_at, id) > ($2, $3) ORDER BY due_at, id LIMIT $4";

pub(super) const SQL: &[(&str, &str)] = &[
    ("work.desk", DESK),
    ("work.waiting", WAITING),
    ("work.ready", READY),
    ("work.open", OPEN),
    ("work.division_open", DIVISION_OPEN),
];

/// A row of a list.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct ItemRow {
    id: CaseId,
    code: String,
    version: i32,
    procedure_name: String,
    applicant: String,
    state: i16,
    step: String,
    step_no: i16,
    steps: i16,
    holder_unit: UnitCode,
    holder_staff: Option<StaffId>,
    received_at: Millis,
    due_at: Millis,
}

impl ItemRow {
    pub(super) fn read(self) -> Result<WorkItem, StoreError> {
        let broken = |why: &str| StoreError::broken("cases", self.id, why);
        let count = |n: i16| u16::try_from(n).unwrap_or(0);
        Ok(WorkItem {
            case: self.id,
            code: CaseCode::parse(&self.code).map_err(|_| broken("code"))?,
            version: u32::try_from(self.version).map_err(|_| broken("version"))?,
            state: State::from_national(self.state).ok_or_else(|| broken("state"))?,
            step: StepKind::of_name(&self.step).ok_or_else(|| broken("step"))?,
            step_of: (count(self.step_no), count(self.steps)),
            procedure: self.procedure_name,
            applicant: self.applicant,
            holder: self.holder_unit,
            taken: self.holder_staff.is_some(),
            received_at: self.received_at,
            due: self.due_at,
        })
    }
}

/// Where a page begins: after this due time and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Due time of the last row.
    pub due: Millis,
    /// Its case.
    pub case: CaseId,
}

impl Mark {
    /// Before everything.
    pub const START: Self = Self { due: Millis(i64::MIN), case: CaseId(Uuid::nil()) };
}

/// One of the lists that a page is put together from.
#[derive(Clone, Debug)]
pub enum List {
    /// Running cases of a desk that this person may work on.
    Desk {
        /// Where.
        unit: UnitCode,
        /// In which role, as stored.
        role: String,
        /// Who.
        staff: StaffId,
    },
    /// An agency's cases that wait for the citizen.
    Waiting(UnitCode),
    /// An agency's results to be given back.
    Ready(UnitCode),
    /// An agency's open cases.
    Open(UnitCode),
    /// A division's open cases with a national state between two.
    Division {
        /// Where.
        unit: UnitCode,
        /// Lowest state.
        from: i16,
        /// Highest state.
        to: i16,
    },
}

/// The next rows of a list after `mark`.
///
/// # Errors
/// [`StoreError`].
pub async fn page(tx: &mut Tx, list: &List, mark: Mark, limit: i64) -> Result<Vec<WorkItem>, StoreError> {
    let of_agency = match list {
        List::Waiting(unit) => Some((WAITING, unit)),
        List::Ready(unit) => Some((READY, unit)),
        List::Open(unit) => Some((OPEN, unit)),
        List::Desk { .. } | List::Division { .. } => None,
    };
    let rows: Vec<ItemRow> = on!(tx, |c| {
        match (list, of_agency) {
            (List::Desk { unit, role, staff }, _) => {
                let query = sqlx::query_as(DESK).bind(unit).bind(role).bind(*staff);
                query.bind(mark.due).bind(mark.case).bind(limit).fetch_all(c).await?
            }
            (List::Division { unit, from, to }, _) => {
                let query = sqlx::query_as(DIVISION_OPEN).bind(unit).bind(mark.due).bind(mark.case);
                query.bind(limit).bind(*from).bind(*to).fetch_all(c).await?
            }
            (_, Some((sql, unit))) => {
                sqlx::query_as(sql).bind(unit).bind(mark.due).bind(mark.case).bind(limit).fetch_all(c).await?
            }
            (_, None) => Vec::new(),
        }
    });
    rows.into_iter().map(ItemRow::read).collect()
}
