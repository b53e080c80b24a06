//! When a result is due, and why (NĐ 61/2018 Art. 18–19; DESIGN: every date explains itself).

use crate::{calendar::Calendar, procedure::Limit, time::Millis};
use serde::{Deserialize, Serialize};
use jiff::civil::Date;

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
    /// Received after 15:00: counting starts on the next working day (NĐ 61/2018 Art. 18).
    AfterCutoff {
        /// Start of counting.
        start: Millis,
    },
    /// Received outside office hours: counting starts when the office opens.
    OutsideHours {
        /// Start of counting.
        start: Millis,
    },
    /// Days passed over because nobody works: weekends and named holidays.
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
