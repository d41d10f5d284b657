//! Cards of flow documents, for tests that build their flows.

use serde_json::{Value as Json, json};

/// A card of this id.
pub(crate) fn card(id: &str, key: &str, inputs: &[Json], outputs: &[Json]) -> Json {
    json!({"id": id, "card": key, "inputs": inputs, "outputs": outputs})
}

/// A card of a connector.
pub(crate) fn org_card(id: &str, key: &str, connection: &str, inputs: &[Json]) -> Json {
    let mut card = card(id, key, inputs, &[]);
    card["connection"] = json!(connection);
    card
}

/// The start of a flow that is run by hand.
pub(crate) fn by_hand() -> Json {
    card("start", "control:noop", &[], &[])
}

/// The start of a helper flow with these text inputs.
pub(crate) fn helper(inputs: &[&str]) -> Json {
    let outputs: Vec<Json> = inputs.iter().map(|key| output(None, key)).collect();
    card("start", "control:callable", &[], &outputs)
}

/// A text output that the user made.
pub(crate) fn output(group: Option<&str>, key: &str) -> Json {
    json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": "text"}, "custom": true})
}

/// An input with a value that was typed.
pub(crate) fn typed(group: Option<&str>, key: &str, base: &str, value: impl Into<Json>) -> Json {
    let value: Json = value.into();
    json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": base},
        "binding": {"kind": "constant", "value": value}})
}

/// An input that takes what another card gives.
pub(crate) fn mapped(key: &str, step: &str, source: &str) -> Json {
    json!({"key": {"key": key}, "label": key, "type": {"base": "text"}, "custom": true, "binding": from(step, source)})
}

/// An argument for a helper flow.
pub(crate) fn argument(key: &str, binding: impl Into<Json>) -> Json {
    let binding: Json = binding.into();
    json!({"key": {"key": key}, "label": key, "type": {"base": "text"}, "custom": true, "arg": true, "binding": binding})
}

/// Where a value comes from.
pub(crate) fn from(step: &str, key: &str) -> Json {
    json!({"kind": "output", "source": {"step": step, "field": {"key": key}}})
}

/// Chooses a helper flow.
pub(crate) fn flow(id: &str) -> Json {
    typed(None, "flo", "flow", json!(id))
}

/// Compose of a fixed text and one value: `<text><value>`.
pub(crate) fn compose(id: &str, text: &str, value: impl Into<Json>) -> Json {
    let value: Json = value.into();
    let template = json!({"kind": "template", "parts": [{"kind": "text", "text": text}, {"kind": "value", "name": "value", "binding": value}]});
    let input = json!({"key": {"key": "_text_"}, "label": "text", "type": {"base": "text"}, "binding": template});
    card(id, "string:compose", &[input], &[output(None, "output")])
}

/// Return of one value.
pub(crate) fn give_back(key: &str, step: &str, source: &str) -> Json {
    card("end", "control:return", &[mapped(key, step, source)], &[])
}

/// Wait For so many seconds.
pub(crate) fn wait(id: &str, seconds: u32) -> Json {
    let delay = typed(None, "delay", "number", json!(seconds));
    let unit = typed(None, "unit", "text", json!("second"));
    card(id, "control:wait", &[delay, unit], &[])
}
