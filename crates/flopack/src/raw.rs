//! Reading and writing the JSON of a pack without trusting its shape. Indexing a `serde_json` value for reading never
//! fails: what is not there is null.

use flow::{CardKey, FieldKey};
use serde_json::{Map, Value as Json};

/// Returns the text at `key`; empty where there is none.
pub(crate) fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    json[key].as_str().unwrap_or_default()
}

/// Returns the pins of a side (`inputs` or `outputs`) of a method.
pub(crate) fn pins<'a>(method: &'a Json, side: &str) -> impl Iterator<Item = (&'a str, &'a Json)> {
    entries(&method["node"]["model"][side]["data"]).filter(|(_, pin)| pin["key"].is_string())
}

/// Returns the entries of an object; none for anything else.
pub(crate) fn entries(json: &Json) -> impl Iterator<Item = (&str, &Json)> {
    json.as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

/// Returns the items of a list; none for anything else.
pub(crate) fn items(json: &Json) -> &[Json] {
    json.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Returns the object in `json`, which becomes one if it is not.
pub(crate) fn object(json: &mut Json) -> &mut Map<String, Json> {
    if !json.is_object() {
        *json = Json::Object(Map::new());
    }
    match json {
        Json::Object(map) => map,
        _ => unreachable!("it was made an object"),
    }
}

/// Returns the object at `path`, made where it is missing.
pub(crate) fn object_at<'a>(json: &'a mut Json, path: &[&str]) -> &'a mut Map<String, Json> {
    let mut here = json;
    for key in path {
        here = object(here).entry(*key).or_insert(Json::Null);
    }
    object(here)
}

/// Writes `value` under the last key of `path`, with the objects on the way.
pub(crate) fn put(json: &mut Json, path: &[&str], value: impl Into<Json>) {
    if let Some((last, way)) = path.split_last() {
        object_at(json, way).insert((*last).to_owned(), value.into());
    }
}

/// Takes what is at `path` out; null where nothing is.
pub(crate) fn take(json: &mut Json, path: &[&str]) -> Json {
    let Some((last, way)) = path.split_last() else {
        return Json::Null;
    };
    let mut here = json;
    for key in way {
        match here.get_mut(*key) {
            Some(next) => here = next,
            None => return Json::Null,
        }
    }
    here.as_object_mut()
        .and_then(|map| map.shift_remove(*last))
        .unwrap_or(Json::Null)
}

/// Returns the card that an address names: `root:kernel:<module>:<version>:<method>` or
/// `root:channels:http:<module>:<version>:<method>`.
pub(crate) fn card_key(address: &str) -> Option<CardKey> {
    let parts: Vec<&str> = address.split(':').collect();
    match parts.as_slice() {
        ["root", "kernel", module, _, method] | ["root", "channels", _, module, _, method]
            if !module.is_empty() && !method.is_empty() =>
        {
            Some(CardKey::new(module, method))
        }
        _ => None,
    }
}

/// Tells whether an address is a built-in function's.
pub(crate) fn is_kernel(address: &str) -> bool {
    address.starts_with("root:kernel:")
}

/// Returns group and key of a pin.
pub(crate) fn field_key(pin: &Json) -> FieldKey {
    FieldKey {
        group: pin["group"].as_str().map(str::to_owned),
        key: text(pin, "key").to_owned(),
    }
}

/// Tells whether this is the body of a flow.
pub(crate) fn is_body(json: &Json) -> bool {
    json["methods"].is_array()
}

/// Tells whether a static value says nothing: null, or an empty text, list or object.
pub(crate) fn is_blank(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    }
}
