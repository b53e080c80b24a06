//! Scanned pages. Content travels as raw bytes, so these routes are plain paths rather than endpoints:
//! `POST` a file (header `x-file-name`, percent-encoded; `idempotency-key` is the file's id) and get an
//! `Attachment` back; `GET` one by its id.

/// Where files are sent to.
pub const FILES_PATH: &str = "/api/files";
/// Header with the percent-encoded file name.
pub const FILE_NAME_HEADER: &str = "x-file-name";
/// The largest file taken, in bytes.
pub const MAX_FILE: usize = 20 * 1024 * 1024;
/// The largest picture taken, in pixels a side: a decompression bomb is refused before it is decoded.
pub const MAX_SIDE: u32 = 12_000;
