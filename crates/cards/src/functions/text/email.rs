//! Text › Find Email

use flow::{Args, CardError, Outputs, Value};

use super::pattern::compile;
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

/// The form that browsers accept in an email field (HTML Standard, "valid e-mail address"), with a dotted domain.
const EMAIL: &str = r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+";

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
    let found = compile(EMAIL, true)?
        .find(&text)
        .map(|found| Value::from(found.as_str()));
    Ok(output("email", found.unwrap_or_default()))
}
