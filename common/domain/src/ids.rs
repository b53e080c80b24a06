//! Identifiers. Whoever creates a thing makes its id (UUIDv7), so that sending it twice is
//! recognised and nothing is ever doubled.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by time of making.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// One entry of a case's log.
    ActionId,
    /// A case (hồ sơ).
    CaseId,
    /// One change asked of the server; sending it again changes nothing.
    CommandId,
    /// A scanned page or a drafted document kept with a case.
    FileId,
    /// A counter's computer or a kiosk.
    MachineId,
    /// A sheet on its way to a printer.
    PrintId,
    /// A member of staff (công chức, viên chức).
    StaffId,
    /// A number in the hall's line (số thứ tự).
    TicketId,
}
