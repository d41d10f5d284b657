//! List › Remove Duplicates, Sort, Reverse

use std::cmp::Ordering;
use std::collections::HashSet;

use flow::{Args, CardError, Outputs, Value};

use super::combine::identity;
use crate::declare::{Card, Category, anys, example, function, text, words};
use crate::read::{self, at, output};

pub(super) static CARDS: [Card; 3] = [UNIQUE, SORT, REVERSE];

/// Returns what an item is sorted or compared by: its value at the path, or a plain item itself.
fn value_at(item: &Value, path: &str) -> Value {
    if path.is_empty() || item.as_object().is_none() {
        item.clone()
    } else {
        at(item, path)
    }
}

const UNIQUE: Card = function(
    "list:uniqueBy",
    Category::List,
    words("Remove Duplicates", "重複の削除"),
    words(
        "Keeps the first item for each value at a path. Plain values are compared themselves.",
        "パスにある値ごとに、最初の項目だけを残します。単純な値のリストでは値そのものを比べます。",
    ),
    remove_duplicates,
)
.icon("list-x")
.inputs(&[
    anys("list").label("List").required(),
    text("path").label("Path").required(),
])
.outputs(&[anys("unique list").label("List No Duplicates")])
.examples(&[
    example(
        r#"{"list": [9, 80, 1, 9, 20, 1], "path": "ignored"}"#,
        r#"{"unique list": [9, 80, 1, 20]}"#,
    ),
    example(
        r#"{"list": [{"a": 1, "n": 1}, {"a": 1, "n": 2}, {"a": 2}], "path": "a"}"#,
        r#"{"unique list": [{"a": 1, "n": 1}, {"a": 2}]}"#,
    ),
]);

fn remove_duplicates(args: &Args) -> Result<Outputs, CardError> {
    let path = read::text(args, "path");
    let mut seen = HashSet::new();
    let kept = read::list(args, "list")
        .iter()
        .filter(|item| seen.insert(identity(&value_at(item, &path))))
        .cloned()
        .collect();
    Ok(output("unique list", Value::list(kept)))
}

const SORT: Card = function(
    "list:sortBy",
    Category::List,
    words("Sort", "並べ替え"),
    words(
        "Sorts from smallest to largest by the value at a path. Numbers sort by size and texts alphabetically; nothing comes last. Equal items keep their order.",
        "パスにある値の小さい順に並べ替えます。数値は大きさ、テキストは文字の順で、値のない項目は最後になります。等しい項目の順序は変わりません。",
    ),
    sort,
)
.icon("arrow-down-a-z")
.inputs(&[
    anys("list").label("list").required(),
    text("path").label("path"),
])
.outputs(&[anys("sorted list").label("sorted list")])
.examples(&[
    example(r#"{"list": [80, 9, 20, 1]}"#, r#"{"sorted list": [1, 9, 20, 80]}"#),
    example(
        r#"{"list": ["80", "9", "20", "1"]}"#,
        r#"{"sorted list": ["1", "20", "80", "9"]}"#,
    ),
    example(
        r#"{"list": [{"k": 2, "n": 1}, {"n": 2}, {"k": 1}, {"k": 2, "n": 3}], "path": "k"}"#,
        r#"{"sorted list": [{"k": 1}, {"k": 2, "n": 1}, {"k": 2, "n": 3}, {"n": 2}]}"#,
    ),
]);

fn sort(args: &Args) -> Result<Outputs, CardError> {
    let path = read::text(args, "path");
    let mut keyed: Vec<(Value, Value)> = read::list(args, "list")
        .iter()
        .map(|item| (value_at(item, &path), item.clone()))
        .collect();
    keyed.sort_by(|(left, _), (right, _)| order(left, right));
    let sorted = keyed.into_iter().map(|(_, item)| item).collect();
    Ok(output("sorted list", Value::list(sorted)))
}

/// A total order: by type first, so that a list of mixed types sorts the same way each time.
fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Bool(_) => 0,
        Value::Number(_) => 1,
        Value::Date(_) => 2,
        Value::Text(_) => 3,
        Value::List(_) | Value::Object(_) | Value::File(_) => 4,
        Value::Null => 5,
    }
}

const REVERSE: Card = function(
    "list:reverse",
    Category::List,
    words("Reverse", "逆順"),
    words(
        "Gives a list from its last item to its first.",
        "リストを末尾から先頭の順に並べ直します。",
    ),
    reverse,
)
.unconfirmed()
.icon("arrow-up-down")
.inputs(&[anys("list").label("list").required()])
.outputs(&[anys("list").label("list")])
.examples(&[example(r#"{"list": [1, 2, 3]}"#, r#"{"list": [3, 2, 1]}"#)]);

fn reverse(args: &Args) -> Result<Outputs, CardError> {
    let reversed = read::list(args, "list").iter().rev().cloned().collect();
    Ok(output("list", Value::list(reversed)))
}
