//! URL › Format, Parse

use flow::{Args, CardError, FieldKey, Outputs, Value};

use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [FORMAT, PARSE];

const FORMAT: Card = function(
    "url:format",
    Category::Url,
    words("Format", "組み立て"),
    words(
        "Builds a URL from its parts. Blanks and other signs that a path cannot have are encoded.",
        "各部分からURLを組み立てます。パスに使えない空白などの文字はエンコードされます。",
    ),
    format_url,
)
.unconfirmed()
.inputs(&[
    text("protocol").label("protocol").required().starts_as("\"https\""),
    text("host").label("host").required(),
    number("port").label("port"),
    text("path").label("path"),
    text("query").label("query"),
])
.outputs(&[text("url").label("URL")])
.examples(&[
    example(
        r#"{"protocol": "https", "host": "example.com", "port": 8080, "path": "/my file", "query": "a=1"}"#,
        r#"{"url": "https://example.com:8080/my%20file?a=1"}"#,
    ),
    example(
        r#"{"protocol": "http", "host": "example.com", "path": "100%/a%20b/流?"}"#,
        r#"{"url": "http://example.com/100%25/a%20b/%E6%B5%81%3F"}"#,
    ),
    example(
        r#"{"protocol": "https:", "host": "example.com"}"#,
        r#"{"url": "https://example.com/"}"#,
    ),
]);

fn format_url(args: &Args) -> Result<Outputs, CardError> {
    let protocol = read::text(args, "protocol");
    let mut url = format!(
        "{}://{}",
        protocol.trim_end_matches("://").trim_end_matches(':'),
        read::text(args, "host")
    );
    if let Some(port) = read::whole(args, "port")?.filter(|port| *port > 0) {
        url.push_str(&format!(":{port}"));
    }
    let path = read::text(args, "path");
    url.push('/');
    url.push_str(&within_path(path.trim_start_matches('/')));
    let query = read::text(args, "query");
    if !query.is_empty() {
        url.push('?');
        url.push_str(query.trim_start_matches('?'));
    }
    Ok(output("url", url))
}

/// Encodes what a path cannot hold (RFC 3986, section 3.3); what is encoded already stays as it is.
fn within_path(path: &str) -> String {
    let mut made = String::with_capacity(path.len());
    for (at, byte) in path.bytes().enumerate() {
        let is_encoded = byte == b'%'
            && path
                .as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) || is_encoded {
            made.push(char::from(byte));
        } else {
            made.push_str(&format!("%{byte:02X}"));
        }
    }
    made
}

const PARSE: Card = function(
    "url:parse",
    Category::Url,
    words("Parse", "解析"),
    words(
        "Splits a URL into its parts: the protocol without its colon, the host, the port where one is written, the path, and the query without its question mark. Names and passwords are left out, and what a path cannot hold is encoded.",
        "URLを、プロトコル（コロンを除く）、ホスト、ポート（書かれている場合）、パス、クエリー（?を除く）に分解します。ユーザー名とパスワードは含まれません。パスに使えない文字はエンコードされます。",
    ),
    parse,
)
.unconfirmed()
.inputs(&[text("url").label("URL").required()])
.outputs(&[
    text("protocol").label("protocol"),
    text("host").label("host"),
    number("port").label("port"),
    text("path").label("path"),
    text("query").label("query"),
])
.examples(&[
    example(
        r#"{"url": "http://www.test.com:8080/test%20url?value=example&value2=URL#top"}"#,
        r#"{"protocol": "http", "host": "www.test.com", "port": 8080, "path": "/test%20url", "query": "value=example&value2=URL"}"#,
    ),
    example(
        r#"{"url": "http://www.test.com:8080/test URL?value=example"}"#,
        r#"{"protocol": "http", "host": "www.test.com", "port": 8080, "path": "/test%20URL", "query": "value=example"}"#,
    ),
    example(
        r#"{"url": "https://ada@[::1]"}"#,
        r#"{"protocol": "https", "host": "[::1]", "port": null, "path": "/", "query": ""}"#,
    ),
    example(r#"{"url": "no url"}"#, r#""invalid_url""#),
]);

fn parse(args: &Args) -> Result<Outputs, CardError> {
    let url = read::text(args, "url");
    let invalid = || {
        CardError::new(
            "invalid_url",
            "The text is not a URL: it must begin with a protocol such as https://.",
        )
    };
    let (protocol, rest) = url.trim().split_once("://").ok_or_else(invalid)?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => {
            let port: u16 = port.parse().map_err(|_| invalid())?;
            (host, Value::from(i64::from(port)))
        }
        _ => (host, Value::Null),
    };
    if protocol.is_empty() || host.is_empty() {
        return Err(invalid());
    }
    Ok([
        ("protocol", Value::from(protocol)),
        ("host", Value::from(host)),
        ("port", port),
        ("path", Value::from(within_path(path))),
        ("query", Value::from(query)),
    ]
    .into_iter()
    .map(|(key, value)| (FieldKey::plain(key), value))
    .collect())
}
