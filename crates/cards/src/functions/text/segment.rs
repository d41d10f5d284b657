//! Text › Text Segment

use flow::{Args, CardError, Outputs};

use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 1] = [SEGMENT];

const SEGMENT: Card = function(
    "string:substr",
    Category::Text,
    words("Text Segment", "テキストの一部"),
    words(
        "Gives the characters from one position up to, but not including, another. Positions count from 0; without an end it goes to the end of the text, and without a start from its beginning. A negative position counts as 0, and an end before the start gives nothing; Okta does not say.",
        "開始位置から終了位置の手前までの文字を返します。位置は0から数えます。終了位置がなければ末尾まで、開始位置がなければ先頭から返します。負の位置は0とみなし、終了位置が開始位置より前なら空になります（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    segment,
)
.icon("text-cursor-input")
.inputs(&[
    text("string").label("text").required(),
    number("start").label("start at"),
    number("end").label("end before"),
])
.outputs(&[text("output").label("segment")])
.examples(&[
    example(r#"{"string": "https://acme.okta.com", "start": 8}"#, r#"{"output": "acme.okta.com"}"#),
    example(r#"{"string": "abcdef", "start": 1, "end": 3}"#, r#"{"output": "bc"}"#),
    example(r#"{"string": "abc", "end": 99}"#, r#"{"output": "abc"}"#),
    example(r#"{"string": "a😀流b", "start": 1, "end": 3}"#, r#"{"output": "😀流"}"#),
    example(r#"{"string": "abc", "start": -2, "end": 1}"#, r#"{"output": "a"}"#),
    example(r#"{"string": "abc", "start": 2, "end": 1}"#, r#"{"output": ""}"#),
]);

fn segment(args: &Args) -> Result<Outputs, CardError> {
    let place = |at: i64| usize::try_from(at).unwrap_or(0);
    let start = place(read::whole(args, "start")?.unwrap_or(0));
    let end = read::whole(args, "end")?.map_or(usize::MAX, place);
    let segment: String = read::text(args, "string")
        .chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect();
    Ok(output("output", segment))
}
