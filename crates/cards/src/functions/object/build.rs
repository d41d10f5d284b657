//! Object › Construct, Merge

use flow::{Args, CardError, Extensible, Fields, Outputs, Value};

use super::set::put;
use crate::declare::{Card, Category, example, function, object, words};
use crate::read::{as_object, output, plain, steps};

pub(super) static CARDS: [Card; 2] = [CONSTRUCT, MERGE];

const CONSTRUCT: Card = function(
    "object:construct",
    Category::Object,
    words("Construct", "作成"),
    words(
        "Makes an object with a key for each input. A dot in a name makes an object inside: user.email; a number after it a list: users.0.email.",
        "入力ごとにキーを持つオブジェクトを作ります。名前にドットを含めると、user.emailのように入れ子のオブジェクトになり、users.0.emailのように数字を続けるとリストになります。",
    ),
    construct,
)
.outputs(&[object("output")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"name": "Ada", "user.email": "ada@example.com", "user.tags": ["a"]}"#,
        r#"{"output": {"name": "Ada", "user": {"email": "ada@example.com", "tags": ["a"]}}}"#,
    ),
    example(
        r#"{"text": "{\"not\": \"parsed\"}"}"#,
        r#"{"output": {"text": "{\"not\": \"parsed\"}"}}"#,
    ),
    example(
        r#"{"commands.0.type": "update", "commands.0.value.allow": true, "2026": 1, "ids.007": 2}"#,
        r#"{"output": {"commands": [{"type": "update", "value": {"allow": true}}], "2026": 1, "ids": {"007": 2}}}"#,
    ),
    example("{}", r#"{"output": {}}"#),
]);

fn construct(args: &Args) -> Result<Outputs, CardError> {
    let mut made = Value::object(Fields::new());
    for arg in plain(args, &[]) {
        made = put(&made, &steps(&arg.key.key), &arg.value)?;
    }
    Ok(output("output", made))
}

const MERGE: Card = function(
    "object:merge",
    Category::Object,
    words("Merge", "結合"),
    words(
        "Puts the keys of two or more objects into one. Where a key occurs twice, the later object wins.",
        "2つ以上のオブジェクトのキーを1つにまとめます。同じキーがあれば、後のオブジェクトの値が残ります。",
    ),
    merge,
)
.icon("merge")
.inputs(&[
    object("start").label("object 1").required(),
    object("sink").label("object 2").required(),
])
.outputs(&[object("output")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"start": {"a": 1, "b": {"x": 1}}, "sink": {"b": {"y": 2}}, "object 3": {"c": 3}}"#,
        r#"{"output": {"a": 1, "b": {"y": 2}, "c": 3}}"#,
    ),
    example(r#"{"start": {"a": 1}, "sink": null}"#, r#"{"output": {"a": 1}}"#),
    example(r#"{"start": {"a": 1}, "sink": {}, "object 3": [1]}"#, r#""invalid_type""#),
]);

fn merge(args: &Args) -> Result<Outputs, CardError> {
    let mut merged = Fields::new();
    for arg in plain(args, &[]) {
        merged.extend(as_object(&arg.value, &arg.key.key)?);
    }
    Ok(output("output", Value::object(merged)))
}
