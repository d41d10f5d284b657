//! Text › Replace, Replace Patterns. Okta takes what is looked for literally in Replace; the patterns of the other card
//! are taken literally too, since that is how exported flows use them.

use crate::bounds::{TextMaker, text_within};
use crate::declare::{Card, Category, boolean, example, function, text, words};
use crate::read::{self, output};
use flow::{Args, CardError, Extensible, Outputs};

pub(super) static CARDS: [Card; 2] = [REPLACE, REPLACE_PATTERNS];

fn substitute(
    text: &str,
    wanted: &str,
    replacement: &str,
    all: bool,
    case_counts: bool,
) -> Result<String, CardError> {
    if wanted.is_empty() {
        return text_within(text.to_owned());
    }
    let found = if case_counts {
        let places = text.match_indices(wanted);
        places
            .map(|(at, found)| (at, at + found.len()))
            .take(if all { usize::MAX } else { 1 })
            .collect()
    } else {
        places_in_any_case(text, wanted, all)
    };
    let mut made = TextMaker::default();
    let mut after = 0;
    for (from, to) in found {
        made.push(text.get(after..from).unwrap_or_default())?;
        made.push(replacement)?;
        after = to;
    }
    made.push(text.get(after..).unwrap_or_default())?;
    Ok(made.finish())
}

/// Finds a text whatever its case, in time that grows with the text alone. A letter that becomes several in lower case is
/// found whole or not at all.
fn places_in_any_case(text: &str, wanted: &str, all: bool) -> Vec<(usize, usize)> {
    let wanted = wanted.to_lowercase();
    let mut folded = String::with_capacity(text.len());
    // Where each byte of the folded text comes from; nothing inside of a letter.
    let mut origins: Vec<Option<usize>> = Vec::with_capacity(text.len() + 1);
    for (at, letter) in text.char_indices() {
        let before = folded.len();
        folded.extend(letter.to_lowercase());
        origins.push(Some(at));
        origins.resize(folded.len().max(before + 1), None);
    }
    origins.push(Some(text.len()));
    let mut places = Vec::new();
    for (at, found) in folded.match_indices(&wanted) {
        let from = origins.get(at).copied().flatten();
        let to = origins.get(at + found.len()).copied().flatten();
        if let (Some(from), Some(to)) = (from, to) {
            places.push((from, to));
            if !all {
                break;
            }
        }
    }
    places
}

const REPLACE: Card = function(
    "string:replace",
    Category::Text,
    words("Replace", "置換"),
    words(
        "Replaces a text inside another: the first occurrence, or all of them. What is looked for is taken literally; Okta does not say whether it may be a pattern.",
        "テキストの中のあるテキストを置き換えます。最初の1か所だけ、またはすべてを置き換えられます。検索するテキストは文字どおりに扱います（パターンを使えるかどうかは、Oktaのドキュメントに記載がありません）。",
    ),
    replace,
)
.icon("replace")
.inputs(&[
    text("string").label("look in"),
    text("src").label("look for"),
    text("dest").label("replace with"),
    boolean("global").label("all instances").starts_as("false"),
    boolean("sensitive")
        .label("case sensitive")
        .starts_as("true"),
])
.outputs(&[text("output").label("result text")])
.examples(&[
    example(
        r#"{"string": "a.b.c", "src": ".", "dest": "-"}"#,
        r#"{"output": "a-b.c"}"#,
    ),
    example(
        r#"{"string": "Aa a$1", "src": "A", "dest": "$1", "global": true, "sensitive": false}"#,
        r#"{"output": "$1$1 $1$1"}"#,
    ),
    example(
        r#"{"string": "İSTANBUL straße", "src": "STR", "dest": "G", "sensitive": false}"#,
        r#"{"output": "İSTANBUL Gaße"}"#,
    ),
    example(
        r#"{"string": "abc", "src": "", "dest": "x"}"#,
        r#"{"output": "abc"}"#,
    ),
]);

fn replace(args: &Args) -> Result<Outputs, CardError> {
    let replaced = substitute(
        &read::text(args, "string"),
        &read::text(args, "src"),
        &read::text(args, "dest"),
        read::flag(args, "global", false)?,
        read::flag(args, "sensitive", true)?,
    )?;
    Ok(output("output", replaced))
}

const REPLACE_PATTERNS: Card = function(
    "string:replaceAny",
    Category::Text,
    words("Replace Patterns", "パターン置換"),
    words(
        "Replaces every one of the texts that you list by one other text, one after the other. They are taken literally, as exported flows use them; Okta does not say whether they may be patterns.",
        "一覧に追加したテキストを、順に1つのテキストに置き換えます。エクスポートされたフローでの使われ方に合わせて、文字どおりに扱います（パターンを使えるかどうかは、Oktaのドキュメントに記載がありません）。",
    ),
    replace_patterns,
)
.icon("replace")
.inputs(&[
    text("text").label("look in").required(),
    text("replacement").label("replace with"),
    boolean("global").label("all instances").starts_as("true"),
    boolean("case sensitive")
        .label("case sensitive")
        .starts_as("true"),
])
.outputs(&[text("output").label("result text")])
.extensible(Extensible::Inputs)
.examples(&[example(
    r#"{"text": "o'neil-smith", "replacement": "", "patterns": {"a": "'", "b": "-"}}"#,
    r#"{"output": "oneilsmith"}"#,
)]);

fn replace_patterns(args: &Args) -> Result<Outputs, CardError> {
    let replacement = read::text(args, "replacement");
    let all = read::flag(args, "global", true)?;
    let case_counts = read::flag(args, "case sensitive", true)?;
    let mut text = read::text(args, "text");
    for (_, wanted) in args.group("patterns") {
        text = substitute(&text, &wanted.to_text(), &replacement, all, case_counts)?;
    }
    Ok(output("output", text))
}
