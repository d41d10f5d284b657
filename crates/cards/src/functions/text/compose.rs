//! Text › Compose, Concatenate

use flow::{Args, CardError, Extensible, Outputs};

use crate::bounds::TextMaker;
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output, plain};

pub(super) static CARDS: [Card; 2] = [COMPOSE, CONCATENATE];

const COMPOSE: Card = function(
    "string:compose",
    Category::Text,
    words("Compose", "構成"),
    words(
        "Writes a text with values in it. Every value becomes text, whatever its type: nothing is empty, a list or an object is JSON.",
        "値を埋め込んだテキストを作ります。値はどの型でもテキストに変換されます。値がなければ空になり、リストとオブジェクトはJSONになります。",
    ),
    compose,
)
.inputs(&[text("_text_").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"_text_": "Hello {{{name}}}, you have {{{count}}} tasks.", "name": "Ada", "count": 3}"#,
        r#"{"output": "Hello Ada, you have 3 tasks."}"#,
    ),
    example(r#"{"_text_": "{{{a}}}{{{b}}}{{{c}}}", "a": "{{{b}}}", "b": null, "c": {"k": [1, true]}}"#, r#"{"output": "{{{b}}}{\"k\":[1,true]}"}"#),
    example(r#"{"_text_": "no values {{{unknown}}}"}"#, r#"{"output": "no values {{{unknown}}}"}"#),
]);

fn compose(args: &Args) -> Result<Outputs, CardError> {
    let template = read::text(args, "_text_");
    Ok(output(
        "output",
        fill(&template, |name| {
            plain(args, &["_text_"])
                .find(|arg| arg.key.key == name)
                .map(|arg| arg.value.to_text())
        })?,
    ))
}

/// Replaces each `{{{name}}}` whose value is known, in one pass: values are never read as templates.
pub(crate) fn fill(
    template: &str,
    value_of: impl Fn(&str) -> Option<String>,
) -> Result<String, CardError> {
    let mut filled = TextMaker::default();
    let mut rest = template;
    while let Some((before, from)) = rest.split_once("{{{") {
        filled.push(before)?;
        match from
            .split_once("}}}")
            .and_then(|(name, after)| value_of(name).map(|value| (value, after)))
        {
            Some((value, after)) => {
                filled.push(&value)?;
                rest = after;
            }
            None => {
                filled.push("{{{")?;
                rest = from;
            }
        }
    }
    filled.push(rest)?;
    Ok(filled.finish())
}

const CONCATENATE: Card = function(
    "string:concat",
    Category::Text,
    words("Concatenate", "連結"),
    words(
        "Joins two or more texts, with nothing in between.",
        "2つ以上のテキストを、間に何も入れずにつなげます。",
    ),
    concatenate,
)
.inputs(&[
    text("string1").label("text 1").required(),
    text("string2").label("text 2").required(),
])
.outputs(&[text("output")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"string1": "ada", "string2": "@example.com"}"#,
        r#"{"output": "ada@example.com"}"#,
    ),
    example(
        r#"{"string1": "a", "string2": null, "text 3": "c"}"#,
        r#"{"output": "ac"}"#,
    ),
]);

fn concatenate(args: &Args) -> Result<Outputs, CardError> {
    let mut joined = TextMaker::default();
    for arg in plain(args, &[]) {
        joined.push(&arg.value.to_text())?;
    }
    Ok(output("output", joined.finish()))
}
