//! The cases leave nothing out: every card, every input, every choice.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cases::{WITHOUT_CALL, actions, all};

#[test]
fn every_card_has_cases_with_every_input_and_every_choice() {
    let cases = all();
    let mut missing = Vec::new();
    for (method, card) in actions() {
        if WITHOUT_CALL.contains(&method) {
            continue;
        }
        let used: Vec<(&String, &Json)> = cases
            .iter()
            .filter(|case| case.card == method)
            .flat_map(|case| &case.inputs)
            .collect();
        for field in &card.inputs {
            let group = field.key.group.as_deref().unwrap_or_default();
            let at = format!("{group}/{}", field.key.key);
            // The helper flow of a stream means something to the engine only.
            if at == "Streaming/Flow" {
                continue;
            }
            if !used.iter().any(|(known, _)| **known == at) {
                missing.push(format!("{method}: {at}"));
            }
            for choice in &field.choices {
                let is_used = used
                    .iter()
                    .any(|(known, value)| **known == at && **value == choice.value);
                if !is_used {
                    missing.push(format!("{method}: {at} = {}", choice.value));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_case_names_what_there_is_not() {
    let actions = actions();
    assert_eq!(actions.len(), 60);
    let unknown: BTreeSet<&str> = all()
        .iter()
        .map(|case| case.card)
        .filter(|card| !actions.contains_key(card))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
