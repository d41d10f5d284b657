//! URL cards: Encode Component, Decode Component, Encode Query, Decode Query

mod parts;

use std::sync::Arc;

use flow::{Args, CardError, Fields, Outputs, Value};

use crate::bounds::text_within;
use crate::declare::{Card, Category, example, function, object, text, words};
use crate::read::{self, output};

static CARDS: [Card; 4] = [ENCODE_COMPONENT, DECODE_COMPONENT, ENCODE, DECODE];

pub(super) fn cards() -> Vec<Card> {
    let mut cards = CARDS.to_vec();
    cards.extend(parts::CARDS);
    cards
}

/// Percent-encodes a text as the function of the same purpose in JavaScript does.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Decodes percent-encoded text.
pub(crate) fn decoded(text: &str) -> Result<String, CardError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let byte = after
            .split_at_checked(2)
            .and_then(|(hex, after)| {
                rest = after;
                u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
            })
            .ok_or_else(not_encoded)?;
        bytes.push(byte);
    }
    String::from_utf8(bytes).map_err(|_| not_encoded())
}

fn not_encoded() -> CardError {
    CardError::new(
        "not_encoded",
        "The text has a % that is not followed by the two hexadecimal digits of a UTF-8 byte.",
    )
}

const ENCODE_COMPONENT: Card = function(
    "url:encodeComponent",
    Category::Url,
    words("Encode Component", "コンポーネントのエンコード"),
    words(
        "Percent-encodes a text for use inside a URL.",
        "URLの中で使えるように、テキストをパーセントエンコードします。",
    ),
    encode_component,
)
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"string": "Sherlock Holmes: Detective"}"#,
        r#"{"output": "Sherlock%20Holmes%3A%20Detective"}"#,
    ),
    example(r#"{"string": "流"}"#, r#"{"output": "%E6%B5%81"}"#),
]);

fn encode_component(args: &Args) -> Result<Outputs, CardError> {
    let encoded = encoded(&read::text(args, "string"));
    Ok(output("output", text_within(encoded)?))
}

const DECODE_COMPONENT: Card = function(
    "url:decodeComponent",
    Category::Url,
    words("Decode Component", "コンポーネントのデコード"),
    words(
        "Decodes the percent-encoded characters of a text.",
        "パーセントエンコードされた文字をもとに戻します。",
    ),
    decode_component,
)
.unconfirmed()
.inputs(&[text("text").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"text": "Sherlock%20Holmes%3A%20Detective"}"#,
        r#"{"output": "Sherlock Holmes: Detective"}"#,
    ),
    example(r#"{"text": "100%"}"#, r#""not_encoded""#),
]);

fn decode_component(args: &Args) -> Result<Outputs, CardError> {
    Ok(output("output", decoded(&read::text(args, "text"))?))
}

const ENCODE: Card = function(
    "url:encode",
    Category::Url,
    words("Encode Query", "クエリーのエンコード"),
    words(
        "Turns an object into the query of a URL, without the question mark. A list gives its key once for each item, an object inside becomes JSON, and nothing gives an empty value; Okta does not say.",
        "オブジェクトをURLのクエリー（?を除く）に変換します。リストは項目ごとに同じキーを繰り返し、内側のオブジェクトはJSONに、値なしは空の値になります（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    encode_query,
)
.unconfirmed()
.inputs(&[object("data").label("data").required()])
.outputs(&[text("output")])
.examples(&[example(
    r#"{"data": {"name": "John Doe", "id": [1, 2]}}"#,
    r#"{"output": "name=John%20Doe&id=1&id=2"}"#,
)]);

fn encode_query(args: &Args) -> Result<Outputs, CardError> {
    let mut pairs = Vec::new();
    for (key, value) in read::object(args, "data")? {
        let values = match &value {
            Value::Null => std::slice::from_ref(&value),
            other => read::items(other),
        };
        for value in values {
            pairs.push(format!("{}={}", encoded(&key), encoded(&value.to_text())));
        }
    }
    Ok(output("output", text_within(pairs.join("&"))?))
}

const DECODE: Card = function(
    "url:decode",
    Category::Url,
    words("Decode Query", "クエリーのデコード"),
    words(
        "Turns the query of a URL into an object. A key that occurs more than once has a list, and + is a blank; Okta does not say.",
        "URLのクエリーをオブジェクトに変換します。複数回現れるキーの値はリストになり、+は空白とみなします（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    decode_query,
)
.unconfirmed()
.inputs(&[text("query").label("query").required()])
.outputs(&[object("output")])
.examples(&[example(
    r#"{"query": "name=John%20Doe&id=1&id=2&flag"}"#,
    r#"{"output": {"name": "John Doe", "id": ["1", "2"], "flag": ""}}"#,
)]);

fn decode_query(args: &Args) -> Result<Outputs, CardError> {
    let query = read::text(args, "query");
    let mut found: indexmap::IndexMap<Arc<str>, Vec<Value>> = indexmap::IndexMap::new();
    for pair in query.trim_start_matches('?').split('&') {
        if pair.is_empty() {
            continue;
        }
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let read = |part: &str| decoded(&part.replace('+', " "));
        found
            .entry(Arc::from(read(key)?))
            .or_default()
            .push(Value::from(read(value)?));
    }
    let fields: Fields = found
        .into_iter()
        .map(|(key, mut values)| match values.len() {
            1 => (key, values.pop().unwrap_or_default()),
            _ => (key, Value::list(values)),
        })
        .collect();
    Ok(output("output", Value::object(fields)))
}
