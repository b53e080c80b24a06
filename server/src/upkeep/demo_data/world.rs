//! Where invented cases come in and who works on them: the pack's agencies and their demo staff.

use super::{DemoData, DemoError, ids::Ids, phrases::Phrases};
use crate::{
    app::catalogue::Catalogue,
    pack::{self, Pack, People},
    store::{Db, archive, settings},
};
use domain::{
    procedure::{Procedure, StepKind},
    roles::{Actor, Post, Role},
    unit::{Unit, UnitCode, UnitKind},
};
use rand::{Rng, rngs::StdRng};
use std::{collections::HashMap, sync::Arc};

/// Everything that cases are made of.
#[derive(Debug)]
pub(super) struct World {
    pub(super) options: DemoData,
    pub(super) ids: Ids,
    pub(super) catalogue: Catalogue,
    pub(super) people: People,
    pub(super) phrases: Phrases,
    pub(super) agencies: Weighted<Agency>,
    desks: HashMap<UnitCode, HashMap<Role, Vec<Member>>>,
}

/// A member of the demo staff.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) actor: Actor,
    pub(super) counter: Option<u16>,
}

/// An agency that receives cases.
#[derive(Debug)]
pub(super) struct Agency {
    pub(super) unit: Unit,
    pub(super) offers: Weighted<Offer>,
    pub(super) areas: Vec<Area>,
    /// The chance that one of its cases is late; each agency has its own.
    pub(super) late: f64,
}

/// A procedure as an agency offers it.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) procedure: Arc<Procedure>,
    pub(super) division: UnitCode,
    /// Counters that serve its field.
    pub(super) counters: Vec<u16>,
}

/// Where applicants live.
#[derive(Debug)]
pub(super) struct Area {
    /// "xã Chiềng Ban, huyện Mai Sơn, tỉnh Sơn La".
    pub(super) name: String,
    /// Villages rather than street groups.
    pub(super) rural: bool,
}

/// Things of which some are picked more often than others.
#[derive(Debug)]
pub(super) struct Weighted<T>(Vec<(f64, T)>);

impl<T> Weighted<T> {
    fn new(things: impl IntoIterator<Item = (f64, T)>) -> Self {
        let mut sum = 0.0;
        let add = |(weight, thing)| {
            sum += weight;
            (sum, thing)
        };
        Self(things.into_iter().map(add).collect())
    }

    pub(super) fn pick(&self, rng: &mut StdRng) -> Option<&T> {
        let total = self.0.last().map(|(sum, _)| *sum)?;
        let point = rng.random_range(0.0..total.max(f64::MIN_POSITIVE));
        let at = self.0.partition_point(|(sum, _)| *sum <= point);
        self.0.get(at).map(|(_, thing)| thing)
    }
}

/// One of a list.
pub(super) fn any<'a, T>(rng: &mut StdRng, list: &'a [T]) -> Option<&'a T> {
    if list.is_empty() { None } else { list.get(rng.random_range(0..list.len())) }
}

impl World {
    pub(super) async fn read(db: &Db, pack: &Pack, options: DemoData) -> Result<Self, DemoError> {
        let mut tx = db.snapshot().await?;
        let loaded = settings::get(&mut tx, settings::PACK).await?;
        if loaded.as_deref() != Some(pack.about.code.as_str()) {
            return Err(DemoError::OtherPack { wanted: pack.about.code.clone(), loaded });
        }
        let posts = archive::demo_posts(&mut tx).await?;
        drop(tx);
        let mut world = Self {
            options,
            ids: Ids::new(options.seed),
            catalogue: Catalogue::of_pack(pack.clone()),
            people: pack::people()?,
            phrases: Phrases::read(&pack.fields),
            agencies: Weighted::new([]),
            desks: desks(posts),
        };
        let agencies: Vec<(f64, Agency)> = world
            .catalogue
            .units()
            .filter(|unit| unit.kind.is_agency())
            .filter_map(|unit| world.agency(unit, unit.code == pack.about.default_agency))
            .collect();
        if agencies.is_empty() {
            return Err(DemoError::NoStaff);
        }
        world.agencies = Weighted::new(agencies);
        Ok(world)
    }

    /// Who holds a post.
    pub(super) fn desk(&self, unit: &UnitCode, role: Role) -> &[Member] {
        self.desks.get(unit).and_then(|desk| desk.get(&role)).map_or(&[], Vec::as_slice)
    }

    /// An agency with what it offers and how busy it is; none if nobody is there to do it.
    fn agency(&self, unit: &Unit, at_home: bool) -> Option<(f64, Agency)> {
        let staffed = |role| !self.desk(&unit.code, role).is_empty();
        if !(staffed(Role::Clerk) && staffed(Role::Leader) && staffed(Role::SealClerk)) {
            return None;
        }
        let offers: Vec<(f64, Offer)> = self
            .catalogue
            .procedures()
            .filter(|procedure| procedure.levels.contains(&unit.kind))
            .filter_map(|procedure| self.offer(unit, procedure))
            .collect();
        if offers.is_empty() {
            return None;
        }
        let mut chances = self.ids.chances_of(unit.code.as_str());
        let kind = match unit.kind {
            UnitKind::District => 60.0,
            UnitKind::Department => 12.0,
            UnitKind::Commune => 4.0,
            UnitKind::Province | UnitKind::Division => 2.0,
        };
        // Whoever offers little is asked for little.
        let asked = offers.iter().map(|(demand, _)| demand / 10.0).sum::<f64>().min(1.0);
        let busy = kind * asked * chances.random_range(0.5..1.6) * if at_home { 2.0 } else { 1.0 };
        // Most are good, a few are not.
        let late = match chances.random_range(0..10) {
            0 => chances.random_range(0.10..0.16),
            1..4 => chances.random_range(0.05..0.09),
            _ => chances.random_range(0.01..0.05),
        };
        let agency =
            Agency { offers: Weighted::new(offers), areas: self.areas(unit), late, unit: unit.clone() };
        Some((busy, agency))
    }

    fn offer(&self, unit: &Unit, procedure: &Arc<Procedure>) -> Option<(f64, Offer)> {
        let division = self.catalogue.division_for(&unit.code, &procedure.field);
        let headed = division == unit.code
            || procedure.steps.iter().all(|step| step.kind != StepKind::DivisionHead)
            || !self.desk(&division, Role::DivisionHead).is_empty();
        if !headed || self.desk(&division, Role::Specialist).is_empty() {
            return None;
        }
        let counters = self.catalogue.counters(&unit.code).iter();
        let serving =
            counters.filter(|counter| counter.fields.is_empty() || counter.fields.contains(&procedure.field));
        let counters = serving.map(|counter| counter.number).collect();
        Some((demand(procedure), Offer { procedure: Arc::clone(procedure), division, counters }))
    }

    /// Where the people of an agency live: its communes, or itself.
    fn areas(&self, unit: &Unit) -> Vec<Area> {
        let communes = self.catalogue.units().filter(|other| other.kind == UnitKind::Commune);
        let own = |other: &&Unit| match unit.kind {
            UnitKind::Commune => other.code == unit.code,
            UnitKind::District => other.parent.as_ref() == Some(&unit.code),
            _ => true,
        };
        let area = |commune: &Unit| {
            let mut name = format!("{} {}", commune.level, commune.short_name);
            let mut above = commune.parent.as_ref().and_then(|code| self.catalogue.unit(code));
            while let Some(unit) = above {
                let called = if unit.parent.is_none() { &unit.place } else { &unit.short_name };
                name = format!("{name}, {} {called}", unit.level);
                above = unit.parent.as_ref().and_then(|code| self.catalogue.unit(code));
            }
            Area { name, rural: commune.level == "xã" }
        };
        communes.filter(own).map(area).collect()
    }
}

fn desks(posts: Vec<archive::DemoPost>) -> HashMap<UnitCode, HashMap<Role, Vec<Member>>> {
    let mut desks: HashMap<UnitCode, HashMap<Role, Vec<Member>>> = HashMap::new();
    for post in posts {
        let actor = Actor {
            staff: post.staff,
            name: post.name,
            posts: vec![Post { unit: post.unit.clone(), role: post.role }],
        };
        let member = Member { actor, counter: post.counter };
        desks.entry(post.unit).or_default().entry(post.role).or_default().push(member);
    }
    desks
}

/// How often a procedure is asked for: copies and births every day, most others now and then.
fn demand(procedure: &Procedure) -> f64 {
    match (procedure.code.as_str(), procedure.field.as_str()) {
        ("2.000815", _) => 40.0,
        ("1.001193", _) => 30.0,
        ("2.000635", _) => 16.0,
        ("2.000884" | "1.004873", _) => 14.0,
        ("1.000894" | "1.000656", _) => 10.0,
        ("2.001035", _) => 8.0,
        (_, "ho-tich" | "tu-phap") => 1.2,
        (_, "dat-dai") => 4.0,
        (_, "dang-ky-kinh-doanh" | "lao-dong-xa-hoi") => 3.0,
        (_, "xay-dung") => 2.0,
        _ => 1.0,
    }
}
