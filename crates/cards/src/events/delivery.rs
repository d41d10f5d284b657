//! From one event of Okta's System Log to the outputs of an event card.

use flow::{Base, FieldKey, Fields, Outputs, Step, Value};
use serde_json::{Map, Value as Json};

use super::declare::{Event, Part, Source};
use crate::declare::Key;

/// One event, as an event hook delivers it or the System Log lists it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventDelivery {
    /// The LogEvent: one element of the delivery's `data.events`.
    pub log_event: Json,
    /// Id of the delivery; empty where the event was read from the System Log.
    pub event_id: String,
    /// When the delivery was made; empty where the event was read from the System Log.
    pub event_time: String,
    /// Where the delivery came from; empty where the event was read from the System Log.
    pub source: String,
    /// Headers of the delivery.
    pub headers: Vec<(String, String)>,
}

impl EventDelivery {
    fn at(&self, path: &[&str]) -> &Json {
        path.iter()
            .fold(&self.log_event, |here, step| member(here, step))
    }

    fn text(&self, path: &[&str]) -> String {
        self.at(path).as_str().unwrap_or_default().to_owned()
    }

    fn targets(&self) -> &[Json] {
        self.at(&["target"]).as_array().map_or(&[], Vec::as_slice)
    }
}

fn member<'a>(json: &'a Json, key: &str) -> &'a Json {
    json.get(key).unwrap_or(&Json::Null)
}

fn has_type(target: &Json, types: &[&str]) -> bool {
    member(target, "type")
        .as_str()
        .is_some_and(|found| types.contains(&found))
}

/// Returns the outputs under their keys in the group `Output`, and the parts of each object also in a group of their
/// own, so that a flow can name `Okta User › ID` directly.
pub(super) fn outputs(row: &Event, event: &EventDelivery) -> Outputs {
    let mut outputs = around(event);
    for part in row.shape.parts {
        let value = part_value(row.shape.parts, part, event);
        if let Value::Object(fields) = &value
            && !part.field.keys.is_empty()
        {
            for (key, inner) in fields.iter() {
                outputs.push((
                    FieldKey::in_group(part.field.key, key.as_ref()),
                    inner.clone(),
                ));
            }
        }
        outputs.push((part.field.field_key(), value));
    }
    outputs
}

fn around(event: &EventDelivery) -> Outputs {
    let or = |own: &str, path: &[&str]| {
        if own.is_empty() {
            to_text(event.at(path))
        } else {
            Value::from(own)
        }
    };
    let headers: Fields = event
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase().into(), value.as_str().into()))
        .collect();
    let debug = to_value(event.at(&["debugContext", "debugData"]));
    [
        ("Date and Time", to_text(event.at(&["published"]))),
        ("Message", to_text(event.at(&["displayMessage"]))),
        ("Event ID", or(&event.event_id, &["uuid"])),
        ("Event Type", to_text(event.at(&["eventType"]))),
        ("Event Time", or(&event.event_time, &["published"])),
        ("Version", to_text(event.at(&["version"]))),
        ("UUID", to_text(event.at(&["uuid"]))),
        ("Event Details", to_value(&event.log_event)),
        ("Headers", Value::object(headers)),
        ("Source", or(&event.source, &["source"])),
        ("Debug Context", Value::from_pairs([("Debug Data", debug)])),
        ("Full Details", full_details(event)),
    ]
    .into_iter()
    .map(|(key, value)| (FieldKey::in_group("Output", key), value))
    .collect()
}

/// The body of a delivery that held just this event.
fn full_details(event: &EventDelivery) -> Value {
    let mut data = Map::new();
    data.insert("events".into(), Json::Array(vec![event.log_event.clone()]));
    let mut body = Map::new();
    for (key, text) in [
        ("eventId", &event.event_id),
        ("eventTime", &event.event_time),
        ("source", &event.source),
    ] {
        if !text.is_empty() {
            body.insert(key.into(), Json::String(text.clone()));
        }
    }
    body.insert("data".into(), Json::Object(data));
    to_value(&Json::Object(body))
}

fn part_value(parts: &[Part], part: &Part, event: &EventDelivery) -> Value {
    let targets = event.targets();
    let found = match part.source {
        Source::Actor => Some(event.at(&["actor"])),
        Source::Target(types) => targets.iter().find(|target| has_type(target, types)),
        Source::TargetOrFirst(types) => targets
            .iter()
            .find(|target| has_type(target, types))
            .or(targets.first()),
        Source::Other => targets.iter().find(|target| !is_taken(parts, target)),
        Source::Path(path) => {
            let found = event.at(path);
            return if part.field.base == Base::Text {
                to_text(found)
            } else {
                to_value(found)
            };
        }
    };
    match found {
        Some(Json::Object(entity)) => Value::from_pairs(
            part.field
                .keys
                .iter()
                .map(|key| (key.key, entity_value(entity, key))),
        ),
        _ => Value::Null,
    }
}

fn is_taken(parts: &[Part], target: &Json) -> bool {
    parts
        .iter()
        .any(|part| matches!(part.source, Source::Target(types) if has_type(target, types)))
}

fn entity_value(entity: &Map<String, Json>, key: &Key) -> Value {
    let get = |name: &str| entity.get(name).unwrap_or(&Json::Null);
    match key.key {
        "ID" => to_text(get("id")),
        "Alternate ID" => to_text(get("alternateId")),
        "Display Name" => to_text(get("displayName")),
        "Type" => to_text(get("type")),
        "Detail" | "Detail Entry" => to_value(get("detailEntry")),
        "Policy Type" => to_text(member(get("detailEntry"), "policyType")),
        _ => Value::Null,
    }
}

fn to_value(json: &Json) -> Value {
    Value::from_json(json).unwrap_or_default()
}

fn to_text(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::String(text) => Value::from(text.as_str()),
        other => Value::from(other.to_string()),
    }
}

/// Compares the app instance that the options name, if they do, with the one that the event is about.
pub(super) fn matches(row: &Event, start: &Step, event: &EventDelivery) -> bool {
    let types_match = row.types.contains(&event.text(&["eventType"]).as_str());
    if !row.by_app {
        return types_match;
    }
    let option = |key| {
        start
            .input("parameters", key)
            .and_then(|input| input.constant())
            .and_then(Json::as_str)
            .unwrap_or_default()
    };
    // Older cards say so in the list itself.
    let wanted = match (option("useId"), option("instance")) {
        ("Yes", _) | (_, "-- Enter App Instance ID --") => option("appId"),
        (_, instance) => instance,
    };
    types_match
        && (wanted.is_empty()
            || event.targets().iter().any(|target| {
                has_type(target, &["AppInstance"]) && member(target, "id").as_str() == Some(wanted)
            }))
}

#[cfg(test)]
mod tests;
