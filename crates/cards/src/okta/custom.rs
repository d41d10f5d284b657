//! Custom API Action: any endpoint of the org, by a relative URL.

use flow::{Args, CardError, Value};
use serde_json::Value as Json;

use super::declare::{Action, Put, Take, To, action, counted, headers, put, status, whole};
use super::fields::STREAM_FLOW;
use super::guidance;
use crate::declare::{any, number, object, pick, text, words};
use crate::functions::decode;
use crate::http::pairs;
use crate::web::{HttpRequest, Method};

static INPUTS: [Put; 7] = [
    put(
        text("requestType")
            .label("Request Type")
            .option()
            .choices(&[
                pick("GET"),
                pick("GET(Streaming)"),
                pick("POST"),
                pick("PUT"),
                pick("PATCH"),
                pick("DELETE"),
            ])
            .starts_as("\"GET\""),
        To::Nowhere,
    ),
    put(text("Relative URL").of("Request").required(), To::Nowhere),
    put(object("Query").of("Request"), To::Nowhere),
    put(object("Headers").of("Request").more(), To::Nowhere),
    put(any("Body").of("Request"), To::Nowhere),
    STREAM_FLOW,
    put(number("Record Limit").of("Streaming").more(), To::Nowhere),
];

static OUTPUTS: [Take; 4] = [
    status("Response", "Status Code", "Status Code"),
    headers("Response", "Headers"),
    whole("Body").of("Response"),
    counted("Response", "Records Streamed", "Records Streamed"),
];

pub(super) static ACTIONS: [Action; 1] = [action(
    "okta:hTTPRequest",
    words("Custom API Action", "Custom API Action"),
    words(
        "Calls any endpoint of the org by its relative URL.",
        "Custom API Actionカードを使用して、Okta APIに対する認証済みのリクエストを発行します。",
    ),
    Method::Post,
    "/api/v1/",
)
.notes(&[guidance::CUSTOM])
.scopes(&[])
.scopes_by_path(&super::paths::RULES)
.inputs(&INPUTS)
.outputs(&OUTPUTS)
.custom(relative)];

/// Bytes that stand for themselves in a path (RFC 3986), beside letters, digits and `%`.
const IN_PATH: &[u8] = b"-_.~!$&'()*+,;=:@/%";

fn relative(_: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let kind = args.get("parameters", "requestType").to_text();
    let streams = kind == "GET(Streaming)";
    let method = match kind.as_str() {
        "" | "GET(Streaming)" => Some(Method::Get),
        other => Method::parse(other),
    }
    .ok_or_else(|| {
        CardError::new(
            "unknown_method",
            format!("{kind} is not a request type. Choose one on the card."),
        )
    })?;
    let url = args.get("Request", "Relative URL").to_text();
    let (path, given) = split(&url)?;
    let mut query = given;
    query.extend(pairs(args.get("Request", "Query"), "Query")?);
    if streams && !query.iter().any(|(name, _)| name == "limit") {
        query.push(("limit".into(), "200".into()));
    }
    Ok(HttpRequest {
        method,
        path,
        query,
        headers: headers_of(args)?,
        body: match method {
            Method::Get => None,
            _ => body(args.get("Request", "Body"))?,
        },
    })
}

/// Tells whether the call deletes a user, as `DELETE /api/v1/users/{id}` does.
pub(super) fn deletes_user(args: &Args) -> bool {
    let kind = args.get("parameters", "requestType").to_text();
    let url = args.get("Request", "Relative URL").to_text();
    let Ok((path, _)) = split(&url) else {
        return false;
    };
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let is_user = [parts.next(), parts.next(), parts.next()]
        == [Some("api"), Some("v1"), Some("users")]
        && parts.next().is_some()
        && parts.next().is_none();
    is_user && kind.eq_ignore_ascii_case("DELETE")
}

/// Headers that say who calls, where to, or how the connection works. They are the connection's own.
const RESERVED: [&str; 12] = [
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn headers_of(args: &Args) -> Result<Vec<(String, String)>, CardError> {
    let headers = pairs(args.get("Request", "Headers"), "Headers")?;
    for (name, value) in &headers {
        let name = name.trim().to_ascii_lowercase();
        let is_own = RESERVED.contains(&name.as_str())
            || name.starts_with("proxy-")
            || name.starts_with("x-forwarded-");
        let is_formed = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
            && !value.chars().any(char::is_control);
        if is_own || !is_formed {
            return Err(CardError::new(
                "invalid_header",
                format!(
                    "The header {name:?} cannot be sent. The connection signs in and chooses the org; remove it."
                ),
            ));
        }
    }
    Ok(headers)
}

/// Splits a relative URL into its encoded path and the pairs of its query. Anything that would leave the org, or name
/// another path than it seems to, is refused.
fn split(url: &str) -> Result<(String, Vec<(String, String)>), CardError> {
    let url = url.trim();
    let wrong = |why: &str| {
        CardError::new(
            "invalid_url",
            format!("The Relative URL {why}. It is a path in your org such as /api/v1/users."),
        )
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    if path.is_empty() {
        return Err(wrong("is empty"));
    }
    let first = path.split('/').next().unwrap_or_default();
    if first.contains(':') || path.starts_with("//") || path.contains('\\') {
        return Err(wrong("names another server"));
    }
    let path = path.trim_start_matches('/');
    let leaves = path.split('/').any(|segment| {
        matches!(
            segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
            "." | ".."
        )
    });
    if leaves || path.contains('#') || path.chars().any(char::is_control) {
        return Err(wrong("has a part that is not a path"));
    }
    let mut encoded = String::from("/");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || IN_PATH.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect();
    Ok((encoded, pairs))
}

fn decoded(text: &str) -> String {
    decode(&text.replace('+', " ")).unwrap_or_else(|_| text.to_owned())
}

/// A text is taken as JSON; a body that is not JSON is refused, since every endpoint of Okta takes JSON.
fn body(value: &Value) -> Result<Option<Json>, CardError> {
    match value {
        Value::Null => Ok(None),
        Value::Text(text) if text.trim().is_empty() => Ok(None),
        Value::Text(text) => serde_json::from_str(text)
            .map(Some)
            .map_err(|error| CardError::new("not_json", format!("The Body is not JSON: {error}."))),
        other => Ok(Some(other.to_json())),
    }
}

#[cfg(test)]
mod tests;
