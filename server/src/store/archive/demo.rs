//! What demo archives are made from and how they are written.

use super::{
    Cell, Cells,
    tables::{CASE_BODIES, LAST_SERIALS, MORE_FIGURES, NEW_ACTIONS, NEW_CASES},
    write,
};
use crate::store::{
    Db, StoreError, Tx,
    actions::{self, Sealed},
    cases::{Columns, Current, actor_of, body},
    db::on,
    search,
};
use domain::{
    case::Action,
    figures::Figures,
    ids::{CommandId, StaffId},
    roles::Role,
    unit::{FieldCode, UnitCode},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

const DEMO_POSTS: &str = "SELECT s.id, s.name, s.counter, p.unit, p.role FROM staff s JOIN posts p ON p.staff = s.id \
    WHERE s.demo AND s.active ORDER BY s.login, p.unit, p.role";
const SEEN: &str = "SELECT id FROM cases WHERE id >= $1 AND id <= $2";
const SERIALS: &str = "SELECT series, last FROM serials";
const ANALYZE: &str = "ANALYZE";

pub(in crate::store) const SQL: &[(&str, &str)] =
    &[("archive.demo_posts", DEMO_POSTS), ("archive.seen", SEEN), ("archive.serials", SERIALS)];

/// A post of a demo account.
#[derive(Clone, Debug)]
pub struct DemoPost {
    /// Who.
    pub staff: StaffId,
    /// Name.
    pub name: String,
    /// Usual counter.
    pub counter: Option<u16>,
    /// Where.
    pub unit: UnitCode,
    /// As what.
    pub role: Role,
}

#[derive(sqlx::FromRow)]
struct PostRow {
    id: StaffId,
    name: String,
    counter: Option<i16>,
    unit: UnitCode,
    role: String,
}

/// The posts of every demo account that may sign in.
///
/// # Errors
/// [`StoreError`].
pub async fn demo_posts(tx: &mut Tx) -> Result<Vec<DemoPost>, StoreError> {
    let rows: Vec<PostRow> = on!(tx, |c| sqlx::query_as(DEMO_POSTS).fetch_all(c).await)?;
    let read = |row: PostRow| {
        let counter = row.counter.and_then(|number| u16::try_from(number).ok());
        let role = serde_json::from_value(serde_json::Value::String(row.role))?;
        Ok(DemoPost { staff: row.id, name: row.name, counter, unit: row.unit, role })
    };
    rows.into_iter().map(read).collect()
}

/// The ids of cases between two, both included.
///
/// # Errors
/// [`StoreError`].
pub async fn seen(tx: &mut Tx, from: Uuid, to: Uuid) -> Result<Vec<Uuid>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_scalar(SEEN).bind(from).bind(to).fetch_all(c).await?))
}

/// The last serial of every series.
///
/// # Errors
/// [`StoreError`].
pub async fn serials(tx: &mut Tx) -> Result<HashMap<String, i64>, StoreError> {
    let rows: Vec<(String, i64)> = on!(tx, |c| sqlx::query_as(SERIALS).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

/// Cases with their whole logs, and what follows from them: rows ready to be written together.
#[derive(Debug, Default)]
pub struct Fresh {
    cases: Vec<Cells>,
    bodies: Vec<Cells>,
    actions: Vec<(i64, Cells)>,
    figures: BTreeMap<(UnitCode, FieldCode, Date), Figures>,
    /// The last serial given in each series.
    pub serials: BTreeMap<String, i64>,
}

impl Fresh {
    /// Adds an entry of the log; `after` is the case that it made.
    pub fn action(
        &mut self,
        action: &Action,
        sealed: Sealed,
        command: CommandId,
        after: &domain::case::Case,
    ) {
        let figures = Figures::of(action, after);
        if !figures.is_zero() {
            let key = (after.agency.clone(), after.field().clone(), action.at.local().date());
            *self.figures.entry(key).or_default() += figures;
        }
        let row = vec![
            Cell::Id(action.id.0),
            Cell::Id(action.case.0),
            Cell::Int(i64::from(action.seq)),
            Cell::Text(action.kind.name().to_owned()),
            Cell::Id(actor_of(action).0),
            Cell::Int(action.at.0),
            Cell::Text(sealed.body),
            Cell::Id(command.0),
            Cell::Bytes(sealed.prev),
            Cell::Bytes(sealed.hash),
        ];
        self.actions.push((action.at.0, row));
    }

    /// Adds a case as it stands after its last action.
    ///
    /// # Errors
    /// [`StoreError::Json`].
    pub fn case(&mut self, current: Current) -> Result<(), StoreError> {
        let case = &current.case;
        let columns = Columns::of(&current)?;
        let time = |at: Option<domain::time::Millis>| at.map_or(Cell::Null, |at| Cell::Int(at.0));
        let text = |text: &str| Cell::Text(text.to_owned());
        self.bodies.push(vec![Cell::Id(case.id.0), Cell::Text(body(case)?)]);
        self.cases.push(vec![
            Cell::Id(case.id.0),
            text(case.code.as_str()),
            Cell::Int(i64::from(columns.version)),
            text(case.agency.as_str()),
            text(case.division.as_str()),
            text(case.procedure.code.as_str()),
            text(&case.procedure.name),
            text(case.field().as_str()),
            Cell::Int(i64::from(columns.state)),
            text(columns.step),
            Cell::Int(i64::from(columns.step_no)),
            Cell::Int(i64::from(columns.steps)),
            text(case.holder.unit.as_str()),
            Cell::Text(columns.role),
            case.holder.staff.map_or(Cell::Null, |staff| Cell::Id(staff.0)),
            text(case.applicant.name.as_str()),
            Cell::Text(search::text(case)),
            Cell::Int(case.received_at.0),
            Cell::Int(case.deadline.due.0),
            time(case.resolved_at),
            time(columns.returned_at),
            Cell::Bytes(current.head),
            Cell::Bytes(current.intake),
            Cell::Text(columns.public),
        ]);
        Ok(())
    }
}

/// Writes fresh cases, their actions in the order of time; answers the log's last place.
///
/// # Errors
/// [`StoreError`].
pub async fn put_fresh(tx: &mut Tx, mut fresh: Fresh) -> Result<i64, StoreError> {
    fresh.actions.sort_by_key(|(at, _)| *at);
    write(tx, &NEW_CASES, fresh.cases).await?;
    write(tx, &CASE_BODIES, fresh.bodies).await?;
    write(tx, &NEW_ACTIONS, fresh.actions.into_iter().map(|(_, row)| row).collect()).await?;
    let serial = |(series, last)| vec![Cell::Text(series), Cell::Int(last)];
    write(tx, &LAST_SERIALS, fresh.serials.into_iter().map(serial).collect()).await?;
    write(tx, &MORE_FIGURES, fresh.figures.into_iter().map(figures_row).collect()).await?;
    actions::head(tx).await
}

fn figures_row(((agency, field, day), sums): ((UnitCode, FieldCode, Date), Figures)) -> Cells {
    vec![
        Cell::Text(agency.0),
        Cell::Text(field.0),
        Cell::Text(day.to_string()),
        Cell::Int(sums.received),
        Cell::Int(sums.resolved_on_time),
        Cell::Int(sums.resolved_late),
        Cell::Int(sums.returned),
        Cell::Int(sums.supplements),
        Cell::Int(sums.fees),
    ]
}

/// After much was written: lets PostgreSQL count anew what it plans by.
///
/// # Errors
/// [`StoreError`].
pub async fn settle(db: &Db) -> Result<(), StoreError> {
    if let Db::Postgres(pool) = db {
        sqlx::query(ANALYZE).execute(pool).await?;
    }
    Ok(())
}
