//! Turns: everything that is done with a case after its intake.

use super::{
    App, Asked,
    cases::{command, repeated},
    papers,
};
use crate::{
    error::Error,
    store::{
        cases,
        queue::{Batch, Change, Needs},
        staff,
    },
};
use api::{CaseView, TurnRequest};
use domain::{
    case::{self, Action, By, Payment, ReturnedTo, Turn},
    ids::{ActionId, CaseId, FileId},
    person::{BadText, Name, clean_line},
    roles::{Actor, can, may_see},
    time::DAY,
};
use futures_util::future::BoxFuture;

/// The longest number of a fee receipt or of a result, in letters.
const MAX_NUMBER: usize = 60;
/// No new date lies further ahead than this.
const MAX_AHEAD: i64 = 3_650 * DAY;

/// Makes a turn of a case.
///
/// # Errors
/// [`Error::Stale`] when another's turn came first, [`Error::Denied`] and [`Error::NotAllowed`] by the rules.
pub async fn turn(
    app: &App,
    actor: &Actor,
    asked: Asked,
    case: CaseId,
    request: TurnRequest,
) -> Result<CaseView, Error> {
    let turn = match clean(app, actor, request.turn).await {
        Ok(turn) => turn,
        Err(error) => return super::cases::refused(app, &asked, error).await,
    };
    let change =
        TurnChange { app: app.clone(), actor: actor.clone(), asked, case, version: request.version, turn };
    let (case, seq) = app.queue.submit(change).await?;
    super::cases::view_at(app, case, seq).await
}

/// Cleans what the domain takes as it comes: names, numbers, papers, files.
async fn clean(app: &App, actor: &Actor, turn: Turn) -> Result<Turn, Error> {
    Ok(match turn {
        Turn::ReceiveSupplement { papers, files } => Turn::ReceiveSupplement {
            papers: papers::papers(&papers)?,
            files: papers::attachments(app, actor, &files).await?,
        },
        Turn::TakeFee { payment } => {
            let receipt_no = papers::optional_line(&payment.receipt_no, MAX_NUMBER)
                .map_err(|problem| Error::text("payment.receipt_no", problem))?;
            Turn::TakeFee { payment: Payment { amount: payment.amount, receipt_no } }
        }
        Turn::Return { to } => {
            let name = Name::parse(to.name.as_str()).map_err(|problem| Error::text("to.name", problem))?;
            let authorisation = to.authorisation.as_deref().unwrap_or_default();
            let authorisation = papers::optional_line(authorisation, 500)
                .map_err(|problem| Error::text("to.authorisation", problem))?;
            let authorisation = Some(authorisation).filter(|text| !text.is_empty());
            Turn::Return { to: ReturnedTo { name, authorisation } }
        }
        Turn::Seal { number } => {
            let wrong = |problem: BadText| Error::text("number", problem);
            Turn::Seal { number: clean_line(&number, MAX_NUMBER).map_err(wrong)? }
        }
        Turn::AskSupplement { items, reason } if items.len() > 60 => {
            drop((items, reason));
            return Err(Error::field("items", "too_many_papers"));
        }
        Turn::Apologise { new_due, .. } if new_due > app.now().plus(MAX_AHEAD) => {
            return Err(Error::field("new_due", "bad_time"));
        }
        other => other,
    })
}

struct TurnChange {
    app: App,
    actor: Actor,
    asked: Asked,
    case: CaseId,
    version: u32,
    turn: Turn,
}

impl Change for TurnChange {
    type Out = (CaseId, u32);

    fn needs(&self) -> Option<Needs> {
        Some(Needs { command: Some(self.asked.id), case: Some(self.case), ..Needs::default() })
    }

    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<(CaseId, u32), Error>> {
        Box::pin(self.make(batch))
    }
}

impl TurnChange {
    async fn make(&self, batch: &mut Batch) -> Result<(CaseId, u32), Error> {
        let now = self.app.now();
        if let Some(before) = batch.command(self.asked.id) {
            return repeated(before, &self.asked);
        }
        let current = batch.case(self.case).cloned().ok_or(Error::NotFound)?;
        may_see(&self.actor, &current.case).map_err(|denied| self.app.denied(denied))?;
        if current.case.version != self.version {
            return Err(Error::Stale);
        }
        let turn = self.with_member(batch, &current.case).await?;
        let post = can(&self.actor, &turn, &current.case).map_err(|denied| self.app.denied(denied))?;
        let catalogue = self.app.catalogue();
        // Time does not run backwards in a case, whatever the machine's clock does.
        let at = now.max(current.case.step_since);
        let files: Vec<FileId> = match &turn {
            Turn::ReceiveSupplement { files, .. } => files.iter().map(|file| file.file).collect(),
            _ => Vec::new(),
        };
        let kind = case::plan(&current.case, turn, self.actor.staff, at, &catalogue.calendar)?;
        let seq = self.version + 1;
        let by =
            By { staff: self.actor.staff, name: self.actor.name.clone(), unit: post.unit, role: post.role };
        let action = Action { id: ActionId::new(), case: self.case, seq, at, by, kind };
        let command = command(&self.asked, self.case, seq, now);
        cases::append(batch, Some(current), action, command, &files)?;
        Ok((self.case, seq))
    }

    /// Whoever a case is given to must be of the desk that holds it, and is named as the province knows them.
    async fn with_member(&self, batch: &mut Batch, case: &case::Case) -> Result<Turn, Error> {
        let Turn::Assign { staff: id, .. } = &self.turn else {
            return Ok(self.turn.clone());
        };
        let members = staff::at_unit(&mut batch.tx, &case.holder.unit).await?;
        let member = members.into_iter().find(|member| member.id == *id && member.role == case.holder.role);
        let member = member.ok_or_else(|| Error::field("staff", "unknown_staff"))?;
        Ok(Turn::Assign { staff: member.id, name: member.name })
    }
}
