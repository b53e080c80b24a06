//! When a result is due, and why (NĐ 61/2018 Art. 18–19; DESIGN §15: every date explains itself).
//!
//! # The rule
//!
//! The day of reception is not counted (Bộ luật Dân sự 2015 Art. 147.3: the day of the event is
//! left out and the period runs from the next). So **day 1 is the first working day after the
//! day of reception**, and the result is due when the last day ends (Art. 148.1), which for an
//! office is the end of its hours, 17:00. A case received in time is passed on the same day; one
//! received at or after 15:00 at the start of the next working day (NĐ 61/2018 Art. 18), as is
//! one received on a rest day. A day that counting is pushed to *is* day 1, since it is counted
//! from its first minute; for working days both ways give the same date.
//!
//! | Limit | In time | Pushed to the start of day S |
//! |---|---|---|
//! | same day | 17:00 of that day | 17:00 of S |
//! | n working days | 17:00 of the n-th working day after it | the same, S being the first |
//! | n days | 17:00 of the n-th calendar day after it | 17:00 of the n-th calendar day from S, S being the first |
//! | n hours | n office hours on | n office hours on |
//!
//! An end of calendar days on a rest day moves to the next working day (Art. 148.5). Hours know
//! no 15:00: they run within office hours from the instant of reception (Art. 147.1). A limit of
//! 0, in any unit, names no time at all and is served the same day. Eight hours make a working
//! day. Limits count up to [`MAX_LIMIT`], beyond which no procedure may go.
//!
//! Due times are whole minutes, since that is what a receipt prints. Later reception, or a longer
//! limit (from 1 up), never brings an earlier due time.

use crate::{
    calendar::{Calendar, minute_of, plus_days},
    procedure::{Limit, MAX_LIMIT},
    time::Millis,
};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A promised time, with the reasons that led to it, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// When the result is due.
    pub due: Millis,
    /// The limit that it was computed from.
    pub limit: Limit,
    /// The instant that the limit counts from.
    pub counted_from: Millis,
    /// What happened on the way from reception to the due time.
    pub reasons: Vec<Reason>,
}

/// One step of the reasoning behind a due time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Received at this time.
    Received {
        /// Reception.
        at: Millis,
    },
    /// Received at or after 15:00: counting starts on the next working day (NĐ 61/2018 Art. 18).
    AfterCutoff {
        /// Start of counting.
        start: Millis,
    },
    /// Received outside office hours: counting starts when the office opens.
    OutsideHours {
        /// Start of counting.
        start: Millis,
    },
    /// Days passed over because nobody works: weekends and named holidays. In a stretch of more
    /// than a year plain weekends go without saying.
    Skipped {
        /// First day.
        from: Date,
        /// Last day, inclusive.
        to: Date,
        /// The holiday's name; none for a weekend.
        holiday: Option<String>,
    },
    /// A weekend day worked in exchange for a day off counts as a working day.
    SwapDayWorked {
        /// The day.
        day: Date,
        /// What it was exchanged for.
        name: String,
    },
    /// A calendar limit ended on a rest day and moved to the next working day.
    EndMoved {
        /// The rest day.
        from: Date,
        /// The working day.
        to: Date,
    },
    /// The supplement restarted the limit from zero (NĐ 61/2018 Art. 19.4).
    Restarted {
        /// When the full dossier was handed in.
        at: Millis,
    },
    /// The clock stood while the citizen completed the papers.
    Paused {
        /// From.
        from: Millis,
        /// To.
        to: Millis,
        /// Office time that stays of the limit, in minutes.
        left_minutes: u32,
    },
    /// One new date was given with an apology (NĐ 61/2018 Art. 19.9).
    Apologised {
        /// When.
        at: Millis,
    },
    /// The due time itself.
    Due {
        /// When.
        at: Millis,
    },
}

/// What a supplement does to the clock; a unit follows one policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementPolicy {
    /// The whole limit starts again when the full dossier arrives (NĐ 61/2018 Art. 19.4).
    #[default]
    Restart,
    /// The clock pauses between request and answer.
    Pause,
}

/// How a due time stands against the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// More than a day of office time is left.
    OnTime,
    /// Due within a day.
    Soon,
    /// The due time has passed.
    Late,
}

/// More than this many days of waiting, and plain weekends are not listed among the reasons.
const LISTED_DAYS: u32 = 366;

/// No stretch of days is explained further than this; the longest limit is shorter.
const EXPLAINED_DAYS: usize = 6_000;

/// Office time that counts as "soon", in minutes: a working day.
const SOON_MINUTES: u64 = 480;

/// When a case received at `received` is due under `limit`, and why. See the [module](self).
///
/// ```
/// use domain::{calendar::Calendar, deadline, procedure::Limit, time::Millis};
/// use jiff::civil::date;
/// let received = Millis::from_local(date(2026, 11, 12).at(8, 40, 0, 0));
/// let deadline = deadline::due(received, Limit::WorkingDays(7), &Calendar::default());
/// assert_eq!(deadline.due.local(), date(2026, 11, 23).at(17, 0, 0, 0));
/// ```
#[must_use]
pub fn due(received: Millis, limit: Limit, calendar: &Calendar) -> Deadline {
    count(received, limit, calendar, Reason::Received { at: received })
}

/// The due time after a supplement that restarts the limit (NĐ 61/2018 Art. 19.4): as [`due`]
/// from the time at which the full dossier was handed in. [`Reason::Restarted`] stands where
/// `Received` stood.
///
/// ```
/// use domain::{calendar::Calendar, deadline, procedure::Limit, time::Millis};
/// use jiff::civil::date;
/// let calendar = Calendar::default();
/// let received = Millis::from_local(date(2026, 11, 10).at(9, 12, 0, 0));
/// let completed = Millis::from_local(date(2026, 11, 12).at(8, 40, 0, 0));
/// let first = deadline::due(received, Limit::WorkingDays(7), &calendar);
/// let again = deadline::restart(&first, completed, &calendar);
/// assert_eq!(again.due.local(), date(2026, 11, 23).at(17, 0, 0, 0));
/// ```
#[must_use]
pub fn restart(previous: &Deadline, completed_at: Millis, calendar: &Calendar) -> Deadline {
    count(completed_at, previous.limit, calendar, Reason::Restarted { at: completed_at })
}

/// The due time after a supplement during which the clock stood: the office time that was left
/// when the papers were asked for counts on from their arrival, to the minute and without regard
/// to 15:00. The new time is never before the old one, and where the old one had passed before
/// anybody asked, it stays: a late case does not become timely by asking.
///
/// ```
/// use domain::{calendar::Calendar, deadline, procedure::Limit, time::Millis};
/// use jiff::civil::date;
/// let calendar = Calendar::default();
/// let at = |day, hour| Millis::from_local(date(2026, 11, day).at(hour, 0, 0, 0));
/// let first = deadline::due(at(10, 9), Limit::Hours(8), &calendar);
/// let later = deadline::pause_resume(&first, at(10, 16), at(12, 8), &calendar);
/// assert_eq!((first.due, later.due), (at(11, 9), at(12, 11)), "three hours were left");
/// ```
#[must_use]
pub fn pause_resume(
    previous: &Deadline,
    asked_at: Millis,
    completed_at: Millis,
    calendar: &Calendar,
) -> Deadline {
    let completed_at = completed_at.max(asked_at);
    let left = calendar.office_minutes_between(asked_at.local(), previous.due.local());
    let left_minutes = u32::try_from(left).unwrap_or(u32::MAX);
    let mut reasons = vec![Reason::Paused { from: asked_at, to: completed_at, left_minutes }];
    if asked_at >= previous.due {
        reasons.push(Reason::Due { at: previous.due });
        return Deadline { reasons, ..previous.clone() };
    }
    let start = Start::of(completed_at, false, calendar);
    reasons.extend(start.reason.clone());
    let end = calendar.add_office_minutes(start.at, left_minutes);
    explain(&mut reasons, completed_at.local().date(), start.at.date(), end.date(), calendar);
    let due = Millis::from_local(end).max(previous.due);
    reasons.push(Reason::Due { at: due });
    Deadline { due, limit: previous.limit, counted_from: start.millis, reasons }
}

/// The due time after a supplement, by the unit's `policy`: [`restart`] or [`pause_resume`].
#[must_use]
pub fn supplemented(
    previous: &Deadline,
    policy: SupplementPolicy,
    asked_at: Millis,
    completed_at: Millis,
    calendar: &Calendar,
) -> Deadline {
    match policy {
        SupplementPolicy::Restart => restart(previous, completed_at, calendar),
        SupplementPolicy::Pause => pause_resume(previous, asked_at, completed_at, calendar),
    }
}

/// How a time due at `due` stands at `now`. Cheap enough for every row of a list.
///
/// ```
/// use domain::{calendar::Calendar, deadline::{self, Standing}, time::Millis};
/// use jiff::civil::date;
/// let due = Millis::from_local(date(2026, 11, 23).at(17, 0, 0, 0));
/// let friday = |hour, minute| Millis::from_local(date(2026, 11, 20).at(hour, minute, 0, 0));
/// let standing = |now| deadline::standing(due, now, &Calendar::default());
/// assert_eq!(standing(friday(16, 59)), Standing::OnTime);
/// assert_eq!(standing(friday(17, 0)), Standing::Soon);
/// assert_eq!(standing(due), Standing::Soon);
/// assert_eq!(standing(due.plus(1)), Standing::Late);
/// ```
#[must_use]
pub fn standing(due: Millis, now: Millis, calendar: &Calendar) -> Standing {
    if now > due {
        Standing::Late
    } else if calendar.office_minutes_between(now.local(), due.local()) <= SOON_MINUTES {
        Standing::Soon
    } else {
        Standing::OnTime
    }
}

/// Counts `limit` from `handed_in`, which `first` tells of.
fn count(handed_in: Millis, limit: Limit, calendar: &Calendar, first: Reason) -> Deadline {
    let mut reasons = vec![first];
    let day = handed_in.local().date();
    let start = Start::of(handed_in, !is_hours(limit), calendar);
    reasons.extend(start.reason.clone());
    // The first day that counts as a whole.
    let day_one = if start.pushed(day) { start.at.date() } else { plus_days(day, 1) };
    let end = match limit {
        Limit::SameDay | Limit::WorkingDays(0) | Limit::Days(0) | Limit::Hours(0) => {
            let last = start.at.date();
            explain(&mut reasons, day, last, last, calendar);
            calendar.office_end(last)
        }
        Limit::WorkingDays(n) => {
            let last = calendar.nth_working_after(day, n.min(MAX_LIMIT));
            explain(&mut reasons, day, day_one, last, calendar);
            calendar.office_end(last)
        }
        Limit::Days(n) => {
            if start.pushed(day) {
                let eve = day_one.yesterday().unwrap_or(day_one);
                explain(&mut reasons, day, day_one, eve, calendar);
            }
            let end = plus_days(day_one, n.min(MAX_LIMIT).saturating_sub(1));
            let last = calendar.on_or_after_working(end);
            explain(&mut reasons, end, end, last, calendar);
            if last != end {
                reasons.push(Reason::EndMoved { from: end, to: last });
            }
            calendar.office_end(last)
        }
        Limit::Hours(n) => {
            let end = calendar.add_office_minutes(start.at, n.min(MAX_LIMIT) * 60);
            explain(&mut reasons, day, start.at.date(), end.date(), calendar);
            end
        }
    };
    let due = Millis::from_local(end);
    reasons.push(Reason::Due { at: due });
    Deadline { due, limit, counted_from: start.millis, reasons }
}

/// Whether `limit` runs by the hour; nought hours are served the same day, like nought days.
fn is_hours(limit: Limit) -> bool {
    matches!(limit, Limit::Hours(n) if n > 0)
}

/// Where counting starts.
struct Start {
    /// In Vietnam's time.
    at: DateTime,
    /// The same as an instant.
    millis: Millis,
    /// Why it is not the instant of reception.
    reason: Option<Reason>,
}

impl Start {
    fn of(handed_in: Millis, by_cutoff: bool, calendar: &Calendar) -> Self {
        let local = handed_in.local();
        let (day, minute) = (local.date(), minute_of(local));
        if by_cutoff && minute >= calendar.cutoff && calendar.is_working(day) {
            let at = calendar.office_start(calendar.next_working(day)).max(local);
            let millis = Millis::from_local(at);
            return Self { at, millis, reason: Some(Reason::AfterCutoff { start: millis }) };
        }
        let at = calendar.next_open(local);
        if at == local {
            return Self { at, millis: handed_in, reason: None };
        }
        let millis = Millis::from_local(at);
        Self { at, millis, reason: Some(Reason::OutsideHours { start: millis }) }
    }

    /// Whether counting starts on a later day than `day`, that is, at the start of that day.
    fn pushed(&self, day: Date) -> bool {
        self.at.date() > day
    }
}

/// Adds the rest days from `from` to `to` as spans, and the swap days from `counted` on.
fn explain(reasons: &mut Vec<Reason>, from: Date, counted: Date, to: Date, calendar: &Calendar) {
    let brief = to > plus_days(from, LISTED_DAYS);
    // The span being gathered: first day, last day, name.
    let mut span: Option<(Date, Date, Option<&str>)> = None;
    let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
    for day in days.take(EXPLAINED_DAYS) {
        let rests = !calendar.is_working(day);
        let name = calendar.holiday(day);
        if let (true, Some((_, last, called))) = (rests, span.as_mut())
            && *called == name
        {
            *last = day;
            continue;
        }
        reasons.extend(span.take().and_then(|span| skipped(span, brief)));
        if rests {
            span = Some((day, day, name));
        } else if let Some(name) = calendar.swap_day(day).filter(|_| day >= counted) {
            reasons.push(Reason::SwapDayWorked { day, name: name.to_owned() });
        }
    }
    reasons.extend(span.and_then(|span| skipped(span, brief)));
}

/// A gathered span as a reason; none for a plain weekend when being brief.
fn skipped((from, to, name): (Date, Date, Option<&str>), brief: bool) -> Option<Reason> {
    (name.is_some() || !brief).then(|| Reason::Skipped { from, to, holiday: name.map(str::to_owned) })
}

#[cfg(test)]
mod tests;
