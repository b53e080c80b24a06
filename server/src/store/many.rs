//! Statements for many rows at once. Each comes in a few fixed sizes, made once from its constant parts, so that
//! the engines prepare each of them once and no text is ever built from data.

use std::sync::LazyLock;

/// The sizes, largest first: any number of rows takes few statements.
pub(super) const SIZES: [usize; 6] = [32, 16, 8, 4, 2, 1];

/// A statement in its sizes.
pub(super) struct Many {
    name: &'static str,
    texts: LazyLock<[String; SIZES.len()]>,
}

/// Declares an insert: `HEAD (…), (…) TAIL` with so many columns.
macro_rules! insert_many {
    ($name:literal, $head:expr, $columns:literal, $tail:expr) => {
        $crate::store::many::Many::new($name, || {
            $crate::store::many::SIZES.map(|rows| $crate::store::many::values($head, $columns, rows, $tail))
        })
    };
}
pub(super) use insert_many;

/// Declares a look-up: `HEAD ($1, $2, …)`.
macro_rules! select_many {
    ($name:literal, $head:expr) => {
        $crate::store::many::Many::new($name, || {
            $crate::store::many::SIZES.map(|ids| $crate::store::many::values($head, ids, 1, ""))
        })
    };
}
pub(super) use select_many;

impl Many {
    pub(super) const fn new(name: &'static str, make: fn() -> [String; SIZES.len()]) -> Self {
        Self { name, texts: LazyLock::new(make) }
    }

    /// The largest statement that `left` rows fill, and how many rows it takes.
    pub(super) fn fitting(&'static self, left: usize) -> (usize, &'static str) {
        let sizes = SIZES.into_iter().zip(self.texts.iter());
        sizes
            .into_iter()
            .find(|(size, _)| *size <= left)
            .map_or((1, ""), |(size, text)| (size, text.as_str()))
    }

    /// The smallest statement that takes `count` rows, and how many it takes: a look-up may ask for the same twice.
    pub(super) fn covering(&'static self, count: usize) -> (usize, &'static str) {
        let sizes = SIZES.into_iter().zip(self.texts.iter());
        let fitting = sizes.take_while(|(size, _)| *size >= count).last();
        fitting.map_or((1, ""), |(size, text)| (size, text.as_str()))
    }

    /// Every size, by name.
    pub(super) fn all(&'static self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.texts.iter().map(|text| (self.name, text.as_str()))
    }
}

/// `head ($1, $2), ($3, $4) tail`.
pub(super) fn values(head: &str, columns: usize, rows: usize, tail: &str) -> String {
    let row = |row: usize| {
        let marks: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{head} {} {tail}", rows.join(", "))
}

/// Calls for slices of `items` that each fill one statement.
pub(super) fn slices<'a, T>(
    many: &'static Many,
    mut items: &'a [T],
) -> impl Iterator<Item = (&'static str, &'a [T])> {
    std::iter::from_fn(move || {
        if items.is_empty() {
            return None;
        }
        let (size, text) = many.fitting(items.len());
        let (now, later) = items.split_at(size.min(items.len()));
        items = later;
        Some((text, now))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_spread_over_the_sizes() {
        static INSERT: Many = insert_many!("t", "INSERT INTO t (a, b) VALUES", 2, "");
        let rows: Vec<usize> = (0..42).collect();
        let sizes: Vec<usize> = slices(&INSERT, &rows).map(|(_, rows)| rows.len()).collect();
        assert_eq!(sizes, [32, 8, 2]);
        assert_eq!([1, 2, 3, 17, 32].map(|count| INSERT.covering(count).0), [1, 2, 4, 32, 32]);
        assert_eq!(INSERT.fitting(1).1.trim(), "INSERT INTO t (a, b) VALUES ($1, $2)");
    }
}
