//! When a hall gives out numbers, and to which day a number belongs.

use crate::{
    calendar::{Calendar, Window, at_minute, minute_of},
    time::Millis,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When numbers are given out, beside the office hours of the site's [`Calendar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketHours {
    /// Minutes before a window of office hours opens, from which on numbers are given out.
    pub before_opening: u16,
    /// Minutes before a window closes, from which on they are not: who waits then can still be served.
    pub before_closing: u16,
}

impl Default for TicketHours {
    /// From 15 minutes before opening until 15 minutes before closing.
    fn default() -> Self {
        Self { before_opening: 15, before_closing: 15 }
    }
}

/// Why no number is given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyNot {
    /// Nobody works today.
    RestDay {
        /// What the day is called, where it is more than a weekend.
        holiday: Option<String>,
    },
    /// The office has not opened yet.
    Early,
    /// Between two windows, usually midday.
    Break,
    /// The office is open, but not for long enough.
    TooLate,
    /// The office has closed for the day.
    Over,
}

/// No number now.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq, Serialize, Deserialize)]
#[error("no number is given out now")]
pub struct NoTicket {
    /// Why.
    #[serde(flatten)]
    pub why: WhyNot,
    /// When the next is; none where these hours never give one.
    pub next: Option<Millis>,
}

/// The day to which a number issued `now` belongs: series begin anew at midnight in Vietnam.
///
/// ```
/// use domain::{hall::ticket_day, time::Millis};
/// let late = Millis::from_local(jiff::civil::date(2026, 11, 23).at(23, 59, 59, 0));
/// assert_eq!(ticket_day(late), jiff::civil::date(2026, 11, 23));
/// assert_eq!(ticket_day(late.plus(1_000)), jiff::civil::date(2026, 11, 24));
/// ```
#[must_use]
pub fn ticket_day(now: Millis) -> Date {
    now.local().date()
}

impl TicketHours {
    /// The day of a number that is issued `now`, if one is.
    ///
    /// # Errors
    /// [`NoTicket`] with the reason and the next time.
    ///
    /// ```
    /// use domain::{calendar::Calendar, hall::{TicketHours, WhyNot}, time::Millis};
    /// let (hours, calendar) = (TicketHours::default(), Calendar::default());
    /// let monday = jiff::civil::date(2026, 11, 23);
    /// let at = |hour, minute| Millis::from_local(monday.at(hour, minute, 0, 0));
    /// assert_eq!(hours.may_issue(&calendar, at(8, 42)), Ok(monday));
    /// let refused = hours.may_issue(&calendar, at(11, 15)).unwrap_err();
    /// assert_eq!((refused.why, refused.next), (WhyNot::TooLate, Some(at(13, 15))));
    /// ```
    pub fn may_issue(&self, calendar: &Calendar, now: Millis) -> Result<Date, NoTicket> {
        let (day, minute) = (ticket_day(now), minute_of(now.local()));
        let working = calendar.is_working(day);
        if working && self.spans(calendar).any(|span| span.opens <= minute && minute < span.closes) {
            return Ok(day);
        }
        let why = if working {
            why_not(calendar.hours.windows(), minute)
        } else {
            WhyNot::RestDay { holiday: calendar.holiday(day).map(str::to_owned) }
        };
        Err(NoTicket { why, next: self.next(calendar, now) })
    }

    /// The stretches of a working day in which numbers are given out.
    fn spans<'a>(&'a self, calendar: &'a Calendar) -> impl Iterator<Item = Window> + 'a {
        let windows = calendar.hours.windows();
        let closed_before = std::iter::once(0).chain(windows.iter().map(|window| window.closes));
        let spans = windows.iter().zip(closed_before).map(|(window, closed)| Window {
            opens: window.opens.saturating_sub(self.before_opening).max(closed),
            closes: window.closes.saturating_sub(self.before_closing),
        });
        spans.filter(|span| span.opens < span.closes)
    }

    /// The next time after `now` at which numbers begin to be given out.
    fn next(&self, calendar: &Calendar, now: Millis) -> Option<Millis> {
        let (today, minute) = (ticket_day(now), minute_of(now.local()));
        let later = calendar
            .is_working(today)
            .then(|| self.spans(calendar).find(|span| span.opens > minute))
            .flatten()
            .map(|span| at_minute(today, span.opens));
        let next = later.or_else(|| {
            let first = self.spans(calendar).next()?;
            Some(at_minute(calendar.next_working(today), first.opens))
        });
        // At the end of time there is no next day.
        next.map(Millis::from_local).filter(|next| *next > now)
    }
}

/// Why a working day gives no number at a minute that lies in no span.
fn why_not(windows: &[Window], minute: u16) -> WhyNot {
    if windows.iter().any(|window| window.opens <= minute && minute < window.closes) {
        WhyNot::TooLate
    } else if windows.iter().all(|window| minute < window.opens) {
        WhyNot::Early
    } else if windows.iter().all(|window| minute >= window.closes) {
        WhyNot::Over
    } else {
        WhyNot::Break
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::OfficeHours;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn at(text: &str) -> Millis {
        Millis::from_local(text.parse().unwrap())
    }

    fn calendar() -> Calendar {
        let mut calendar = Calendar::default();
        calendar.add_off(date(2026, 11, 24), "Ngày Văn hóa Việt Nam");
        calendar.add_work(date(2026, 11, 28), "Làm bù");
        calendar
    }

    #[test]
    fn a_day_in_the_hall() {
        let hours = TicketHours { before_opening: 30, before_closing: 20 };
        let open = || Ok(date(2026, 11, 23));
        for (time, expected) in [
            ("06:29", Err((WhyNot::Early, "2026-11-23T06:30"))),
            ("06:30", open()),
            ("11:09", open()),
            ("11:10", Err((WhyNot::TooLate, "2026-11-23T13:00"))),
            ("11:30", Err((WhyNot::Break, "2026-11-23T13:00"))),
            ("13:00", open()),
            ("16:39", open()),
            ("16:40", Err((WhyNot::TooLate, "2026-11-25T06:30"))),
            ("17:00", Err((WhyNot::Over, "2026-11-25T06:30"))),
        ] {
            let now = at(&format!("2026-11-23T{time}"));
            let expected = expected.map_err(|(why, next)| NoTicket { why, next: Some(at(next)) });
            assert_eq!(hours.may_issue(&calendar(), now), expected, "{time}");
        }
    }

    #[test]
    fn the_afternoon_does_not_begin_before_the_morning_is_over() {
        let hours = TicketHours { before_opening: 180, before_closing: 20 };
        let refused = hours.may_issue(&calendar(), at("2026-11-23T11:20")).unwrap_err();
        assert_eq!(refused, NoTicket { why: WhyNot::TooLate, next: Some(at("2026-11-23T11:30")) });
        assert!(hours.may_issue(&calendar(), at("2026-11-23T11:30")).is_ok());
    }

    #[test]
    fn rest_days_say_what_they_are() {
        let why =
            |time| TicketHours::default().may_issue(&calendar(), at(time)).map_err(|refused| refused.why);
        let holiday = Some("Ngày Văn hóa Việt Nam".to_owned());
        assert_eq!(why("2026-11-24T09:00"), Err(WhyNot::RestDay { holiday }));
        assert_eq!(why("2026-11-22T09:00"), Err(WhyNot::RestDay { holiday: None }));
        assert_eq!(why("2026-11-28T09:00"), Ok(date(2026, 11, 28)), "a Saturday, worked in exchange");
    }

    #[test]
    fn a_window_too_short_for_a_number_gives_none() {
        let windows = vec![Window { opens: 420, closes: 430 }, Window { opens: 480, closes: 600 }];
        let calendar = Calendar::new(OfficeHours::new(windows).unwrap());
        let hours = TicketHours { before_opening: 0, before_closing: 15 };
        let refused = hours.may_issue(&calendar, at("2026-11-23T07:05")).unwrap_err();
        assert_eq!(refused, NoTicket { why: WhyNot::TooLate, next: Some(at("2026-11-23T08:00")) });
        let never = TicketHours { before_opening: 0, before_closing: 1_440 };
        assert_eq!(never.may_issue(&calendar, at("2026-11-23T08:00")).unwrap_err().next, None);
    }

    proptest! {
        /// Whatever the hours: a number belongs to the day on which it is issued, and what is promised is kept.
        #[test]
        fn the_next_time_is_later_and_does_give_a_number(
            now in prop_oneof![0_i64..4_000_000_000_000, any::<i64>()],
            before_opening in 0_u16..900, before_closing in 0_u16..300,
        ) {
            let (hours, calendar, now) =
                (TicketHours { before_opening, before_closing }, calendar(), Millis(now));
            match hours.may_issue(&calendar, now) {
                Ok(day) => prop_assert_eq!(day, now.local().date()),
                Err(NoTicket { next: Some(next), .. }) => {
                    prop_assert!(next > now);
                    prop_assert_eq!(hours.may_issue(&calendar, next), Ok(next.local().date()));
                }
                Err(NoTicket { next: None, .. }) => {
                    prop_assert!(before_closing >= 240 || now.local().year().abs() > 9_000);
                }
            }
        }
    }
}
