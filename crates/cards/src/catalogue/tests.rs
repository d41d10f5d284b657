use std::collections::BTreeMap;

use chrono::DateTime;
use flow::{Arg, Args, CardError, CardKind, FieldKey, Outputs, Type, Value, coerce};
use serde_json::{Map, Value as Json};

use super::*;
use crate::declare::{Field, Sample, Seed};
use crate::words::in_japanese;

fn seed() -> Seed {
    Seed {
        now: DateTime::from_timestamp_millis(1_767_323_045_678).unwrap(),
        random: 7,
    }
}

/// Collects what is wrong with all cards and shows it at once.
#[track_caller]
fn check_all(check: impl Fn(&Card, &mut Vec<String>)) {
    let mut faults = Vec::new();
    for card in all() {
        let mut found = Vec::new();
        check(&card, &mut found);
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", card.key)),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn keys_are_unique_and_have_a_module_and_a_method() {
    let mut seen = BTreeMap::new();
    for card in all() {
        *seen.entry(card.key).or_insert(0) += 1;
        assert!(card.card_key().is_some(), "{}", card.key);
    }
    let twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(catalogue(Language::En).cards().count(), seen.len());
    assert_eq!(catalogue(Language::Ja).cards().count(), seen.len());
}

#[test]
fn every_card_has_a_name_and_help_in_both_languages() {
    check_all(|card, faults| {
        if card.name.en.is_empty() || card.name.ja.is_empty() {
            faults.push("has no name".into());
        }
        if !card.help.en.ends_with('.') || !card.help.en.starts_with(|c: char| c.is_uppercase()) {
            faults.push(format!("help: {}", card.help.en));
        }
        if !card.help.ja.ends_with('。') {
            faults.push(format!("help: {}", card.help.ja));
        }
        if card.icon.is_empty() {
            faults.push("has no icon".into());
        }
    });
}

#[test]
fn every_icon_is_in_the_sprite() {
    let sprite = include_str!("../../../../style/icons.svg");
    check_all(|card, faults| {
        if !sprite.contains(&format!("id=\"{}\"", card.icon)) {
            faults.push(format!("there is no icon {}", card.icon));
        }
    });
}

#[test]
fn every_label_has_a_japanese_word() {
    let mut missing = BTreeMap::new();
    for card in all() {
        let lanes = card.lanes.iter().flat_map(|lane| lane.inputs);
        for field in card.inputs.iter().chain(card.outputs).chain(lanes) {
            let choices = field.choices.iter().map(|pick| pick.label);
            let keys = field.keys.iter().map(|key| key.key);
            // Keys of the caller and the error are Okta's own words, and stay as they are.
            let keys = keys.filter(|key| key.starts_with(char::is_uppercase));
            for label in choices.chain(keys).chain([field.label]) {
                if in_japanese(label).is_none() {
                    missing.insert(label, card.key);
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn fields_of_a_card_are_unique() {
    check_all(|card, faults| {
        for fields in [card.inputs, card.outputs] {
            let mut seen = BTreeMap::new();
            for field in fields {
                if seen.insert((field.group, field.key), ()).is_some() {
                    faults.push(format!("{} › {} twice", field.group, field.key));
                }
                if field.key.is_empty() || field.label.is_empty() {
                    faults.push("a field without a name".into());
                }
                if let Some(default) = field.default
                    && serde_json::from_str::<Json>(default).is_err()
                {
                    faults.push(format!("{} starts with what is not JSON", field.key));
                }
            }
        }
    });
}

#[test]
fn every_example_holds() {
    check_all(|card, faults| {
        for example in card.examples {
            if let Err(fault) = run_example(card, example) {
                faults.push(format!("{} gives {fault}", example.inputs));
            }
        }
    });
}

#[test]
fn every_pure_card_has_an_example() {
    check_all(|card, faults| {
        let examples = card.examples.len();
        if matches!(card.run, Run::Pure(_))
            && examples == 0
            && card.listed
            && card.kind == CardKind::Function
        {
            faults.push("has no example".into());
        }
    });
}

fn run_example(card: &Card, example: &Sample) -> Result<(), String> {
    let expected: Json = serde_json::from_str(example.result).map_err(|e| e.to_string())?;
    let args = example_args(card, example, &expected)?;
    match (run(card, &args), &expected) {
        (Err(error), Json::String(code)) if error.code == *code => Ok(()),
        (Ok(outputs), Json::Object(wanted)) => {
            let given: Map<String, Json> = wanted
                .keys()
                .map(|key| (key.clone(), output_json(&outputs, key)))
                .collect();
            if given == *wanted {
                Ok(())
            } else {
                Err(Json::Object(given).to_string())
            }
        }
        (result, _) => Err(format!("{result:?}")),
    }
}

fn run(card: &Card, args: &Args) -> Result<Outputs, CardError> {
    match card.run {
        Run::Pure(eval) => eval(args),
        Run::Seeded(eval) => eval(args, &seed()),
        Run::Call { .. } | Run::Control => Err(CardError::new("not_run", "does not compute")),
    }
}

fn output_json(outputs: &Outputs, key: &str) -> Json {
    outputs
        .iter()
        .find(|(field, _)| field.key == key)
        .map_or(Json::String("(absent)".into()), |(_, value)| {
            value.to_json()
        })
}

/// An input that the card does not declare is one that the user added; an object under the name of no field is a
/// group of such inputs where the card takes groups.
fn example_args(card: &Card, example: &Sample, expected: &Json) -> Result<Args, String> {
    let inputs: Map<String, Json> =
        serde_json::from_str(example.inputs).map_err(|e| e.to_string())?;
    let mut args = Args::default();
    for (key, json) in &inputs {
        let value = Value::from_json(json).map_err(|e| e.to_string())?;
        let declared = card.inputs.iter().find(|field| field.key == key);
        match (declared, &value) {
            (None, Value::Object(group)) if ["options", "patterns"].contains(&key.as_str()) => {
                for (inner, value) in group.iter() {
                    args.inputs.push(Arg {
                        key: FieldKey::in_group(key.as_str(), inner.as_ref()),
                        value: value.clone(),
                        custom: true,
                    });
                }
            }
            _ => args.inputs.push(Arg {
                key: declared.map_or_else(|| FieldKey::plain(key.as_str()), Field::field_key),
                value: typed(declared, value),
                custom: declared.is_none(),
            }),
        }
    }
    if let Json::Object(wanted) = expected {
        args.wanted = wanted
            .keys()
            .map(|key| (FieldKey::plain(key.as_str()), Type::one(flow::Base::Any)))
            .collect();
    }
    Ok(args)
}

/// What does not fit the field stays as it is: the card must refuse it itself.
fn typed(field: Option<&Field>, value: Value) -> Value {
    field
        .and_then(|field| coerce(&value, None, &field.ty(Language::En)).ok())
        .unwrap_or(value)
}

#[test]
fn the_seeded_catalogue_of_events_and_actions_is_complete() {
    let okta = |kind| {
        all()
            .iter()
            .filter(|card| card.kind == kind && card.connector == Some("okta"))
            .count()
    };
    assert_eq!(okta(CardKind::Event), 73);
    assert_eq!(okta(CardKind::Action), 60);
}

#[test]
fn event_types_belong_to_event_cards_only() {
    check_all(|card, faults| {
        let types = crate::event_types(&card.card_key().unwrap());
        let is_okta_event = card.kind == CardKind::Event && card.connector.is_some();
        if is_okta_event == types.is_empty() {
            faults.push(format!("event types {types:?}"));
        }
    });
}

#[test]
fn an_unknown_card_is_unknown() {
    let key = CardKey::new("slack", "postMessage");
    assert!(run_of(&key).is_none());
    assert!(!is_confirmed(&key));
    assert!(catalogue(Language::Ja).card(&key).is_none());
}
