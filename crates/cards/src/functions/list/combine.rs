//! List › Difference, Intersection, Union, Combine All, Flatten. Items are compared by their JSON; Difference ignores
//! the case of texts, as Okta documents for it.

use std::collections::HashSet;

use flow::{Args, CardError, Extensible, Outputs, Value};

use crate::declare::{Card, Category, anys, example, function, words};
use crate::read::{items, list, output, plain};

pub(super) static CARDS: [Card; 5] = [DIFFERENCE, INTERSECTION, UNION, CONCAT, FLATTEN];

/// Returns what makes an item equal to another: its type and JSON.
pub(super) fn identity(item: &Value) -> String {
    item.to_json().to_string()
}

fn lists(args: &Args) -> Vec<&[Value]> {
    plain(args, &[]).map(|arg| items(&arg.value)).collect()
}

const DIFFERENCE: Card = function(
    "list:difference",
    Category::List,
    words("Difference", "差"),
    words(
        "Keeps the items of the first list that are in none of the others. Case does not count.",
        "1つ目のリストから、ほかのどのリストにも含まれない項目だけを残します。大文字と小文字は区別されません。",
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
    let folded = |item: &Value| identity(item).to_lowercase();
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
        "Gives the items that all lists have, each once, in the order of the first list.",
        "すべてのリストに含まれる項目を、1つ目のリストの順序で1回ずつ返します。",
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
        "Puts the items of two or more lists into one list, each item once.",
        "2つ以上のリストの項目を、重複なしで1つのリストにまとめます。",
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
    let all = lists(args).into_iter().flatten().cloned().collect();
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
    let flat = list(args, "lists")
        .iter()
        .flat_map(|item| match item {
            Value::List(inner) => inner.as_ref().clone(),
            single => vec![single.clone()],
        })
        .collect();
    Ok(output("list", Value::list(flat)))
}
