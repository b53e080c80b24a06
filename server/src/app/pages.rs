//! Answers kept ready as bytes, as long as nothing they were made from has changed.

use super::{fresh::Seen, work::Key};
use bytes::Bytes;
use domain::{code::CaseCode, deadline::Standing, time::Millis};
use moka::sync::Cache;
use std::sync::Arc;

/// A page of work kept ready.
#[derive(Clone, Debug)]
pub struct WorkEntry {
    /// The JSON.
    pub body: Bytes,
    /// The units it was made from.
    pub seen: Arc<[Seen]>,
}

/// A public status kept ready, in its three forms.
#[derive(Clone, Debug)]
pub struct StatusEntry {
    /// Without a check, with one that agrees, with one that does not.
    pub bodies: [Bytes; 3],
    /// What the check must be.
    pub check: [u8; 16],
    /// How the due time stood; none where the result is ready.
    pub standing: Option<Standing>,
    /// The due time.
    pub due: Millis,
    /// The case it was made from.
    pub seen: Seen,
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

/// All of them.
#[derive(Debug)]
pub struct Pages {
    /// Work lists.
    pub work: Cache<Key, WorkEntry>,
    /// Public statuses.
    pub status: Cache<CaseCode, Arc<StatusEntry>>,
    /// The province.
    pub province: tokio::sync::Mutex<Option<ProvinceEntry>>,
}

impl Pages {
    pub(super) fn new(megabytes: u64) -> Self {
        let half = megabytes.saturating_mul(1024 * 1024) / 2;
        let size = |n: usize| u32::try_from(n + 256).unwrap_or(u32::MAX);
        Self {
            work: Cache::builder()
                .max_capacity(half)
                .weigher(move |_: &Key, entry: &WorkEntry| size(entry.body.len()))
                .build(),
            status: Cache::builder()
                .max_capacity(half)
                .weigher(move |_: &CaseCode, entry: &Arc<StatusEntry>| {
                    size(entry.bodies.iter().map(Bytes::len).sum())
                })
                .build(),
            province: tokio::sync::Mutex::new(None),
        }
    }
}
