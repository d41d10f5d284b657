//! List › Pluck, List to Text, Collapse, Group By, Index By

use std::sync::Arc;

use flow::{Args, CardError, Fields, Outputs, Value};

use crate::bounds::TextMaker;
use crate::declare::{Card, Category, anys, example, function, object, objects, text, words};
use crate::read::{self, as_object, at, output};

pub(super) static CARDS: [Card; 5] = [PLUCK, JOIN, COLLAPSE, GROUP_BY, INDEX_BY];

const PLUCK: Card = function(
    "list:pluck",
    Category::List,
    words("Pluck", "抜き出し"),
    words(
        "Makes a list of the values at a path in each item of a list of objects. An item without the key gives nothing in its place; Okta does not say.",
        "オブジェクトのリストから、各項目のパスにある値を抜き出してリストにします。キーのない項目の位置は値なしになります（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    pluck,
)
.icon("columns-3")
.inputs(&[
    objects("list").label("list").required(),
    text("key").label("key").required(),
])
.outputs(&[anys("values").label("values")])
.examples(&[
    example(
        r#"{"list": [{"id": "a", "p": {"n": 1}}, {"id": "b"}], "key": "p.n"}"#,
        r#"{"values": [1, null]}"#,
    ),
    example(r#"{"list": null, "key": "id"}"#, r#"{"values": []}"#),
]);

fn pluck(args: &Args) -> Result<Outputs, CardError> {
    let key = read::text(args, "key");
    let values = read::list(args, "list")
        .iter()
        .map(|item| at(item, &key))
        .collect();
    Ok(output("values", Value::list(values)))
}

const JOIN: Card = function(
    "list:join",
    Category::List,
    words("List to Text", "リストをテキストに変換"),
    words(
        "Joins the items of a list into one text with a separator in between. A list of objects is an error: pluck texts out of it first.",
        "リストの項目を、区切り文字をはさんで1つのテキストにつなげます。オブジェクトのリストはエラーになるため、先にテキストを抜き出してください。",
    ),
    join,
)
.icon("type")
.inputs(&[
    anys("list").label("list").required(),
    text("delimiter").label("separator"),
])
.outputs(&[text("string").label("text")])
.examples(&[
    example(r#"{"list": ["a", 1, true], "delimiter": ", "}"#, r#"{"string": "a, 1, true"}"#),
    example(r#"{"list": ["a", "b"], "delimiter": ""}"#, r#"{"string": "ab"}"#),
    example(r#"{"list": [{"a": 1}], "delimiter": ","}"#, r#""list_of_objects""#),
]);

fn join(args: &Args) -> Result<Outputs, CardError> {
    let items = read::list(args, "list");
    if items
        .iter()
        .any(|item| matches!(item, Value::Object(_) | Value::List(_)))
    {
        return Err(CardError::new(
            "list_of_objects",
            "The list holds objects or lists. Take texts out of it with Pluck first.",
        ));
    }
    let separator = read::text(args, "delimiter");
    let mut joined = TextMaker::default();
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            joined.push(&separator)?;
        }
        joined.push(&item.to_text())?;
    }
    Ok(output("string", joined.finish()))
}

const COLLAPSE: Card = function(
    "list:collapse",
    Category::List,
    words("Collapse", "まとめる"),
    words(
        "Puts the keys of all objects of a list into one object. Where a key occurs twice, the later item wins.",
        "リストのすべてのオブジェクトのキーを1つのオブジェクトにまとめます。同じキーがあれば、後の項目の値が残ります。",
    ),
    collapse,
)
.icon("merge")
.inputs(&[objects("list").label("list").required()])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"list": [{"a": 1, "b": 1}, {"b": 2}]}"#,
        r#"{"output": {"a": 1, "b": 2}}"#,
    ),
    example(r#"{"list": []}"#, r#"{"output": {}}"#),
]);

fn collapse(args: &Args) -> Result<Outputs, CardError> {
    let mut collapsed = Fields::new();
    for item in read::list(args, "list") {
        collapsed.extend(as_object(item, "list")?);
    }
    Ok(output("output", Value::object(collapsed)))
}

const GROUP_BY: Card = function(
    "list:groupBy",
    Category::List,
    words("Group By", "グループ化"),
    words(
        "Makes an object that has, for each value at a path, the list of the items with that value.",
        "パスにある値ごとに、その値を持つ項目のリストをまとめたオブジェクトを作ります。",
    ),
    group_by,
)
.unconfirmed()
.icon("group")
.inputs(&[
    anys("list").label("list").required(),
    text("path").label("path"),
])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"list": [{"a": 1}, {"a": 3}, {"a": 3}], "path": "a"}"#,
        r#"{"output": {"1": [{"a": 1}], "3": [{"a": 3}, {"a": 3}]}}"#,
    ),
]);

fn group_by(args: &Args) -> Result<Outputs, CardError> {
    let path = read::text(args, "path");
    let mut groups: indexmap::IndexMap<Arc<str>, Vec<Value>> = indexmap::IndexMap::new();
    for item in read::list(args, "list") {
        // Plain values are grouped by themselves, as Remove Duplicates and Sort take them.
        let name = if path.is_empty() || item.as_object().is_none() {
            item.to_text()
        } else {
            at(item, &path).to_text()
        };
        groups
            .entry(Arc::from(name))
            .or_default()
            .push(item.clone());
    }
    let fields: Fields = groups
        .into_iter()
        .map(|(name, items)| (name, Value::list(items)))
        .collect();
    Ok(output("output", Value::object(fields)))
}

const INDEX_BY: Card = function(
    "list:indexBy",
    Category::List,
    words("Index By", "索引化"),
    words(
        "Makes an object that has, for each value at a path, the last item with that value.",
        "パスにある値ごとに、その値を持つ最後の項目をまとめたオブジェクトを作ります。",
    ),
    index_by,
)
.unconfirmed()
.icon("group")
.inputs(&[
    objects("list").label("list").required(),
    text("path").label("path").required(),
])
.outputs(&[object("output")])
.examples(&[example(
    r#"{"list": [{"id": "a", "n": 1}, {"id": "b"}, {"id": "a", "n": 2}], "path": "id"}"#,
    r#"{"output": {"a": {"id": "a", "n": 2}, "b": {"id": "b"}}}"#,
)]);

fn index_by(args: &Args) -> Result<Outputs, CardError> {
    let path = read::text(args, "path");
    let fields: Fields = read::list(args, "list")
        .iter()
        .map(|item| (Arc::from(at(item, &path).to_text()), item.clone()))
        .collect();
    Ok(output("output", Value::object(fields)))
}
