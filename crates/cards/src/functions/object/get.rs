//! Object › Get, Get Multiple, and the hidden card behind a nested key that was dragged from an output.

use flow::{Args, CardError, Extensible, FieldKey, Outputs, Type, Value, coerce};

use crate::declare::{Card, Category, any, example, function, object, words};
use crate::read::{at, output};

pub(super) static CARDS: [Card; 3] = [GET, GET_MULTIPLE, EXPAND];

const GET: Card = function(
    "object:get",
    Category::Object,
    words("Get", "取得"),
    words(
        "Gives the value at a path: keys and positions in lists, separated by dots. Where there is none it gives nothing.",
        "パス（キーとリストの位置をドットで区切ったもの）にある値を返します。なければ何も返しません。",
    ),
    get,
)
.icon("braces")
.inputs(&[object("object").label("object").required(), any("path").label("path").required()])
.outputs(&[any("output")])
.examples(&[
    example(
        r#"{"object": {"user": {"emails": ["a@x", "b@x"]}}, "path": "user.emails.1"}"#,
        r#"{"output": "b@x"}"#,
    ),
    example(
        r#"{"object": {"a.b": 1, "a": {"b": 2}}, "path": "a.b"}"#,
        r#"{"output": 1}"#,
    ),
    example(r#"{"object": {"a": 1}, "path": ["a"]}"#, r#"{"output": 1}"#),
    example(r#"{"object": {"a": 1}, "path": "b.c"}"#, r#"{"output": null}"#),
]);

fn get(args: &Args) -> Result<Outputs, CardError> {
    let object = args.get("", "object");
    let found = match args.get("", "path") {
        Value::List(steps) => {
            let steps: Vec<String> = steps.iter().map(Value::to_text).collect();
            object.at(&steps)
        }
        path => at(object, &path.to_text()),
    };
    Ok(output("output", found))
}

const GET_MULTIPLE: Card = function(
    "object:pick",
    Category::Object,
    words("Get Multiple", "複数を取得"),
    words(
        "Gives several values at once. The name of each output that you add is the path of its value.",
        "複数の値を一度に取得します。追加した出力の名前が、それぞれの値のパスになります。",
    ),
    pick,
)
.icon("braces")
.inputs(&[object("object").label("object").required()])
.extensible(Extensible::Outputs)
.examples(&[example(
    r#"{"object": {"items": [{"id": 7}], "name": "Ada"}}"#,
    r#"{"items.0.id": 7, "name": "Ada", "missing": null}"#,
)]);

fn pick(args: &Args) -> Result<Outputs, CardError> {
    let object = args.get("", "object");
    args.wanted
        .iter()
        .map(|(key, ty)| Ok((key.clone(), fitted(&at(object, &key.key), ty, &key.key)?)))
        .collect()
}

fn fitted(value: &Value, ty: &Type, path: &str) -> Result<Value, CardError> {
    coerce(value, None, ty).map_err(|message| {
        CardError::new(
            "invalid_type",
            format!("The value at {path} is of another type than the output: {message}"),
        )
    })
}

const EXPAND: Card = function(
    "object:expand",
    Category::Object,
    words("Nested value", "入れ子の値"),
    words(
        "Gives values from inside an object. Imported flows use it behind the scenes.",
        "オブジェクトの内側の値を返します。取り込んだフローが内部で使用します。",
    ),
    expand,
)
.unlisted()
.inputs(&[object("object").label("object").required()])
.extensible(Extensible::Outputs);

/// An output in a group takes the steps of its path from the group's input `key`; another one is a path itself.
fn expand(args: &Args) -> Result<Outputs, CardError> {
    let object = args.get("", "object");
    Ok(args
        .wanted
        .iter()
        .map(|(key, _)| {
            let group = key.group.as_deref().unwrap_or_default();
            let value = match args.get(group, "key") {
                Value::List(steps) if !group.is_empty() => {
                    let steps: Vec<String> = steps.iter().map(Value::to_text).collect();
                    object.at(&steps)
                }
                _ => at(object, &key.key),
            };
            (FieldKey::clone(key), value)
        })
        .collect())
}
