//! Text › Find, Find Last, Length, At

use flow::{Args, CardError, Outputs, Value};

use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 4] = [FIND, FIND_LAST, LENGTH, AT];

/// Returns how many characters stand before the byte `offset`.
pub(super) fn position(text: &str, offset: usize) -> Value {
    count(text.get(..offset).unwrap_or(text).chars().count())
}

/// Returns a count as a number.
pub(super) fn count(count: usize) -> Value {
    Value::from(i64::try_from(count).unwrap_or(i64::MAX))
}

const FIND: Card = function(
    "string:find",
    Category::Text,
    words("Find", "検索"),
    words(
        "Gives the position of the first occurrence of a text in another; the first position is 0, and -1 means that it does not occur. Case counts.",
        "テキストの中で、あるテキストが最初に現れる位置を返します。先頭は0、見つからなければ-1です。大文字と小文字は区別されます。",
    ),
    find,
)
.inputs(&[
    text("string").label("look in").required(),
    text("substr").label("look for").required(),
])
.outputs(&[number("output").label("position")])
.examples(&[
    example(r#"{"string": "The tree", "substr": "t"}"#, r#"{"output": 4}"#),
    example(r#"{"string": "東京都", "substr": "都"}"#, r#"{"output": 2}"#),
    example(r#"{"string": "abc", "substr": "x"}"#, r#"{"output": -1}"#),
]);

fn find(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "string");
    let found = text.find(&read::text(args, "substr"));
    Ok(output(
        "output",
        found.map_or(Value::from(-1), |offset| position(&text, offset)),
    ))
}

const FIND_LAST: Card = function(
    "string:lastIndexOf",
    Category::Text,
    words("Find Last", "末尾から検索"),
    words(
        "Gives the position of the last occurrence of a text in another, or -1. With a right-most position only the text up to and with that position is searched.",
        "テキストの中で、あるテキストが最後に現れる位置を返します。見つからなければ-1です。右端の位置を指定すると、その位置までを検索します。",
    ),
    find_last,
)
.inputs(&[
    text("string").label("look in").required(),
    text("substr").label("look for").required(),
    number("index").label("right-most position"),
])
.outputs(&[number("output").label("position")])
.examples(&[
    example(r#"{"string": "Mississippi", "substr": "ss"}"#, r#"{"output": 5}"#),
    example(r#"{"string": "Mississippi", "substr": "ss", "index": 4}"#, r#"{"output": 2}"#),
    example(r#"{"string": "Mississippi", "substr": "abc"}"#, r#"{"output": -1}"#),
]);

fn find_last(args: &Args) -> Result<Outputs, CardError> {
    let mut text = read::text(args, "string");
    if let Some(last) = read::whole(args, "index")? {
        let keep = usize::try_from(last.saturating_add(1)).unwrap_or(0);
        text = text.chars().take(keep).collect();
    }
    let found = text.rfind(&read::text(args, "substr"));
    Ok(output(
        "output",
        found.map_or(Value::from(-1), |offset| position(&text, offset)),
    ))
}

const LENGTH: Card = function(
    "string:length",
    Category::Text,
    words("Length", "長さ"),
    words(
        "Counts the characters of a text, as Unicode counts them (code points): 😀 is one. Okta does not say what it counts.",
        "テキストの文字数を、Unicodeの文字（コードポイント）として数えます。😀は1文字です。Oktaが何を数えるかはドキュメントに記載がありません。",
    ),
    length,
)
.inputs(&[text("string").label("text").required()])
.outputs(&[number("length").label("length")])
.examples(&[
    example(r#"{"string": "流れ"}"#, r#"{"length": 2}"#),
    example(r#"{"string": "a😀"}"#, r#"{"length": 2}"#),
    example(r#"{"string": null}"#, r#"{"length": 0}"#),
]);

fn length(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "length",
        count(read::text(args, "string").chars().count()),
    ))
}

const AT: Card = function(
    "string:at",
    Category::Text,
    words("At", "指定位置の文字"),
    words(
        "Gives the character at a position; the first position is 0. Outside of the text there is nothing; Okta does not say.",
        "指定した位置の文字を返します。先頭は0です。範囲外では何も返しません（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    at,
)
.unconfirmed()
.inputs(&[
    text("string").label("text").required(),
    number("position").label("position").required(),
])
.outputs(&[text("output").label("character")])
.examples(&[
    example(r#"{"string": "abc", "position": 1}"#, r#"{"output": "b"}"#),
    example(r#"{"string": "abc", "position": 3}"#, r#"{"output": null}"#),
    example(r#"{"string": "abc", "position": -1}"#, r#"{"output": null}"#),
]);

fn at(args: &Args) -> Result<Outputs, CardError> {
    let position = read::whole(args, "position")?.unwrap_or(0);
    let found = usize::try_from(position)
        .ok()
        .and_then(|position| read::text(args, "string").chars().nth(position));
    Ok(output(
        "output",
        found.map_or(Value::Null, |found| Value::from(found.to_string())),
    ))
}
