//! Spans of time summed up for people who look after a hall.

use serde::{Deserialize, Serialize};

/// How long something took, over many times; all in milliseconds, nought where nothing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// How many.
    pub count: u64,
    /// The mean.
    pub mean: i64,
    /// Half took no longer than this.
    pub median: i64,
    /// Nine in ten took no longer than this.
    pub p90: i64,
}

impl Times {
    /// The summary of `spans`; negative ones count as nought.
    ///
    /// ```
    /// use domain::hall::Times;
    /// let times = Times::of((1..=10).collect());
    /// assert_eq!(times, Times { count: 10, mean: 5, median: 5, p90: 9 });
    /// ```
    #[must_use]
    pub fn of(mut spans: Vec<i64>) -> Self {
        for span in &mut spans {
            *span = (*span).max(0);
        }
        spans.sort_unstable();
        let sum: i128 = spans.iter().map(|span| i128::from(*span)).sum();
        let count = spans.len() as u64;
        let mean = sum.checked_div(i128::from(count)).unwrap_or(0);
        Self {
            count,
            mean: i64::try_from(mean).unwrap_or(i64::MAX),
            median: quantile(&spans, 50).unwrap_or(0),
            p90: quantile(&spans, 90).unwrap_or(0),
        }
    }
}

/// The smallest of `sorted` that is no less than `percent` of them (nearest rank); none of nothing.
pub(super) fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_and_one() {
        assert_eq!(Times::of(vec![]), Times::default());
        assert_eq!(Times::of(vec![7]), Times { count: 1, mean: 7, median: 7, p90: 7 });
        assert_eq!(Times::of(vec![-5, i64::MAX, i64::MAX]).median, i64::MAX);
    }

    proptest! {
        #[test]
        fn a_summary_lies_within_what_it_sums_up(spans in proptest::collection::vec(any::<i64>(), 1..60)) {
            let (least, most) = (spans.iter().min().unwrap().max(&0), spans.iter().max().unwrap().max(&0));
            let times = Times::of(spans.clone());
            prop_assert!(*least <= times.mean && times.mean <= *most);
            prop_assert!(*least <= times.median && times.median <= times.p90 && times.p90 <= *most);
        }
    }
}
