//! The tables and their statements, made from one list of columns each.

use crate::store::Engine;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number, however wide.
    Int,
    /// Yes or no.
    Bool,
    /// Bytes.
    Bytes,
    /// An id.
    Id,
}

/// A table, or some columns of one.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
    pub(super) select: &'static str,
    pub(super) count: &'static str,
    pub(super) any: &'static str,
    /// SQLite: one row.
    pub(super) one: &'static str,
    /// SQLite: [`ROWS_AT_ONCE`] rows.
    pub(super) many: &'static str,
    /// PostgreSQL: any number of rows, as one array a column.
    pub(super) arrays: &'static str,
}

/// How many rows [`Table::many`] takes.
pub(super) const ROWS_AT_ONCE: usize = 32;

macro_rules! kind {
    (text) => {
        Kind::Text
    };
    (int) => {
        Kind::Int
    };
    (bool) => {
        Kind::Bool
    };
    (bytes) => {
        Kind::Bytes
    };
    (id) => {
        Kind::Id
    };
}

macro_rules! array {
    (text) => {
        "::text[]"
    };
    (int) => {
        "::bigint[]"
    };
    (bool) => {
        "::boolean[]"
    };
    (bytes) => {
        "::bytea[]"
    };
    (id) => {
        "::uuid[]"
    };
}

/// A number is read as wide as they come; everything else as it is.
macro_rules! selected {
    (int $column:ident) => {
        concat!("CAST(", stringify!($column), " AS BIGINT)")
    };
    ($kind:ident $column:ident) => {
        stringify!($column)
    };
}

macro_rules! mark {
    ($column:ident) => {
        ", ?"
    };
}

macro_rules! rows {
    (1 $first:ident $($rest:ident)*) => {
        concat!("(?", $(mark!($rest),)* ")")
    };
    (2 $($c:ident)+) => { concat!(rows!(1 $($c)+), ", ", rows!(1 $($c)+)) };
    (4 $($c:ident)+) => { concat!(rows!(2 $($c)+), ", ", rows!(2 $($c)+)) };
    (8 $($c:ident)+) => { concat!(rows!(4 $($c)+), ", ", rows!(4 $($c)+)) };
    (16 $($c:ident)+) => { concat!(rows!(8 $($c)+), ", ", rows!(8 $($c)+)) };
    (32 $($c:ident)+) => { concat!(rows!(16 $($c)+), ", ", rows!(16 $($c)+)) };
}

/// `table!("name" ordered by "key" then "tail": 1 column kind, 2 column kind…)`.
macro_rules! table {
    ($name:literal by $key:literal then $tail:literal:
     $no0:literal $c0:ident $k0:ident $(, $no:literal $c:ident $k:ident)* $(,)?) => {
        Table {
            name: $name,
            columns: &[(stringify!($c0), kind!($k0)) $(, (stringify!($c), kind!($k)))*],
            select: concat!("SELECT ", selected!($k0 $c0) $(, ", ", selected!($k $c))*, " FROM ", $name,
                " ORDER BY ", $key),
            count: concat!("SELECT COUNT(*) FROM ", $name),
            any: concat!("SELECT 1 FROM ", $name, " LIMIT 1"),
            one: concat!("INSERT INTO ", $name, " (", stringify!($c0) $(, ", ", stringify!($c))*, ") VALUES ",
                rows!(1 $c0 $($c)*), $tail),
            many: concat!("INSERT INTO ", $name, " (", stringify!($c0) $(, ", ", stringify!($c))*, ") VALUES ",
                rows!(32 $c0 $($c)*), $tail),
            arrays: concat!("INSERT INTO ", $name, " (", stringify!($c0) $(, ", ", stringify!($c))*,
                ") SELECT * FROM UNNEST($", $no0, array!($k0) $(, ", $", $no, array!($k))*, ")", $tail),
        }
    };
}

/// Every table that is kept, each after those that it refers to; the log comes before the cases that it makes.
/// Sessions are left out: a database that was put back lets nobody in without a password.
pub const TABLES: &[Table] = &[
    table!("settings" by "name" then "": 1 name text, 2 value text),
    table!("units" by "code" then "": 1 code text, 2 parent text, 3 kind text, 4 body text),
    table!("counters" by "unit, number" then "": 1 unit text, 2 number int, 3 body text),
    table!("fields" by "code" then "": 1 code text, 2 place int, 3 body text),
    table!("procedures" by "code" then "":
        1 code text, 2 field text, 3 search_text text, 4 verified bool, 5 body text),
    table!("holidays" by "day" then "": 1 day text, 2 kind text, 3 name text, 4 verified bool),
    table!("staff" by "id" then "":
        1 id id, 2 login text, 3 name text, 4 password text, 5 counter int, 6 demo bool, 7 active bool,
        8 must_change bool, 9 failures int, 10 locked_until int),
    table!("posts" by "staff, unit, role" then "": 1 staff id, 2 unit text, 3 role text),
    ACTIONS,
    CASES,
    CASE_BODIES,
    table!("commands" by "id" then "":
        1 id id, 2 actor id, 3 route text, 4 body_hash bytes, 5 case_id id, 6 case_seq int, 7 reply text, 8 at int),
    table!("serials" by "series" then "": 1 series text, 2 last int),
    table!("files" by "id" then "":
        1 id id, 2 name text, 3 kind text, 4 size int, 5 sha256 text, 6 pages int, 7 content bytes, 8 at int,
        9 by_staff id),
    table!("case_files" by "file, case_id" then "": 1 file id, 2 case_id id),
    table!("day_figures" by "agency, field, day" then "":
        1 agency text, 2 field text, 3 day text, 4 received int, 5 resolved_on_time int, 6 resolved_late int,
        7 returned int, 8 supplements int, 9 fees int),
    table!("machines" by "id" then "":
        1 id id, 2 key_hash bytes, 3 app text, 4 version text, 5 system text, 6 name text, 7 site text,
        8 counter int, 9 findings text, 10 standing text, 11 first_seen int, 12 last_seen int),
    table!("halls" by "site" then "": 1 site text, 2 version int, 3 place int, 4 calls int),
    table!("tickets" by "id" then "":
        1 id id, 2 site text, 3 day text, 4 number text, 5 place int, 6 service text, 7 class text, 8 from_at int,
        9 state text, 10 counter int, 11 call_seq int, 12 finished_at int, 13 body text),
    table!("hall_counters" by "site, number" then "":
        1 site text, 2 number int, 3 day text, 4 opening text, 5 streak int),
    table!("ratings" by "about" then "":
        1 about text, 2 site text, 3 day text, 4 counter int, 5 clerk id, 6 case_code text, 7 field text,
        8 level text, 9 complaints text),
];

/// The log.
pub(super) const ACTIONS: Table = table!("case_actions" by "pos" then "":
    1 pos int, 2 id id, 3 case_id id, 4 seq int, 5 kind text, 6 actor id, 7 at int, 8 body text,
    9 command_id id, 10 prev_hash bytes, 11 hash bytes);

/// The present rows.
pub(super) const CASES: Table = table!("cases" by "rid" then "":
    1 rid int, 2 id id, 3 code text, 4 version int, 5 agency text, 6 division text, 7 procedure text,
    8 procedure_name text, 9 field text, 10 state int, 11 step text, 12 step_no int, 13 steps int,
    14 holder_unit text, 15 holder_role text, 16 holder_staff id, 17 applicant text, 18 search_text text,
    19 received_at int, 20 due_at int, 21 resolved_at int, 22 returned_at int, 23 head_hash bytes,
    24 intake_hash bytes, 25 public text);

/// The whole of each case.
pub(super) const CASE_BODIES: Table = table!("case_bodies" by "id" then "": 1 id id, 2 body text);

/// New entries of the log, which take the next places.
pub(super) const NEW_ACTIONS: Table = table!("case_actions" by "pos" then "":
    1 id id, 2 case_id id, 3 seq int, 4 kind text, 5 actor id, 6 at int, 7 body text, 8 command_id id,
    9 prev_hash bytes, 10 hash bytes);

/// New cases, which take the next places.
pub(super) const NEW_CASES: Table = table!("cases" by "rid" then "":
    1 id id, 2 code text, 3 version int, 4 agency text, 5 division text, 6 procedure text, 7 procedure_name text,
    8 field text, 9 state int, 10 step text, 11 step_no int, 12 steps int, 13 holder_unit text,
    14 holder_role text, 15 holder_staff id, 16 applicant text, 17 search_text text, 18 received_at int,
    19 due_at int, 20 resolved_at int, 21 returned_at int, 22 head_hash bytes, 23 intake_hash bytes,
    24 public text);

/// The last serials given, in place of those before.
pub(super) const LAST_SERIALS: Table = table!("serials" by "series"
    then " ON CONFLICT (series) DO UPDATE SET last = excluded.last": 1 series text, 2 last int);

/// Figures, added to those of the day.
pub(super) const MORE_FIGURES: Table = table!("day_figures" by "day" then
    " ON CONFLICT (agency, field, day) DO UPDATE SET \
      received = day_figures.received + excluded.received, \
      resolved_on_time = day_figures.resolved_on_time + excluded.resolved_on_time, \
      resolved_late = day_figures.resolved_late + excluded.resolved_late, \
      returned = day_figures.returned + excluded.returned, \
      supplements = day_figures.supplements + excluded.supplements, fees = day_figures.fees + excluded.fees":
    1 agency text, 2 field text, 3 day text, 4 received int, 5 resolved_on_time int, 6 resolved_late int,
    7 returned int, 8 supplements int, 9 fees int);

/// PostgreSQL: the next places after the last ones there are.
pub(super) const FOLLOW_ON: &[&str] = &[
    "SELECT setval(pg_get_serial_sequence('cases', 'rid'), COALESCE(MAX(rid), 0) + 1, false) FROM cases",
    "SELECT setval(pg_get_serial_sequence('case_actions', 'pos'), COALESCE(MAX(pos), 0) + 1, false) FROM case_actions",
];

/// Statements of tables, for the test that prepares them all.
/// Those that are the same everywhere are in [`super::SQL`].
pub(in crate::store) fn sql(engine: Engine) -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    for table in TABLES.iter().chain([&NEW_ACTIONS, &NEW_CASES, &LAST_SERIALS, &MORE_FIGURES]) {
        all.extend([
            ("archive.select", table.select),
            ("archive.count", table.count),
            ("archive.any", table.any),
        ]);
        match engine {
            Engine::Sqlite => all.extend([("archive.one", table.one), ("archive.many", table.many)]),
            Engine::Postgres => all.push(("archive.arrays", table.arrays)),
        }
    }
    if engine == Engine::Postgres {
        all.extend(FOLLOW_ON.iter().map(|sql| ("archive.follow_on", *sql)));
    }
    all
}
