//! List › Construct, Add to End, Add to Front, Length

use flow::{Args, CardError, Extensible, Outputs, Value};

use crate::bounds::items_within;
use crate::declare::{Card, Category, any, anys, example, function, number, words};
use crate::read::{self, output, plain};

pub(super) static CARDS: [Card; 4] = [CONSTRUCT, PUSH, UNSHIFT, LENGTH];

const CONSTRUCT: Card = function(
    "list:construct",
    Category::List,
    words("Construct", "作成"),
    words(
        "Makes a list of the inputs in their order.",
        "入力をその順序で並べたリストを作ります。",
    ),
    construct,
)
.outputs(&[anys("list").label("list")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"item 1": "a", "item 2": "b"}"#,
        r#"{"list": ["a", "b"]}"#,
    ),
    example("{}", r#"{"list": []}"#),
]);

fn construct(args: &Args) -> Result<Outputs, CardError> {
    let items = plain(args, &[]).map(|arg| arg.value.clone()).collect();
    Ok(output("list", Value::list(items)))
}

const PUSH: Card = function(
    "list:push",
    Category::List,
    words("Add to End", "末尾に追加"),
    words(
        "Gives a list with an item added at its end.",
        "リストの末尾に項目を追加します。",
    ),
    push,
)
.icon("list-plus")
.inputs(&[
    anys("list").label("list").required(),
    any("item").label("item").required(),
])
.outputs(&[anys("list").label("list")])
.examples(&[
    example(r#"{"list": ["a"], "item": "b"}"#, r#"{"list": ["a", "b"]}"#),
    example(r#"{"list": null, "item": ["b"]}"#, r#"{"list": [["b"]]}"#),
]);

fn push(args: &Args) -> Result<Outputs, CardError> {
    let known = read::list(args, "list");
    items_within(known.len() + 1)?;
    let mut items = known.to_vec();
    items.push(args.get("", "item").clone());
    Ok(output("list", Value::list(items)))
}

const UNSHIFT: Card = function(
    "list:unshift",
    Category::List,
    words("Add to Front", "先頭に追加"),
    words(
        "Gives a list with an item put first.",
        "リストの先頭に項目を追加します。",
    ),
    unshift,
)
.unconfirmed()
.icon("list-plus")
.inputs(&[
    anys("list").label("list").required(),
    any("item").label("item").required(),
])
.outputs(&[anys("list").label("list")])
.examples(&[example(
    r#"{"list": ["a"], "item": "b"}"#,
    r#"{"list": ["b", "a"]}"#,
)]);

fn unshift(args: &Args) -> Result<Outputs, CardError> {
    items_within(read::list(args, "list").len() + 1)?;
    let mut items = vec![args.get("", "item").clone()];
    items.extend_from_slice(read::list(args, "list"));
    Ok(output("list", Value::list(items)))
}

const LENGTH: Card = function(
    "list:length",
    Category::List,
    words("Length", "長さ"),
    words("Counts the items of a list.", "リストの項目数を数えます。"),
    length,
)
.icon("hash")
.inputs(&[anys("list").label("list").required()])
.outputs(&[number("length").label("length")])
.examples(&[
    example(r#"{"list": ["a", null]}"#, r#"{"length": 2}"#),
    example(r#"{"list": null}"#, r#"{"length": 0}"#),
]);

fn length(args: &Args) -> Result<Outputs, CardError> {
    let count = read::list(args, "list").len();
    Ok(output("length", i64::try_from(count).unwrap_or(i64::MAX)))
}
