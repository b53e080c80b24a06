//! Scanned pages, as raw bytes.

use super::{
    AppState, auth,
    call::{command_id, read_body},
};
use crate::{
    app::files::{self, NewFile},
    error::Error,
};
use ::api::{FILE_NAME_HEADER, MAX_FILE};
use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State},
    response::Response,
};
use domain::{case::Attachment, ids::FileId};
use http::{HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a file name in a header may hold as it is.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// Takes a file in. Its id is the command's: sending it twice keeps it once.
///
/// # Errors
/// [`Error`] for a file that is too large or is not what it is said to be.
pub async fn send(State(state): State<AppState>, request: Request) -> Result<Json<Attachment>, Error> {
    let (parts, body) = request.into_parts();
    let signed = auth::signed(&state, &parts.method, &parts.headers).await?;
    if signed.must_change_password {
        return Err(Error::MustChangePassword);
    }
    let id = FileId(command_id(&parts.headers)?.0);
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let name = text(FILE_NAME_HEADER).unwrap_or_default();
    let name = percent_decode_str(name).decode_utf8().map_err(|_| Error::Request { key: "file_name" })?;
    let kind = text(header::CONTENT_TYPE.as_str()).unwrap_or_default().to_owned();
    let content = read_body(&parts.headers, body, MAX_FILE).await?;
    let file = NewFile { id, name: name.into_owned(), kind, content };
    files::take_in(&state.app, &signed.actor, file).await.map(Json)
}

/// Gives a file back to those who may see a case that holds it.
///
/// # Errors
/// [`Error::NotFound`] for all others: that it exists is not their business.
pub async fn get(
    State(state): State<AppState>,
    file: Result<Path<FileId>, axum::extract::rejection::PathRejection>,
    request: Request,
) -> Result<Response, Error> {
    let Path(file) = file.map_err(|_| Error::NotFound)?;
    let signed = auth::signed(&state, request.method(), request.headers()).await?;
    if signed.must_change_password {
        return Err(Error::MustChangePassword);
    }
    let found = files::get(&state.app, &signed.actor, file).await?;
    let mut response = Response::new(Body::from(found.content));
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Error::Internal("a header"));
    headers.insert(header::CONTENT_TYPE, value(&found.kind)?);
    let name = utf8_percent_encode(&found.name, NAME);
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("inline; filename*=UTF-8''{name}"))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    // A PDF or picture shows itself and runs nothing.
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}
