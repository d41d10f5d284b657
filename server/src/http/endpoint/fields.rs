//! What the card of an endpoint gets of a call: the declared fields of body, query and headers, and all of them raw.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName};
use flow::{Access, Base, FieldKey, Outputs, Step, Type, Value};
use serde_json::Value as Json;

use super::Query;

/// Parameters and headers of this name are for the server, not for the flow.
const OURS: &str = "x-okta-workflows";

/// Returns the outputs of the endpoint card.
pub(super) fn outputs(
    first: &Step,
    access: Option<Access>,
    query: &Query,
    headers: &HeaderMap,
    body: &Bytes,
) -> Outputs {
    // Byte for byte: what signs a call signs its spaces, too.
    let text = Value::from(String::from_utf8_lossy(body).into_owned());
    let body = read_body(headers, body);
    let query = Value::from_pairs(
        query
            .iter()
            .filter(|(name, _)| name != "clientToken" && !is_ours(name))
            .map(|(name, value)| (name.as_str(), Value::text(value.as_str()))),
    );
    let passed = headers
        .iter()
        .filter(|(name, _)| is_passed_on(name, access));
    let headers = Value::from_pairs(passed.map(|(name, value)| {
        (
            name.as_str(),
            Value::from(String::from_utf8_lossy(value.as_bytes()).into_owned()),
        )
    }));
    let part = |key: &FieldKey| match (key.group.as_deref(), key.key.as_str()) {
        (Some("raw") | None, "body") => Some(body.clone()),
        (Some("raw") | None, "query") => Some(query.clone()),
        (Some("raw") | None, "headers") => Some(headers.clone()),
        (Some("body"), name) => Some(body.at(&[name])),
        (Some("query"), name) => Some(query.at(&[name])),
        // A field without a group is taken from where it is.
        (None, name) => Some(match body.at(&[name]) {
            Value::Null => query.at(&[name]),
            found => found,
        }),
        (Some("headers"), name) => Some(headers.at(&[name.to_ascii_lowercase()])),
        _ => None,
    };
    first
        .outputs
        .iter()
        .filter_map(|output| {
            let is_text = output.ty == Type::one(Base::Text);
            let value = match part(&output.key)? {
                _ if is_text && output.key.is("raw", "body") => text.clone(),
                value => value,
            };
            Some((output.key.clone(), value))
        })
        .collect()
}

/// A form becomes an object, JSON what it says, anything else a text.
fn read_body(headers: &HeaderMap, body: &Bytes) -> Value {
    let kind = headers
        .get(axum::http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if kind
        .to_ascii_lowercase()
        .starts_with("application/x-www-form-urlencoded")
    {
        let pairs: Query = url::form_urlencoded::parse(body).into_owned().collect();
        return Value::from_pairs(
            pairs
                .iter()
                .map(|(name, value)| (name.as_str(), Value::text(value.as_str()))),
        );
    }
    let parsed: Option<Json> = serde_json::from_slice(body).ok();
    match parsed.and_then(|json| Value::from_json(&json).ok()) {
        Some(value) => value,
        None => Value::from(String::from_utf8_lossy(body).into_owned()),
    }
}

/// Secrets of the call itself do not enter the flow.
fn is_passed_on(name: &HeaderName, access: Option<Access>) -> bool {
    match name.as_str() {
        "x-api-client-token" | "cookie" => false,
        "authorization" => access != Some(Access::OAuth),
        name => !is_ours(name),
    }
}

fn is_ours(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with(OURS)
}
