//! Rows in bulk, whole tables at a time: what demo archives are written through and what backups read and put
//! back. A row is a list of [`Cell`]s, the same on both engines.

mod demo;
mod tables;

pub use demo::{DemoPost, Fresh, demo_posts, put_fresh, seen, serials, settle};
use tables::Kind;
pub use tables::{TABLES, Table};
pub(super) use {demo::SQL, tables::sql};

use super::{StoreError, Tx, db::TxInner};
use futures_util::TryStreamExt as _;
use serde::{Serialize, Serializer};
use sqlx::{Decode, Row, Sqlite, Type, query::Query, sqlite::SqliteArguments};
use tables::ROWS_AT_ONCE;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Rows that travel together: at most so many, and of about so many bytes.
const CHUNK_ROWS: usize = 500;
/// See [`CHUNK_ROWS`].
const CHUNK_BYTES: usize = 4 << 20;

/// A value of a row, whichever engine it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Bytes; as text, hexadecimal.
    Bytes(Vec<u8>),
    /// An id.
    Id(Uuid),
}

impl Cell {
    fn weight(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => 16,
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_none(),
            Self::Text(text) => to.serialize_str(text),
            Self::Int(number) => to.serialize_i64(*number),
            Self::Bool(yes) => to.serialize_bool(*yes),
            Self::Bytes(bytes) => to.serialize_str(&hex::encode(bytes)),
            Self::Id(id) => id.serialize(to),
        }
    }
}

/// A row.
pub type Cells = Vec<Cell>;

impl Table {
    /// Reads a row back from its JSON; none if it does not fit the columns.
    #[must_use]
    pub fn read_row(&self, row: Vec<serde_json::Value>) -> Option<Cells> {
        use serde_json::Value;
        if row.len() != self.columns.len() {
            return None;
        }
        let read = |(kind, value): (&Kind, Value)| match (kind, value) {
            (_, Value::Null) => Some(Cell::Null),
            (Kind::Text, Value::String(text)) => Some(Cell::Text(text)),
            (Kind::Int, Value::Number(number)) => number.as_i64().map(Cell::Int),
            (Kind::Bool, Value::Bool(yes)) => Some(Cell::Bool(yes)),
            (Kind::Bytes, Value::String(text)) => hex::decode(text).ok().map(Cell::Bytes),
            (Kind::Id, Value::String(text)) => text.parse().ok().map(Cell::Id),
            _ => None,
        };
        self.columns.iter().map(|(_, kind)| kind).zip(row).map(read).collect()
    }
}

/// How many rows a table has.
///
/// # Errors
/// [`StoreError`].
pub async fn count(tx: &mut Tx, table: &Table) -> Result<i64, StoreError> {
    Ok(match &mut tx.inner {
        TxInner::Sqlite(c) => sqlx::query_scalar(table.count).fetch_one(&mut **c).await?,
        TxInner::Postgres(c) => sqlx::query_scalar(table.count).fetch_one(&mut **c).await?,
    })
}

/// The first table that holds anything; none if the database is empty.
///
/// # Errors
/// [`StoreError`].
pub async fn first_filled(tx: &mut Tx) -> Result<Option<&'static str>, StoreError> {
    for table in TABLES {
        let any: Option<i32> = match &mut tx.inner {
            TxInner::Sqlite(c) => sqlx::query_scalar(table.any).fetch_optional(&mut **c).await?,
            TxInner::Postgres(c) => sqlx::query_scalar(table.any).fetch_optional(&mut **c).await?,
        };
        if any.is_some() {
            return Ok(Some(table.name));
        }
    }
    Ok(None)
}

/// Sends every row of a table, in the order of its key.
///
/// # Errors
/// [`StoreError`]; also when nobody takes the rows any more.
pub async fn read(tx: &mut Tx, table: &Table, to: &mpsc::Sender<Vec<Cells>>) -> Result<(), StoreError> {
    let mut chunk = Chunk { to, rows: Vec::new(), weight: 0 };
    match &mut tx.inner {
        TxInner::Sqlite(c) => {
            let mut rows = sqlx::query(table.select).fetch(&mut **c);
            while let Some(row) = rows.try_next().await? {
                chunk.push(cells(&row, table)?).await?;
            }
        }
        TxInner::Postgres(c) => {
            let mut rows = sqlx::query(table.select).fetch(&mut **c);
            while let Some(row) = rows.try_next().await? {
                chunk.push(cells(&row, table)?).await?;
            }
        }
    }
    chunk.send().await
}

struct Chunk<'a> {
    to: &'a mpsc::Sender<Vec<Cells>>,
    rows: Vec<Cells>,
    weight: usize,
}

impl Chunk<'_> {
    async fn push(&mut self, row: Cells) -> Result<(), StoreError> {
        self.weight += row.iter().map(Cell::weight).sum::<usize>();
        self.rows.push(row);
        if self.rows.len() < CHUNK_ROWS && self.weight < CHUNK_BYTES {
            return Ok(());
        }
        self.send().await
    }

    async fn send(&mut self) -> Result<(), StoreError> {
        self.weight = 0;
        let rows = std::mem::take(&mut self.rows);
        let gone = |_| StoreError::Io(std::io::ErrorKind::BrokenPipe.into());
        self.to.send(rows).await.map_err(gone)
    }
}

fn cells<'r, R: Row>(row: &'r R, table: &Table) -> Result<Cells, sqlx::Error>
where
    usize: sqlx::ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
    Uuid: Decode<'r, R::Database> + Type<R::Database>,
{
    let cell = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Cell::Text),
            Kind::Int => row.try_get::<Option<i64>, _>(at)?.map(Cell::Int),
            Kind::Bool => row.try_get::<Option<bool>, _>(at)?.map(Cell::Bool),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Cell::Bytes),
            Kind::Id => row.try_get::<Option<Uuid>, _>(at)?.map(Cell::Id),
        }
        .unwrap_or_default())
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// Writes rows, many with one statement.
///
/// # Errors
/// [`StoreError`].
pub async fn write(tx: &mut Tx, table: &Table, mut rows: Vec<Cells>) -> Result<(), StoreError> {
    tx.will_write();
    match &mut tx.inner {
        TxInner::Sqlite(c) => {
            let mut rows = rows.into_iter();
            while rows.len() >= ROWS_AT_ONCE {
                let many = rows.by_ref().take(ROWS_AT_ONCE).flatten();
                many.fold(sqlx::query(table.many), bind).execute(&mut **c).await?;
            }
            for row in rows {
                row.into_iter().fold(sqlx::query(table.one), bind).execute(&mut **c).await?;
            }
        }
        TxInner::Postgres(c) => {
            for rows in rows.chunks_mut(CHUNK_ROWS * 4) {
                let mut query = sqlx::query(table.arrays);
                for (at, (_, kind)) in table.columns.iter().enumerate() {
                    let column = rows.iter_mut().map(|row| row.get_mut(at).map(std::mem::take));
                    let column = column.map(Option::unwrap_or_default);
                    query = match kind {
                        Kind::Text => query.bind(column.map(text).collect::<Vec<_>>()),
                        Kind::Int => query.bind(column.map(int).collect::<Vec<_>>()),
                        Kind::Bool => query.bind(column.map(yes).collect::<Vec<_>>()),
                        Kind::Bytes => query.bind(column.map(bytes).collect::<Vec<_>>()),
                        Kind::Id => query.bind(column.map(id).collect::<Vec<_>>()),
                    };
                }
                query.execute(&mut **c).await?;
            }
        }
    }
    Ok(())
}

fn bind<'q>(query: Query<'q, Sqlite, SqliteArguments>, cell: Cell) -> Query<'q, Sqlite, SqliteArguments> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Text(text) => query.bind(text),
        Cell::Int(number) => query.bind(number),
        Cell::Bool(yes) => query.bind(yes),
        Cell::Bytes(bytes) => query.bind(bytes),
        Cell::Id(id) => query.bind(id),
    }
}

fn text(cell: Cell) -> Option<String> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

fn int(cell: Cell) -> Option<i64> {
    if let Cell::Int(number) = cell { Some(number) } else { None }
}

fn yes(cell: Cell) -> Option<bool> {
    if let Cell::Bool(yes) = cell { Some(yes) } else { None }
}

fn bytes(cell: Cell) -> Option<Vec<u8>> {
    if let Cell::Bytes(bytes) = cell { Some(bytes) } else { None }
}

fn id(cell: Cell) -> Option<Uuid> {
    if let Cell::Id(id) = cell { Some(id) } else { None }
}

/// After rows were put back with the places they had: new ones follow on.
///
/// # Errors
/// [`StoreError`].
pub async fn follow_on(tx: &mut Tx) -> Result<(), StoreError> {
    tx.will_write();
    // SQLite does so by itself.
    if let TxInner::Postgres(c) = &mut tx.inner {
        for sql in tables::FOLLOW_ON {
            sqlx::query(*sql).execute(&mut **c).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
const LAYOUT: &str = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%' \
    AND m.name NOT LIKE 'case_search%' ORDER BY m.name, p.name";

/// SQLite: every table with every column that there is.
#[cfg(test)]
pub(crate) async fn layout(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    match &mut tx.inner {
        TxInner::Sqlite(c) => Ok(sqlx::query_as(LAYOUT).fetch_all(&mut **c).await?),
        TxInner::Postgres(_) => Ok(Vec::new()),
    }
}
