//! The catalogue against the reference of Okta's function cards, where that lies beside the project: every card of it is
//! here, with its inputs, outputs and choices.

use std::path::PathBuf;

use serde_json::Value as Json;

use super::{Language, all, catalogue};
use crate::declare::Card;
use flow::{Base, CardSpec, Extensible, FieldSpec};

/// Entries that are not one card of the same name here: those that become part of the flow document when a pack is
/// imported, and those that stand for several cards.
const ELSEWHERE: [(&str, &[&str]); 5] = [
    // Folded into the lanes of If/Else by the import, and made again by the export.
    ("control.join", &["control:if"]),
    (
        "crypto.other",
        &["crypto:encrypt", "crypto:decrypt", "crypto:hash"],
    ),
    (
        "filefunctions.other",
        &[
            "filefunctions:create",
            "filefunctions:read",
            "filefunctions:upload",
            "filefunctions:delete",
        ],
    ),
    ("url.encode", &["url:encode"]),
    ("url.decode", &["url:decode"]),
];

/// Inputs that may be empty here: an empty value has a meaning.
const MAY_BE_EMPTY: [&str; 4] = [
    "control.returnRaw headers",
    "list.reduce memo",
    "list.findBy comparison",
    "stash.searchRows2 Direction",
];
/// Cards whose added inputs in exports are for their error handling ("Return Values"), which every card can have.
const EXTRAS: [&str; 4] = [
    "list.at",
    "json.stringify",
    "httpfunctions.get",
    "httpfunctions.post",
];

fn reference() -> Option<Json> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/reference/function-cards.json");
    let text = std::fs::read_to_string(&path).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// Returns the cards of an entry: by address, by the place that its address is guessed at, or by its English name.
fn cards_of(entry: &Json) -> Vec<&'static CardSpec> {
    let catalogue = catalogue(Language::En);
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let by_key = |key: &str| flow::CardKey::parse(key).and_then(|key| catalogue.card(&key));
    if let Some((_, keys)) = ELSEWHERE.iter().find(|(id, _)| *id == text("id")) {
        let found: Vec<_> = keys.iter().filter_map(|key| by_key(key)).collect();
        return if found.len() == keys.len() {
            found
        } else {
            Vec::new()
        };
    }
    if let Some(card) = by_key(text("address")) {
        return vec![card];
    }
    if !text("address").is_empty() {
        return Vec::new();
    }
    by_key(text("address_guess"))
        .or_else(|| {
            catalogue
                .cards()
                .find(|card| card.name == text("name_en") && card.category == text("category"))
        })
        .into_iter()
        .collect()
}

fn field<'c>(fields: &'c [FieldSpec], pin: &Json) -> Option<&'c FieldSpec> {
    let group = pin["group"].as_str().unwrap_or_default();
    let key = pin["key"].as_str().unwrap_or_default();
    fields.iter().find(|field| field.key.is(group, key))
}

/// Tells whether a field of our type takes, or gives, what the reference says.
fn has_type(field: &FieldSpec, pin: &Json) -> bool {
    let ty = pin["type"].as_str().unwrap_or_default();
    let (is_list, base) = match ty.strip_prefix("list of ") {
        Some(base) => (true, base),
        None => (false, ty),
    };
    let wanted = match base {
        "text" => Base::Text,
        "number" => Base::Number,
        "true_false" => Base::Boolean,
        "date_time" => Base::Date,
        "object" => Base::Object,
        "file" => Base::File,
        "flow" => Base::Flow,
        _ => Base::Any,
    };
    field.ty.base == Base::Any
        || wanted == Base::Any
        || (field.ty.base == wanted && field.ty.list == is_list)
        // A number of a month, an epoch: declared otherwise in some exports.
        || pin.get("other_types_seen").is_some()
}

fn compare(entry: &Json, card: &CardSpec, faults: &mut Vec<String>) {
    let id = entry["id"].as_str().unwrap_or_default();
    let pins = |side: &str| entry[side].as_array().cloned().unwrap_or_default();
    // The condition and the bodies of If/ElseIf and If Error are lanes here.
    let lanes: Vec<FieldSpec> = card
        .lanes
        .iter()
        .flat_map(|lane| lane.inputs.clone())
        .collect();
    for pin in pins("inputs") {
        let key = pin["key"].as_str().unwrap_or_default();
        let group = pin["group"].as_str().unwrap_or_default();
        let is_body = !card.lanes.is_empty() && matches!(key, "flo" | "inputs");
        let in_lane = !card.lanes.is_empty() && lanes.iter().any(|field| field.key.key == key);
        // What starts a flow gives as outputs what its pack form takes as inputs.
        let found = field(&card.inputs, &pin).or_else(|| field(&card.outputs, &pin));
        let Some(found) = found else {
            if !is_body && !in_lane {
                faults.push(format!("{id}: no input {group} › {key}"));
            }
            continue;
        };
        if !has_type(found, &pin) {
            faults.push(format!(
                "{id}: {group} › {key} is {}, not {}",
                found.ty.badge(),
                pin["type"]
            ));
        }
        let may_be_empty = MAY_BE_EMPTY.contains(&format!("{id} {key}").as_str());
        if pin["required"] == true && !found.required && found.default.is_none() && !may_be_empty {
            faults.push(format!("{id}: {group} › {key} is not required"));
        }
        // Options of a column name depend on the table of the export.
        let options = pin["options"].as_array().filter(|_| key != "Column");
        for option in options.into_iter().flatten() {
            let value = option.as_str().unwrap_or_default();
            if !found.choices.is_empty()
                && !found.choices.iter().any(|choice| choice.value == value)
            {
                faults.push(format!("{id}: {group} › {key} does not offer {value}"));
            }
        }
    }
    for pin in pins("outputs") {
        let key = pin["key"].as_str().unwrap_or_default();
        match field(&card.outputs, &pin) {
            None => faults.push(format!("{id}: no output {key}")),
            Some(found) if !has_type(found, &pin) => faults.push(format!(
                "{id}: the output {key} is {}, not {}",
                found.ty.badge(),
                pin["type"]
            )),
            Some(_) => {}
        }
    }
    let made = |name: &str| entry[name].as_array().is_some_and(|pins| !pins.is_empty());
    let is_called = card.inputs.iter().any(|field| field.ty.base == Base::Flow);
    let is_extra = is_called || EXTRAS.contains(&id);
    if made("user_created_inputs") && !is_extra && card.extensible == Extensible::No {
        faults.push(format!("{id}: no inputs can be added"));
    }
    if made("user_created_outputs")
        && !matches!(
            card.extensible,
            Extensible::Outputs | Extensible::Both | Extensible::Mirrored
        )
    {
        faults.push(format!("{id}: no outputs can be added"));
    }
}

#[test]
fn every_function_card_of_the_reference_is_here() {
    let Some(reference) = reference() else {
        eprintln!(
            "NOT TESTED: there is no ../shared/reference/function-cards.json beside the project, so nothing says which \
             function cards Okta has."
        );
        return;
    };
    let entries = reference["cards"].as_array().unwrap();
    assert_eq!(entries.len(), 163);
    let mut faults = Vec::new();
    for entry in entries {
        let cards = cards_of(entry);
        if cards.is_empty() {
            faults.push(format!(
                "{} › {} is missing",
                entry["category"], entry["name_en"]
            ));
        }
        if let [card] = cards.as_slice() {
            compare(entry, card, &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_is_our_own_choice_is_in_the_help() {
    let Some(reference) = reference() else {
        eprintln!(
            "NOT TESTED: there is no ../shared/reference/function-cards.json beside the project."
        );
        return;
    };
    let page = include_str!("../../../../docs/semantics.md");
    let mut faults = Vec::new();
    for entry in reference["cards"].as_array().unwrap() {
        let is_unknown = entry["unknown"]
            .as_array()
            .is_some_and(|unknown| !unknown.is_empty());
        if !is_unknown {
            continue;
        }
        for card in cards_of(entry) {
            if !page.contains(&format!("`{}`", card.key)) {
                faults.push(format!(
                    "{} ({}) is not in docs/semantics.md",
                    card.key, card.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_page_of_semantics_names_no_card_that_is_not_here() {
    let page = include_str!("../../../../docs/semantics.md");
    let known: Vec<&str> = all().iter().map(|card: &Card| card.key).collect();
    let modules: std::collections::HashSet<&str> = known
        .iter()
        .filter_map(|key| key.split(':').next())
        .collect();
    let unknown: Vec<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            word.split_once(':')
                .is_some_and(|(module, method)| modules.contains(module) && !method.contains(' '))
        })
        .filter(|word| !known.contains(word))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
