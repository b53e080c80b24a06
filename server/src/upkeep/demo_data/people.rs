//! Invented citizens.

use super::world::{Agency, World, any};
use domain::person::{CitizenId, Name, Person, Phone};
use jiff::civil::Date;
use rand::{Rng as _, rngs::StdRng};

/// Beginnings of mobile numbers.
const MOBILE: [&str; 12] =
    ["032", "033", "035", "038", "039", "086", "088", "091", "094", "096", "097", "098"];

impl World {
    /// A grown-up person of the agency's area. The number is one of those that Sơn La (014) gives out.
    pub(super) fn person(&self, rng: &mut StdRng, agency: &Agency, today: Date) -> Person {
        let woman = rng.random_bool(0.52);
        let year = today.year() - 18 - rng.random_range(0..30) - rng.random_range(0..34);
        let birth = Date::new(year, rng.random_range(1..=12), rng.random_range(1..=28)).ok();
        let century_and_sex = if year >= 2000 { 2 } else { 0 } + i16::from(woman);
        let (yy, own) = (year.rem_euclid(100), rng.random_range(1..1_000_000));
        let number = format!("014{century_and_sex}{yy:02}{own:06}");
        let phone = format!("{}{:07}", any(rng, &MOBILE).unwrap_or(&"098"), rng.random_range(0..10_000_000));
        Person {
            name: self.name(rng, woman),
            citizen_id: CitizenId::parse(&number).unwrap_or_default(),
            birth,
            phone: Phone::parse(&phone).unwrap_or_default(),
            address: self.address(rng, agency),
        }
    }

    /// A name as people here have it.
    pub(super) fn name(&self, rng: &mut StdRng, woman: bool) -> Name {
        let people = &self.people;
        let (middle, given) = if woman {
            (&people.middle_female, &people.given_female)
        } else {
            (&people.middle_male, &people.given_male)
        };
        let mut one_of = |list: &[String]| any(rng, list).cloned().unwrap_or_default();
        let name = format!("{} {} {}", one_of(&people.family), one_of(middle), one_of(given));
        Name::parse(&name).unwrap_or_default()
    }

    fn address(&self, rng: &mut StdRng, agency: &Agency) -> String {
        let Some(area) = any(rng, &agency.areas) else {
            return String::new();
        };
        let home = if area.rural {
            any(rng, &self.people.villages).cloned().unwrap_or_default()
        } else {
            self.phrases.street_group.replace("{n}", &rng.random_range(1..=15).to_string())
        };
        format!("{home}, {}", area.name)
    }
}
