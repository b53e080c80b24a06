//! Answers kept ready as bytes, as long as nothing they were made from has changed.

use super::{fresh::Seen, work::Key};
use bytes::Bytes;
use domain::unit::UnitCode;
use jiff::civil::Date;
use moka::sync::Cache;
use std::sync::Arc;

/// Of how many halls results are kept.
const HALLS: u64 = 1_024;

/// A page of work kept ready.
#[derive(Clone, Debug)]
pub struct WorkEntry {
    /// The JSON.
    pub body: Bytes,
    /// The units it was made from.
    pub seen: Arc<[Seen]>,
}

/// The province kept ready.
#[derive(Clone, Debug)]
pub struct ProvinceEntry {
    /// The JSON.
    pub body: Bytes,
    /// The value, for pages.
    pub value: Arc<api::Province>,
    /// The log it was made from.
    pub seen: Seen,
}

/// The results of a hall's screen kept ready.
#[derive(Clone, Debug)]
pub struct ResultsEntry {
    /// The value.
    pub value: Arc<api::HallResults>,
    /// The agency it was made from.
    pub seen: Seen,
    /// The day for which it was made.
    pub day: Date,
}

/// All of them.
#[derive(Debug)]
pub struct Pages {
    /// Work lists.
    pub work: Cache<Key, WorkEntry>,
    /// The results of halls' screens.
    pub results: Cache<UnitCode, ResultsEntry>,
    /// The province.
    pub province: tokio::sync::Mutex<Option<ProvinceEntry>>,
}

impl Pages {
    pub(super) fn new(megabytes: u64) -> Self {
        let capacity = megabytes.saturating_mul(1024 * 1024);
        let size = |n: usize| u32::try_from(n + 256).unwrap_or(u32::MAX);
        Self {
            work: Cache::builder()
                .max_capacity(capacity)
                .weigher(move |_: &Key, entry: &WorkEntry| size(entry.body.len()))
                .build(),
            results: Cache::new(HALLS),
            province: tokio::sync::Mutex::new(None),
        }
    }
}
