//! Object › Split, Collapse, Filter, Move

use std::sync::Arc;

use flow::{Args, CardError, Extensible, Fields, Outputs, Value};

use super::set::{put, take};
use crate::declare::{Card, Category, example, function, object, objects, text, words};
use crate::read::{self, items, output, plain, steps};

pub(super) static CARDS: [Card; 4] = [SPLIT, COLLAPSE, FILTER, MOVE];

const SPLIT: Card = function(
    "object:split",
    Category::Object,
    words("Split", "分割"),
    words(
        "Makes a list with an object for each key: its key and its value.",
        "キーごとに、キーと値を持つオブジェクトのリストを作ります。",
    ),
    split,
)
.unconfirmed()
.icon("columns-3")
.inputs(&[object("object").label("object").required()])
.outputs(&[objects("output")])
.examples(&[example(
    r#"{"object": {"foo": "bar", "n": 1}}"#,
    r#"{"output": [{"key": "foo", "value": "bar"}, {"key": "n", "value": 1}]}"#,
)]);

fn split(args: &Args) -> Result<Outputs, CardError> {
    let rows = read::object(args, "object")?
        .into_iter()
        .map(|(key, value)| Value::from_pairs([("key", Value::Text(key)), ("value", value)]))
        .collect();
    Ok(output("output", Value::list(rows)))
}

const COLLAPSE: Card = function(
    "object:collapse",
    Category::Object,
    words("Collapse", "まとめる"),
    words(
        "Makes an object from lists of objects that each have a key and a value.",
        "キーと値を持つオブジェクトのリストから、1つのオブジェクトを作ります。",
    ),
    collapse,
)
.unconfirmed()
.icon("merge")
.inputs(&[objects("list").label("list").required()])
.outputs(&[object("output")])
.extensible(Extensible::Inputs)
.examples(&[example(
    r#"{"list": [{"key": "foo", "value": "bar"}], "list 2": [{"key": "n", "value": 1}]}"#,
    r#"{"output": {"foo": "bar", "n": 1}}"#,
)]);

fn collapse(args: &Args) -> Result<Outputs, CardError> {
    let fields: Fields = plain(args, &[])
        .flat_map(|arg| items(&arg.value))
        .map(|row| {
            let key = row.at(&["key"]).to_text();
            (Arc::from(key), row.at(&["value"]))
        })
        .collect();
    Ok(output("output", Value::object(fields)))
}

const FILTER: Card = function(
    "object:filter",
    Category::Object,
    words("Filter", "フィルター"),
    words(
        "Removes the keys without a value. Objects inside are left as they are; Clear Empty can go into them.",
        "値のないキーを取り除きます。内側のオブジェクトはそのまま残ります。内側も対象にするには「空の値を削除」を使用してください。",
    ),
    filter,
)
.unconfirmed()
.icon("filter")
.inputs(&[object("object").label("object").required()])
.outputs(&[object("output")])
.examples(&[example(
    r#"{"object": {"a": null, "b": "", "c": {"d": null}, "e": 0}}"#,
    r#"{"output": {"c": {"d": null}, "e": 0}}"#,
)]);

fn filter(args: &Args) -> Result<Outputs, CardError> {
    let mut fields = read::object(args, "object")?;
    fields.retain(|_, value| !value.is_empty());
    Ok(output("output", Value::object(fields)))
}

const MOVE: Card = function(
    "object:move",
    Category::Object,
    words("Move", "移動"),
    words(
        "Renames a key: its value moves to another key, which becomes the last one. Both may be paths. A source that is not there leaves the object as it is; Okta does not say.",
        "キーの名前を変更します。値は別のキーに移り、そのキーは末尾になります。どちらにもパスを指定できます。移動元がなければ、オブジェクトは変わりません（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    rename,
)
.unconfirmed()
.icon("braces")
.inputs(&[
    object("object").label("object").required(),
    text("source").label("source").required(),
    text("destination").label("destination").required(),
])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"object": {"a": 1, "b": 2}, "source": "a", "destination": "c"}"#,
        r#"{"output": {"b": 2, "c": 1}}"#,
    ),
    example(
        r#"{"object": {"a": {"b": 1, "x": 2}}, "source": "a.b", "destination": "c.d"}"#,
        r#"{"output": {"a": {"x": 2}, "c": {"d": 1}}}"#,
    ),
    example(
        r#"{"object": {"a": 1}, "source": "x", "destination": "c"}"#,
        r#"{"output": {"a": 1}}"#,
    ),
]);

fn rename(args: &Args) -> Result<Outputs, CardError> {
    let object = Value::object(read::object(args, "object")?);
    let (source, destination) = (read::text(args, "source"), read::text(args, "destination"));
    let is_key = object
        .as_object()
        .is_some_and(|fields| fields.contains_key(source.as_str()));
    let path = if is_key {
        vec![source.as_str()]
    } else {
        steps(&source)
    };
    let Some((value, rest)) = take(&object, &path)? else {
        return Ok(output("output", object));
    };
    Ok(output("output", put(&rest, &steps(&destination), &value)?))
}
