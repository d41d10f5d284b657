//! List › Filter, Find, Includes

use flow::{Args, CardError, FieldKey, Outputs, Value};

use crate::compare::compare;
use crate::control::OPERATORS_STRICT;
use crate::declare::{
    Card, Category, Field, any, anys, boolean, example, function, number, text, words,
};
use crate::read::{self, at, output};

pub(super) static CARDS: [Card; 3] = [FILTER, FIND, INCLUDES];

const OPERATOR: Field = text("operator")
    .label("operator")
    .choices(&OPERATORS_STRICT)
    .required()
    .starts_as("\"==\"");

static CONDITION: [Field; 4] = [
    anys("list").label("list").required(),
    text("path").label("path"),
    OPERATOR,
    any("comparison").label("comparison"),
];

/// Tells for each item whether its value at the path compares true; an empty path means the item itself. Exported flows
/// write `null` to look for items with or without a value.
fn matches(args: &Args) -> Result<Vec<bool>, CardError> {
    let path = read::text(args, "path");
    let operator = read::text(args, "operator");
    let wanted = args.get("", "comparison");
    let names_nothing = wanted.as_text() == Some("null");
    read::list(args, "list")
        .iter()
        .map(|item| {
            let value = if path.is_empty() {
                item.clone()
            } else {
                at(item, &path)
            };
            if names_nothing && value.is_null() {
                compare(&operator, &value, &Value::Null)
            } else {
                compare(&operator, &value, wanted)
            }
        })
        .collect()
}

const FILTER: Card = function(
    "list:filterBy",
    Category::List,
    words("Filter", "フィルター"),
    words(
        "Keeps the items whose value at a path compares true. Without a path the items themselves are compared.",
        "パスにある値の比較結果が真になる項目だけを残します。パスがなければ項目そのものを比較します。",
    ),
    filter,
)
.icon("list-filter")
.inputs(&CONDITION)
.outputs(&[anys("list").label("list")])
.examples(&[
    example(
        r#"{"list": [{"a": {"b": 1}}, {"a": {"b": 2}}], "path": "a.b", "operator": ">", "comparison": 1}"#,
        r#"{"list": [{"a": {"b": 2}}]}"#,
    ),
    example(
        r#"{"list": ["80", "9"], "operator": ">", "comparison": "8"}"#,
        r#"{"list": ["80", "9"]}"#,
    ),
    example(
        r#"{"list": ["a", "b", "c"], "path": "", "operator": "in", "comparison": ["a", "c"]}"#,
        r#"{"list": ["a", "c"]}"#,
    ),
    example(
        r#"{"list": ["ab", "b"], "operator": "in", "comparison": "abc"}"#,
        r#"{"list": ["ab", "b"]}"#,
    ),
]);

fn filter(args: &Args) -> Result<Outputs, CardError> {
    let kept = read::list(args, "list")
        .iter()
        .zip(matches(args)?)
        .filter(|(_, matches)| *matches)
        .map(|(item, _)| item.clone())
        .collect();
    Ok(output("list", Value::list(kept)))
}

const FIND: Card = function(
    "list:findBy",
    Category::List,
    words("Find", "検索"),
    words(
        "Gives the first item whose value at a path compares true, and its position. When there is none the position is -1.",
        "パスにある値の比較結果が最初に真になる項目と、その位置を返します。該当する項目がなければ位置は-1です。",
    ),
    find,
)
.icon("search")
.inputs(&CONDITION)
.outputs(&[any("item").label("item"), number("index").label("index")])
.examples(&[
    example(
        r#"{"list": [{"id": 1}, {"id": 2}], "path": "id", "operator": "==", "comparison": 2}"#,
        r#"{"item": {"id": 2}, "index": 1}"#,
    ),
    example(
        r#"{"list": [{"a": null}, {"b": 1}, {"a": "x"}], "path": "a", "operator": "!=", "comparison": "null"}"#,
        r#"{"item": {"a": "x"}, "index": 2}"#,
    ),
    example(
        r#"{"list": [1], "operator": "==", "comparison": 2}"#,
        r#"{"item": null, "index": -1}"#,
    ),
]);

fn find(args: &Args) -> Result<Outputs, CardError> {
    let found = matches(args)?.into_iter().position(|matches| matches);
    let item = found.and_then(|index| read::list(args, "list").get(index));
    let index = found
        .and_then(|index| i64::try_from(index).ok())
        .unwrap_or(-1);
    Ok(vec![
        (FieldKey::plain("item"), item.cloned().unwrap_or_default()),
        (FieldKey::plain("index"), Value::from(index)),
    ])
}

const INCLUDES: Card = function(
    "list:includes",
    Category::List,
    words("Includes", "含む"),
    words(
        "Tells whether a list has an item. Case and type count, and objects are equal when all in them is; Okta does not say.",
        "リストに項目が含まれるかどうかを返します。大文字と小文字、型は区別され、オブジェクトは中身がすべて等しいときに同じとみなします（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    includes,
)
.icon("list-checks")
.inputs(&[
    anys("list").label("list").required(),
    any("value").label("value").required(),
])
.outputs(&[boolean("result").label("result")])
.examples(&[
    example(
        r#"{"list": ["a", "b"], "value": "b"}"#,
        r#"{"result": true}"#,
    ),
    example(r#"{"list": ["a"], "value": "A"}"#, r#"{"result": false}"#),
    example(
        r#"{"list": [{"a": 1}], "value": {"a": 1}}"#,
        r#"{"result": true}"#,
    ),
]);

fn includes(args: &Args) -> Result<Outputs, CardError> {
    let found = read::list(args, "list").contains(args.get("", "value"));
    Ok(output("result", found))
}
