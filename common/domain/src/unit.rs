//! Administrative units. How many levels there are and what they are called is data, so the
//! same program serves the province of 2014 (districts) and the one since 1 July 2025 (none).

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        // So that a map is searched without making a code first.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )+};
}

codes! {
    /// A field of procedures (lĩnh vực), such as `ho-tich`.
    FieldCode,
    /// A procedure (thủ tục hành chính), national form `1.001193`.
    ProcedureCode,
    /// A service of a hall that citizens take a number for, such as `ho-tich`; unique at its site.
    ServiceCode,
    /// A unit, national form `H52.125` (Decision 20/2020/QĐ-TTg; sub-codes of Sơn La are placeholders).
    UnitCode,
}

/// What a unit is in the machinery, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The province's People's Committee and its office.
    Province,
    /// A provincial department (sở).
    Department,
    /// A district, town or city under the province (until 30 June 2025).
    District,
    /// A commune, ward or township.
    Commune,
    /// A professional division inside an agency (phòng chuyên môn).
    Division,
}

impl UnitKind {
    /// Whether units of this kind receive cases in their own name.
    #[must_use]
    pub fn is_agency(self) -> bool {
        self != Self::Division
    }
}

/// One unit of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code; the key, since names repeat.
    pub code: UnitCode,
    /// The unit above; none for the province.
    pub parent: Option<UnitCode>,
    /// What it is.
    pub kind: UnitKind,
    /// What its level is called: "huyện", "xã", "sở", "phòng".
    pub level: String,
    /// Full name as on letterheads: "UBND huyện Mai Sơn".
    pub name: String,
    /// Short name for boards and lists: "Mai Sơn".
    pub short_name: String,
    /// The General Statistics Office's code, where there is one.
    #[serde(default)]
    pub gso_code: Option<String>,
    /// Whether time limits for mountainous or difficult communes apply here.
    #[serde(default)]
    pub mountain: bool,
    /// For a division: the fields that it examines. For an agency: empty.
    #[serde(default)]
    pub fields: Vec<FieldCode>,
    /// The place named before the date on papers: "Mai Sơn".
    pub place: String,
    /// False where a code or a fact has not been checked against a source.
    #[serde(default)]
    pub verified: bool,
    /// Where the facts come from and what is open.
    #[serde(default)]
    pub note: String,
}

/// A counter (quầy) of an agency's one-stop office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// The agency it belongs to.
    pub unit: UnitCode,
    /// Its number in the hall, from 1.
    pub number: u16,
    /// What hangs above it: "Hộ tịch, tư pháp".
    pub name: String,
    /// The fields served there; empty means all.
    #[serde(default)]
    pub fields: Vec<FieldCode>,
}
