//! Signing in and out (đăng nhập). Only hashes of passwords and tokens are kept; a wrong name takes as long as a
//! wrong password.

use super::App;
use crate::{
    error::Error,
    store::{
        sessions::{self, SessionRow},
        staff::{self, StaffRow},
    },
};
use api::{PasswordChange, Session, SignInRequest};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::{
    ids::StaffId,
    roles::Actor,
    time::{HOUR, MINUTE, Millis},
};
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};
use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicI64, AtomicU64, Ordering},
};
use tokio::sync::Semaphore;

/// A session ends after this, whatever happens.
const LIFETIME: i64 = 12 * HOUR;
/// And after this without use.
const IDLE: i64 = 2 * HOUR;
/// Use is noted in the database this often.
const NOTE_EVERY: i64 = 5 * MINUTE;
/// What other processes do to a session is heard after this.
const KNOWN_FOR: i64 = 20 * 1_000;
/// Wrong passwords until an account is locked.
const MAX_FAILURES: i32 = 5;
/// And for how long.
const LOCKED_FOR: i64 = 15 * MINUTE;
/// The shortest password.
const MIN_PASSWORD: usize = 10;
/// The longest; hashing endless text is work for nothing.
const MAX_PASSWORD: usize = 200;

/// Hashing takes memory: two at a time.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What a wrong name is checked against.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// A signed-in person.
#[derive(Debug)]
pub struct Signed {
    /// Who, with posts.
    pub actor: Actor,
    /// SHA-256 of the session's token.
    pub token: Vec<u8>,
    /// The counter where they usually sit.
    pub counter: Option<u16>,
    /// The password must be changed first.
    pub must_change_password: bool,
    /// When the session ends.
    pub expires_at: Millis,
    read_at: Millis,
    epoch: u64,
    seen_at: AtomicI64,
    noted_at: AtomicI64,
}

/// Sessions known lately.
#[derive(Debug)]
pub struct Known {
    cache: Cache<[u8; 32], Arc<Signed>>,
    epoch: AtomicU64,
}

impl Default for Known {
    fn default() -> Self {
        Self { cache: Cache::builder().max_capacity(20_000).build(), epoch: AtomicU64::new(0) }
    }
}

impl Known {
    /// Some session ended, or a person changed: everybody is looked up anew.
    pub fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }
}

/// Signs in.
///
/// # Errors
/// [`Error::WrongCredentials`], or [`Error::Locked`] after too many tries.
pub async fn sign_in(app: &App, request: SignInRequest) -> Result<Session, Error> {
    let login = request.login.trim().to_lowercase();
    let row = {
        let mut tx = app.db.snapshot().await?;
        staff::by_login(&mut tx, &login).await?
    };
    let row = row.filter(|row| row.active);
    let now = app.now();
    if let Some(row) = row.as_ref().filter(|row| row.locked_until > now) {
        let minutes = (row.locked_until.0 - now.0 + MINUTE - 1) / MINUTE;
        return Err(Error::Locked { minutes });
    }
    let hash = row.as_ref().map_or_else(|| NOBODY.clone(), |row| row.password.clone());
    let right = verify(request.password, hash).await?;
    match row {
        Some(row) if right => begin(app, &row).await,
        Some(row) => Err(failed(app, &row).await?),
        None => Err(Error::WrongCredentials),
    }
}

async fn failed(app: &App, row: &StaffRow) -> Result<Error, Error> {
    let mut tx = app.db.begin().await?;
    // Read again: tries may run side by side.
    let failures = staff::by_id(&mut tx, row.id).await?.map_or(row.failures, |row| row.failures) + 1;
    let locks = failures >= MAX_FAILURES;
    let until = if locks { app.now().plus(LOCKED_FOR) } else { Millis(0) };
    staff::note_failures(&mut tx, row.id, if locks { 0 } else { failures }, until).await?;
    tx.commit().await?;
    Ok(if locks { Error::Locked { minutes: LOCKED_FOR / MINUTE } } else { Error::WrongCredentials })
}

async fn begin(app: &App, row: &StaffRow) -> Result<Session, Error> {
    let now = app.now();
    let token = new_token();
    let session = SessionRow {
        token: token_hash(&token).to_vec(),
        staff: row.id,
        began_at: now,
        seen_at: now,
        expires_at: now.plus(LIFETIME),
    };
    let mut tx = app.db.begin().await?;
    sessions::begin(&mut tx, &session).await?;
    if row.failures != 0 {
        staff::note_failures(&mut tx, row.id, 0, Millis(0)).await?;
    }
    let actor = staff::actor(&mut tx, row).await?;
    tx.commit().await?;
    Ok(Session {
        token,
        actor,
        counter: row.counter.and_then(|n| u16::try_from(n).ok()),
        must_change_password: row.must_change,
        expires_at: session.expires_at,
    })
}

/// Who a token belongs to.
///
/// # Errors
/// [`Error::SignedOut`] for a token that is unknown or has ended.
pub async fn authenticate(app: &App, token: &str) -> Result<Arc<Signed>, Error> {
    let key = token_hash(token);
    let now = app.now();
    let epoch = app.sessions.epoch.load(Ordering::SeqCst);
    let known = app
        .sessions
        .cache
        .get(&key)
        .filter(|signed| signed.epoch == epoch && (0..KNOWN_FOR).contains(&(now.0 - signed.read_at.0)));
    let signed = match known {
        Some(signed) => signed,
        None => {
            let signed = Arc::new(look_up(app, &key, now, epoch).await?);
            app.sessions.cache.insert(key, Arc::clone(&signed));
            signed
        }
    };
    let seen = signed.seen_at.load(Ordering::Relaxed);
    if now >= signed.expires_at || now.0 - seen >= IDLE {
        app.sessions.cache.invalidate(&key);
        return Err(Error::SignedOut);
    }
    signed.seen_at.store(now.0, Ordering::Relaxed);
    note_use(app, &signed, now);
    Ok(signed)
}

async fn look_up(app: &App, key: &[u8; 32], now: Millis, epoch: u64) -> Result<Signed, Error> {
    let mut tx = app.db.snapshot().await?;
    let row = sessions::find(&mut tx, key).await?.ok_or(Error::SignedOut)?;
    let person = staff::by_id(&mut tx, row.staff).await?.filter(|person| person.active);
    let person = person.ok_or(Error::SignedOut)?;
    let actor = staff::actor(&mut tx, &person).await?;
    // What this process saw itself may be newer than what it noted.
    let before = app.sessions.cache.get(key).map_or(0, |before| before.seen_at.load(Ordering::Relaxed));
    Ok(Signed {
        actor,
        token: row.token,
        counter: person.counter.and_then(|n| u16::try_from(n).ok()),
        must_change_password: person.must_change,
        expires_at: row.expires_at,
        read_at: now,
        epoch,
        seen_at: AtomicI64::new(row.seen_at.0.max(before)),
        noted_at: AtomicI64::new(row.seen_at.0),
    })
}

/// Notes now and then that a session is in use, without making anybody wait.
fn note_use(app: &App, signed: &Arc<Signed>, now: Millis) {
    let noted = signed.noted_at.load(Ordering::Relaxed);
    if now.0 - noted < NOTE_EVERY
        || signed.noted_at.compare_exchange(noted, now.0, Ordering::SeqCst, Ordering::Relaxed).is_err()
    {
        return;
    }
    let (db, token) = (app.db.clone(), signed.token.clone());
    tokio::spawn(async move {
        let noted = async {
            let mut tx = db.begin().await?;
            sessions::seen(&mut tx, &token, now).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the use of a session was not noted");
        }
    });
}

/// Signs out.
///
/// # Errors
/// [`Error`].
pub async fn sign_out(app: &App, signed: &Signed) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    sessions::end(&mut tx, &signed.token).await?;
    tx.commit().await?;
    app.sessions.forget();
    Ok(())
}

/// Changes one's own password; every other session of that person ends.
///
/// # Errors
/// [`Error::Field`] for a wrong present password or a weak new one.
pub async fn change_password(app: &App, signed: &Signed, change: PasswordChange) -> Result<(), Error> {
    let weak = change.new.chars().count() < MIN_PASSWORD
        || change.new.len() > MAX_PASSWORD
        || change.new == change.current;
    if weak {
        return Err(Error::field("new", "weak_password"));
    }
    let row = {
        let mut tx = app.db.snapshot().await?;
        staff::by_id(&mut tx, signed.actor.staff).await?.ok_or(Error::SignedOut)?
    };
    let now = app.now();
    if row.locked_until > now {
        return Err(Error::Locked { minutes: (row.locked_until.0 - now.0 + MINUTE - 1) / MINUTE });
    }
    if !verify(change.current, row.password.clone()).await? {
        return Err(match failed(app, &row).await? {
            Error::WrongCredentials => Error::field("current", "wrong_password"),
            other => other,
        });
    }
    set_password(app, signed.actor.staff, change.new, false, &signed.token).await
}

/// Gives a person a new password and ends their sessions, but for the one with `token`.
///
/// # Errors
/// [`Error`].
pub async fn set_password(
    app: &App,
    staff: StaffId,
    password: String,
    must_change: bool,
    token: &[u8],
) -> Result<(), Error> {
    let hash = hash(password).await?;
    let mut tx = app.db.begin().await?;
    staff::set_password(&mut tx, staff, &hash, must_change).await?;
    sessions::end_others(&mut tx, staff, token).await?;
    tx.commit().await?;
    app.sessions.forget();
    Ok(())
}

async fn verify(password: String, hash: String) -> Result<bool, Error> {
    let _permit = HASHING.acquire().await.map_err(|_| Error::Busy)?;
    let verified = tokio::task::spawn_blocking(move || {
        if password.len() > MAX_PASSWORD {
            return false;
        }
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.map_err(|_| Error::Internal("checking a password failed"))
}

/// The Argon2id hash of a password, for storing.
///
/// # Errors
/// [`Error::Internal`].
pub async fn hash(password: String) -> Result<String, Error> {
    let hashed = tokio::task::spawn_blocking(move || hash_now(&password));
    hashed.await.ok().flatten().ok_or(Error::Internal("hashing a password failed"))
}

fn hash_now(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Computes what unknown names are checked against, so that the first of them takes no longer.
pub fn warm_up() {
    drop(tokio::task::spawn_blocking(|| LazyLock::force(&NOBODY).len()));
}

fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Forgets sessions that have ended by themselves.
///
/// # Errors
/// [`Error`].
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let mut tx = app.db.begin().await?;
    let swept = sessions::sweep(&mut tx, app.now()).await?;
    tx.commit().await?;
    Ok(swept)
}
