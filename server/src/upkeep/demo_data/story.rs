//! What happens to a case after its intake, from the desk that examines it to the citizen's hand.

use super::{
    DemoError,
    life::{Life, Stop},
    world::{Member, any},
};
use domain::{
    case::{Case, HandedPaper, Payment, ReturnedTo, Turn},
    procedure::{Limit, PaperForm},
    roles::Role,
    time::Millis,
};
use rand::Rng as _;

/// Office minutes of a working day.
const DAY: f64 = 480.0;

/// How fast a case goes: from when, and how many office minutes until its result is ready.
#[derive(Clone, Copy)]
struct Pace {
    from: Millis,
    minutes: f64,
}

impl Life<'_> {
    /// Lives until the end, or until now.
    pub(super) fn live(mut self) -> Result<Case, DemoError> {
        match self.story() {
            Ok(()) | Err(Stop::Now) => self.finish(),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    fn story(&mut self) -> Result<(), Stop> {
        let field = match self.offer.procedure.field.as_str() {
            "ho-tich" | "tu-phap" => 0.7,
            "dat-dai" | "xay-dung" => 1.8,
            _ => 1.0,
        };
        let late = self.chance(self.agency.late * field);
        let mut pace = self.pace(self.last(), late)?;
        let examiner = self.someone(&self.offer.division, Role::Specialist)?;
        let begin = self.between(0.02, 0.22).min(DAY / pace.minutes);
        self.turn_at(pace, begin, examiner, Turn::TakeUp)?;
        if self.chance(0.004) {
            return self.withdraw(self.after(pace.from, pace.minutes * 0.3));
        }
        let same_day = matches!(self.offer.procedure.limit, Limit::SameDay);
        if !same_day && self.chance(0.05) {
            self.sorry = None;
            if !self.supplement(pace, examiner)? {
                return Ok(());
            }
            pace = self.pace(self.last(), late)?;
        }
        if !same_day && self.chance(0.55) {
            let opinion = self.world.phrases.opinion.clone();
            self.turn_at(pace, 0.5, examiner, Turn::Examine { opinion })?;
        }
        self.draft(pace, 0.58, examiner)?;
        if self.chance(0.03) {
            let (head, reason) = (self.holder()?, self.world.phrases.sent_back.clone());
            self.turn_at(pace, 0.7, head, Turn::SendBack { reason })?;
            self.draft(pace, 0.74, examiner)?;
        }
        let leader = self.holder()?;
        let signed = self.between(0.86, 0.95);
        self.turn_at(pace, signed, leader, Turn::Approve { remark: String::new() })?;
        let (clerk, number) = (self.holder()?, self.seal_number()?);
        self.turn_at(pace, 1.0, clerk, Turn::Seal { number })?;
        self.give_back()
    }

    /// Drafts the result and puts it to the leader, through the head of the division where there is one.
    fn draft(&mut self, pace: Pace, begin: f64, examiner: &Member) -> Result<(), Stop> {
        let case = self.case()?;
        let text = self.world.phrases.draft.replace("{result}", result(case));
        let text = text.replace("{name}", case.applicant.name.as_str());
        self.turn_at(pace, begin, examiner, Turn::Draft { text })?;
        self.turn_at(pace, begin + 0.03, examiner, Turn::Submit { note: String::new() })?;
        if self.case()?.holder.role == Role::DivisionHead {
            let head = self.holder()?;
            let passed = begin + self.between(0.06, 0.1);
            self.turn_at(pace, passed, head, Turn::Submit { note: String::new() })?;
        }
        Ok(())
    }

    /// The citizen is asked for more papers and brings them; false if they give up.
    fn supplement(&mut self, pace: Pace, examiner: &Member) -> Result<bool, Stop> {
        let procedure = &self.offer.procedure;
        let paper = any(&mut self.rng, &procedure.papers);
        let (name, form) = paper.map_or_else(
            || (self.world.phrases.missing.clone(), PaperForm::Original),
            |paper| (paper.name.clone(), paper.form),
        );
        let reason = self.world.phrases.missing_why.clone();
        let items = vec![name.clone()];
        self.turn_at(pace, 0.3, examiner, Turn::AskSupplement { items, reason })?;
        if self.chance(0.05) {
            let waited = self.between(22.0, 40.0) * DAY;
            self.withdraw(self.after(self.last(), waited))?;
            return Ok(false);
        }
        let waited = 60.0 + self.waiting(4.0 * DAY);
        let clerk = self.clerk(None)?;
        let papers = vec![HandedPaper { name, form, count: 1 }];
        let at = self.after(self.last(), waited);
        self.turn(at, clerk, Turn::ReceiveSupplement { papers, files: Vec::new() })?;
        Ok(true)
    }

    fn withdraw(&mut self, at: Millis) -> Result<(), Stop> {
        let (clerk, reason) = (self.clerk(None)?, self.world.phrases.withdrawn.clone());
        self.turn(at, clerk, Turn::Withdraw { reason })
    }

    /// The citizen comes, pays what is owed and takes the result.
    fn give_back(&mut self) -> Result<(), Stop> {
        let waited = 5.0 + self.waiting(1.1 * DAY);
        let at = self.after(self.last(), waited);
        let clerk = self.clerk(None)?;
        let amount = self.case()?.fee_left();
        if amount > 0 {
            let receipt_no = format!("{:07}", self.rng.random_range(1..10_000_000));
            self.turn(at, clerk, Turn::TakeFee { payment: Payment { amount, receipt_no } })?;
        }
        let (name, authorisation) = if self.chance(0.06) {
            let woman = self.chance(0.5);
            (self.world.name(&mut self.rng, woman), Some(self.world.phrases.authorisation.clone()))
        } else {
            (self.case()?.applicant.name.clone(), None)
        };
        self.turn(at, clerk, Turn::Return { to: ReturnedTo { name, authorisation } })
    }

    /// How long the work takes, and whether an apology will be due.
    fn pace(&mut self, from: Millis, late: bool) -> Result<Pace, DemoError> {
        let calendar = &self.world.catalogue.calendar;
        let due = self.case()?.deadline.due;
        let limit = calendar.office_minutes_between(from.local(), due.local());
        let limit = f64::from(u32::try_from(limit).unwrap_or(u32::MAX)).max(30.0);
        if !late {
            let share = (self.between(0.25, 0.98) + self.between(0.5, 0.98)) / 2.0;
            return Ok(Pace { from, minutes: limit * share });
        }
        let over = 20.0 + self.waiting(4.0 * DAY).min(20.0 * DAY);
        if self.chance(0.3) && self.case()?.state.is_running() {
            let days = [over / DAY, self.between(0.0, 2.0)].iter().sum::<f64>();
            let new_day = calendar.nth_working_after(due.local().date(), 1 + whole(days));
            let new_due = Millis::from_local(calendar.office_end(new_day));
            self.sorry = Some((self.after(from, limit * 0.9), new_due));
        }
        Ok(Pace { from, minutes: limit + over })
    }

    fn turn_at(&mut self, pace: Pace, share: f64, member: &Member, turn: Turn) -> Result<(), Stop> {
        let at = self.after(pace.from, pace.minutes * share);
        // Nobody presses a button on the full minute; what is early is still in office hours.
        let early = self.rng.random_range(0..55_000);
        self.turn(at.plus(-early), member, turn)
    }

    /// So many office minutes later.
    fn after(&self, from: Millis, minutes: f64) -> Millis {
        let calendar = &self.world.catalogue.calendar;
        Millis::from_local(calendar.add_office_minutes(from.local(), whole(minutes)))
    }

    fn chance(&mut self, share: f64) -> bool {
        self.rng.random_bool(share.clamp(0.0, 1.0))
    }

    fn between(&mut self, from: f64, until: f64) -> f64 {
        self.rng.random_range(from..until)
    }

    /// A time that is mostly short and seldom long.
    fn waiting(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.between(0.0, 0.999)).ln()
    }

    /// The number of the result: day of the year and serial, and what kind of paper it is.
    fn seal_number(&self) -> Result<String, DemoError> {
        let case = self.case()?;
        let kind = self.world.phrases.kind(case.field());
        let serial = case.code.serial().trim_start_matches('0');
        Ok(format!("{}{serial:0>3}/{kind}", case.received_at.local().date().day_of_year()))
    }
}

fn result(case: &Case) -> &str {
    if case.procedure.result.is_empty() { &case.procedure.name } else { &case.procedure.result }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "minutes and days of a story are small and positive; the cast saturates"
)]
fn whole(number: f64) -> u32 {
    number.max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_minute_are_dropped() {
        assert_eq!((whole(2.9), whole(-3.0), whole(f64::NAN)), (2, 0, 0));
    }
}
