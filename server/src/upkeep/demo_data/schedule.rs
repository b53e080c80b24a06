//! When cases come in: on working days in office hours, Mondays and mornings more, and lately enough that every desk
//! of a small archive has something on it.

use super::DemoData;
use domain::{calendar::Calendar, time::Millis};
use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};
use rand::{Rng as _, rngs::StdRng};
use std::ops::Range;

/// Working days with the numbers of the cases that come in on them.
pub(super) type Days = Vec<(Date, Range<u32>)>;

/// Cases that a small archive should have of the last weeks, and over how many working days they thin out.
const LATELY: (f64, f64) = (800.0, 20.0);

/// The days of an archive.
#[derive(Debug)]
pub(super) struct Schedule {
    days: Days,
}

impl Schedule {
    pub(super) fn new(calendar: &Calendar, options: DemoData) -> Self {
        let last = options.now.local().date();
        let years = i32::try_from(options.years).unwrap_or(1);
        let first = last.saturating_sub(years.years());
        let all = first.series(1.day()).take_while(|day| *day <= last);
        let days: Vec<Date> = all.filter(|day| calendar.is_working(*day)).collect();
        let weights = weights(&days, calendar, options);
        let total: f64 = weights.iter().sum();
        let (mut sum, mut from) = (0.0, 0);
        let numbered = days.into_iter().zip(weights).map(|(day, weight)| {
            sum += weight;
            let until = share(sum, total, options.cases);
            let range = from..until.max(from);
            from = range.end;
            (day, range)
        });
        Self { days: numbered.filter(|(_, numbers)| !numbers.is_empty()).collect() }
    }

    /// Whole days, of about `size` cases together.
    pub(super) fn batches(self, size: u32) -> impl Iterator<Item = Days> {
        let mut days = self.days.into_iter();
        std::iter::from_fn(move || {
            let (mut batch, mut cases) = (Days::new(), 0);
            while cases < size
                && let Some((day, numbers)) = days.next()
            {
                cases += numbers.end - numbers.start;
                batch.push((day, numbers));
            }
            (!batch.is_empty()).then_some(batch)
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count is a count; the cast saturates"
)]
fn share(sum: f64, total: f64, cases: u32) -> u32 {
    if total <= 0.0 { cases } else { ((sum / total * f64::from(cases)).round() as u32).min(cases) }
}

fn weights(days: &[Date], calendar: &Calendar, options: DemoData) -> Vec<f64> {
    let count = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let lately = (LATELY.0 / f64::from(options.cases.max(1))).min(0.35);
    let boost = lately / (1.0 - lately) * f64::from(count) / LATELY.1;
    let minutes = f64::from(calendar.hours.minutes().max(1));
    let weight = |(at, day): (u32, &Date)| {
        let week = match day.weekday() {
            Weekday::Monday => 1.25,
            Weekday::Tuesday => 1.1,
            Weekday::Friday => 0.85,
            Weekday::Saturday | Weekday::Sunday => 0.6,
            _ => 1.0,
        };
        let growth = 0.85 + 0.3 * f64::from(at) / f64::from(count.max(1));
        let age = f64::from(count - 1 - at);
        // A little up and down, the same for every archive.
        let weather = 1.0 + 0.12 * (f64::from(at) * 1.7).sin();
        let so_far = if *day == options.now.local().date() {
            let begin = calendar.office_start(*day);
            let passed = calendar.office_minutes_between(begin, options.now.local());
            f64::from(u32::try_from(passed).unwrap_or(0)) / minutes
        } else {
            1.0
        };
        week * growth * weather * so_far * (1.0 + boost * (-age / LATELY.1).exp())
    };
    (0..count).zip(days).map(weight).collect()
}

/// The moments of a day at which its cases come in, in order; none after `now`.
pub(super) fn moments(
    rng: &mut StdRng,
    calendar: &Calendar,
    day: Date,
    count: usize,
    now: Millis,
) -> Vec<Millis> {
    let mut moments: Vec<Millis> = (0..count).map(|_| moment(rng, calendar, day, now)).collect();
    moments.sort_unstable();
    moments
}

fn moment(rng: &mut StdRng, calendar: &Calendar, day: Date, now: Millis) -> Millis {
    for _ in 0..40 {
        let at = any_moment(rng, calendar, day);
        if at <= now {
            return at;
        }
    }
    let begin = Millis::from_local(calendar.office_start(day));
    Millis(rng.random_range(begin.0.min(now.0)..=now.0))
}

fn any_moment(rng: &mut StdRng, calendar: &Calendar, day: Date) -> Millis {
    let windows = calendar.hours.windows();
    let morning = windows.len() < 2 || rng.random_bool(0.62);
    let window = if morning { windows.first() } else { windows.get(1) };
    let (opens, closes) = window.map_or((0, 1), |window| (i64::from(window.opens), i64::from(window.closes)));
    let length = (closes - opens) * 60_000;
    // Two dice: the middle of a morning is busier than its ends.
    let after = (rng.random_range(0..length) + rng.random_range(0..length)) / 2;
    Millis::from_local(day.at(0, 0, 0, 0)).plus(opens * 60_000 + after)
}
