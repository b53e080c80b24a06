//! `server user …` and `server demo-staff`.

use crate::{
    app::{
        account::{self, NewAccount},
        load, sessions,
    },
    pack::Pack,
    store::{Db, sessions as stored, staff},
};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use domain::roles::{Post, Role};
use std::io::Write;

/// Staff accounts.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Makes an account, or gives it new posts and a new password.
    Add {
        /// Sign-in name.
        login: String,
        /// Name.
        #[arg(long)]
        name: String,
        /// A post, such as `H52.125:clerk`; may be given more than once.
        #[arg(long = "post", required = true)]
        posts: Vec<String>,
        /// Usual counter.
        #[arg(long)]
        counter: Option<u16>,
        /// Password; without one a password is made and must be changed at the first sign-in.
        #[arg(long, env = "MOTCUA_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Gives an account a new password and ends its sessions.
    Passwd {
        /// Sign-in name.
        login: String,
        /// Password; without one a password is made and must be changed at the first sign-in.
        #[arg(long, env = "MOTCUA_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Lists the accounts.
    List,
}

impl User {
    pub(super) async fn run(self, db: &Db, out: &mut dyn Write) -> anyhow::Result<()> {
        match self {
            Self::Add { login, name, posts, counter, password } => {
                let posts =
                    posts.iter().map(|post| parse_post(post)).collect::<anyhow::Result<Vec<Post>>>()?;
                let (password, made) = given_or_made(password);
                let new = NewAccount { login: login.clone(), name, posts, counter };
                let id = account::put(db, new, password.clone(), made).await?;
                writeln!(out, "{login}  {id}")?;
                tell_made(out, made, &password)
            }
            Self::Passwd { login, password } => {
                let (password, made) = given_or_made(password);
                let hash = sessions::hash(password.clone()).await?;
                let mut tx = db.begin().await?;
                let row = staff::by_login(&mut tx, &login).await?;
                let row = row.with_context(|| format!("there is no account {login}"))?;
                staff::set_password(&mut tx, row.id, &hash, made).await?;
                stored::end_others(&mut tx, row.id, &[]).await?;
                tx.commit().await?;
                writeln!(out, "{login}: the password was changed")?;
                tell_made(out, made, &password)
            }
            Self::List => {
                let mut tx = db.snapshot().await?;
                for row in staff::all(&mut tx).await? {
                    let actor = staff::actor(&mut tx, &row).await?;
                    let post =
                        |post: &Post| format!("{}:{}", post.unit, crate::store::cases::role_name(post.role));
                    let posts: Vec<String> = actor.posts.iter().map(post).collect();
                    let mark = if row.demo { "demo" } else { "" };
                    writeln!(out, "{:28} {:28} {:4} {}", row.login, row.name, mark, posts.join(" "))?;
                }
                Ok(())
            }
        }
    }
}

fn parse_post(text: &str) -> anyhow::Result<Post> {
    let Some((unit, role)) = text.split_once(':') else {
        bail!("{text:?} is not a post; say UNIT:ROLE, such as H52.125:clerk");
    };
    let role: Role = serde_json::from_value(serde_json::Value::from(role))
        .with_context(|| format!("{role:?} is not a role"))?;
    Ok(Post { unit: unit.into(), role })
}

fn given_or_made(password: Option<String>) -> (String, bool) {
    match password {
        Some(password) => (password, false),
        None => (hex::encode(rand::random::<[u8; 8]>()), true),
    }
}

fn tell_made(out: &mut dyn Write, made: bool, password: &str) -> anyhow::Result<()> {
    if made {
        writeln!(out, "password: {password} (to be changed at the first sign-in)")?;
    }
    Ok(())
}

/// Makes the loaded pack's demo accounts.
pub(super) async fn demo_staff(db: &Db, password: String, out: &mut dyn Write) -> anyhow::Result<()> {
    let code = load::loaded(db).await?.unwrap_or_else(|| crate::pack::DEFAULT.to_owned());
    let pack = Pack::read(&code)?;
    load::load(db, &pack).await?;
    let made = account::put_demo(db, &pack.staff, password.clone()).await?;
    writeln!(out, "{code}: {made} demo accounts, password {password}")?;
    let at_desk = |role: Role| {
        let agency = pack.about.default_agency.as_str();
        let fits = |post: &Post| post.role == role && post.unit.as_str().starts_with(agency);
        pack.staff.iter().find(|person| person.posts.iter().any(fits))
    };
    for role in [Role::Clerk, Role::Specialist, Role::DivisionHead, Role::Leader, Role::SealClerk] {
        if let Some(person) = at_desk(role) {
            let role = i18n::Lang::Vi.role(role);
            writeln!(out, "  {:24} {} ({role})", person.login, person.name)?;
        }
    }
    Ok(())
}
