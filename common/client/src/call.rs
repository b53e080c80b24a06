//! Typed calls.

use crate::ClientError;
use api::{COMMAND_HEADER, Endpoint, HALL_KEY_HEADER, Problem, VERSION_HEADER};
use domain::ids::CommandId;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::Method;
use reqwest::{RequestBuilder, Url};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    sync::{Arc, Once, PoisonError, RwLock},
    time::Duration,
};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(4);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(20);
/// What may not stand in a part of a path.
const PART: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'/').add(b'<').add(b'>').add(b'?').add(b'`');

pub(crate) static RING: Once = Once::new();

/// A server, and the session with it. Cheap to clone; all clones share the session.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// Without timeout: for the live stream.
    stream: reqwest::Client,
    base: Url,
    token: Arc<RwLock<Option<String>>>,
    hall_key: Option<Arc<str>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// [`ClientError::Unreadable`] when `base` is not an address.
    pub fn new(base: &str) -> Result<Self, ClientError> {
        RING.call_once(|| {
            // Another part of the program may have chosen already; either choice will do.
            drop(rustls::crypto::ring::default_provider().install_default());
        });
        let detail = |error: &dyn std::fmt::Display| ClientError::Unreadable { detail: error.to_string() };
        let base = Url::parse(base.trim_end_matches('/')).map_err(|error| detail(&error))?;
        let builder = || reqwest::Client::builder().connect_timeout(CONNECT).tcp_nodelay(true);
        Ok(Self {
            http: builder().timeout(ANSWER).build().map_err(|error| detail(&error))?,
            stream: builder().build().map_err(|error| detail(&error))?,
            base,
            token: Arc::default(),
            hall_key: None,
        })
    }

    /// The same, for a machine that stands in a hall and has its key.
    #[must_use]
    pub fn with_hall_key(mut self, key: Option<&str>) -> Self {
        self.hall_key = key.map(Arc::from);
        self
    }

    /// The address given.
    #[must_use]
    pub fn base(&self) -> &str {
        self.base.as_str()
    }

    /// Uses a session from now on, or none.
    pub fn set_token(&self, token: Option<String>) {
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    /// Whether there is a session.
    #[must_use]
    pub fn has_token(&self) -> bool {
        self.token.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Calls a route.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn call<E: Endpoint>(&self, params: &E::Params, req: &E::Req) -> Result<E::Res, ClientError> {
        let request = self.request(E::METHOD, &path::<E>(params)?);
        let request = if E::METHOD == Method::GET { request.query(req) } else { request.json(req) };
        read(request).await
    }

    /// Calls a route that changes something, under a command id: sending it again changes nothing.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn command<E: Endpoint>(
        &self,
        id: CommandId,
        params: &E::Params,
        req: &E::Req,
    ) -> Result<E::Res, ClientError> {
        let request = self.request(E::METHOD, &path::<E>(params)?);
        read(request.header(COMMAND_HEADER, id.to_string()).json(req)).await
    }

    /// Sends a command as the outbox keeps it.
    pub(crate) async fn command_raw<Res: DeserializeOwned>(
        &self,
        id: CommandId,
        path: &str,
        body: String,
    ) -> Result<Res, ClientError> {
        let request = self.request(Method::POST, path).header(COMMAND_HEADER, id.to_string());
        read(request.header("content-type", "application/json").body(body)).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.signed(self.http.request(method, self.url(path)))
    }

    pub(crate) fn streaming(&self, path: &str) -> RequestBuilder {
        self.signed(self.stream.get(self.url(path)))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        let mut request = request.header(VERSION_HEADER, api::VERSION);
        if let Some(key) = self.hall_key.as_deref() {
            request = request.header(HALL_KEY_HEADER, key);
        }
        match self.token.read().unwrap_or_else(PoisonError::into_inner).as_deref() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// The path of a route with its parameters in it.
pub(crate) fn path<E: Endpoint>(params: &E::Params) -> Result<String, ClientError> {
    fill(E::PATH, params)
}

fn fill(template: &str, params: &impl Serialize) -> Result<String, ClientError> {
    let unreadable = |error: serde_json::Error| ClientError::Unreadable { detail: error.to_string() };
    let mut path = template.to_owned();
    if let serde_json::Value::Object(values) = serde_json::to_value(params).map_err(unreadable)? {
        for (name, value) in values {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            path = path.replace(&format!("{{{name}}}"), &utf8_percent_encode(&text, PART).to_string());
        }
    }
    Ok(path)
}

/// Sends a request and reads the answer, whatever it is.
pub(crate) async fn read<Res: DeserializeOwned>(request: RequestBuilder) -> Result<Res, ClientError> {
    let response = request.send().await.map_err(|error| ClientError::of(&error))?;
    let status = response.status();
    let body = response.bytes().await.map_err(|error| ClientError::of(&error))?;
    if status.is_success() {
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        return serde_json::from_slice(body)
            .map_err(|error| ClientError::Unreadable { detail: error.to_string() });
    }
    let problem = serde_json::from_slice(&body).unwrap_or_else(|_| Problem {
        code: status.as_str().to_owned(),
        message: String::new(),
        field: None,
        reference: None,
    });
    Err(ClientError::Problem { problem: Box::new(problem), status: status.as_u16() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::{CaseParam, CodeParam};
    use domain::{code::CaseCode, ids::CaseId};

    #[test]
    fn parameters_land_in_the_path() {
        let code = CaseCode::parse("H52.125-261123-0032").unwrap();
        assert_eq!(
            path::<api::FindCase>(&CodeParam { code }).unwrap(),
            "/api/cases/by-code/H52.125-261123-0032"
        );
        let case = CaseId::new();
        let made = path::<api::MakeTurn>(&CaseParam { case }).unwrap();
        assert_eq!(made, format!("/api/cases/{case}/turns"));
        assert_eq!(path::<api::GetWork>(&()).unwrap(), "/api/work");
    }
}
