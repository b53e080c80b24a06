//! The OpenAPI document, made from the same list of routes that is mounted.

use super::{api::endpoints, call::RouteInfo};
use ::api::Access;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, Method, header};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa::OpenApi as _;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Một Cửa", description = "One-stop shop of Sơn La province: JSON API."),
    components(schemas(
        ::api::CaseView,
        ::api::CounterView,
        ::api::DayLine,
        ::api::DeedRequest,
        ::api::HallDay,
        ::api::HallResults,
        ::api::HallView,
        ::api::IntakeRequest,
        ::api::Line,
        ::api::LiveEvent,
        ::api::MachineReport,
        ::api::MachineView,
        ::api::Machines,
        ::api::NextCalled,
        ::api::OpenCases,
        ::api::OpeningRequest,
        ::api::PasswordChange,
        ::api::PersonInput,
        ::api::Pile,
        ::api::Place,
        ::api::Problem,
        ::api::Province,
        ::api::PublicStatus,
        ::api::RateRequest,
        ::api::ReportTaken,
        ::api::SearchRequest,
        ::api::Session,
        ::api::SignInRequest,
        ::api::StatusRequest,
        ::api::TakeTicket,
        ::api::TicketView,
        ::api::TurnRequest,
        ::api::WorkItem,
        ::api::WorkPage,
        ::api::WorkRequest,
    ))
)]
struct Components;

static TEXT: LazyLock<String> =
    LazyLock::new(|| serde_json::to_string_pretty(&document()).unwrap_or_default());

/// Answers the document.
pub async fn openapi() -> Response {
    let mut response = TEXT.as_str().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut document = serde_json::to_value(Components::openapi()).unwrap_or_default();
    let known =
        |name: &str, document: &Value| document.pointer(&format!("/components/schemas/{name}")).is_some();
    let mut paths: Map<String, Value> = Map::new();
    for info in endpoints() {
        let operation = operation(&info, |name| known(name, &document), &document);
        put(&mut paths, info.path, &info.method, operation);
    }
    for (path, method, operation) in plain() {
        put(&mut paths, path, &method, operation);
    }
    if let Value::Object(document) = &mut document {
        document.insert("paths".to_owned(), Value::Object(paths));
    }
    if let Some(Value::Object(components)) = document.get_mut("components") {
        let schemes = json!({
            "session": { "type": "http", "scheme": "bearer" },
            "hall": { "type": "apiKey", "in": "header", "name": ::api::HALL_KEY_HEADER },
        });
        components.insert("securitySchemes".to_owned(), schemes);
    }
    document
}

fn put(paths: &mut Map<String, Value>, path: &str, method: &Method, operation: Value) {
    let entry = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
    if let Value::Object(entry) = entry {
        entry.insert(method.as_str().to_lowercase(), operation);
    }
}

fn operation(info: &RouteInfo, known: impl Fn(&str) -> bool, document: &Value) -> Value {
    let schema = |name: &str| match name {
        "" => json!({ "type": "null" }),
        name if known(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        _ => json!({ "type": "object" }),
    };
    let mut parameters: Vec<Value> = path_parameters(info.path);
    if info.method == Method::GET {
        parameters.extend(query_parameters(info.request, document));
    }
    if info.changes {
        parameters.push(json!({
            "name": ::api::COMMAND_HEADER, "in": "header", "required": true,
            "schema": { "type": "string", "format": "uuid" },
        }));
    }
    let problem = json!({
        "description": "Problem",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    let mut operation = json!({
        "operationId": info.name,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "Done",
                "content": { "application/json": { "schema": schema(info.response) } },
            },
            "default": problem,
        },
    });
    if let Value::Object(fields) = &mut operation {
        let security = match info.access {
            Access::Public => None,
            Access::Hall => Some(json!([{ "hall": [] }])),
            Access::Staff => Some(json!([{ "session": [] }])),
        };
        if let Some(security) = security {
            fields.insert("security".to_owned(), security);
        }
        if info.method != Method::GET && !info.request.is_empty() {
            let body = json!({ "required": true, "content": { "application/json": { "schema": schema(info.request) } } });
            fields.insert("requestBody".to_owned(), body);
        }
    }
    operation
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter =
        |name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    names.map(parameter).collect()
}

fn query_parameters(request: &str, document: &Value) -> Vec<Value> {
    let properties = document.pointer(&format!("/components/schemas/{request}/properties"));
    let Some(Value::Object(properties)) = properties else {
        return Vec::new();
    };
    let required = document.pointer(&format!("/components/schemas/{request}/required"));
    let required = |name: &str| {
        required
            .and_then(Value::as_array)
            .is_some_and(|all| all.iter().any(|each| each.as_str() == Some(name)))
    };
    let parameter = |(name, schema): (&String, &Value)| json!({ "name": name, "in": "query", "required": required(name), "schema": schema });
    properties.iter().map(parameter).collect()
}

/// Routes that carry no JSON.
fn plain() -> Vec<(&'static str, Method, Value)> {
    let bytes = json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } });
    let staff = json!([{ "session": [] }]);
    let header = |name: &str| json!({ "name": name, "in": "header", "required": true, "schema": { "type": "string" } });
    let said = |what: &str| json!({ "200": { "description": what } });
    vec![
        (
            ::api::FILES_PATH,
            Method::POST,
            json!({
                "operationId": "SendFile", "security": staff, "requestBody": { "required": true, "content": bytes },
                "parameters": [header(::api::FILE_NAME_HEADER), header(::api::COMMAND_HEADER)],
                "responses": said("The attachment"),
            }),
        ),
        (
            "/api/files/{file}",
            Method::GET,
            json!({
                "operationId": "GetFile", "security": staff, "parameters": path_parameters("/api/files/{file}"),
                "responses": said("The file"),
            }),
        ),
        (
            ::api::LIVE_PATH,
            Method::GET,
            json!({ "operationId": "Live", "responses": said("Server-Sent Events of LiveEvent") }),
        ),
        (
            ::api::HALL_LIVE_PATH,
            Method::GET,
            json!({
                "operationId": "HallLive", "parameters": path_parameters(::api::HALL_LIVE_PATH),
                "responses": said("Server-Sent Events of HallView"),
            }),
        ),
        ("/healthz", Method::GET, json!({ "operationId": "Healthz", "responses": said("Alive") })),
        ("/readyz", Method::GET, json!({ "operationId": "Readyz", "responses": said("Ready") })),
        ("/metrics", Method::GET, json!({ "operationId": "Metrics", "responses": said("Prometheus text") })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_in_the_document() {
        let document = document();
        for info in endpoints() {
            let operation = document["paths"][info.path][info.method.as_str().to_lowercase()].clone();
            assert_eq!(operation["operationId"], info.name, "{} {}", info.method, info.path);
        }
        assert!(document["components"]["schemas"]["CaseView"].is_object());
    }
}
