//! Text › Replace, Replace Patterns. Okta takes what is looked for literally in Replace; the patterns of the other card
//! are taken literally too, since that is how exported flows use them.

use flow::{Args, CardError, Extensible, Outputs};
use regex::NoExpand;

use super::pattern::compile;
use crate::declare::{Card, Category, boolean, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [REPLACE, REPLACE_PATTERNS];

fn substitute(
    text: &str,
    wanted: &str,
    replacement: &str,
    all: bool,
    case_counts: bool,
) -> Result<String, CardError> {
    if wanted.is_empty() {
        return Ok(text.to_owned());
    }
    if case_counts {
        return Ok(if all {
            text.replace(wanted, replacement)
        } else {
            text.replacen(wanted, replacement, 1)
        });
    }
    let pattern = compile(&regex::escape(wanted), true)?;
    let limit = usize::from(!all);
    Ok(pattern
        .replacen(text, limit, NoExpand(replacement))
        .into_owned())
}

const REPLACE: Card = function(
    "string:replace",
    Category::Text,
    words("Replace", "置換"),
    words(
        "Replaces a text inside another: the first occurrence, or all of them.",
        "テキストの中のあるテキストを置き換えます。最初の1か所だけ、またはすべてを置き換えられます。",
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
        "Replaces every one of the texts that you list by one other text.",
        "一覧に追加したテキストを、すべて1つのテキストに置き換えます。",
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
