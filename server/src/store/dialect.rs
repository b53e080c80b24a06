//! The few things that the two engines say differently.

use super::{Engine, StoreError, Tx, db::TxInner, db::on, work::ItemRow};
use domain::unit::UnitCode;
use sqlx::{Executor as _, SqlSafeStr as _};

const SEARCH_SQLITE: &str = "SELECT c.id, c.code, c.version, c.procedure_name, c.applicant, c.state, c.step, c.step_no, \
    c.steps, c.holder_unit, c.holder_staff, c.received_at, c.due_at FROM case_search s JOIN cases c ON c.rid = s.rowid \
    WHERE s.case_search MATCH $1 ORDER BY s.rowid DESC LIMIT $2";
const SEARCH_POSTGRES: &str = "SELECT id, code, version, procedure_name, applicant, state, step, step_no, steps, \
    holder_unit, holder_staff, received_at, due_at FROM cases \
    WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', $1) ORDER BY rid DESC LIMIT $2";
const NOTIFY: &str = "SELECT pg_notify('mot_cua_log', $1)";
const NOTIFY_HALL: &str = "SELECT pg_notify('mot_cua_hall', $1)";

/// Statements of one engine only.
pub(super) fn sql(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        Engine::Sqlite => &[("dialect.search", SEARCH_SQLITE)],
        Engine::Postgres => &[
            ("dialect.search", SEARCH_POSTGRES),
            ("dialect.notify", NOTIFY),
            ("dialect.notify_hall", NOTIFY_HALL),
        ],
    }
}

/// Finds cases that hold every word, and one of the marks where any are given.
pub(super) async fn search(
    tx: &mut Tx,
    words: &[String],
    marks: Option<&[String]>,
    limit: i64,
) -> Result<Vec<ItemRow>, StoreError> {
    let query = match tx.engine() {
        Engine::Sqlite => sqlite_query(words, marks),
        Engine::Postgres => postgres_query(words, marks),
    };
    let rows = match &mut tx.inner {
        TxInner::Sqlite(c) => {
            sqlx::query_as(SEARCH_SQLITE).bind(query).bind(limit).fetch_all(&mut **c).await?
        }
        TxInner::Postgres(c) => {
            sqlx::query_as(SEARCH_POSTGRES).bind(query).bind(limit).fetch_all(&mut **c).await?
        }
    };
    Ok(rows)
}

/// FTS5: `"nguyen" AND "van"* AND ("qqh52125")`. Words are letters and digits only; the last may be unfinished.
fn sqlite_query(words: &[String], marks: Option<&[String]>) -> String {
    let word = |(at, word): (usize, &String)| {
        if unfinished(words, at) { format!("\"{word}\"*") } else { format!("\"{word}\"") }
    };
    let mut parts: Vec<String> = words.iter().enumerate().map(word).collect();
    if let Some(marks) = marks {
        let marks: Vec<String> = marks.iter().map(|mark| format!("\"{mark}\"")).collect();
        parts.push(format!("({})", marks.join(" OR ")));
    }
    parts.join(" AND ")
}

/// tsquery: `'nguyen' & 'van':* & ('qqh52125')`.
fn postgres_query(words: &[String], marks: Option<&[String]>) -> String {
    let word = |(at, word): (usize, &String)| {
        if unfinished(words, at) { format!("'{word}':*") } else { format!("'{word}'") }
    };
    let mut parts: Vec<String> = words.iter().enumerate().map(word).collect();
    if let Some(marks) = marks {
        let marks: Vec<String> = marks.iter().map(|mark| format!("'{mark}'")).collect();
        parts.push(format!("({})", marks.join(" | ")));
    }
    parts.join(" & ")
}

/// Whether a word may go on: the last one, if it is more than a letter.
fn unfinished(words: &[String], at: usize) -> bool {
    at + 1 == words.len() && words.get(at).is_some_and(|word| word.chars().count() > 1)
}

/// Tells other processes that the log has grown to `pos`. SQLite has no such thing: they look for themselves.
pub(super) async fn notify(tx: &mut Tx, pos: i64) -> Result<(), StoreError> {
    if let TxInner::Postgres(c) = &mut tx.inner {
        sqlx::query(NOTIFY).bind(pos.to_string()).execute(&mut **c).await?;
    }
    Ok(())
}

/// Tells other processes that a hall has changed.
pub(super) async fn notify_hall(tx: &mut Tx, site: &UnitCode) -> Result<(), StoreError> {
    if let TxInner::Postgres(c) = &mut tx.inner {
        sqlx::query(NOTIFY_HALL).bind(site).execute(&mut **c).await?;
    }
    Ok(())
}

/// Lets the engine check a statement without running it.
pub(super) async fn prepare(tx: &mut Tx, sql: &'static str) -> Result<(), StoreError> {
    on!(tx, |c| {
        c.prepare(sql.into_sql_str()).await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_of_both_engines() {
        let words = ["sung".to_owned(), "a".to_owned(), "do".to_owned()];
        let marks = ["qqh52".to_owned()];
        assert_eq!(sqlite_query(&words, Some(&marks)), "\"sung\" AND \"a\" AND \"do\"* AND (\"qqh52\")");
        assert_eq!(postgres_query(&words, None), "'sung' & 'a' & 'do':*");
    }
}
