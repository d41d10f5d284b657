//! Text › Find Pattern

use flow::{Args, CardError, Outputs, Value};
use regex::{Regex, RegexBuilder};

use super::find::position;
use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, output};

/// A compiled pattern may take this much memory; matching itself takes linear time.
const MAX_BYTES: usize = 1 << 20;

/// Compiles a user's regular expression.
pub(super) fn compile(pattern: &str, ignores_case: bool) -> Result<Regex, CardError> {
    RegexBuilder::new(pattern)
        .case_insensitive(ignores_case)
        .size_limit(MAX_BYTES)
        .dfa_size_limit(MAX_BYTES)
        .build()
        .map_err(|error| {
            CardError::new(
                "invalid_pattern",
                format!("The pattern {pattern} cannot be used: {error}"),
            )
        })
}

pub(super) static CARD: Card = function(
    "string:match",
    Category::Text,
    words("Find Pattern", "パターン検索"),
    words(
        "Gives the position of the first match of a regular expression, or -1.",
        "正規表現に最初に一致する位置を返します。一致しなければ-1です。",
    ),
    eval,
)
.icon("regex")
.inputs(&[
    text("string").label("look in").required(),
    text("target").label("look for").required(),
])
.outputs(&[number("output").label("position")])
.examples(&[
    example(
        r#"{"string": "id 00u42", "target": "\\d{2}u"}"#,
        r#"{"output": 3}"#,
    ),
    example(r#"{"string": "abc", "target": "\\d"}"#, r#"{"output": -1}"#),
    example(
        r#"{"string": "abc", "target": "("}"#,
        r#""invalid_pattern""#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "string");
    let pattern = compile(&read::text(args, "target"), false)?;
    Ok(output(
        "output",
        pattern
            .find(&text)
            .map_or(Value::from(-1), |found| position(&text, found.start())),
    ))
}
