//! A list of cases by due time, cut into groups.

use api::WorkItem;
use domain::time::Millis;
use jiff::civil::Weekday;
use std::ops::Range;

/// What a group has in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Late.
    Late,
    /// Due today.
    Today,
    /// Due this week.
    Week,
    /// Due later.
    Later,
}

/// A run of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub kind: GroupKind,
    /// Which rows.
    pub rows: Range<usize>,
}

/// Rows fetched so far.
#[derive(Clone, Default)]
pub struct List {
    /// The rows, earliest due first.
    pub rows: Vec<WorkItem>,
    /// The groups, for the present minute.
    pub groups: Vec<Group>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Being fetched.
    pub loading: bool,
    /// Whether it was ever fetched.
    pub loaded: bool,
    /// Why it could not be fetched.
    pub failure: Option<String>,
}

impl List {
    /// Puts a fetched page in its place: after the rows before it, or instead of all.
    pub fn take(&mut self, page: api::WorkPage, after: Option<&str>, now: Millis) {
        if after.is_some() && after == self.next.as_deref() {
            self.rows.extend(page.items);
        } else {
            self.rows = page.items;
        }
        self.next = page.next;
        self.loading = false;
        self.loaded = true;
        self.failure = None;
        self.regroup(now);
    }

    /// Cuts the rows into groups as of `now`.
    pub fn regroup(&mut self, now: Millis) {
        let today = now.local().date();
        let to_sunday = i64::from(Weekday::Sunday.to_monday_one_offset())
            - i64::from(today.weekday().to_monday_one_offset());
        let sunday = today.saturating_add(jiff::Span::new().days(to_sunday));
        let kind = |item: &WorkItem| {
            let day = item.due.local().date();
            match item.due {
                due if due < now => GroupKind::Late,
                _ if day == today => GroupKind::Today,
                _ if day <= sunday => GroupKind::Week,
                _ => GroupKind::Later,
            }
        };
        let mut groups: Vec<Group> = Vec::new();
        let mut start = 0;
        while let Some(first) = self.rows.get(start) {
            let kind_here = kind(first);
            let rest = self.rows.get(start..).unwrap_or_default();
            let end = start + rest.partition_point(|item| rank(kind(item)) <= rank(kind_here)).max(1);
            groups.push(Group { kind: kind_here, rows: start..end });
            start = end;
        }
        self.groups = groups;
    }

    /// How many rows there are, with a plus when more are to be fetched.
    #[must_use]
    pub fn count(&self) -> String {
        let more = if self.next.is_some() { "+" } else { "" };
        format!("{}{more}", i18n::number(i64::try_from(self.rows.len()).unwrap_or(i64::MAX)))
    }
}

fn rank(kind: GroupKind) -> u8 {
    match kind {
        GroupKind::Late => 0,
        GroupKind::Today => 1,
        GroupKind::Week => 2,
        GroupKind::Later => 3,
    }
}
