//! The fourteen-day curve, as the numbers of an SVG. Widths are attributes: the pages allow no inline style.

use api::DayLine;
use i18n::with;
use jiff::civil::{Date, Weekday};

const LEFT: i64 = 76;
const RIGHT: i64 = 590;
const TOP: i64 = 24;
const BOTTOM: i64 = 320;

/// A line across, with its number.
pub(super) struct Grid {
    pub(super) y: i64,
    pub(super) n: String,
}

/// A day below.
pub(super) struct Day {
    pub(super) x: i64,
    pub(super) n: String,
}

/// The curve.
pub(super) struct Curve {
    pub(super) said: String,
    pub(super) rest_days: Vec<i64>,
    pub(super) day_width: i64,
    pub(super) grid: Vec<Grid>,
    pub(super) days: Vec<Day>,
    pub(super) came: String,
    pub(super) went: String,
}

impl Curve {
    /// The curve of `lines`, oldest first.
    pub(super) fn new(lines: &[DayLine]) -> Self {
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        let day_width = (RIGHT - LEFT) / count(lines.len().saturating_sub(1)).max(1);
        let x = |place: usize| LEFT + day_width * count(place);
        let most =
            lines.iter().map(|line| line.figures.received.max(line.figures.returned)).max().unwrap_or(0);
        let step = step_of(most);
        let y = |n: i64| BOTTOM - (BOTTOM - TOP) * n / (step * 4);
        let points = |pick: fn(&DayLine) -> i64| {
            let each =
                lines.iter().enumerate().map(|(place, line)| format!("{},{}", x(place), y(pick(line))));
            each.collect::<Vec<_>>().join(" ")
        };
        let dates: Vec<Option<Date>> = lines.iter().map(|line| line.day.parse().ok()).collect();
        let sum = |pick: fn(&DayLine) -> i64| i18n::number(lines.iter().map(pick).sum());
        Self {
            said: with(
                "web.monitor.curve_said",
                &[("in", &sum(|line| line.figures.received)), ("out", &sum(|line| line.figures.returned))],
            ),
            rest_days: places(&dates, is_rest).map(|place| x(place) - day_width / 2).collect(),
            day_width,
            grid: (0..=4).map(|k| Grid { y: y(k * step), n: i18n::number(k * step) }).collect(),
            days: dates
                .iter()
                .enumerate()
                .filter_map(|(place, date)| Some(Day { x: x(place), n: date.as_ref()?.day().to_string() }))
                .collect(),
            came: points(|line| line.figures.received),
            went: points(|line| line.figures.returned),
        }
    }
}

fn places(dates: &[Option<Date>], pick: fn(Date) -> bool) -> impl Iterator<Item = usize> {
    dates.iter().enumerate().filter_map(move |(place, date)| date.is_some_and(pick).then_some(place))
}

fn is_rest(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// A quarter of the scale that holds `most`: 1, 2, 3 or 5 times a power of ten.
fn step_of(most: i64) -> i64 {
    let mut power = 1;
    loop {
        for times in [1, 2, 3, 5] {
            if times * power * 4 >= most {
                return times * power;
            }
        }
        if power > i64::MAX / 100 {
            return power;
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::figures::Figures;

    #[test]
    fn the_scale_holds_the_highest_day() {
        assert_eq!([0, 3, 4, 5, 118, 1_284].map(step_of), [1, 1, 1, 2, 30, 500]);
        assert!(step_of(i64::MAX) > 0);
    }

    #[test]
    fn a_curve_stays_inside_its_picture() {
        let day = |n: i8| DayLine {
            day: jiff::civil::date(2026, 11, n).to_string(),
            figures: Figures { received: i64::from(n) * 7, returned: i64::from(n), ..Figures::default() },
        };
        let curve = Curve::new(&(10..24).map(day).collect::<Vec<_>>());
        for point in curve.came.split(' ').chain(curve.went.split(' ')) {
            let (x, y) = point.split_once(',').expect("a point");
            assert!((LEFT..=RIGHT).contains(&x.parse().expect("x")), "{point}");
            assert!((TOP..=BOTTOM).contains(&y.parse().expect("y")), "{point}");
        }
        assert_eq!(curve.rest_days.len(), 4, "two weekends");
    }

    #[test]
    fn no_days_draw_nothing() {
        assert_eq!(Curve::new(&[]).came, "");
    }
}
