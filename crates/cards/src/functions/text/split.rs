//! Text › Split, Trim

use flow::{Args, CardError, Outputs, Value};

use crate::bounds::items_within;
use crate::declare::{Card, Category, example, function, text, texts, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [SPLIT, TRIM];

const SPLIT: Card = function(
    "string:split",
    Category::Text,
    words("Split", "分割"),
    words(
        "Splits a text at each separator into a list; blanks around the separator stay. Without a separator it splits into characters, and an empty text gives a list with one empty text, as in JavaScript; Okta does not say.",
        "テキストを区切り文字ごとに分割してリストにします。区切り文字の前後の空白は残ります。区切り文字がなければ1文字ずつに分割し、空のテキストは空のテキスト1つのリストになります（Oktaのドキュメントに記載がないため、JavaScriptに合わせています）。",
    ),
    split,
)
.icon("scissors")
.inputs(&[
    text("string").label("text").required(),
    text("delimiter").label("separator"),
])
.outputs(&[texts("output").label("result list")])
.examples(&[
    example(
        r#"{"string": "a, b,c", "delimiter": ","}"#,
        r#"{"output": ["a", " b", "c"]}"#,
    ),
    example(
        r#"{"string": "", "delimiter": ","}"#,
        r#"{"output": [""]}"#,
    ),
    example(
        r#"{"string": "abc", "delimiter": ""}"#,
        r#"{"output": ["a", "b", "c"]}"#,
    ),
]);

fn split(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "string");
    let separator = read::text(args, "delimiter");
    let parts: Vec<Value> = if separator.is_empty() {
        items_within(text.chars().count())?;
        text.chars().map(|c| Value::from(c.to_string())).collect()
    } else {
        items_within(text.matches(&separator).count())?;
        text.split(&separator).map(Value::from).collect()
    };
    Ok(output("output", Value::list(parts)))
}

const TRIM: Card = function(
    "string:trim",
    Category::Text,
    words("Trim", "トリム"),
    words(
        "Removes white space of every kind at both ends of a text.",
        "テキストの前後の空白を取り除きます。",
    ),
    trim,
)
.icon("scissors")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"string": "  Ada Lovelace\n"}"#,
        r#"{"output": "Ada Lovelace"}"#,
    ),
    example(r#"{"string": "　流れ　"}"#, r#"{"output": "流れ"}"#),
]);

fn trim(args: &Args) -> Result<Outputs, CardError> {
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    Ok(output(
        "output",
        read::text(args, "string").trim_matches(is_blank),
    ))
}
