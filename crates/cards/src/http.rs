//! API Connector: HTTP calls to any service. A card gives a request with an absolute URL and reads the answer into
//! its outputs; sending it, and the account of its connection, are the host's.

use flow::{Args, CardError, CardKey, CardKind, FieldKey, Fields, Outputs, RetryHint, Value};
use serde_json::Value as Json;

use crate::declare::{
    Card, Category, Field, Repeat, Run, Words, base, flow_field, number, object, pick, text, words,
};
use crate::web::{HttpReply, Method, encode};

/// A request to anywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Absolute URL with its query, encoded.
    pub url: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Option<String>,
}

pub(crate) fn cards() -> Vec<Card> {
    vec![GET, POST, PUT, PATCH, DELETE, RAW, PAGINATE]
}

const URL: Field = text("URL").of("Request").required();
const QUERY: Field = object("Query").of("Request");
const HEADERS: Field = object("Headers").of("Request");
const BODY: Field = object("Body").of("Request");

static JSON_OUTPUTS: [Field; 3] = [
    number("Status Code").of("Response"),
    object("Headers").of("Response"),
    object("Body").of("Response"),
];

const fn card(key: &'static str, name: Words, help: Words, repeatable: Repeat) -> Card {
    base(key, CardKind::Action, Category::ApiConnector, name, help)
        .runs(Run::Call { repeatable })
        .may_connect("httpfunctions")
        .inputs(&[URL, QUERY, HEADERS, BODY])
        .outputs(&JSON_OUTPUTS)
}

const GET: Card = card(
    "httpfunctions:get",
    words("Get", "Get"),
    words(
        "Reads from a JSON service over HTTP.",
        "HTTPでJSONサービスからデータを取得します。",
    ),
    Repeat::Safe,
)
.inputs(&[URL, QUERY, HEADERS]);

const POST: Card = card(
    "httpfunctions:post",
    words("Post", "Post"),
    words(
        "Sends an object to a JSON service over HTTP POST.",
        "HTTP POSTでJSONサービスにオブジェクトを送信します。",
    ),
    Repeat::Never,
);

const PUT: Card = card(
    "httpfunctions:put",
    words("Put", "Put"),
    words(
        "Replaces something at a JSON service over HTTP PUT.",
        "HTTP PUTでJSONサービスのデータを置き換えます。",
    ),
    Repeat::Safe,
);

const PATCH: Card = card(
    "httpfunctions:patch",
    words("Patch", "Patch"),
    words(
        "Changes something at a JSON service over HTTP PATCH.",
        "HTTP PATCHでJSONサービスのデータを変更します。",
    ),
    Repeat::Never,
)
.unconfirmed();

const DELETE: Card = card(
    "httpfunctions:delete",
    words("Delete", "Delete"),
    words(
        "Deletes something at a JSON service over HTTP DELETE.",
        "HTTP DELETEでJSONサービスのデータを削除します。",
    ),
    Repeat::Safe,
);

const RAW: Card = card(
    "httpfunctions:raw",
    words("Raw Request", "Rawリクエスト"),
    words(
        "Sends an HTTP request with any method and a text body, and gives the body of the answer as text.",
        "任意のメソッドとテキストの本文でHTTPリクエストを送信し、レスポンスの本文をテキストで返します。",
    ),
    Repeat::Never,
)
.inputs(&[
    URL,
    text("Method")
        .of("Request")
        .choices(&[
            pick("GET"),
            pick("POST"),
            pick("PUT"),
            pick("PATCH"),
            pick("DELETE"),
        ])
        .starts_as("\"GET\""),
    QUERY,
    HEADERS,
    text("Body").of("Request"),
])
.outputs(&[
    number("Status Code").of("Response"),
    object("Headers").of("Response"),
    text("Body").of("Response"),
]);

/// The documentation names this card and says what it does, not what its fields are called.
const PAGINATE: Card = card(
    "httpfunctions:paginate",
    words("Paginate", "ページ分割"),
    words(
        "Reads a JSON service page by page and hands each page to a helper flow. The next page is what the header Link names, or what stands in the body at the Next Page Path: an address, or a value for the Cursor Parameter of the query. All pages must be at the host of the first one. What the fields are called in Okta Workflows is not known.",
        "JSONサービスを1ページずつ読み取り、各ページをヘルパーフローに渡します。次のページは、Linkヘッダーが示すアドレス、または「次のページのパス」にある本文の値（アドレス、もしくは「カーソルのパラメーター」に入れる値）です。すべてのページは最初のページと同じホストにある必要があります。Okta Workflowsでのフィールド名は公開されていません。",
    ),
    Repeat::Safe,
)
.unconfirmed()
.inputs(&[
    URL,
    QUERY,
    HEADERS,
    text("Next Page Path").of("Paging"),
    text("Cursor Parameter").of("Paging"),
    flow_field("Flow").of("Streaming").required(),
    number("Record Limit").label("Page Limit").of("Streaming"),
])
.outputs(&[number("Records Streamed").label("Pages").of("Response")]);

/// Tells whether `card` hands pages to a helper flow.
pub fn is_paged(card: &CardKey) -> bool {
    card.as_str() == "httpfunctions:paginate"
}

/// What names the next page: an address, or a value for a parameter of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// An address, perhaps relative to this page.
    Address(String),
    /// A value for the parameter of this name.
    Cursor(String, String),
}

/// Returns the page as the helper flow gets it, and what names the next one. A status of 400 or more is an error.
pub fn page(args: &Args, reply: &HttpReply) -> Result<(Value, Option<NextPage>), CardError> {
    if reply.status >= 400 {
        return Err(refused(reply));
    }
    let body = read_json(&reply.body)?;
    let path = args.get("Paging", "Next Page Path").to_text();
    let named = match path.trim() {
        "" => linked(reply),
        path => path
            .split('.')
            .try_fold(&reply.body, |json, key| match json {
                Json::Array(items) => items.get(key.parse::<usize>().ok()?),
                json => json.get(key),
            })
            .and_then(|found| match found {
                Json::String(text) => Some(text.clone()),
                Json::Number(number) => Some(number.to_string()),
                _ => None,
            }),
    };
    let parameter = args.get("Paging", "Cursor Parameter").to_text();
    let next = named
        .filter(|text| !text.is_empty())
        .map(|text| match parameter.trim() {
            "" => NextPage::Address(text),
            parameter => NextPage::Cursor(parameter.to_owned(), text),
        });
    let page = Value::from_pairs([
        ("Status Code", Value::from(i64::from(reply.status))),
        ("Headers", headers(reply)),
        ("Body", body),
    ]);
    Ok((page, next))
}

/// The target of the header Link with rel=next (RFC 8288).
fn linked(reply: &HttpReply) -> Option<String> {
    let links = reply
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("link"));
    links
        .flat_map(|(_, value)| value.split(","))
        .find_map(|link| {
            let (target, params) = link.split_once('>')?;
            let is_next = params.split(';').any(|param| {
                let param = param.trim().to_ascii_lowercase().replace('"', "");
                param
                    .strip_prefix("rel=")
                    .is_some_and(|rel| rel.split(' ').any(|one| one == "next"))
            });
            is_next.then(|| target.trim().trim_start_matches('<').to_owned())
        })
}

/// Returns the request that `card` sends. Refuses URLs that are not `http://` or `https://`.
pub fn request(card: &CardKey, args: &Args) -> Result<Request, CardError> {
    let raw = is_raw(card);
    let chosen = args.get("Request", "Method").to_text();
    let name = match chosen.trim() {
        _ if is_paged(card) => "GET",
        _ if !raw => card.method(),
        "" => "GET",
        chosen => chosen,
    };
    let method = Method::parse(name).ok_or_else(|| {
        CardError::new(
            "unknown_method",
            format!("{name} is not a method. Choose GET, POST, PUT, PATCH or DELETE."),
        )
    })?;
    let mut headers = pairs(args.get("Request", "Headers"), "Headers")?;
    let body = body(args.get("Request", "Body"), method);
    let has_type = headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if body.is_some() && !has_type && !raw {
        headers.push(("content-type".into(), "application/json".into()));
    }
    Ok(Request {
        method,
        url: url(args)?,
        headers,
        body,
    })
}

fn is_raw(card: &CardKey) -> bool {
    card.method() == "raw"
}

fn url(args: &Args) -> Result<String, CardError> {
    let url = args.get("Request", "URL").to_text();
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return Err(CardError::new(
            "invalid_url",
            "The URL must begin with https:// or http://.",
        ));
    }
    let query = match args.get("Request", "Query") {
        Value::Text(text) if serde_json::from_str::<Json>(text).is_err() => {
            text.trim().trim_start_matches('?').to_owned()
        }
        value => pairs(value, "Query")?
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&"),
    };
    if query.is_empty() {
        return Ok(url.to_owned());
    }
    let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
    let joint = if url.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    Ok(format!("{url}{joint}{query}{hash}{fragment}"))
}

fn body(value: &Value, method: Method) -> Option<String> {
    match value {
        _ if method == Method::Get => None,
        Value::Null => None,
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) => Some(text.to_string()),
        other => Some(other.to_json().to_string()),
    }
}

/// Returns the names and values of an object; a list gives its name once for each item, null gives nothing.
pub(crate) fn pairs(value: &Value, field: &str) -> Result<Vec<(String, String)>, CardError> {
    let fields = crate::read::as_object(value, field)?;
    let mut pairs = Vec::new();
    for (name, value) in &fields {
        for value in crate::read::items(value) {
            pairs.push((name.to_string(), value.to_text()));
        }
    }
    Ok(pairs)
}

/// Reads an answer into the outputs of `card`; a status of 400 or more is an error.
pub fn outputs(card: &CardKey, _: &Args, reply: &HttpReply) -> Result<Outputs, CardError> {
    if reply.status >= 400 {
        return Err(refused(reply));
    }
    let body = if is_raw(card) {
        match &reply.body {
            Json::Null => Value::from(""),
            Json::String(text) => Value::from(text.as_str()),
            other => Value::from(other.to_string()),
        }
    } else {
        read_json(&reply.body)?
    };
    let response = |key: &str| FieldKey::in_group("Response", key);
    Ok(vec![
        (
            response("Status Code"),
            Value::from(i64::from(reply.status)),
        ),
        (response("Headers"), headers(reply)),
        (response("Body"), body),
    ])
}

/// Returns the value of a JSON body.
pub(crate) fn read_json(body: &Json) -> Result<Value, CardError> {
    Value::from_json(body).map_err(|error| CardError::new("too_deep", error.to_string()))
}

/// Returns the headers of an answer as an object with lower-case names.
pub(crate) fn headers(reply: &HttpReply) -> Value {
    let mut fields = Fields::new();
    for (name, value) in &reply.headers {
        fields.insert(name.to_ascii_lowercase().into(), value.as_str().into());
    }
    Value::object(fields)
}

fn refused(reply: &HttpReply) -> CardError {
    let retry = match reply.status {
        429 => RetryHint::RateLimited { reset_at_ms: None },
        500..=599 => RetryHint::Unavailable,
        _ => RetryHint::No,
    };
    CardError {
        code: "http.refused".into(),
        message: format!(
            "The service answered {}. Look at its answer below, then check URL, headers and body.",
            reply.status
        ),
        status: Some(reply.status),
        detail: Value::from_json(&reply.body).unwrap_or_default(),
        retry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::Arg;
    use serde_json::json;

    fn args(pairs: &[(&str, Json)]) -> Args {
        Args {
            inputs: pairs
                .iter()
                .map(|(key, json)| Arg {
                    key: FieldKey::in_group("Request", *key),
                    value: Value::from_json(json).unwrap(),
                    custom: false,
                })
                .collect(),
            wanted: Vec::new(),
        }
    }

    #[test]
    fn a_post_sends_json_with_an_encoded_query() {
        let key = CardKey::new("httpfunctions", "post");
        let request = request(
            &key,
            &args(&[
                ("URL", json!("https://example.com/a?x=1")),
                ("Query", json!({"q": "a b&c", "l": [1, 2], "n": null})),
                ("Headers", json!({"X-Id": 7})),
                ("Body", json!({"b": 1})),
            ]),
        )
        .unwrap();
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.url, "https://example.com/a?x=1&q=a%20b%26c&l=1&l=2");
        assert_eq!(request.body.as_deref(), Some(r#"{"b":1}"#));
        assert_eq!(
            request.headers,
            [
                ("X-Id".to_owned(), "7".to_owned()),
                ("content-type".into(), "application/json".into())
            ]
        );
    }

    #[test]
    fn a_raw_request_has_its_own_method_and_no_assumed_type() {
        let key = CardKey::new("httpfunctions", "raw");
        let inputs = args(&[
            ("URL", json!("http://example.com/#top")),
            ("Method", json!("patch")),
            ("Query", json!("?a=%20")),
            ("Body", json!("<x/>")),
        ]);
        let sent = request(&key, &inputs).unwrap();
        assert_eq!(sent.method, Method::Patch);
        assert_eq!(sent.url, "http://example.com/?a=%20#top");
        assert!(sent.headers.is_empty());
        let reply = HttpReply {
            status: 200,
            headers: vec![("ETag".into(), "x".into())],
            body: json!([1]),
        };
        let got = outputs(&key, &inputs, &reply).unwrap();
        assert!(got.contains(&(FieldKey::in_group("Response", "Body"), "[1]".into())));
    }

    #[test]
    fn other_schemes_and_refusals_are_errors() {
        let key = CardKey::new("httpfunctions", "get");
        let error = request(&key, &args(&[("URL", json!("file:///etc/passwd"))])).unwrap_err();
        assert_eq!(error.code, "invalid_url");
        let reply = HttpReply {
            status: 503,
            headers: Vec::new(),
            body: json!({"why": "x"}),
        };
        let error = outputs(&key, &Args::default(), &reply).unwrap_err();
        assert_eq!(
            (error.status, error.retry),
            (Some(503), RetryHint::Unavailable)
        );
    }
}
