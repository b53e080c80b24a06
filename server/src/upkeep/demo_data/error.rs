//! What can stand in the way of an archive.

use crate::{pack::PackError, store::StoreError};
use domain::{
    case::{Broken, NotAllowed},
    roles::{Denied, Role},
    unit::UnitCode,
};

/// Why an archive was not made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Too much was asked for.
    #[error("at most {cases} cases over 1 to {years} years")]
    Size {
        /// The most cases.
        cases: u32,
        /// The most years.
        years: u32,
    },
    /// The database holds another pack, or none.
    #[error("the database holds pack {loaded:?}, not {wanted}")]
    OtherPack {
        /// The pack to be used.
        wanted: String,
        /// The pack that is loaded.
        loaded: Option<String>,
    },
    /// The demo accounts are missing.
    #[error("there are no demo accounts")]
    NoStaff,
    /// Nobody holds a post that a case needs.
    #[error("nobody is {role:?} at {unit}")]
    NoPost {
        /// Where.
        unit: UnitCode,
        /// As what.
        role: Role,
    },
    /// The rules forbid what was invented.
    #[error("an invented turn is against the rules")]
    Rule(#[from] NotAllowed),
    /// A right is missing for what was invented.
    #[error("an invented turn is denied")]
    Denied(#[from] Denied),
    /// The pack.
    #[error("the pack")]
    Pack(#[from] PackError),
    /// The database.
    #[error("the database")]
    Store(#[from] StoreError),
    /// A thread ended badly.
    #[error("a thread that invents cases")]
    Thread(#[from] tokio::task::JoinError),
}

impl From<Broken> for DemoError {
    fn from(broken: Broken) -> Self {
        Self::Store(StoreError::Log(broken))
    }
}

impl DemoError {
    /// For people, in Vietnamese.
    #[must_use]
    pub fn message(&self) -> String {
        let with = |key: &str, values: &[(&str, &str)]| i18n::with(&format!("server.demo.{key}"), values);
        match self {
            Self::Size { cases, years } => {
                with("size", &[("cases", &cases.to_string()), ("years", &years.to_string())])
            }
            Self::OtherPack { wanted, loaded } => {
                with("other_pack", &[("wanted", wanted), ("loaded", loaded.as_deref().unwrap_or("–"))])
            }
            Self::NoStaff => with("no_staff", &[]),
            Self::NoPost { unit, role } => {
                with("no_post", &[("unit", unit.as_str()), ("role", &i18n::Lang::Vi.role(*role))])
            }
            Self::Rule(_) | Self::Denied(_) | Self::Pack(_) | Self::Store(_) | Self::Thread(_) => {
                with("failed", &[])
            }
        }
    }
}
