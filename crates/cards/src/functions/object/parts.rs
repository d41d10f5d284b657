//! Object › Keys, Values, Size, Clear Empty, Zip, Unzip

use std::sync::Arc;

use flow::{Args, CardError, FieldKey, Fields, Outputs, Value};

use crate::declare::{
    Card, Category, anys, boolean, example, function, number, object, texts, words,
};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 6] = [KEYS, VALUES, SIZE, CLEAR_EMPTY, ZIP, UNZIP];

fn keys_and_values(args: &Args) -> Result<(Value, Value), CardError> {
    let (keys, values): (Vec<Arc<str>>, Vec<Value>) =
        read::object(args, "object")?.into_iter().unzip();
    let keys = keys.into_iter().map(Value::Text).collect();
    Ok((Value::list(keys), Value::list(values)))
}

const KEYS: Card = function(
    "object:keys",
    Category::Object,
    words("Keys", "キー"),
    words(
        "Lists the keys of an object.",
        "オブジェクトのキーをリストにします。",
    ),
    keys,
)
.inputs(&[object("object").label("object").required()])
.outputs(&[texts("keys").label("keys")])
.examples(&[example(
    r#"{"object": {"b": 1, "a": 2}}"#,
    r#"{"keys": ["b", "a"]}"#,
)]);

fn keys(args: &Args) -> Result<Outputs, CardError> {
    Ok(output("keys", keys_and_values(args)?.0))
}

const VALUES: Card = function(
    "object:values",
    Category::Object,
    words("Values", "値"),
    words(
        "Lists the values of an object.",
        "オブジェクトの値をリストにします。",
    ),
    values,
)
.inputs(&[object("object").label("object").required()])
.outputs(&[anys("values").label("values")])
.examples(&[example(
    r#"{"object": {"b": 1, "a": "x"}}"#,
    r#"{"values": [1, "x"]}"#,
)]);

fn values(args: &Args) -> Result<Outputs, CardError> {
    Ok(output("values", keys_and_values(args)?.1))
}

const SIZE: Card = function(
    "object:size",
    Category::Object,
    words("Size", "サイズ"),
    words(
        "Counts the keys of an object. Okta's page of this card could not be found; its behaviour follows from its name.",
        "オブジェクトのキーの数を数えます。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。",
    ),
    size,
)
.unconfirmed()
.inputs(&[object("object").label("object").required()])
.outputs(&[number("size").label("size")])
.examples(&[example(
    r#"{"object": {"b": 1, "a": null}}"#,
    r#"{"size": 2}"#,
)]);

fn size(args: &Args) -> Result<Outputs, CardError> {
    let count = read::object(args, "object")?.len();
    Ok(output("size", i64::try_from(count).unwrap_or(i64::MAX)))
}

const CLEAR_EMPTY: Card = function(
    "object:clearEmpty",
    Category::Object,
    words("Clear Empty", "空の値を削除"),
    words(
        "Removes the keys whose value is empty: nothing, empty text, an empty list or an empty object. 0 and false stay.",
        "値が空のキー（値なし、空のテキスト、空のリスト、空のオブジェクト）を取り除きます。0と偽は残ります。",
    ),
    clear_empty,
)
.icon("filter")
.inputs(&[
    object("object").label("object").required(),
    boolean("recursive").label("recursive").starts_as("false"),
])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"object": {"a": "", "b": 0, "c": false, "d": {"e": null}, "f": []}, "recursive": false}"#,
        r#"{"output": {"b": 0, "c": false, "d": {"e": null}}}"#,
    ),
    example(
        r#"{"object": {"a": 1, "d": {"e": null, "f": {"g": ""}}}, "recursive": true}"#,
        r#"{"output": {"a": 1}}"#,
    ),
]);

fn clear_empty(args: &Args) -> Result<Outputs, CardError> {
    let recursive = read::flag(args, "recursive", false)?;
    let fields = read::object(args, "object")?;
    Ok(output("output", Value::object(cleared(&fields, recursive))))
}

/// Values are at most [`flow::MAX_DEPTH`] deep, and so is this recursion.
fn cleared(fields: &Fields, recursive: bool) -> Fields {
    fields
        .iter()
        .map(|(key, value)| match value {
            Value::Object(inner) if recursive => {
                (key.clone(), Value::object(cleared(inner, recursive)))
            }
            _ => (key.clone(), value.clone()),
        })
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

const ZIP: Card = function(
    "object:zip",
    Category::Object,
    words("Zip", "Zip（キーと値の結合）"),
    words(
        "Makes an object from a list of keys and a list of values. A key without a value gets nothing, and values without a key are left out; Okta does not say.",
        "キーのリストと値のリストからオブジェクトを作ります。対応する値のないキーは値なしになり、キーのない値は無視されます（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    zip,
)
.unconfirmed()
.inputs(&[
    texts("keys").label("keys").required(),
    anys("values").label("values").required(),
])
.outputs(&[object("output")])
.examples(&[example(
    r#"{"keys": ["a", "b"], "values": [1]}"#,
    r#"{"output": {"a": 1, "b": null}}"#,
)]);

fn zip(args: &Args) -> Result<Outputs, CardError> {
    let values = read::list(args, "values");
    let fields: Fields = read::list(args, "keys")
        .iter()
        .enumerate()
        .map(|(index, key)| {
            let value = values.get(index).cloned().unwrap_or_default();
            (Arc::from(key.to_text()), value)
        })
        .collect();
    Ok(output("output", Value::object(fields)))
}

const UNZIP: Card = function(
    "object:unzip",
    Category::Object,
    words("Unzip", "Unzip（キーと値の分離）"),
    words(
        "Splits an object into the list of its keys and the list of its values.",
        "オブジェクトを、キーのリストと値のリストに分けます。",
    ),
    unzip,
)
.unconfirmed()
.inputs(&[object("object").label("object").required()])
.outputs(&[texts("keys").label("keys"), anys("values").label("values")])
.examples(&[example(
    r#"{"object": {"first.name": "Ada"}}"#,
    r#"{"keys": ["first.name"], "values": ["Ada"]}"#,
)]);

fn unzip(args: &Args) -> Result<Outputs, CardError> {
    let (keys, values) = keys_and_values(args)?;
    Ok(vec![
        (FieldKey::plain("keys"), keys),
        (FieldKey::plain("values"), values),
    ])
}
