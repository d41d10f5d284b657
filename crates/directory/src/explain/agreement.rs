//! Whether an answer is what a vector expects: every key that it names must be there and equal. Objects may have more than is
//! expected, lists of names may be in any order, and a remark in brackets behind a text does not count.

use serde_json::{Map, Value as Json, json};

/// Keys that explain a vector and are no expectation.
const REMARKS: [&str; 4] = ["basis", "note", "comment", "why"];

/// What differs; empty when the answer agrees.
pub(super) fn differences(expected: &Map<String, Json>, found: &Map<String, Json>) -> Vec<Json> {
    let mut differences = Vec::new();
    for (key, expected) in expected {
        if REMARKS.contains(&key.as_str()) {
            continue;
        }
        let found = found.get(key).unwrap_or(&Json::Null);
        if !(agrees(expected, found) || key == "outcome" && is_wider(expected, found)) {
            differences.push(json!({ "key": key, "expected": expected, "found": found }));
        }
    }
    differences
}

/// Some vectors leave open which of several outcomes it is.
fn is_wider(expected: &Json, found: &Json) -> bool {
    let (Some(expected), Some(found)) = (expected.as_str(), found.as_str()) else {
        return false;
    };
    match expected {
        "update" => found == "update_or_unchanged",
        "not_imported" => found == "ignored" || found == "skipped",
        _ => false,
    }
}

fn agrees(expected: &Json, found: &Json) -> bool {
    match (expected, found) {
        (Json::Object(expected), Json::Object(found)) => expected
            .iter()
            .all(|(key, value)| agrees(value, found.get(key).unwrap_or(&Json::Null))),
        (Json::Array(expected), Json::Array(found)) => {
            let is_in = |value: &Json, list: &[Json]| list.iter().any(|other| agrees(value, other));
            expected.len() == found.len() && expected.iter().all(|value| is_in(value, found))
        }
        (Json::Array(expected), Json::Null) => expected.is_empty(),
        (Json::String(expected), Json::String(found)) => {
            expected == found || bare(expected) == found
        }
        (Json::Number(expected), Json::Number(found)) => expected.as_f64() == found.as_f64(),
        _ => expected == found,
    }
}

/// `written (inferred)` says no more than `written`.
fn bare(text: &str) -> &str {
    match text.split_once(" (") {
        Some((bare, remark)) if remark.ends_with(')') => bare,
        _ => text,
    }
}
