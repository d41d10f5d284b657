//! Object › Set, Unset

use std::sync::Arc;

use flow::{Args, CardError, Fields, MAX_DEPTH, Outputs, Value};

use crate::declare::{Card, Category, any, example, function, object, words};
use crate::read::{output, steps};

pub(super) static CARDS: [Card; 2] = [SET, UNSET];

/// A list grows at most this far when a position beyond its end is set.
const MAX_POSITION: usize = 10_000;

const SET: Card = function(
    "object:set",
    Category::Object,
    words("Set", "設定"),
    words(
        "Gives a copy of an object with the value at a path changed. Missing objects on the way are made.",
        "パスにある値を変更した、オブジェクトのコピーを返します。途中のオブジェクトがなければ作成します。",
    ),
    set,
)
.icon("braces")
.inputs(&[
    object("object").label("object").required(),
    any("path").label("path").required(),
    any("value").label("value").required(),
])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"object": {"foo": "1"}, "path": "bar.baz", "value": "2"}"#,
        r#"{"output": {"foo": "1", "bar": {"baz": "2"}}}"#,
    ),
    example(
        r#"{"object": {"foo": ["0", "1", "2"]}, "path": "foo.1", "value": "9"}"#,
        r#"{"output": {"foo": ["0", "9", "2"]}}"#,
    ),
    example(
        r#"{"object": {}, "path": ["a.b"], "value": 1}"#,
        r#"{"output": {"a.b": 1}}"#,
    ),
    example(
        r#"{"object": {"l": []}, "path": "l.99999999", "value": 1}"#,
        r#""out_of_range""#,
    ),
]);

fn set(args: &Args) -> Result<Outputs, CardError> {
    let made = put(
        &or_empty(args),
        &path_of(args).iter().map(String::as_str).collect::<Vec<_>>(),
        args.get("", "value"),
    )?;
    Ok(output("output", made))
}

fn or_empty(args: &Args) -> Value {
    match args.get("", "object") {
        Value::Null => Value::object(Fields::new()),
        value => value.clone(),
    }
}

/// A path is a dotted text, or a list of keys in which dots are part of the key.
fn path_of(args: &Args) -> Vec<String> {
    match args.get("", "path") {
        Value::List(keys) => keys.iter().map(Value::to_text).collect(),
        path => steps(&path.to_text())
            .into_iter()
            .map(str::to_owned)
            .collect(),
    }
}

/// Returns `target` with `value` at `path`.
pub(super) fn put(target: &Value, path: &[&str], value: &Value) -> Result<Value, CardError> {
    if path.len() > MAX_DEPTH {
        return Err(CardError::new(
            "too_deep",
            format!("A path can have at most {MAX_DEPTH} steps."),
        ));
    }
    let Some((step, rest)) = path.split_first() else {
        return Ok(value.clone());
    };
    if let (Value::List(items), Ok(position)) = (target, step.parse::<usize>()) {
        if position > MAX_POSITION && position > items.len() {
            return Err(CardError::new(
                "out_of_range",
                format!("The position {position} is too far beyond the end of the list."),
            ));
        }
        let mut items = items.as_ref().clone();
        if position >= items.len() {
            items.resize(position + 1, Value::Null);
        }
        if let Some(item) = items.get_mut(position) {
            *item = put(item, rest, value)?;
        }
        return Ok(Value::list(items));
    }
    let mut fields = target.as_object().cloned().unwrap_or_default();
    let inner = match fields.get(*step) {
        None | Some(Value::Null) if rest.first().is_some_and(|next| is_position(next)) => {
            Value::list(Vec::new())
        }
        inner => inner.cloned().unwrap_or_default(),
    };
    fields.insert(Arc::from(*step), put(&inner, rest, value)?);
    Ok(Value::object(fields))
}

/// A list is made where a position follows: `causes.0.reason`. Ids that happen to be numbers are keys.
fn is_position(step: &str) -> bool {
    let is_plain = step == "0" || !step.starts_with('0');
    is_plain
        && step
            .parse()
            .is_ok_and(|position: usize| position <= MAX_POSITION)
}

const UNSET: Card = function(
    "object:unset",
    Category::Object,
    words("Unset", "削除"),
    words(
        "Gives a copy of an object without the key, or the position of a list, at a path. A path that is not there changes nothing. Okta's page of this card could not be found; its behaviour follows from its name.",
        "パスにあるキーを取り除いた、オブジェクトのコピーを返します。リストの位置も指定できます。該当する値がなければ何も変わりません。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。",
    ),
    unset,
)
.unconfirmed()
.icon("braces")
.inputs(&[
    object("object").label("object").required(),
    any("path").label("path").required(),
])
.outputs(&[object("output")])
.examples(&[
    example(
        r#"{"object": {"a": {"b": 1, "c": 2}}, "path": "a.b"}"#,
        r#"{"output": {"a": {"c": 2}}}"#,
    ),
    example(
        r#"{"object": {"a": [1, 2, 3]}, "path": "a.1"}"#,
        r#"{"output": {"a": [1, 3]}}"#,
    ),
    example(
        r#"{"object": {"a": 1}, "path": "x.y"}"#,
        r#"{"output": {"a": 1}}"#,
    ),
]);

fn unset(args: &Args) -> Result<Outputs, CardError> {
    let path = path_of(args);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let object = or_empty(args);
    let left = match take(&object, &path)? {
        Some((_, rest)) => rest,
        None => object,
    };
    Ok(output("output", left))
}

/// Returns the value at a path and what is left without it; nothing where there is none. A position of a list closes up.
pub(super) fn take(object: &Value, path: &[&str]) -> Result<Option<(Value, Value)>, CardError> {
    let Some((last, parents)) = path.split_last() else {
        return Ok(None);
    };
    let (taken, parent) = match object.at(parents) {
        Value::Object(fields) => {
            let mut fields = fields.as_ref().clone();
            let Some(taken) = fields.shift_remove(*last) else {
                return Ok(None);
            };
            (taken, Value::object(fields))
        }
        Value::List(items) => {
            let mut items = items.as_ref().clone();
            let place = last
                .parse()
                .ok()
                .filter(|place: &usize| *place < items.len());
            let Some(place) = place else {
                return Ok(None);
            };
            (items.remove(place), Value::list(items))
        }
        _ => return Ok(None),
    };
    Ok(Some((taken, put(object, parents, &parent)?)))
}
