//! Scanned pages before they are sent, and pictures.

use client::local::OutboxPage;
use domain::ids::FileId;
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, sync::Arc};

/// A picture ready to be shown.
#[derive(Clone)]
pub struct Picture {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// RGBA, row by row.
    pub rgba: Arc<Vec<u8>>,
}

/// A page attached to a form: a copy is kept in the app's own folder until it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Its id; another one after it was turned.
    pub file: FileId,
    /// The name of the file it came from.
    pub name: String,
    /// Where the copy is.
    pub path: PathBuf,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub mime: String,
}

impl Page {
    /// The page on its way with a change, to be named in the list at `into` of what is sent.
    #[must_use]
    pub fn on_its_way(self, into: &str) -> OutboxPage {
        let Self { file, name, path, mime } = self;
        OutboxPage { file, name, mime, path, into: into.to_owned() }
    }
}

/// To what a page is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageTarget {
    /// A paper of the intake form.
    Paper(usize),
    /// The supplement of the case in view.
    Supplement,
}
