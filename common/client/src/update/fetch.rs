//! Fetching a package: goes on where a cut line left it, and ends with a file that is exactly what was signed.

use crate::{Client, ClientError};
use api::UPDATES_PATH;
use domain::update::Package;
use reqwest::{Response, StatusCode, header};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt as _,
};

/// A line that brings nothing for so long is cut.
const SILENCE: Duration = Duration::from_secs(30);
/// What has to be left on the disk besides the package.
const SPARE: u64 = 64 * 1024 * 1024;

/// Why a package is not here yet. What has arrived is kept, but for [`FetchError::Tampered`].
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The server did not answer, or the line was cut.
    #[error("the server")]
    Client(#[from] ClientError),
    /// The server sends something else than was asked for.
    #[error("the server answered {0}")]
    Strange(StatusCode),
    /// It is not what was signed; it was thrown away.
    #[error("the package is not what was signed")]
    Tampered,
    /// The disk has not enough room.
    #[error("{needed} bytes are needed, {free} are free")]
    NoRoom {
        /// Bytes still to be fetched, and some to spare.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The folder cannot be written.
    #[error("the folder of updates")]
    Io(#[from] io::Error),
}

/// Fetches a package into a folder and answers its path. Calls `progress` with the bytes that are here, now and then.
/// Called again after an error, it asks only for what is missing.
///
/// # Errors
/// [`FetchError`].
pub async fn fetch(
    client: &Client,
    package: &Package,
    folder: &Path,
    progress: impl Fn(u64) + Send,
) -> Result<PathBuf, FetchError> {
    tokio::fs::create_dir_all(folder).await?;
    let whole = folder.join(&package.file);
    if is_genuine(whole.clone(), package).await? {
        return Ok(whole);
    }
    // Named by its content: a part of another package of the same name is never continued.
    let start = package.sha256.get(..16).ok_or(FetchError::Tampered)?;
    let part = folder.join(format!("{start}.part"));
    let mut here = tokio::fs::metadata(&part).await.map_or(0, |about| about.len());
    if here > package.size {
        tokio::fs::remove_file(&part).await?;
        here = 0;
    }
    if here < package.size {
        make_room(folder, package.size - here)?;
        receive(client, package, &part, here, progress).await?;
    }
    if !is_genuine(part.clone(), package).await? {
        tokio::fs::remove_file(&part).await?;
        return Err(FetchError::Tampered);
    }
    tokio::fs::rename(&part, &whole).await?;
    Ok(whole)
}

fn make_room(folder: &Path, missing: u64) -> Result<(), FetchError> {
    let (needed, free) = (missing + SPARE, fs4::available_space(folder)?);
    if free < needed { Err(FetchError::NoRoom { needed, free }) } else { Ok(()) }
}

async fn receive(
    client: &Client,
    package: &Package,
    part: &Path,
    here: u64,
    progress: impl Fn(u64) + Send,
) -> Result<(), FetchError> {
    let mut request = client.streaming(&format!("{UPDATES_PATH}/{}", package.file));
    if here > 0 {
        request = request.header(header::RANGE, format!("bytes={here}-"));
    }
    let mut response = quiet(request.send()).await?;
    let mut here = match response.status() {
        StatusCode::PARTIAL_CONTENT if begins_at(&response, here) => here,
        // A server that knows no ranges begins anew.
        StatusCode::OK => 0,
        other => return Err(FetchError::Strange(other)),
    };
    let mut file = open(part, here).await?;
    let outcome = loop {
        match quiet(response.chunk()).await {
            Ok(Some(chunk)) => {
                here += chunk.len() as u64;
                if here > package.size {
                    // An endless answer is no package.
                    break Err(FetchError::Tampered);
                }
                file.write_all(&chunk).await?;
                progress(here);
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error.into()),
        }
    };
    // Also after a cut: what has arrived is not asked for again.
    file.flush().await?;
    file.sync_all().await?;
    drop(file);
    match outcome {
        Err(FetchError::Tampered) => tokio::fs::remove_file(part).await?,
        Ok(()) if here < package.size => {
            return Err(ClientError::Offline { detail: "the line was cut".to_owned() }.into());
        }
        _ => {}
    }
    outcome
}

async fn open(part: &Path, here: u64) -> io::Result<File> {
    if here == 0 {
        return File::create(part).await;
    }
    OpenOptions::new().append(true).open(part).await
}

/// Whether an answer goes on where it was asked to.
fn begins_at(response: &Response, here: u64) -> bool {
    let range = response.headers().get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {here}-")))
}

/// Waits for the server, but not through silence.
async fn quiet<T>(wait: impl Future<Output = reqwest::Result<T>>) -> Result<T, ClientError> {
    match tokio::time::timeout(SILENCE, wait).await {
        Ok(answer) => answer.map_err(|error| ClientError::of(&error)),
        Err(_) => Err(ClientError::Offline { detail: "the server fell silent".to_owned() }),
    }
}

/// Whether a file is there and is what was signed.
async fn is_genuine(path: PathBuf, package: &Package) -> io::Result<bool> {
    let (size, sha256) = (package.size, package.sha256.clone());
    let look = move || match std::fs::File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(file) if file.metadata()?.len() != size => Ok(false),
        Ok(file) => Ok(hash(file)?.eq_ignore_ascii_case(&sha256)),
    };
    tokio::task::spawn_blocking(look).await.map_err(io::Error::other)?
}

fn hash(mut file: std::fs::File) -> io::Result<String> {
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            Some([]) | None => return Ok(hex::encode(hasher.finalize())),
            Some(bytes) => hasher.update(bytes),
        }
    }
}
