//! Staff: accounts and the posts they hold.

use super::{StoreError, Tx, cases::role_name, db::on};
use domain::{
    ids::StaffId,
    roles::{Actor, Post, Role},
    time::Millis,
    unit::UnitCode,
};

const PUT: &str = "INSERT INTO staff (id, login, name, password, counter, demo, active, must_change, failures, \
    locked_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0) ON CONFLICT (id) DO UPDATE SET login = excluded.login, \
    name = excluded.name, password = excluded.password, counter = excluded.counter, demo = excluded.demo, \
    active = excluded.active, must_change = excluded.must_change, failures = 0, locked_until = 0";
const BY_LOGIN: &str = "SELECT id, login, name, password, counter, demo, active, must_change, failures, locked_until \
    FROM staff WHERE login = $1";
const BY_ID: &str = "SELECT id, login, name, password, counter, demo, active, must_change, failures, locked_until \
    FROM staff WHERE id = $1";
const ALL: &str = "SELECT id, login, name, password, counter, demo, active, must_change, failures, locked_until \
    FROM staff ORDER BY login";
const SET_PASSWORD: &str =
    "UPDATE staff SET password = $2, must_change = $3, failures = 0, locked_until = 0 WHERE id = $1";
const NOTE_FAILURE: &str = "UPDATE staff SET failures = $2, locked_until = $3 WHERE id = $1";
const DROP_POSTS: &str = "DELETE FROM posts WHERE staff = $1";
const ADD_POST: &str =
    "INSERT INTO posts (staff, unit, role) VALUES ($1, $2, $3) ON CONFLICT (staff, unit, role) DO NOTHING";
const POSTS: &str = "SELECT unit, role FROM posts WHERE staff = $1 ORDER BY unit, role";
const AT_UNIT: &str = "SELECT s.id, s.name, p.role FROM posts p JOIN staff s ON s.id = p.staff \
    WHERE p.unit = $1 AND s.active ORDER BY s.name, s.id";

pub(super) const SQL: &[(&str, &str)] = &[
    ("staff.put", PUT),
    ("staff.by_login", BY_LOGIN),
    ("staff.by_id", BY_ID),
    ("staff.all", ALL),
    ("staff.set_password", SET_PASSWORD),
    ("staff.note_failure", NOTE_FAILURE),
    ("staff.drop_posts", DROP_POSTS),
    ("staff.add_post", ADD_POST),
    ("staff.posts", POSTS),
    ("staff.at_unit", AT_UNIT),
];

/// An account.
#[derive(Clone, sqlx::FromRow)]
pub struct StaffRow {
    /// Id.
    pub id: StaffId,
    /// Sign-in name.
    pub login: String,
    /// Name as the log keeps it.
    pub name: String,
    /// Argon2id, PHC string.
    pub password: String,
    /// The counter where they usually sit.
    pub counter: Option<i16>,
    /// Made for trying out.
    pub demo: bool,
    /// May sign in.
    pub active: bool,
    /// Must change the password first.
    pub must_change: bool,
    /// Wrong passwords in a row.
    pub failures: i32,
    /// Locked until then.
    pub locked_until: Millis,
}

impl std::fmt::Debug for StaffRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffRow").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct PostRow {
    unit: UnitCode,
    role: String,
}

impl PostRow {
    fn read(self) -> Result<Post, StoreError> {
        Ok(Post { role: role(&self.role)?, unit: self.unit })
    }
}

fn role(name: &str) -> Result<Role, StoreError> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|error| StoreError::broken("posts", name, error))
}

/// A member of a desk, for assigning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
    /// As what.
    pub role: Role,
}

/// Puts an account with its posts, in place of what it had.
///
/// # Errors
/// [`StoreError`].
pub async fn put(tx: &mut Tx, row: &StaffRow, posts: &[Post]) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| {
        sqlx::query(PUT)
            .bind(row.id)
            .bind(&row.login)
            .bind(&row.name)
            .bind(&row.password)
            .bind(row.counter)
            .bind(row.demo)
            .bind(row.active)
            .bind(row.must_change)
            .execute(c)
            .await
            .map(drop)
    })?;
    on!(tx, |c| sqlx::query(DROP_POSTS).bind(row.id).execute(c).await.map(drop))?;
    for post in posts {
        let role = role_name(post.role);
        on!(tx, |c| sqlx::query(ADD_POST)
            .bind(row.id)
            .bind(&post.unit)
            .bind(&role)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// An account by its sign-in name.
///
/// # Errors
/// [`StoreError`].
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<StaffRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(BY_LOGIN).bind(login).fetch_optional(c).await?))
}

/// An account by its id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_id(tx: &mut Tx, id: StaffId) -> Result<Option<StaffRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await?))
}

/// Every account.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<StaffRow>, StoreError> {
    on!(tx, |c| Ok(sqlx::query_as(ALL).fetch_all(c).await?))
}

/// Gives an account a new password.
///
/// # Errors
/// [`StoreError`].
pub async fn set_password(tx: &mut Tx, id: StaffId, hash: &str, must_change: bool) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(SET_PASSWORD).bind(id).bind(hash).bind(must_change).execute(c).await.map(drop))?;
    Ok(())
}

/// Notes wrong passwords and until when the account is locked for them.
///
/// # Errors
/// [`StoreError`].
pub async fn note_failures(tx: &mut Tx, id: StaffId, failures: i32, until: Millis) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(NOTE_FAILURE).bind(id).bind(failures).bind(until).execute(c).await.map(drop))?;
    Ok(())
}

/// An account with its posts, as the rules know it.
///
/// # Errors
/// [`StoreError`].
pub async fn actor(tx: &mut Tx, row: &StaffRow) -> Result<Actor, StoreError> {
    let posts: Vec<PostRow> = on!(tx, |c| sqlx::query_as(POSTS).bind(row.id).fetch_all(c).await)?;
    let posts = posts.into_iter().map(PostRow::read).collect::<Result<_, _>>()?;
    Ok(Actor { staff: row.id, name: row.name.clone(), posts })
}

/// Who holds posts at a unit.
///
/// # Errors
/// [`StoreError`].
pub async fn at_unit(tx: &mut Tx, unit: &UnitCode) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<(StaffId, String, String)> =
        on!(tx, |c| sqlx::query_as(AT_UNIT).bind(unit).fetch_all(c).await)?;
    rows.into_iter().map(|(id, name, post)| Ok(Member { id, name, role: role(&post)? })).collect()
}
