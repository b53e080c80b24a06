//! Cases taken in at this counter, for the clerk's own day. No names of citizens.

use super::{Local, LocalError, Result, read_id};
use domain::{
    code::CaseCode,
    ids::{CaseId, StaffId},
    time::Millis,
};
use sqlx::{Row as _, Sqlite, Transaction};

/// A case taken in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The case.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// Name of the procedure.
    pub procedure: String,
    /// Who took it in.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
    /// Seconds from the form's first letter to its sending.
    pub seconds: u32,
}

const INSERT: &str = "INSERT INTO taken (case_id, code, procedure_name, staff, at, seconds)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_id) DO NOTHING";
const SINCE: &str = "SELECT case_id, code, procedure_name, staff, at, seconds FROM taken
    WHERE at >= $1 AND staff = $2 ORDER BY at DESC LIMIT 200";

pub(super) async fn insert(tx: &mut Transaction<'static, Sqlite>, row: &Taken) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.case.to_string())
        .bind(row.code.as_str())
        .bind(&row.procedure)
        .bind(row.staff.to_string())
        .bind(row.at.0)
        .bind(i64::from(row.seconds))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

impl Local {
    /// What a clerk has taken in here since an instant, newest first.
    ///
    /// # Errors
    /// [`LocalError`].
    pub async fn taken_since(&self, since: Millis, staff: StaffId) -> Result<Vec<Taken>> {
        let rows = sqlx::query(SINCE).bind(since.0).bind(staff.to_string()).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let code: String = row.try_get("code")?;
                Ok(Taken {
                    case: read_id("taken", row.try_get("case_id")?)?,
                    code: CaseCode::parse(&code).map_err(|error| LocalError::BadRow {
                        table: "taken",
                        row: code.clone(),
                        problem: error.to_string(),
                    })?,
                    procedure: row.try_get("procedure_name")?,
                    staff: read_id("taken", row.try_get("staff")?)?,
                    at: Millis(row.try_get("at")?),
                    seconds: u32::try_from(row.try_get::<i64, _>("seconds")?).unwrap_or(0),
                })
            })
            .collect()
    }
}
