//! Accounts: made and changed by those who run the server.

use crate::{
    error::Error,
    pack::DemoStaff,
    store::{Db, staff, staff::StaffRow},
};
use domain::{
    ids::StaffId,
    person::{MAX_NAME, clean_line},
    roles::Post,
    time::Millis,
};
use sha2::{Digest as _, Sha256};
use uuid::Builder;

/// The id of a demo account: always the same for a sign-in name, so that making it twice makes one.
#[must_use]
pub fn demo_id(login: &str) -> StaffId {
    let digest: [u8; 32] = Sha256::digest(format!("mot-cua demo staff {login}")).into();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    StaffId(Builder::from_random_bytes(bytes).into_uuid())
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Posts.
    pub posts: Vec<Post>,
    /// Usual counter.
    pub counter: Option<u16>,
}

/// Makes an account, or gives the one of that sign-in name new posts and a new password.
///
/// # Errors
/// [`Error::Field`] for a name that cannot be printed.
pub async fn put(
    db: &Db,
    account: NewAccount,
    password: String,
    must_change: bool,
) -> Result<StaffId, Error> {
    let login = account.login.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if login.is_empty() || login.len() > 60 || !login.chars().all(plain) {
        return Err(Error::field("login", "unprintable"));
    }
    let name = clean_line(&account.name, MAX_NAME).map_err(|problem| Error::text("name", problem))?;
    let hash = super::sessions::hash(password).await?;
    let mut tx = db.begin().await?;
    let id = staff::by_login(&mut tx, &login).await?.map_or_else(StaffId::new, |row| row.id);
    let counter = account.counter.and_then(|n| i16::try_from(n).ok());
    let row = StaffRow {
        id,
        login,
        name,
        password: hash,
        counter,
        demo: false,
        active: true,
        must_change,
        failures: 0,
        locked_until: Millis(0),
    };
    staff::put(&mut tx, &row, &account.posts).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a pack's demo accounts, all with one password.
///
/// # Errors
/// [`Error`].
pub async fn put_demo(db: &Db, demo: &[DemoStaff], password: String) -> Result<usize, Error> {
    let hash = super::sessions::hash(password).await?;
    let mut tx = db.begin().await?;
    for person in demo {
        let row = StaffRow {
            id: demo_id(&person.login),
            login: person.login.clone(),
            name: person.name.clone(),
            password: hash.clone(),
            counter: person.counter.and_then(|n| i16::try_from(n).ok()),
            demo: true,
            active: true,
            must_change: false,
            failures: 0,
            locked_until: Millis(0),
        };
        staff::put(&mut tx, &row, &person.posts).await?;
    }
    tx.commit().await?;
    Ok(demo.len())
}
