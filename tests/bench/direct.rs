//! The baseline of intake: the statements that an intake sends, with values of the same kinds and sizes, issued
//! directly, one transaction for each case: look for the command and the case, take the next number, write command,
//! case, action and the day's figures, tell the listeners, commit.
//!
//! What is left out is in the baseline's favour: the lock that keeps other processes from writing to the log meanwhile,
//! and all computing (due times, JSON, hashes): what was computed for one case is bound for all, but for ids and code.

use crate::{
    apart::{Apart, Pool, text},
    wire::Client,
};
use anyhow::{Context as _, ensure};
use server::store::{Db, commands::CommandRow};
use std::sync::Arc;
use tests::World;
use uuid::Uuid;

#[derive(Clone, sqlx::FromRow)]
struct CaseRow {
    code: String,
    version: i32,
    agency: String,
    division: String,
    procedure: String,
    procedure_name: String,
    field: String,
    state: i16,
    step: String,
    step_no: i16,
    steps: i16,
    holder_unit: String,
    holder_role: String,
    holder_staff: Option<Uuid>,
    applicant: String,
    search_text: String,
    received_at: i64,
    due_at: i64,
    resolved_at: Option<i64>,
    returned_at: Option<i64>,
    head_hash: Vec<u8>,
    intake_hash: Vec<u8>,
    public: String,
}

#[derive(Clone, sqlx::FromRow)]
struct ActionRow {
    seq: i32,
    kind: String,
    actor: Uuid,
    at: i64,
    body: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(Clone, sqlx::FromRow)]
struct FigureRow {
    agency: String,
    field: String,
    day: String,
    received: i64,
    resolved_on_time: i64,
    resolved_late: i64,
    returned: i64,
    supplements: i64,
    fees: i64,
}

/// What one intake wrote: the values of all others.
struct Pattern {
    command: CommandRow,
    case: CaseRow,
    body: String,
    action: ActionRow,
    figures: FigureRow,
    series: String,
    sql: Sql,
}

/// The server's own texts.
#[derive(Clone, Copy)]
struct Sql {
    find_command: &'static str,
    find_case: &'static str,
    command: &'static str,
    next: &'static str,
    case: &'static str,
    body: &'static str,
    action: &'static str,
    figures: &'static str,
    notify: &'static str,
}

/// The statements of intake, in a database of their own.
pub struct Direct {
    apart: Apart,
    pattern: Arc<Pattern>,
}

/// One statement after the other, on either engine; answers the action's place in the log.
macro_rules! statements {
    ($c:expr, $pattern:expr) => {{
        let (c, Pattern { command, case, body, action, figures, series, sql }) = ($c, $pattern);
        let (id, own) = (Uuid::now_v7(), Uuid::now_v7());
        let before = sqlx::query(sql.find_command).bind(own).fetch_optional(&mut *c).await?;
        let there = sqlx::query(sql.find_case).bind(id).fetch_optional(&mut *c).await?;
        ensure!(before.is_none() && there.is_none(), "a new id was found");
        let last: i64 = sqlx::query_scalar(sql.next).bind(series).fetch_one(&mut *c).await?;
        let insert = sqlx::query(sql.command).bind(own).bind(command.actor.0).bind(&command.route);
        let insert = insert.bind(&command.body_hash).bind(id).bind(command.case_seq).bind(&command.reply);
        insert.bind(command.at.0).execute(&mut *c).await?;
        let code = format!("{series}-{last:04}");
        let insert = sqlx::query(sql.case).bind(id).bind(&code).bind(case.version).bind(&case.agency);
        let insert = insert.bind(&case.division).bind(&case.procedure).bind(&case.procedure_name);
        let insert = insert.bind(&case.field).bind(case.state).bind(&case.step).bind(case.step_no);
        let insert = insert.bind(case.steps).bind(&case.holder_unit).bind(&case.holder_role);
        let insert = insert.bind(case.holder_staff).bind(&case.applicant).bind(&case.search_text);
        let insert = insert.bind(case.received_at).bind(case.due_at).bind(case.resolved_at);
        let insert = insert.bind(case.returned_at).bind(&case.head_hash).bind(&case.intake_hash);
        let public = case.public.replace(&case.code, &code);
        insert.bind(&public).execute(&mut *c).await?;
        let body = body.replace(&case.code, &code);
        sqlx::query(sql.body).bind(id).bind(&body).execute(&mut *c).await?;
        let body = action.body.replace(&case.code, &code);
        let insert = sqlx::query_as(sql.action).bind(Uuid::now_v7()).bind(id).bind(action.seq);
        let insert = insert.bind(&action.kind).bind(action.actor).bind(action.at).bind(&body).bind(own);
        let insert = insert.bind(&action.prev_hash).bind(&action.hash);
        let (_, _, pos): (Uuid, i32, i64) = insert.fetch_one(&mut *c).await?;
        let add = sqlx::query(sql.figures).bind(&figures.agency).bind(&figures.field).bind(&figures.day);
        let add = add.bind(figures.received).bind(figures.resolved_on_time).bind(figures.resolved_late);
        add.bind(figures.returned).bind(figures.supplements).bind(figures.fees).execute(&mut *c).await?;
        pos
    }};
}

macro_rules! pattern {
    ($pool:expr, $sql:expr) => {{
        let case: CaseRow = sqlx::query_as("SELECT * FROM cases").fetch_one($pool).await?;
        let (series, _) = case.code.rsplit_once('-').context("a code without its series")?;
        Pattern {
            command: sqlx::query_as("SELECT * FROM commands").fetch_one($pool).await?,
            body: sqlx::query_scalar("SELECT body FROM case_bodies").fetch_one($pool).await?,
            action: sqlx::query_as("SELECT * FROM case_actions").fetch_one($pool).await?,
            figures: sqlx::query_as("SELECT * FROM day_figures").fetch_one($pool).await?,
            series: series.to_owned(),
            case,
            sql: $sql,
        }
    }};
}

impl Direct {
    /// Makes it, for a world that holds one case: the pattern.
    pub async fn beside(world: &World, clients: usize) -> anyhow::Result<Self> {
        let db = &world.server().app.db;
        let sql = Sql::of(db)?;
        let pattern = match db {
            Db::Sqlite { read, .. } => pattern!(read, sql),
            Db::Postgres(theirs) => pattern!(theirs, sql),
        };
        Ok(Self { apart: Apart::beside(world, clients).await?, pattern: Arc::new(pattern) })
    }

    /// So many clients.
    pub fn clients(&self, many: usize) -> Vec<Statements> {
        let one = || Statements { pool: self.apart.pool.clone(), pattern: Arc::clone(&self.pattern) };
        std::iter::repeat_with(one).take(many).collect()
    }

    /// Closes it.
    pub async fn end(self) -> anyhow::Result<()> {
        self.apart.end().await
    }
}

impl Sql {
    fn of(db: &Db) -> anyhow::Result<Self> {
        let need = |wanted: &str| text(db, wanted);
        Ok(Self {
            find_command: need("commands.find_many")?,
            find_case: need("cases.find_many")?,
            command: need("commands.insert")?,
            next: need("serials.next")?,
            case: need("cases.insert")?,
            body: need("cases.insert_body")?,
            action: need("actions.insert")?,
            figures: need("figures.add")?,
            notify: text(db, "dialect.notify").unwrap_or_default(),
        })
    }
}

/// One who writes cases by hand.
pub struct Statements {
    pool: Pool,
    pattern: Arc<Pattern>,
}

impl Client for Statements {
    async fn turn(&mut self) -> anyhow::Result<()> {
        match &self.pool {
            Pool::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                statements!(&mut *tx, &*self.pattern);
                tx.commit().await?;
            }
            Pool::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                let pos = statements!(&mut *tx, &*self.pattern);
                sqlx::query(self.pattern.sql.notify).bind(pos.to_string()).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}
