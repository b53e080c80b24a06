//! Units, procedures and calendar in memory: they change rarely and every request asks for them.

use super::App;
use crate::{
    error::Error,
    pack,
    store::{self, Db},
};
use domain::{
    calendar::Calendar,
    deadline::{self, Standing},
    hall::{Service, default_services, serves},
    procedure::{Field, Procedure},
    roles::Actor,
    time::{DAY, MINUTE, Millis},
    unit::{Counter, FieldCode, ProcedureCode, Unit, UnitCode, UnitKind},
};
use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// The catalogue as read.
#[derive(Debug, Default)]
pub struct Catalogue {
    units: BTreeMap<UnitCode, Unit>,
    counters: HashMap<UnitCode, Vec<Counter>>,
    services: HashMap<UnitCode, Vec<Service>>,
    /// All fields, in their order.
    pub fields: Vec<Field>,
    procedures: BTreeMap<ProcedureCode, Arc<Procedure>>,
    /// Working days and hours.
    pub calendar: Calendar,
    /// Counts up with each change of the catalogue.
    pub version: i64,
    /// The instant until which a due time counts as soon, and the minute that it was computed for.
    horizon: Mutex<Option<(Millis, Millis)>>,
}

impl Catalogue {
    /// Reads it from the database.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn read(db: &Db) -> Result<Self, Error> {
        let mut tx = db.snapshot().await?;
        let units = store::catalogue::units(&mut tx).await?;
        let counters = store::catalogue::counters(&mut tx).await?;
        let fields = store::catalogue::fields(&mut tx).await?;
        let procedures = store::catalogue::procedures(&mut tx).await?;
        let holidays = store::catalogue::holidays(&mut tx).await?;
        let version = version(&mut tx).await?;
        Ok(Self { version, ..Self::new(units, counters, fields, procedures, pack::calendar(&holidays)) })
    }

    /// One made of a pack, for commands that need no database.
    #[must_use]
    pub fn of_pack(pack: pack::Pack) -> Self {
        let calendar = pack.calendar();
        Self::new(pack.units, pack.counters, pack.fields, pack.procedures, calendar)
    }

    fn new(
        units: Vec<Unit>,
        counters: Vec<Counter>,
        fields: Vec<Field>,
        procedures: Vec<Procedure>,
        calendar: Calendar,
    ) -> Self {
        let mut by_unit: HashMap<UnitCode, Vec<Counter>> = HashMap::new();
        for counter in counters {
            by_unit.entry(counter.unit.clone()).or_default().push(counter);
        }
        let services = by_unit.iter().map(|(site, counters)| {
            let services = default_services(site, counters, &fields);
            (site.clone(), services)
        });
        Self {
            services: services.collect(),
            units: units.into_iter().map(|unit| (unit.code.clone(), unit)).collect(),
            counters: by_unit,
            fields,
            procedures: procedures.into_iter().map(|p| (p.code.clone(), Arc::new(p))).collect(),
            calendar,
            version: 0,
            horizon: Mutex::new(None),
        }
    }

    /// A unit, by its code.
    #[must_use]
    pub fn unit<C: Ord + ?Sized>(&self, code: &C) -> Option<&Unit>
    where
        UnitCode: Borrow<C>,
    {
        self.units.get(code)
    }

    /// Every unit.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The province's own unit: the one with nothing above it.
    #[must_use]
    pub fn province(&self) -> Option<&Unit> {
        self.units.values().find(|unit| unit.parent.is_none())
    }

    /// A unit's full name; its code where it is unknown.
    #[must_use]
    pub fn name_of(&self, code: &UnitCode) -> String {
        self.unit(code).map_or_else(|| code.to_string(), |unit| unit.name.clone())
    }

    /// A unit's short name; its code where it is unknown.
    #[must_use]
    pub fn short_name_of(&self, code: &UnitCode) -> String {
        self.unit(code).map_or_else(|| code.to_string(), |unit| unit.short_name.clone())
    }

    /// A field's name; its code where it is unknown.
    #[must_use]
    pub fn field_name(&self, code: &FieldCode) -> String {
        let field = self.fields.iter().find(|field| field.code == *code);
        field.map_or_else(|| code.to_string(), |field| field.name.clone())
    }

    /// The agency that a unit is or belongs to.
    #[must_use]
    pub fn agency_of<'a>(&'a self, code: &'a UnitCode) -> Option<&'a Unit> {
        let mut unit = self.unit(code)?;
        // A pack that runs in a circle would be a mistake; it must not hang the server.
        for _ in 0..8 {
            if unit.kind.is_agency() {
                return Some(unit);
            }
            unit = self.unit(unit.parent.as_ref()?)?;
        }
        None
    }

    /// An agency's divisions.
    #[must_use]
    pub fn divisions(&self, agency: &UnitCode) -> Vec<Unit> {
        let of = |unit: &&Unit| unit.kind == UnitKind::Division && unit.parent.as_ref() == Some(agency);
        self.units.values().filter(of).cloned().collect()
    }

    /// The division that examines a field there; the agency itself where it has none.
    #[must_use]
    pub fn division_for(&self, agency: &UnitCode, field: &FieldCode) -> UnitCode {
        let examines = |unit: &&Unit| {
            unit.kind == UnitKind::Division
                && unit.parent.as_ref() == Some(agency)
                && unit.fields.contains(field)
        };
        self.units.values().find(examines).map_or_else(|| agency.clone(), |unit| unit.code.clone())
    }

    /// An agency's counters.
    #[must_use]
    pub fn counters(&self, agency: &UnitCode) -> &[Counter] {
        self.counters.get(agency).map_or(&[], Vec::as_slice)
    }

    /// What numbers are given for in an agency's hall.
    #[must_use]
    pub fn services(&self, agency: &UnitCode) -> &[Service] {
        self.services.get(agency).map_or(&[], Vec::as_slice)
    }

    /// The services that a counter calls for.
    pub fn services_at<'a>(&'a self, counter: &'a Counter) -> impl Iterator<Item = &'a Service> {
        self.services(&counter.unit).iter().filter(|service| serves(counter, service))
    }

    /// A procedure.
    #[must_use]
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Arc<Procedure>> {
        self.procedures.get(code)
    }

    /// Every procedure.
    pub fn procedures(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values()
    }

    /// The procedures that agencies of a kind receive.
    #[must_use]
    pub fn procedures_of(&self, kind: UnitKind) -> Vec<Procedure> {
        let received = |p: &&Arc<Procedure>| p.levels.contains(&kind);
        self.procedures.values().filter(received).map(|p| Procedure::clone(p)).collect()
    }

    /// The agencies directly below the province.
    pub fn direct_agencies(&self) -> impl Iterator<Item = &Unit> {
        let province = self.province().map(|unit| unit.code.clone());
        self.units
            .values()
            .filter(move |unit| unit.kind.is_agency() && unit.parent.is_some() && unit.parent == province)
    }

    /// The agency directly below the province that a unit is or belongs to; none for the province itself.
    #[must_use]
    pub fn direct_agency_of(&self, code: &UnitCode) -> Option<&Unit> {
        let province = &self.province()?.code;
        let mut unit = self.unit(code)?;
        for _ in 0..8 {
            let parent = unit.parent.as_ref()?;
            if parent == province {
                return Some(unit);
            }
            unit = self.unit(parent)?;
        }
        None
    }

    /// The units of a person's posts.
    #[must_use]
    pub fn posts_of(&self, actor: &Actor) -> BTreeSet<UnitCode> {
        actor.posts.iter().map(|post| post.unit.clone()).collect()
    }

    /// The instant until which a due time counts as due soon, computed once a minute.
    #[must_use]
    pub fn soon_until(&self, now: Millis) -> Millis {
        let minute = Millis(now.0 - now.0.rem_euclid(MINUTE));
        let mut horizon = self.horizon.lock().unwrap_or_else(PoisonError::into_inner);
        match *horizon {
            Some((at, until)) if at == minute => until,
            _ => {
                let until = find_horizon(minute, &self.calendar);
                *horizon = Some((minute, until));
                until
            }
        }
    }

    /// How a due time stands.
    #[must_use]
    pub fn standing(&self, due: Millis, now: Millis) -> Standing {
        if now > due {
            Standing::Late
        } else if due <= self.soon_until(now) {
            Standing::Soon
        } else {
            Standing::OnTime
        }
    }
}

/// The version of the catalogue in the database.
///
/// # Errors
/// [`Error`].
pub async fn stored_version(db: &Db) -> Result<i64, Error> {
    Ok(version(&mut db.snapshot().await?).await?)
}

async fn version(tx: &mut store::Tx) -> Result<i64, store::StoreError> {
    let version = store::settings::get(tx, store::settings::CATALOGUE_VERSION).await?;
    Ok(version.and_then(|version| version.parse().ok()).unwrap_or(0))
}

/// The latest due time, to the second, that the domain calls soon at `now`.
fn find_horizon(now: Millis, calendar: &Calendar) -> Millis {
    let soon = |at: i64| deadline::standing(Millis(at), now, calendar) == Standing::Soon;
    // The longest Tết is shorter than forty days.
    let (mut low, mut high) = (now.0, now.0 + 40 * DAY);
    while high - low > 1_000 {
        let middle = low + (high - low) / 2;
        if soon(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Millis(low)
}

/// What an app needs to know about its place.
///
/// # Errors
/// [`Error::NotFound`] for a unit that receives no cases.
pub fn place(app: &App, unit: &UnitCode) -> Result<api::Place, Error> {
    let catalogue = app.catalogue();
    let agency = catalogue.agency_of(unit).ok_or(Error::NotFound)?.clone();
    Ok(api::Place {
        divisions: catalogue.divisions(&agency.code),
        counters: catalogue.counters(&agency.code).to_vec(),
        fields: catalogue.fields.clone(),
        procedures: catalogue.procedures_of(agency.kind),
        calendar: catalogue.calendar.clone(),
        server_time: app.now(),
        lookup_base: format!("{}/tra-cuu", app.public_url),
        agency,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::parse_local;

    #[test]
    fn the_horizon_agrees_with_the_domain() {
        let catalogue = Catalogue::of_pack(pack::Pack::read(pack::DEFAULT).unwrap());
        for now in ["2026-11-20T16:00", "2026-11-23T08:42", "2026-02-13T11:45", "2026-04-29T15:20"] {
            let now = parse_local(now).unwrap();
            for minutes in (0..14 * 24 * 60).step_by(7) {
                let due = now.plus(minutes * MINUTE);
                let expected = deadline::standing(due, now, &catalogue.calendar);
                assert_eq!(catalogue.standing(due, now), expected, "{} at {}", due.local(), now.local());
            }
        }
    }
}
