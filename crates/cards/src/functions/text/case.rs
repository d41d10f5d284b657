//! Text › To Lower Case, To Upper Case

use flow::{Args, CardError, Outputs};

use crate::bounds::text_within;
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [LOWER, UPPER];

const LOWER: Card = function(
    "string:toLowerCase",
    Category::Text,
    words("To Lower Case", "小文字に変換"),
    words(
        "Turns every letter into lower case.",
        "すべての文字を小文字に変換します。",
    ),
    lower,
)
.icon("case-sensitive")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(r#"{"string": "ÉCOLE Ada"}"#, r#"{"output": "école ada"}"#),
    example(r#"{"string": null}"#, r#"{"output": ""}"#),
]);

fn lower(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        text_within(read::text(args, "string").to_lowercase())?,
    ))
}

const UPPER: Card = function(
    "string:toUpperCase",
    Category::Text,
    words("To Upper Case", "大文字に変換"),
    words(
        "Turns every letter into upper case.",
        "すべての文字を大文字に変換します。",
    ),
    upper,
)
.unconfirmed()
.icon("case-sensitive")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[example(
    r#"{"string": "straße"}"#,
    r#"{"output": "STRASSE"}"#,
)]);

fn upper(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        text_within(read::text(args, "string").to_uppercase())?,
    ))
}
