//! Intake: a new case at a counter (tiếp nhận).

use super::{
    App, Asked,
    cases::{command, repeated},
    papers,
};
use crate::{
    error::Error,
    store::{
        actions::Log,
        cases::{self, Current},
        queue::{Batch, Change, Needs},
    },
};
use api::{CaseView, IntakeRequest};
use domain::{
    case::{self, Action, ActionKind, By, NewCase},
    code::CaseCode,
    deadline::SupplementPolicy,
    ids::{ActionId, CaseId, FileId},
    procedure::Procedure,
    roles::{Actor, Permission, Role, allowed},
    time::Millis,
    unit::UnitCode,
};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// Takes a case in.
///
/// # Errors
/// [`Error::Denied`] without the clerk's post there, [`Error::Field`] for anything that is wrong in the request.
pub async fn intake(
    app: &App,
    actor: &Actor,
    asked: Asked,
    request: IntakeRequest,
) -> Result<CaseView, Error> {
    let change = match check(app, actor, &asked, request).await {
        Ok(change) => change,
        Err(error) => return super::cases::refused(app, &asked, error).await,
    };
    match app.queue.submit(change).await? {
        Taken::New(made) => {
            let log =
                Log { actions: vec![made.action], intact: true, intake_hash: made.current.intake.clone() };
            Ok(super::cases::assemble(app, made.current.case, log))
        }
        Taken::Before(case, seq) => super::cases::view_at(app, case, seq).await,
    }
}

/// Checks everything that needs no turn in the queue.
async fn check(
    app: &App,
    actor: &Actor,
    asked: &Asked,
    request: IntakeRequest,
) -> Result<IntakeChange, Error> {
    let catalogue = app.catalogue();
    allowed(actor, &Permission::Receive(&request.agency)).map_err(|denied| app.denied(denied))?;
    let agency = catalogue.unit(&request.agency).ok_or_else(|| Error::field("agency", "unknown_unit"))?;
    if !agency.kind.is_agency() {
        return Err(Error::field("agency", "not_an_agency"));
    }
    let known = |number: u16| catalogue.counters(&agency.code).iter().any(|counter| counter.number == number);
    if request.counter.is_some_and(|number| !known(number)) {
        return Err(Error::field("counter", "unknown_counter"));
    }
    let procedure = catalogue
        .procedure(&request.procedure)
        .ok_or_else(|| Error::field("procedure", "unknown_procedure"))?;
    if !procedure.levels.contains(&agency.kind) {
        return Err(Error::field("procedure", "not_received_here"));
    }
    let applicant = papers::person("applicant", &request.applicant, app.now())?;
    let handed = papers::papers(&request.papers)?;
    let text =
        domain::person::clean_remark(&request.request).map_err(|problem| Error::text("request", problem))?;
    let files = papers::attachments(app, actor, &request.files).await?;
    Ok(IntakeChange {
        app: app.clone(),
        asked: asked.clone(),
        case: request.case,
        by: By { staff: actor.staff, name: actor.name.clone(), unit: agency.code.clone(), role: Role::Clerk },
        division: catalogue.division_for(&agency.code, &procedure.field),
        procedure: Arc::clone(procedure),
        mountain: agency.mountain,
        agency: agency.code.clone(),
        counter: request.counter,
        applicant,
        papers: handed,
        files,
        sets: request.sets,
        request: text,
        channel: request.channel,
    })
}

struct IntakeChange {
    app: App,
    asked: Asked,
    case: CaseId,
    by: By,
    agency: UnitCode,
    division: UnitCode,
    procedure: Arc<Procedure>,
    mountain: bool,
    counter: Option<u16>,
    applicant: domain::person::Person,
    papers: Vec<case::HandedPaper>,
    files: Vec<case::Attachment>,
    sets: u16,
    request: String,
    channel: case::Channel,
}

enum Taken {
    New(Box<Made>),
    Before(CaseId, u32),
}

struct Made {
    current: Current,
    action: Action,
}

impl Change for IntakeChange {
    type Out = Taken;

    fn needs(&self) -> Option<Needs> {
        Some(Needs { command: Some(self.asked.id), case: Some(self.case), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<Taken, Error>> {
        Box::pin(self.make(batch))
    }
}

impl IntakeChange {
    async fn make(&self, batch: &mut Batch) -> Result<Taken, Error> {
        if let Some(before) = batch.command(self.asked.id) {
            let (case, seq) = repeated(before, &self.asked)?;
            return Ok(Taken::Before(case, seq));
        }
        if batch.case(self.case).is_some() {
            return Err(Error::field("case", "case_exists"));
        }
        let now = self.app.now();
        let day = now.local().date();
        let series = CaseCode::series(&self.agency, day);
        let serial = batch.next_serial(&series).await?;
        let made = self.begin(batch, now, serial);
        if made.is_err() {
            batch.give_back(&series);
        }
        made
    }

    fn begin(&self, batch: &mut Batch, now: Millis, serial: i64) -> Result<Taken, Error> {
        let serial = u32::try_from(serial).map_err(|_| Error::Internal("a serial out of range"))?;
        let code = CaseCode::new(&self.agency, now.local().date(), serial);
        let catalogue = self.app.catalogue();
        let intake = case::begin(self.new_case(), code, now, &catalogue.calendar)?;
        let action = Action {
            id: ActionId::new(),
            case: self.case,
            seq: 1,
            at: now,
            by: self.by.clone(),
            kind: ActionKind::Received(Box::new(intake)),
        };
        let files: Vec<FileId> = self.files.iter().map(|file| file.file).collect();
        let command = command(&self.asked, self.case, 1, now);
        let current = cases::append(batch, None, action.clone(), command, &files)?;
        Ok(Taken::New(Box::new(Made { current, action })))
    }

    fn new_case(&self) -> NewCase<'_> {
        NewCase {
            agency: self.agency.clone(),
            division: self.division.clone(),
            counter: self.counter,
            procedure: &self.procedure,
            mountain: self.mountain,
            applicant: self.applicant.clone(),
            papers: self.papers.clone(),
            files: self.files.clone(),
            sets: self.sets,
            request: self.request.clone(),
            channel: self.channel,
            policy: SupplementPolicy::default(),
        }
    }
}
