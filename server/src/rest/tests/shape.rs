//! Checks JSON against the component schemas: as much of JSON Schema as the document uses.

use serde_json::Value as Json;

/// Returns everything in which `value` differs from `schema`.
pub(super) fn differences(document: &Json, schema: &Json, value: &Json) -> Vec<String> {
    let mut found = Vec::new();
    compare(document, schema, value, "$", &mut found);
    found
}

fn compare(document: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return compare(
            document,
            target.expect("the reference resolves"),
            value,
            at,
            found,
        );
    }
    for (word, must_be_one) in [("anyOf", false), ("oneOf", true)] {
        if let Some(forms) = schema[word].as_array() {
            let fits = |form: &&Json| differences(document, form, value).is_empty();
            let count = forms.iter().filter(fits).count();
            if count == 0 || (must_be_one && count != 1) {
                found.push(format!("{at}: {value} fits {count} of {word}"));
            }
        }
    }
    if let Some(only) = schema.get("const")
        && only != value
    {
        found.push(format!("{at}: {value} is not {only}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: {value} is none of {words:?}"));
    }
    if let Some(wanted) = schema["type"].as_str()
        && !is_of_type(value, wanted)
    {
        found.push(format!("{at}: {value} is not of type {wanted}"));
    }
    compare_fields(document, schema, value, at, found);
    compare_items(document, schema, value, at, found);
}

fn compare_fields(document: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    let Some(fields) = value.as_object() else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(name.as_str().expect("names are texts")) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, field) in fields {
        match schema["properties"].get(name) {
            Some(schema) => compare(document, schema, field, &format!("{at}.{name}"), found),
            None if schema["additionalProperties"] == false => {
                found.push(format!("{at}: {name} is not described"));
            }
            None => {}
        }
    }
}

fn compare_items(document: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    let Some(items) = value.as_array() else {
        return;
    };
    let first: Vec<&Json> = schema["prefixItems"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    for (index, item) in items.iter().enumerate() {
        let at = format!("{at}[{index}]");
        match (first.get(index), &schema["items"]) {
            (Some(schema), _) => compare(document, schema, item, &at, found),
            (None, Json::Bool(false)) => found.push(format!("{at}: one item too many")),
            (None, schema) => compare(document, schema, item, &at, found),
        }
    }
    if schema["minItems"]
        .as_u64()
        .is_some_and(|least| (items.len() as u64) < least)
    {
        found.push(format!("{at}: too few items"));
    }
}

fn is_of_type(value: &Json, wanted: &str) -> bool {
    match wanted {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        other => panic!("the document uses the type {other}"),
    }
}

#[test]
fn every_difference_is_found() {
    let document = serde_json::json!({});
    let schema = super::super::schema::object(
        "",
        &[
            ("a", super::super::schema::text("")),
            ("b", super::super::schema::whole("")),
        ],
        &[],
    );
    let found = differences(&document, &schema, &serde_json::json!({ "a": 1, "c": 2 }));
    assert_eq!(found.len(), 3, "{found:?}");
}
