//! For every action card several sets of inputs, with every option and every choice among them.

use std::collections::BTreeMap;

use cards::{Language, catalogue};
use flow::{Arg, Args, CardKey, CardKind, CardSpec, FieldKey, Value};
use serde_json::{Map, Value as Json};

use crate::given::{Given, Names};

mod applications;
mod groups;
mod searches;
mod sources;
mod users;

/// One run of a card.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The method of the card, as flows name it.
    pub(crate) card: &'static str,
    pub(crate) given: &'static [Given],
    /// Inputs as `group/key`; placeholders stand for what is given.
    pub(crate) inputs: Map<String, Json>,
}

pub(crate) fn case(card: &'static str, given: &'static [Given], inputs: Json) -> Case {
    let Json::Object(inputs) = inputs else {
        panic!("{card}: {inputs}");
    };
    Case {
        card,
        given,
        inputs,
    }
}

impl Case {
    pub(crate) fn key(&self) -> CardKey {
        CardKey::new("okta", self.card)
    }

    /// The inputs with everything that is given in its place.
    pub(crate) fn args(&self, names: &Names) -> Args {
        let inputs = self.inputs.iter().map(|(at, json)| {
            let (group, key) = at.split_once('/').unwrap();
            Arg {
                key: FieldKey::in_group(group, key),
                value: Value::from_json(&filled(json, names)).unwrap(),
                custom: false,
            }
        });
        Args {
            inputs: inputs.collect(),
            wanted: Vec::new(),
        }
    }
}

fn filled(json: &Json, names: &Names) -> Json {
    match json {
        Json::String(text) => {
            let mut text = text.clone();
            for (name, value) in names {
                text = text.replace(&format!("{{{name}}}"), value);
            }
            Json::String(text)
        }
        Json::Array(items) => items.iter().map(|item| filled(item, names)).collect(),
        Json::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), filled(value, names)));
            Json::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// Cards that make no fixed call; they have tests of their own.
pub(crate) const WITHOUT_CALL: [&str; 2] = ["hTTPRequest", "mapProfileSourceAttributes"];

pub(crate) fn all() -> Vec<Case> {
    let mut cases = users::cases();
    cases.extend(searches::cases());
    cases.extend(groups::cases());
    cases.extend(applications::cases());
    cases.extend(sources::cases());
    cases
}

/// The 60 action cards by method.
pub(crate) fn actions() -> BTreeMap<&'static str, &'static CardSpec> {
    catalogue(Language::En)
        .cards()
        .filter(|card| card.kind == CardKind::Action && card.connector.as_deref() == Some("okta"))
        .map(|card| (card.key.method(), card))
        .collect()
}
