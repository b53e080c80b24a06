//! Medians, and rounds that take turns.

use anyhow::Context as _;
use std::time::Duration;

/// The value in the middle.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which this part of all values lies.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// Milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A whole number with its thousands apart.
pub fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if value < -0.5 { format!("−{text}") } else { text }
}

/// How fast something went, and what it took.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Turns a second.
    pub a_second: f64,
    /// Microseconds of processor for one, the client's part included.
    pub micros: f64,
}

/// Paces of several contestants, round by round.
pub struct Rounds {
    paces: Vec<Vec<Pace>>,
}

impl Rounds {
    /// Lets every contestant run in each round, one after the other.
    pub fn run(
        rounds: usize,
        contestants: usize,
        mut pace: impl FnMut(usize) -> anyhow::Result<Pace>,
    ) -> anyhow::Result<Self> {
        let mut paces = vec![Vec::with_capacity(rounds); contestants];
        for round in 0..rounds {
            for (at, paces) in paces.iter_mut().enumerate() {
                paces.push(pace(at).with_context(|| format!("round {round}"))?);
            }
        }
        Ok(Self { paces })
    }

    /// A contestant's median, in words: its rate and its cost.
    pub fn said(&self, at: usize) -> String {
        let of = |figure: fn(&Pace) -> f64| median(&self.of(at).iter().map(figure).collect::<Vec<f64>>());
        let (a_second, micros) = (of(|pace| pace.a_second), of(|pace| pace.micros));
        format!("{} /s, {} µs of processor each", whole(a_second), whole(micros))
    }

    /// The median of each round's ratio between two contestants: what slows the machine down for some seconds
    /// slows both.
    pub fn ratio(&self, at: usize, to: usize) -> f64 {
        let pairs = self.of(at).iter().zip(self.of(to));
        median(&pairs.map(|(over, under)| over.a_second / under.a_second).collect::<Vec<f64>>())
    }

    fn of(&self, at: usize) -> &[Pace] {
        self.paces.get(at).map_or(&[], Vec::as_slice)
    }
}
