//! Packs: a province's units, counters, procedures, calendar and demo staff, built into the program.

use domain::{
    calendar::Calendar,
    procedure::{Field, Procedure},
    roles::Post,
    unit::{Counter, Unit, UnitCode},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::store::catalogue::Holiday;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/packs"]
struct Packs;

/// The pack that an empty database is filled with.
pub const DEFAULT: &str = "sonla-2014";

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct About {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The province's unit.
    pub province: UnitCode,
    /// The agency that demonstrations use.
    pub default_agency: UnitCode,
}

/// A member of a pack's demo staff.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DemoStaff {
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Posts.
    pub posts: Vec<Post>,
    /// Usual counter.
    #[serde(default)]
    pub counter: Option<u16>,
}

/// Names that demo archives are made of; what is common stands more than once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct People {
    /// Family names.
    pub family: Vec<String>,
    /// Middle names of men.
    pub middle_male: Vec<String>,
    /// Middle names of women.
    pub middle_female: Vec<String>,
    /// Given names of men.
    pub given_male: Vec<String>,
    /// Given names of women.
    pub given_female: Vec<String>,
    /// Villages.
    pub villages: Vec<String>,
}

/// A pack, read.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What it says of itself.
    pub about: About,
    /// `pack.json` as it is.
    pub about_text: String,
    /// Units.
    pub units: Vec<Unit>,
    /// Counters.
    pub counters: Vec<Counter>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Procedures.
    pub procedures: Vec<Procedure>,
    /// Days that differ from their week.
    pub holidays: Vec<Holiday>,
    /// Demo staff.
    pub staff: Vec<DemoStaff>,
}

/// A pack that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// There is none of that name.
    #[error("there is no pack {0:?}; there are: {1}")]
    Unknown(String, String),
    /// A file is missing.
    #[error("the pack has no {0}")]
    Missing(String),
    /// A file is not what it should be.
    #[error("{file} of the pack is wrong")]
    Json {
        /// Which.
        file: String,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// The calendar is not what it should be.
    #[error("holidays.csv is wrong")]
    Csv(#[from] csv::Error),
}

/// The packs that there are.
#[must_use]
pub fn codes() -> Vec<String> {
    let code = |file: std::borrow::Cow<'static, str>| file.strip_suffix("/pack.json").map(str::to_owned);
    let mut codes: Vec<String> = Packs::iter().filter_map(code).collect();
    codes.sort();
    codes
}

impl Pack {
    /// Reads a pack by its code.
    ///
    /// # Errors
    /// [`PackError`].
    pub fn read(code: &str) -> Result<Self, PackError> {
        if !codes().iter().any(|known| known == code) {
            return Err(PackError::Unknown(code.to_owned(), codes().join(", ")));
        }
        let about_text = String::from_utf8_lossy(&bytes(&format!("{code}/pack.json"))?).into_owned();
        Ok(Self {
            about: json(&format!("{code}/pack.json"))?,
            about_text,
            units: json(&format!("{code}/units.json"))?,
            counters: json(&format!("{code}/counters.json"))?,
            fields: json("fields.json")?,
            procedures: json(&format!("{code}/procedures.json"))?,
            holidays: holidays()?,
            staff: json(&format!("{code}/staff.json"))?,
        })
    }

    /// The calendar of its days.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        calendar(&self.holidays)
    }
}

/// Names for demo archives.
///
/// # Errors
/// [`PackError`].
pub fn people() -> Result<People, PackError> {
    json("people.json")
}

/// A calendar with the office hours of DOMAIN §3 and these days; rows that name no day are passed over.
#[must_use]
pub fn calendar(holidays: &[Holiday]) -> Calendar {
    let mut calendar = Calendar::default();
    for holiday in holidays {
        let Ok(day) = holiday.day.parse() else {
            continue;
        };
        if holiday.kind == "work" {
            calendar.add_work(day, holiday.name.clone());
        } else {
            calendar.add_off(day, holiday.name.clone());
        }
    }
    calendar
}

#[derive(Deserialize)]
struct HolidayRow {
    date: String,
    kind: String,
    name: String,
    verified: bool,
}

fn holidays() -> Result<Vec<Holiday>, PackError> {
    let text = bytes("holidays.csv")?;
    let mut reader = csv::Reader::from_reader(text.as_ref());
    let read = |row: Result<HolidayRow, csv::Error>| {
        let HolidayRow { date, kind, name, verified } = row?;
        Ok(Holiday { day: date, kind, name, verified })
    };
    reader.deserialize().map(read).collect()
}

fn bytes(file: &str) -> Result<std::borrow::Cow<'static, [u8]>, PackError> {
    Packs::get(file).map(|file| file.data).ok_or_else(|| PackError::Missing(file.to_owned()))
}

fn json<T: DeserializeOwned>(file: &str) -> Result<T, PackError> {
    serde_json::from_slice(&bytes(file)?).map_err(|source| PackError::Json { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_reads() {
        assert!(codes().iter().any(|code| code == DEFAULT));
        for code in codes() {
            let pack = Pack::read(&code).unwrap();
            assert!(pack.procedures.len() >= 150, "{code}: {}", pack.procedures.len());
            assert!(pack.units.iter().any(|unit| unit.code == pack.about.province));
            let known = |code: &UnitCode| pack.units.iter().any(|unit| unit.code == *code);
            assert!(pack.counters.iter().all(|counter| known(&counter.unit)), "{code}");
            assert!(pack.staff.iter().flat_map(|staff| &staff.posts).all(|post| known(&post.unit)), "{code}");
        }
    }
}
