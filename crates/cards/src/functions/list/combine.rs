//! List › Difference, Intersection, Union, Combine All, Flatten. Items are equal when type and value are;
//! Difference ignores the case of texts, as Okta documents for it.

use std::collections::HashSet;

use flow::{Args, CardError, Extensible, Outputs, Value};

use crate::bounds::items_within;
use crate::declare::{Card, Category, anys, example, function, words};
use crate::read::{items, list, output, plain};

pub(super) static CARDS: [Card; 5] = [DIFFERENCE, INTERSECTION, UNION, CONCAT, FLATTEN];

/// Returns what makes an item equal to another: its type and value, whatever the order of keys.
pub(super) fn identity(item: &Value) -> String {
    let mut made = String::new();
    identify(item, &mut made);
    made
}

/// Each value with a sign for its type, each text with its length, so that no two values read alike. Values are at most
/// [`flow::MAX_DEPTH`] deep, and so is this recursion.
fn identify(item: &Value, made: &mut String) {
    match item {
        Value::Null => made.push('n'),
        Value::Bool(truth) => made.push(if *truth { 't' } else { 'f' }),
        Value::Number(number) => made.push_str(&format!("#{number};")),
        Value::Text(text) => made.push_str(&format!("\"{}:{text}", text.len())),
        Value::Date(date) => made.push_str(&format!("d{};", date.timestamp_millis())),
        Value::File(file) => made.push_str(&format!("F{}:{}", file.key.len(), file.key)),
        Value::List(items) => {
            made.push('[');
            items.iter().for_each(|item| identify(item, made));
            made.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            made.push('{');
            for (key, value) in sorted {
                made.push_str(&format!("{}:{key}", key.len()));
                identify(value, made);
            }
            made.push('}');
        }
    }
}

fn lists(args: &Args) -> Vec<&[Value]> {
    plain(args, &[]).map(|arg| items(&arg.value)).collect()
}

const DIFFERENCE: Card = function(
    "list:difference",
    Category::List,
    words("Difference", "差"),
    words(
        "Keeps the items of the first list that are in none of the others. Case does not count. Items that occur twice stay twice; Okta does not say.",
        "1つ目のリストから、ほかのどのリストにも含まれない項目だけを残します。大文字と小文字は区別されません。重複する項目はそのまま残ります（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    difference,
)
.icon("list-minus")
.inputs(&[
    anys("list1").label("List 1").required(),
    anys("list2").label("List 2").required(),
])
.outputs(&[anys("list").label("list")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"list1": ["Ada", "bob", "ada", "cy"], "list2": ["ADA"], "list 3": ["cy"]}"#,
        r#"{"list": ["bob"]}"#,
    ),
    example(r#"{"list1": [1, 1, 2], "list2": null}"#, r#"{"list": [1, 1, 2]}"#),
]);

fn difference(args: &Args) -> Result<Outputs, CardError> {
    let lists = lists(args);
    let folded = |item: &Value| match item {
        Value::Text(text) => identity(&Value::from(text.to_lowercase())),
        other => identity(other),
    };
    let removed: HashSet<String> = lists
        .iter()
        .skip(1)
        .copied()
        .flatten()
        .map(folded)
        .collect();
    let first = lists.first().copied().unwrap_or_default();
    let kept = first
        .iter()
        .filter(|item| !removed.contains(&folded(item)))
        .cloned()
        .collect();
    Ok(output("list", Value::list(kept)))
}

const INTERSECTION: Card = function(
    "list:intersection",
    Category::List,
    words("Intersection", "共通部分"),
    words(
        "Gives the items that all lists have, each once, in the order of the first list. Case counts; Okta does not say.",
        "すべてのリストに含まれる項目を、1つ目のリストの順序で1回ずつ返します。大文字と小文字は区別されます（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    intersection,
)
.icon("list-checks")
.inputs(&[
    anys("list1").label("List 1").required(),
    anys("list2").label("List 2").required(),
])
.outputs(&[anys("list").label("list")])
.extensible(Extensible::Inputs)
.examples(&[example(
    r#"{"list1": [3, 1, 2, 1], "list2": [1, 2], "list 3": [2, 1, 9]}"#,
    r#"{"list": [1, 2]}"#,
)]);

fn intersection(args: &Args) -> Result<Outputs, CardError> {
    let lists = lists(args);
    let others: Vec<HashSet<String>> = lists
        .iter()
        .skip(1)
        .map(|list| list.iter().map(identity).collect())
        .collect();
    let shared: Vec<&Value> = lists
        .first()
        .copied()
        .unwrap_or_default()
        .iter()
        .filter(|item| others.iter().all(|other| other.contains(&identity(item))))
        .collect();
    Ok(output("list", Value::list(unique(shared))))
}

fn unique<'a>(items: impl IntoIterator<Item = &'a Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    items
        .into_iter()
        .filter(|item| seen.insert(identity(item)))
        .cloned()
        .collect()
}

const UNION: Card = function(
    "list:union",
    Category::List,
    words("Union (Combine Unique)", "和集合（重複なしで結合）"),
    words(
        "Puts the items of two or more lists into one list, each item once. Case counts, and objects are equal when all in them is; Okta does not say.",
        "2つ以上のリストの項目を、重複なしで1つのリストにまとめます。大文字と小文字は区別され、オブジェクトは中身がすべて等しいときに同じとみなします（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    union,
)
.icon("list-plus")
.inputs(&[anys("list1").label("List 1"), anys("list2").label("List 2")])
.outputs(&[anys("union").label("union")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"list1": ["a", "b", "a"], "list2": ["b", "c"]}"#,
        r#"{"union": ["a", "b", "c"]}"#,
    ),
    example(
        r#"{"list1": [{"a": 1, "b": 2}, "A"], "list2": [{"b": 2, "a": 1}, "a"]}"#,
        r#"{"union": [{"a": 1, "b": 2}, "A", "a"]}"#,
    ),
    example(
        r#"{"list1": [1, "1"], "list2": null}"#,
        r#"{"union": [1, "1"]}"#,
    ),
]);

fn union(args: &Args) -> Result<Outputs, CardError> {
    let all = lists(args).into_iter().flatten();
    Ok(output("union", Value::list(unique(all))))
}

const CONCAT: Card = function(
    "list:concat",
    Category::List,
    words("Combine All", "すべて結合"),
    words(
        "Puts two or more lists one after the other. Duplicates stay.",
        "2つ以上のリストを順につなげます。重複はそのまま残ります。",
    ),
    concat,
)
.unconfirmed()
.icon("list-plus")
.inputs(&[anys("List 1"), anys("List 2")])
.outputs(&[anys("List Combined All")])
.extensible(Extensible::Inputs)
.examples(&[example(
    r#"{"List 1": ["a"], "List 2": ["a", "b"]}"#,
    r#"{"List Combined All": ["a", "a", "b"]}"#,
)]);

fn concat(args: &Args) -> Result<Outputs, CardError> {
    let lists = lists(args);
    items_within(lists.iter().map(|list| list.len()).sum())?;
    let all = lists.into_iter().flatten().cloned().collect();
    Ok(output("List Combined All", Value::list(all)))
}

const FLATTEN: Card = function(
    "list:flatten",
    Category::List,
    words("Flatten", "平坦化"),
    words(
        "Turns a list of lists into one list. Lists inside those lists stay.",
        "リストのリストを1つのリストにします。内側のリストの中にあるリストはそのまま残ります。",
    ),
    flatten,
)
.icon("combine")
.inputs(&[anys("lists").label("lists").required()])
.outputs(&[anys("list").label("list")])
.examples(&[example(
    r#"{"lists": [[1, [2]], 3, []]}"#,
    r#"{"list": [1, [2], 3]}"#,
)]);

fn flatten(args: &Args) -> Result<Outputs, CardError> {
    let lists = list(args, "lists");
    items_within(lists.iter().map(|inner| items(inner).len()).sum())?;
    let flat = lists
        .iter()
        .flat_map(|item| match item {
            Value::List(inner) => inner.as_ref().clone(),
            single => vec![single.clone()],
        })
        .collect();
    Ok(output("list", Value::list(flat)))
}
