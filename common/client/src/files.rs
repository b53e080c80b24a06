//! Scanned pages, up and down.

use crate::{Client, ClientError, call::read};
use api::{COMMAND_HEADER, FILE_NAME_HEADER, FILES_PATH};
use bytes::Bytes;
use domain::{case::Attachment, ids::FileId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use sha2::{Digest as _, Sha256};

/// SHA-256 of a content, hexadecimal, as attachments carry it.
#[must_use]
pub fn sha256_hex(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

impl Client {
    /// Sends a page; its id makes a second sending harmless.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn upload(
        &self,
        id: FileId,
        name: &str,
        mime: &str,
        content: Bytes,
    ) -> Result<Attachment, ClientError> {
        let request = self
            .request(Method::POST, FILES_PATH)
            .header(COMMAND_HEADER, id.to_string())
            .header(FILE_NAME_HEADER, utf8_percent_encode(name, NON_ALPHANUMERIC).to_string())
            .header("content-type", mime)
            .body(content);
        read(request).await
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn download(&self, id: FileId) -> Result<Bytes, ClientError> {
        let request = self.request(Method::GET, &format!("{FILES_PATH}/{id}"));
        let response = request.send().await.map_err(|error| ClientError::of(&error))?;
        let status = response.status();
        let body = response.bytes().await.map_err(|error| ClientError::of(&error))?;
        if status.is_success() {
            return Ok(body);
        }
        match serde_json::from_slice(&body) {
            Ok(problem) => Err(ClientError::Problem { problem: Box::new(problem), status: status.as_u16() }),
            Err(error) => Err(ClientError::Unreadable { detail: format!("HTTP {status}: {error}") }),
        }
    }
}
