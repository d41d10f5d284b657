//! Text › Find Email

use std::sync::LazyLock;

use flow::{Args, CardError, Outputs, Value};
use regex::{Regex, RegexBuilder};

use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

/// The form that browsers accept in an email field (HTML Standard, "valid e-mail address"), with a dotted domain.
const EMAIL: &str = r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+";

static PATTERN: LazyLock<Result<Regex, CardError>> = LazyLock::new(|| {
    RegexBuilder::new(EMAIL)
        .case_insensitive(true)
        .build()
        .map_err(|error| CardError::new("invalid_pattern", error.to_string()))
});

pub(super) static CARD: Card = function(
    "string:email",
    Category::Text,
    words("Find Email", "メールアドレスの検索"),
    words(
        "Gives the first email address in a text, or nothing.",
        "テキストの中の最初のメールアドレスを返します。なければ何も返しません。",
    ),
    eval,
)
.icon("at-sign")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("email").label("email")])
.examples(&[
    example(
        r#"{"string": "Ask Ada <ada.l@mail.example.com>, not bob@local."}"#,
        r#"{"email": "ada.l@mail.example.com"}"#,
    ),
    example(r#"{"string": "nobody"}"#, r#"{"email": null}"#),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "string");
    let pattern = PATTERN.as_ref().map_err(Clone::clone)?;
    let found = pattern.find(&text).map(|found| found.as_str());
    Ok(output("email", found.map_or(Value::Null, Value::from)))
}
