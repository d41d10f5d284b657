//! Fields of a card: reading a pin into the document, stripping what was read, and filling it in again.
//!
//! Stripping removes everything that the document carries. What Okta writes in more than one way (a schema, a dropdown's
//! labels, one of several kinds of nothing) stays under `keep` and is used again only while it still reads as what the
//! document says.

use flow::{Binding, Input, Output, Type};
use serde_json::{Map, Value as Json, json};

use crate::{
    raw::{self, put, take},
    types,
};

const KEEP: &str = "keep";

/// Reads an input pin with its static value or its per-item value. On cards of connectors a blank is nothing.
pub(crate) fn read_input(pin: &Json, blank_is_nothing: bool) -> Input {
    let meta = &pin["metadata"];
    let key = raw::field_key(pin);
    Input {
        label: meta["displayname"].as_str().unwrap_or(&key.key).to_owned(),
        key,
        ty: types::read(&pin["value"]),
        required: pin["required"] == true,
        option: pin["flags"] == "p",
        custom: meta["custom"] == true,
        hidden: is_hidden(meta),
        arg: false,
        choices: choices(meta),
        binding: item(&pin["value"]["proxy"])
            .unwrap_or_else(|| constant(&pin["value"]["data"], blank_is_nothing)),
    }
}

/// Reads an output pin.
pub(crate) fn read_output(pin: &Json) -> Output {
    let meta = &pin["metadata"];
    let key = raw::field_key(pin);
    Output {
        label: meta["displayname"].as_str().unwrap_or(&key.key).to_owned(),
        key,
        ty: types::read(&pin["value"]),
        custom: meta["custom"] == true,
        hidden: is_hidden(meta),
    }
}

fn is_hidden(meta: &Json) -> bool {
    meta["hidden"] == true || meta["forceHide"] == true
}

fn choices(meta: &Json) -> Vec<String> {
    raw::items(&meta["choices"])
        .iter()
        .filter_map(|choice| choice.as_str().or_else(|| choice["value"].as_str()))
        .map(str::to_owned)
        .collect()
}

fn item(proxy: &Json) -> Option<Binding> {
    (proxy["dynamic"] == true).then(|| Binding::Item {
        path: proxy["path"]
            .as_str()
            .filter(|path| !path.is_empty())
            .map(str::to_owned),
    })
}

/// Reads a static value.
pub(crate) fn constant(data: &Json, blank_is_nothing: bool) -> Binding {
    if data.is_null() || blank_is_nothing && raw::is_blank(data) {
        return Binding::Empty;
    }
    Binding::Constant {
        value: data.clone(),
    }
}

/// Tells whether this stripped pin is an argument for a helper flow.
pub(crate) fn is_arg(pin: &Json) -> bool {
    pin[KEEP]["arg"] == true
}

/// Tells whether the pin was stripped, that is, stands for a field of the document.
pub(crate) fn is_stripped(pin: &Json) -> bool {
    pin[KEEP].is_object()
}

/// Tells whether a stripped pin keeps a type that the document calls any.
pub(crate) fn keeps_type(pin: &Json) -> bool {
    let kept = &pin[KEEP]["type"];
    !kept.is_null() && types::read(&json!({"type": kept})).base == flow::Base::Any
}

/// Keeps with a stripped pin what the document does not carry of a placeholder.
pub(crate) fn keep_field(pin: &mut Json, input: &Input) {
    let plain = Input {
        binding: Binding::Empty,
        ..input.clone()
    };
    put(pin, &[KEEP, "field"], json!(plain));
}

/// Returns what was kept of a placeholder.
pub(crate) fn kept_field(pin: &Json) -> Option<Input> {
    serde_json::from_value(pin[KEEP]["field"].clone()).ok()
}

/// Removes from an input pin what `input` says.
pub(crate) fn strip_input(pin: &mut Json, input: &Input) {
    let mut keep = strip(pin, &input.ty);
    for part in ["required", "flags"] {
        take(pin, &[part]);
    }
    if is_static(&input.binding) {
        let data = take(pin, &["value", "data"]);
        if input.binding == Binding::Empty && !data.is_null() {
            keep.insert("blank".to_owned(), data);
        }
    }
    if pin["metadata"]["choices"] == json!(input.choices) {
        take(pin, &["metadata", "choices"]);
    }
    if pin["value"]["proxy"].is_object() {
        take(pin, &["value", "proxy"]);
        keep.insert("proxy".to_owned(), Json::Bool(true));
    }
    if input.arg {
        keep.insert("arg".to_owned(), Json::Bool(true));
    }
    put(pin, &[KEEP], keep);
}

/// Keeps with a stripped pin the output that repeats an input, which the document does not carry.
pub(crate) fn keep_output(pin: &mut Json, output: &Output) {
    put(pin, &[KEEP, "output"], json!(output));
}

/// Returns the output that was kept.
pub(crate) fn kept_output(pin: &Json) -> Option<Output> {
    serde_json::from_value(pin[KEEP]["output"].clone()).ok()
}

/// Removes from an output pin what `output` says.
pub(crate) fn strip_output(pin: &mut Json, output: &Output) {
    let keep = strip(pin, &output.ty);
    put(pin, &[KEEP], keep);
}

fn strip(pin: &mut Json, ty: &Type) -> Map<String, Json> {
    let mut keep = Map::new();
    let written = take(pin, &["value", "type"]);
    take(pin, &["value", "collection"]);
    if written != types::write(ty) {
        keep.insert("type".to_owned(), written);
    }
    if pin["metadata"]["displayname"].is_string() {
        put(pin, &["metadata", "displayname"], Json::Null);
    }
    if pin["metadata"]["custom"] == true {
        take(pin, &["metadata", "custom"]);
    }
    keep
}

fn is_static(binding: &Binding) -> bool {
    matches!(binding, Binding::Empty | Binding::Constant { .. })
}

/// Writes an input into its pin, stripped or new. `ty` is the input's type, or what any value came to be.
/// `proxied` tells that the card hands its arguments over per item.
pub(crate) fn fill_input(pin: &mut Json, input: &Input, ty: &Type, proxied: bool) {
    let keep = fill(pin, ty);
    put(pin, &["required"], input.required);
    put(pin, &["flags"], if input.option { "p" } else { "d" });
    fill_label(pin, &input.label, &input.key.key);
    fill_marks(pin, input.custom, input.hidden);
    if choices(&pin["metadata"]) != input.choices {
        if input.choices.is_empty() {
            take(pin, &["metadata", "choices"]);
        } else {
            put(pin, &["metadata", "choices"], json!(input.choices));
        }
    }
    match &input.binding {
        Binding::Empty => put(pin, &["value", "data"], keep["blank"].clone()),
        Binding::Constant { value } => put(pin, &["value", "data"], of_type(value, ty)),
        _ if pin["value"].get("data").is_none() => {
            put(pin, &["value", "data"], types::nothing(ty));
        }
        _ => {}
    }
    if keep["proxy"] == true || input.arg && proxied {
        let path = match &input.binding {
            Binding::Item { path } => json!(path.as_deref().unwrap_or_default()),
            _ => Json::Null,
        };
        let proxy = json!({
            "dynamic": matches!(input.binding, Binding::Item { .. }),
            "path": path,
            "dest": {"key": input.key.key, "group": input.key.group},
        });
        put(pin, &["value", "proxy"], proxy);
    }
}

/// Writes an output into its pin.
pub(crate) fn fill_output(pin: &mut Json, output: &Output, ty: &Type) {
    fill(pin, ty);
    fill_label(pin, &output.label, &output.key.key);
    fill_marks(pin, output.custom, output.hidden);
}

/// Writes the type; returns what was kept.
pub(crate) fn fill(pin: &mut Json, ty: &Type) -> Json {
    let keep = take(pin, &[KEEP]);
    let kept = json!({"type": keep["type"], "collection": ty.list});
    let written = if keep.get("type").is_some() && types::read(&kept) == *ty {
        keep["type"].clone()
    } else {
        types::write(ty)
    };
    put(pin, &["value", "type"], written);
    put(pin, &["value", "collection"], ty.list);
    keep
}

fn fill_label(pin: &mut Json, label: &str, key: &str) {
    if label != key || pin["metadata"].get("displayname").is_some() {
        put(pin, &["metadata", "displayname"], label);
    }
}

fn fill_marks(pin: &mut Json, custom: bool, hidden: bool) {
    if custom {
        put(pin, &["metadata", "custom"], true);
    }
    if hidden != is_hidden(&pin["metadata"]) {
        take(pin, &["metadata", "hidden"]);
        take(pin, &["metadata", "forceHide"]);
        if hidden {
            put(pin, &["metadata", "forceHide"], true);
        }
    }
}

/// A list-typed pin holds a list or null: Okta refuses anything else.
fn of_type(value: &Json, ty: &Type) -> Json {
    match value {
        Json::Array(_) | Json::Null => value.clone(),
        blank if ty.list && raw::is_blank(blank) => json!([]),
        single if ty.list => json!([single]),
        other => other.clone(),
    }
}

/// Returns an input pin without type and value.
pub(crate) fn new_input(id: &str, group: Option<&str>, key: &str, index: usize) -> Json {
    json!({
        "id": id, "group": group, "key": key,
        "value": {"error": false, "available": []},
        "required": false, "ref": false, "metadata": {"index": index}, "flags": "d",
    })
}

/// Returns an output pin without type.
pub(crate) fn new_output(id: &str, group: Option<&str>, key: &str, index: usize) -> Json {
    json!({
        "id": id, "group": group, "key": key,
        "value": {"error": false, "data": null, "available": []},
        "ref": false, "metadata": {"index": index},
    })
}

/// Returns a hidden pin through which a value enters an inline body.
pub(crate) fn new_wormhole(id: &str, key: &str, value: &Json, other: &str) -> Json {
    json!({
        "id": id, "group": "context", "key": key,
        "value": {
            "error": false, "type": value["type"], "collection": value["collection"],
            "data": null, "available": [],
        },
        "ref": false, "metadata": {"forceHide": true, "wormholeMethodId": other},
        "required": false, "flags": "d",
    })
}
