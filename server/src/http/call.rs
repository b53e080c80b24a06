//! Typed routes: an endpoint of `api`, mounted at its own path and method, with everything it promises checked
//! in one place: who may call, the command id, the size and shape of what is sent.

use super::{AppState, auth};
use crate::{
    app::{Answer, Asked, sessions::Signed},
    error::Error,
};
use ::api::{Access, COMMAND_HEADER, Endpoint, VERSION_HEADER};
use axum::{
    body::{Body, Bytes},
    extract::{
        ConnectInfo, FromRequestParts as _, Path, Request, State, path::ErrorKind, rejection::PathRejection,
    },
    response::{IntoResponse as _, Response},
    routing::{MethodFilter, MethodRouter},
};
use domain::ids::CommandId;
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::{
    any::{TypeId, type_name},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

/// The largest JSON body, in bytes.
pub const MAX_JSON: usize = 256 * 1024;
/// About as many headers as an answer has in the end.
const HEADERS: usize = 12;
/// The oldest app that this server understands.
const MIN_APP: (u64, u64) = (0, 1);

/// A request, taken apart and allowed in.
pub struct Call<E: Endpoint> {
    /// What every route shares.
    pub state: AppState,
    /// Parameters of the path.
    pub params: E::Params,
    /// What was sent.
    pub req: E::Req,
    /// From where.
    pub address: IpAddr,
    signed: Option<Arc<Signed>>,
    asked: Option<Asked>,
    /// The key by which a machine of a hall shows itself.
    pub hall_key: Option<String>,
}

impl<E: Endpoint> Call<E> {
    /// The signed-in person.
    ///
    /// # Errors
    /// [`Error::SignedOut`] on a public route.
    pub fn signed(&self) -> Result<&Arc<Signed>, Error> {
        self.signed.as_ref().ok_or(Error::SignedOut)
    }

    /// The change as it was asked for.
    ///
    /// # Errors
    /// [`Error::Request`] on a route that changes nothing.
    pub fn asked(&self) -> Result<Asked, Error> {
        self.asked.clone().ok_or(Error::Request { key: "command" })
    }
}

/// What is known of a mounted route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// Name of the endpoint: `Intake`.
    pub name: &'static str,
    /// Method.
    pub method: Method,
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Who may call.
    pub access: Access,
    /// Whether it needs a command id.
    pub changes: bool,
    /// Name of what is sent; empty for nothing.
    pub request: &'static str,
    /// Name of what is answered; empty for nothing.
    pub response: &'static str,
}

/// A route, ready to be put in the router.
pub struct Mounted {
    /// What is known of it.
    pub info: RouteInfo,
    /// The handler.
    pub router: MethodRouter<AppState>,
}

/// Mounts an endpoint.
pub fn route<E, H, F>(handler: H) -> Mounted
where
    E: Endpoint + Send + Sync + 'static,
    H: Fn(Call<E>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Answer<E::Res>, Error>> + Send + 'static,
{
    let serve = move |State(state): State<AppState>, request: Request| {
        let handler = handler.clone();
        async move {
            match serve::<E, H, F>(state, request, handler).await {
                Ok(response) => response,
                Err(error) => error.into_response(),
            }
        }
    };
    let filter = MethodFilter::try_from(E::METHOD).unwrap_or(MethodFilter::GET);
    Mounted {
        info: RouteInfo {
            name: short(type_name::<E>()),
            method: E::METHOD,
            path: E::PATH,
            access: E::ACCESS,
            changes: E::CHANGES,
            request: short(type_name::<E::Req>()),
            response: short(type_name::<E::Res>()),
        },
        router: MethodRouter::new().on(filter, serve),
    }
}

fn short(name: &'static str) -> &'static str {
    if name == "()" { "" } else { name.rsplit("::").next().unwrap_or(name) }
}

async fn serve<E, H, F>(state: AppState, request: Request, handler: H) -> Result<Response, Error>
where
    E: Endpoint,
    H: Fn(Call<E>) -> F,
    F: Future<Output = Result<Answer<E::Res>, Error>>,
{
    let (mut parts, body) = request.into_parts();
    check_version(&parts.headers)?;
    let signed = match E::ACCESS {
        Access::Public | Access::Hall => None,
        Access::Staff => Some(auth::signed(&state, &parts.method, &parts.headers).await?),
    };
    if signed.as_ref().is_some_and(|signed| signed.must_change_password) && !E::PATH.ends_with("/session") {
        // Whoever must change it may do that, see who they are and sign out; nothing else.
        if E::PATH != <::api::ChangePassword as Endpoint>::PATH {
            return Err(Error::MustChangePassword);
        }
    }
    let params = path_params(&mut parts, &state).await?;
    let (req, body_hash) = if E::METHOD == Method::GET {
        (query(&parts)?, Vec::new())
    } else {
        let bytes = read_body(&parts.headers, body, MAX_JSON).await?;
        (json(&parts.headers, &bytes)?, Sha256::digest(&bytes).to_vec())
    };
    let asked = match &signed {
        Some(signed) if E::CHANGES => Some(Asked {
            id: command_id(&parts.headers)?,
            actor: signed.actor.staff,
            route: format!("{} {}", parts.method, parts.uri.path()),
            body_hash,
        }),
        _ => None,
    };
    let address = address(&parts);
    let answer =
        handler(Call { state, params, req, address, signed, asked, hall_key: hall_key(&parts.headers) })
            .await?;
    let bytes = match answer {
        Answer::Ready(bytes) => bytes,
        Answer::Value(value) => serde_json::to_vec(&value)
            .map(Bytes::from)
            .map_err(|_| Error::Internal("an answer is no JSON"))?,
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The key by which a machine of a hall shows itself; the use cases check it.
fn hall_key(headers: &HeaderMap) -> Option<String> {
    headers.get(::api::HALL_KEY_HEADER).and_then(|key| key.to_str().ok()).map(str::to_owned)
}

/// Where a request comes from.
pub(super) fn address(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}

fn check_version(headers: &HeaderMap) -> Result<(), Error> {
    let Some(version) = headers.get(VERSION_HEADER) else {
        return Ok(());
    };
    let mut numbers =
        version.to_str().unwrap_or_default().split('.').map(|part| part.parse::<u64>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version < MIN_APP { Err(Error::Upgrade) } else { Ok(()) }
}

/// The command id of a change.
///
/// # Errors
/// [`Error::Request`] when it is missing or no UUID.
pub fn command_id(headers: &HeaderMap) -> Result<CommandId, Error> {
    let id = headers.get(COMMAND_HEADER).and_then(|value| value.to_str().ok());
    id.and_then(|id| id.trim().parse().ok()).ok_or(Error::Request { key: "command" })
}

async fn path_params<T: DeserializeOwned + Send + 'static>(
    parts: &mut Parts,
    state: &AppState,
) -> Result<T, Error> {
    if TypeId::of::<T>() == TypeId::of::<()>() {
        return unit();
    }
    let path = Path::<T>::from_request_parts(parts, state).await;
    path.map(|path| path.0).map_err(|rejected| match rejected {
        PathRejection::FailedToDeserializePathParams(wrong)
            if !matches!(wrong.kind(), ErrorKind::InvalidUtf8InPathParam { .. }) =>
        {
            // A path that names nothing possible names nothing there is.
            Error::NotFound
        }
        _ => Error::Request { key: "path" },
    })
}

fn unit<T: DeserializeOwned>() -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::Null).map_err(|_| Error::Internal("no unit"))
}

fn query<T: DeserializeOwned + 'static>(parts: &Parts) -> Result<T, Error> {
    if TypeId::of::<T>() == TypeId::of::<()>() {
        return unit();
    }
    let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
    query.map(|query| query.0).map_err(|_| Error::Request { key: "query" })
}

fn json<T: DeserializeOwned + 'static>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Error> {
    if TypeId::of::<T>() == TypeId::of::<()>() {
        return unit();
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Error::Unsupported { key: "json_type" });
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        if error.inner().is_data() {
            Error::Field { field: if path == "." { String::new() } else { path }, key: "wrong_type" }
        } else {
            Error::Request { key: "json" }
        }
    })?;
    deserializer.end().map_err(|_| Error::Request { key: "json" })?;
    Ok(value)
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// [`Error::TooLarge`], or [`Error::Request`] when it does not arrive whole.
pub async fn read_body(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Error> {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge);
    }
    let read = axum::body::to_bytes(body, limit).await;
    read.map_err(|error| {
        let source = std::error::Error::source(&error);
        let too_large = source.is_some_and(|source| source.to_string().contains("length limit"));
        if too_large { Error::TooLarge } else { Error::Request { key: "body" } }
    })
}
