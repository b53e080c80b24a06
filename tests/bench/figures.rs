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

/// A rate a second.
pub fn per_second(rate: f64) -> String {
    format!("{} /s", whole(rate))
}

/// Rates of several contestants, round by round.
pub struct Rounds {
    rates: Vec<Vec<f64>>,
}

impl Rounds {
    /// Lets every contestant run in each round, one after the other.
    pub fn run(
        rounds: usize,
        contestants: usize,
        mut rate: impl FnMut(usize) -> anyhow::Result<f64>,
    ) -> anyhow::Result<Self> {
        let mut rates = vec![Vec::with_capacity(rounds); contestants];
        for round in 0..rounds {
            for (at, rates) in rates.iter_mut().enumerate() {
                rates.push(rate(at).with_context(|| format!("round {round}"))?);
            }
        }
        Ok(Self { rates })
    }

    /// A contestant's median.
    pub fn median(&self, at: usize) -> f64 {
        self.rates.get(at).map_or(f64::NAN, |rates| median(rates))
    }

    /// The median of each round's ratio between two contestants: what slows the machine down for some seconds
    /// slows both.
    pub fn ratio(&self, at: usize, to: usize) -> f64 {
        let (Some(over), Some(under)) = (self.rates.get(at), self.rates.get(to)) else {
            return f64::NAN;
        };
        let ratios: Vec<f64> = over.iter().zip(under).map(|(over, under)| over / under).collect();
        median(&ratios)
    }
}
