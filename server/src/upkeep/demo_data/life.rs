//! One case: its log, written turn by turn through the domain's rules.

use super::{
    DemoError,
    world::{Agency, Member, Offer, World, any},
};
use crate::store::{
    actions::{Head, Sealed},
    archive::Fresh,
    cases::Current,
};
use domain::{
    case::{self, Action, ActionKind, By, Case, Channel, HandedPaper, NewCase, Turn},
    code::CaseCode,
    deadline::SupplementPolicy,
    ids::{ActionId, CaseId, CommandId},
    roles::{Role, can},
    time::Millis,
    unit::UnitCode,
};
use rand::{Rng as _, rngs::StdRng};
use uuid::Builder;

/// Where and when a case comes in.
pub(super) struct Seat<'a> {
    pub(super) agency: &'a Agency,
    pub(super) offer: &'a Offer,
    pub(super) number: u32,
    pub(super) code: CaseCode,
    pub(super) at: Millis,
}

/// Why a story ends before its end.
pub(super) enum Stop {
    /// The rest has not happened yet.
    Now,
    /// It cannot be.
    Failed(DemoError),
}

impl<E: Into<DemoError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A case that is being invented.
pub(super) struct Life<'a> {
    pub(super) world: &'a World,
    pub(super) agency: &'a Agency,
    pub(super) offer: &'a Offer,
    pub(super) rng: StdRng,
    /// An apology to be made, and the new date: at the first turn after its time.
    pub(super) sorry: Option<(Millis, Millis)>,
    fresh: &'a mut Fresh,
    id: CaseId,
    case: Option<Case>,
    head: Option<Head>,
    intake: Vec<u8>,
    last: Millis,
}

impl<'a> Life<'a> {
    /// Receives the case.
    pub(super) fn begin(
        world: &'a World,
        fresh: &'a mut Fresh,
        rng: StdRng,
        seat: Seat<'a>,
    ) -> Result<Self, DemoError> {
        let Seat { agency, offer, number, code, at } = seat;
        let id = CaseId(world.ids.case(number));
        let (case, head, intake, last) = (None, None, Vec::new(), at);
        let mut life = Life { world, agency, offer, rng, sorry: None, fresh, id, case, head, intake, last };
        let counter = any(&mut life.rng, &offer.counters).copied();
        let received = case::begin(life.new_case(counter, at), code, at, &world.catalogue.calendar)?;
        let clerk = life.clerk(counter)?;
        let by = By {
            staff: clerk.actor.staff,
            name: clerk.actor.name.clone(),
            unit: agency.unit.code.clone(),
            role: Role::Clerk,
        };
        life.write(at, by, ActionKind::Received(Box::new(received)))?;
        Ok(life)
    }

    fn new_case(&mut self, counter: Option<u16>, at: Millis) -> NewCase<'a> {
        let procedure = &self.offer.procedure;
        let mut papers = Vec::with_capacity(procedure.papers.len());
        for paper in &procedure.papers {
            if paper.required || self.rng.random_bool(0.3) {
                let count = paper.count.max(1);
                papers.push(HandedPaper { name: paper.name.clone(), form: paper.form, count });
            }
        }
        let channel = match self.rng.random_range(0..100) {
            0..87 => Channel::Direct,
            87..97 => Channel::Online,
            _ => Channel::Post,
        };
        NewCase {
            agency: self.agency.unit.code.clone(),
            division: self.offer.division.clone(),
            counter: counter.filter(|_| channel == Channel::Direct),
            procedure,
            mountain: self.agency.unit.mountain,
            applicant: self.world.person(&mut self.rng, self.agency, at.local().date()),
            papers,
            files: Vec::new(),
            sets: if self.rng.random_bool(0.1) { 2 } else { 1 },
            request: String::new(),
            channel,
            policy: SupplementPolicy::default(),
        }
    }

    /// Hands the case over as it stands at the end.
    pub(super) fn finish(self) -> Result<Case, DemoError> {
        let case = self.case.ok_or(DemoError::Rule(case::NotAllowed::NoStep))?;
        let head = self.head.map(|head| head.hash).unwrap_or_default();
        let current = Current { case: case.clone(), head, intake: self.intake };
        self.fresh.case(current)?;
        Ok(case)
    }

    /// The case as it stands.
    pub(super) fn case(&self) -> Result<&Case, DemoError> {
        self.case.as_ref().ok_or(DemoError::Rule(case::NotAllowed::NoStep))
    }

    /// When the last thing was done.
    pub(super) fn last(&self) -> Millis {
        self.last
    }

    /// Somebody who holds a post.
    pub(super) fn someone(&mut self, unit: &UnitCode, role: Role) -> Result<&'a Member, DemoError> {
        let world = self.world;
        let missing = || DemoError::NoPost { unit: unit.clone(), role };
        any(&mut self.rng, world.desk(unit, role)).ok_or_else(missing)
    }

    /// Somebody of the desk that the case lies on.
    pub(super) fn holder(&mut self) -> Result<&'a Member, DemoError> {
        let holder = &self.case()?.holder;
        let (unit, role) = (holder.unit.clone(), holder.role);
        self.someone(&unit, role)
    }

    /// The clerk who usually sits at a counter, or another.
    pub(super) fn clerk(&mut self, counter: Option<u16>) -> Result<&'a Member, DemoError> {
        let world = self.world;
        let clerks = world.desk(&self.agency.unit.code, Role::Clerk);
        let sits = clerks.iter().find(|clerk| clerk.counter.is_some() && clerk.counter == counter);
        match sits {
            Some(clerk) => Ok(clerk),
            None => self.someone(&self.agency.unit.code, Role::Clerk),
        }
    }

    /// Makes a turn at `at`, or a little after the one before it.
    pub(super) fn turn(&mut self, at: Millis, member: &Member, turn: Turn) -> Result<(), Stop> {
        if let Some((when, new_due)) = self.sorry.take_if(|(when, _)| *when <= at) {
            self.apologise(when, new_due)?;
        }
        let pause = self.rng.random_range(20_000..90_000);
        let at = at.max(self.last.plus(pause));
        if at > self.world.options.now {
            return Err(Stop::Now);
        }
        let case = self.case()?;
        let post = can(&member.actor, &turn, case)?;
        let kind = case::plan(case, turn, member.actor.staff, at, &self.world.catalogue.calendar)?;
        let by = By {
            staff: member.actor.staff,
            name: member.actor.name.clone(),
            unit: post.unit,
            role: post.role,
        };
        self.write(at, by, kind)?;
        Ok(())
    }

    fn apologise(&mut self, at: Millis, new_due: Millis) -> Result<(), Stop> {
        let agency = &self.agency.unit.code;
        let office = self.world.desk(agency, Role::OfficeHead).first();
        let head = match office {
            Some(head) => head,
            None => self.someone(agency, Role::Leader)?,
        };
        let reason = self.world.phrases.sorry.clone();
        self.turn(at, head, Turn::Apologise { reason, new_due })
    }

    fn write(&mut self, at: Millis, by: By, kind: ActionKind) -> Result<(), DemoError> {
        let seq = self.case.as_ref().map_or(1, |case| case.version + 1);
        let id = ActionId(Builder::from_custom_bytes(self.rng.random()).into_uuid());
        let command = CommandId(Builder::from_custom_bytes(self.rng.random()).into_uuid());
        let action = Action { id, case: self.id, seq, at, by, kind };
        let after = Case::apply(self.case.take(), &action)?;
        let sealed = Sealed::new(self.head.as_ref(), &action)?;
        self.head = Some(Head { hash: sealed.hash.clone() });
        if self.intake.is_empty() {
            self.intake.clone_from(&sealed.hash);
        }
        self.fresh.action(&action, sealed, command, &after);
        self.case = Some(after);
        self.last = at;
        Ok(())
    }
}
