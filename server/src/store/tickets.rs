//! Tickets. Each lies whole in its row; the columns beside it are what lines are read by.

use super::{
    StoreError, Tx,
    db::on,
    many::{Many, insert_many, select_many, slices},
};
use domain::{
    hall::{Class, Ticket, TicketNumber},
    ids::TicketId,
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::Date;

/// How many calls a screen may want to show or speak.
pub const CALLS: usize = 16;
/// The same, for the statement.
const CALLED_LIMIT: i64 = 16;
/// How many of those served last say how long serving takes.
const RECENT: i64 = 300;

const UPDATE: &str = "UPDATE tickets SET service = $2, state = $3, counter = $4, call_seq = $5, finished_at = $6, \
    body = $7 WHERE id = $1";
const BY_ID: &str = "SELECT body, call_seq FROM tickets WHERE id = $1";
const BY_NUMBER: &str = "SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 AND number = $3";
/// The first of each line of a service: ordinary, with priority, appointments that are due and those that are not.
const HEADS: &str = "SELECT body, call_seq FROM (SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 \
    AND service = $3 AND class = 'ordinary' AND state = 'waiting' ORDER BY place LIMIT 1) AS ordinary \
    UNION ALL SELECT body, call_seq FROM (SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 \
    AND service = $3 AND class = 'priority' AND state = 'waiting' ORDER BY place LIMIT 1) AS priority \
    UNION ALL SELECT body, call_seq FROM (SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 \
    AND service = $3 AND class = 'appointment' AND from_at <= $4 AND state = 'waiting' ORDER BY place LIMIT 1) AS due \
    UNION ALL SELECT body, call_seq FROM (SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 \
    AND service = $3 AND class = 'appointment' AND from_at > $4 AND state = 'waiting' ORDER BY place LIMIT 1) AS later";
const AT_COUNTER: &str = "SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 AND counter = $3 \
    AND state IN ('called', 'serving')";
const OPEN: &str = "SELECT body, call_seq FROM tickets WHERE day = $1 AND site = $2 AND finished_at IS NULL \
    ORDER BY place";
const LEFT_OVER: &str = "SELECT body, call_seq FROM tickets WHERE day < $1 AND finished_at IS NULL LIMIT $2";
const CALLED: &str = "SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2 AND call_seq > 0 \
    ORDER BY call_seq DESC LIMIT $3";
const SERVED: &str = "SELECT body, call_seq FROM tickets WHERE site = $1 AND state = 'done' \
    ORDER BY finished_at DESC LIMIT $2";
const OF_DAY: &str = "SELECT body, call_seq FROM tickets WHERE site = $1 AND day = $2";
const COUNT_DAY: &str = "SELECT COUNT(*) FROM tickets WHERE site = $1 AND day = $2";

pub(super) const SQL: &[(&str, &str)] = &[
    ("tickets.update", UPDATE),
    ("tickets.by_id", BY_ID),
    ("tickets.by_number", BY_NUMBER),
    ("tickets.heads", HEADS),
    ("tickets.at_counter", AT_COUNTER),
    ("tickets.open", OPEN),
    ("tickets.left_over", LEFT_OVER),
    ("tickets.called", CALLED),
    ("tickets.served", SERVED),
    ("tickets.of_day", OF_DAY),
    ("tickets.count_day", COUNT_DAY),
];

static INSERT: Many = insert_many!(
    "tickets.insert",
    "INSERT INTO tickets (id, site, day, number, place, service, class, from_at, state, counter, call_seq, \
     finished_at, body) VALUES",
    13,
    ""
);
static FIND_MANY: Many = select_many!("tickets.find_many", "SELECT body, call_seq FROM tickets WHERE id IN");

pub(super) const MANY: &[&Many] = &[&INSERT, &FIND_MANY];

/// A ticket as stored, with the place of its latest call among all of its hall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The ticket.
    pub ticket: Ticket,
    /// Nought until it is called.
    pub call_seq: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    body: String,
    call_seq: i64,
}

impl Row {
    fn read(self) -> Result<Stored, StoreError> {
        let ticket = serde_json::from_str(&self.body)
            .map_err(|error| StoreError::broken("tickets", self.call_seq, error))?;
        Ok(Stored { ticket, call_seq: self.call_seq })
    }
}

fn read(rows: Vec<Row>) -> Result<Vec<Stored>, StoreError> {
    rows.into_iter().map(Row::read).collect()
}

/// What stands beside a ticket in its row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Columns {
    /// Whose hall.
    pub site: String,
    /// The day.
    pub day: String,
    /// The number.
    pub number: String,
    /// Its place.
    pub place: i64,
    /// What it waits for.
    pub service: String,
    /// The class by which its line is found.
    pub class: String,
    /// From when an appointment goes before others; nought for all else.
    pub from_at: Millis,
    /// Where it stands.
    pub state: String,
    /// At which counter.
    pub counter: Option<i32>,
    /// When it ended.
    pub finished_at: Option<Millis>,
}

impl Columns {
    /// Those of a ticket.
    #[must_use]
    pub fn of(ticket: &Ticket) -> Self {
        let (class, from_at) = match ticket.class {
            Class::Ordinary => ("ordinary", Millis(0)),
            Class::Priority { .. } => ("priority", Millis(0)),
            Class::Appointment { from, .. } => ("appointment", from),
        };
        Self {
            site: ticket.site.to_string(),
            day: ticket.day.to_string(),
            number: ticket.number.to_string(),
            place: ticket.place,
            service: ticket.service.to_string(),
            class: class.to_owned(),
            from_at,
            state: ticket.state.name().to_owned(),
            counter: ticket.state.counter().map(i32::from),
            finished_at: ticket.finished_at,
        }
    }
}

/// Writes new tickets.
pub(super) async fn insert(tx: &mut Tx, tickets: &[&Stored]) -> Result<(), StoreError> {
    tx.will_write();
    for (sql, tickets) in slices(&INSERT, tickets) {
        let bodies = tickets.iter().map(|stored| serde_json::to_string(&stored.ticket));
        let bodies: Vec<String> = bodies.collect::<Result<_, _>>()?;
        let columns: Vec<Columns> = tickets.iter().map(|stored| Columns::of(&stored.ticket)).collect();
        on!(tx, |c| {
            let mut query = sqlx::query(sql);
            for ((stored, columns), body) in tickets.iter().zip(&columns).zip(&bodies) {
                query = query
                    .bind(stored.ticket.id)
                    .bind(&columns.site)
                    .bind(&columns.day)
                    .bind(&columns.number)
                    .bind(columns.place)
                    .bind(&columns.service)
                    .bind(&columns.class)
                    .bind(columns.from_at)
                    .bind(&columns.state)
                    .bind(columns.counter)
                    .bind(stored.call_seq)
                    .bind(columns.finished_at)
                    .bind(body);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes a ticket that has changed.
pub(super) async fn update(tx: &mut Tx, stored: &Stored) -> Result<(), StoreError> {
    tx.will_write();
    let (columns, body) = (Columns::of(&stored.ticket), serde_json::to_string(&stored.ticket)?);
    on!(tx, |c| {
        let query = sqlx::query(UPDATE)
            .bind(stored.ticket.id)
            .bind(&columns.service)
            .bind(&columns.state)
            .bind(columns.counter)
            .bind(stored.call_seq)
            .bind(columns.finished_at)
            .bind(&body);
        query.execute(c).await.map(drop)
    })?;
    Ok(())
}

/// Those of many tickets that there are.
pub(super) async fn find_many(tx: &mut Tx, ids: &[TicketId]) -> Result<Vec<Stored>, StoreError> {
    let mut found = Vec::new();
    for (sql, ids) in slices(&FIND_MANY, ids) {
        let rows: Vec<Row> = on!(tx, |c| {
            let mut query = sqlx::query_as(sql);
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        found.extend(read(rows)?);
    }
    Ok(found)
}

/// A ticket.
///
/// # Errors
/// [`StoreError`].
pub async fn by_id(tx: &mut Tx, id: TicketId) -> Result<Option<Stored>, StoreError> {
    let row: Option<Row> = on!(tx, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?;
    row.map(Row::read).transpose()
}

/// A ticket by its number of a day.
///
/// # Errors
/// [`StoreError`].
pub async fn by_number(
    tx: &mut Tx,
    site: &UnitCode,
    day: Date,
    number: TicketNumber,
) -> Result<Option<Stored>, StoreError> {
    let (day, number) = (day.to_string(), number.to_string());
    let row: Option<Row> = on!(tx, |c| {
        sqlx::query_as(BY_NUMBER).bind(site).bind(&day).bind(&number).fetch_optional(c).await
    })?;
    row.map(Row::read).transpose()
}

/// The first of each line of a service at `now`.
///
/// # Errors
/// [`StoreError`].
pub async fn heads(
    tx: &mut Tx,
    site: &UnitCode,
    day: Date,
    service: &ServiceCode,
    now: Millis,
) -> Result<Vec<Stored>, StoreError> {
    let day = day.to_string();
    let rows = on!(tx, |c| {
        sqlx::query_as(HEADS).bind(site).bind(&day).bind(service).bind(now).fetch_all(c).await
    })?;
    read(rows)
}

/// Who is called to a counter or served there.
///
/// # Errors
/// [`StoreError`].
pub async fn at_counter(
    tx: &mut Tx,
    site: &UnitCode,
    day: Date,
    counter: u16,
) -> Result<Option<Stored>, StoreError> {
    let day = day.to_string();
    let row: Option<Row> = on!(tx, |c| {
        sqlx::query_as(AT_COUNTER).bind(site).bind(&day).bind(i32::from(counter)).fetch_optional(c).await
    })?;
    row.map(Row::read).transpose()
}

/// Everybody of a day whose affair is not over, by place.
///
/// # Errors
/// [`StoreError`].
pub async fn open(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<Vec<Stored>, StoreError> {
    let day = day.to_string();
    read(on!(tx, |c| sqlx::query_as(OPEN).bind(&day).bind(site).fetch_all(c).await)?)
}

/// Tickets of days before `day` that are still open, at any hall; at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn left_over(tx: &mut Tx, day: Date, limit: i64) -> Result<Vec<Stored>, StoreError> {
    let day = day.to_string();
    read(on!(tx, |c| sqlx::query_as(LEFT_OVER).bind(&day).bind(limit).fetch_all(c).await)?)
}

/// The tickets called last on a day, the latest first.
///
/// # Errors
/// [`StoreError`].
pub async fn called(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<Vec<Stored>, StoreError> {
    let day = day.to_string();
    read(on!(tx, |c| sqlx::query_as(CALLED).bind(site).bind(&day).bind(CALLED_LIMIT).fetch_all(c).await)?)
}

/// The tickets served last, on whichever day, the latest first.
///
/// # Errors
/// [`StoreError`].
pub async fn served(tx: &mut Tx, site: &UnitCode) -> Result<Vec<Stored>, StoreError> {
    read(on!(tx, |c| sqlx::query_as(SERVED).bind(site).bind(RECENT).fetch_all(c).await)?)
}

/// Every ticket of a day.
///
/// # Errors
/// [`StoreError`].
pub async fn of_day(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<Vec<Stored>, StoreError> {
    let day = day.to_string();
    read(on!(tx, |c| sqlx::query_as(OF_DAY).bind(site).bind(&day).fetch_all(c).await)?)
}

/// How many tickets a day has seen.
///
/// # Errors
/// [`StoreError`].
pub async fn count_day(tx: &mut Tx, site: &UnitCode, day: Date) -> Result<i64, StoreError> {
    let day = day.to_string();
    on!(tx, |c| Ok(sqlx::query_scalar(COUNT_DAY).bind(site).bind(&day).fetch_one(c).await?))
}
