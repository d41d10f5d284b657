//! Good input of each target, to begin with.

use cards::Language;
use flopack::import;
use flow::{CardKey, CardSpec, Example, Flow, FlowEdit, Place, StepId};
use serde_json::json;

use crate::pack::Counter;

/// Packs of ours, small.
const PACKS: [&str; 5] = [
    include_str!("../../flopack/tests/it/fixtures/plain.flopack"),
    include_str!("../../flopack/tests/it/fixtures/if.flopack"),
    include_str!("../../flopack/tests/it/fixtures/inline.flopack"),
    include_str!("../../flopack/tests/it/fixtures/event.flopack"),
    include_str!("../../flopack/tests/it/fixtures/calls.flopack"),
];

/// Returns good input for the target of this name.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "pack" => PACKS.map(|pack| pack.as_bytes().to_vec()).into(),
        "document" => PACKS.into_iter().flat_map(documents).collect(),
        "card" => examples(),
        "compose" => texts("string:compose"),
        _ => texts("math:expression"),
    }
}

fn documents(pack: &str) -> Vec<Vec<u8>> {
    let Ok(read) = import(pack.as_bytes(), &mut Counter(0)) else {
        return Vec::new();
    };
    let of_flow = |flow: &Flow| {
        let mut added = flow.steps.first()?.clone();
        let first = added.id.clone();
        added.id = StepId::from("added");
        added.lanes.clear();
        let edits = [
            FlowEdit::AddStep {
                step: Box::new(added),
                at: Place {
                    lane: None,
                    index: 1,
                },
            },
            FlowEdit::MoveStep {
                step: StepId::from("added"),
                to: Place {
                    lane: None,
                    index: 0,
                },
            },
            FlowEdit::Retitle {
                step: first.clone(),
                title: Some("Title".into()),
            },
            FlowEdit::RemoveStep { step: first },
            FlowEdit::Batch {
                edits: vec![FlowEdit::Rename { name: "N".into() }],
            },
        ];
        let mut parts = vec![json!(flow)];
        parts.extend(edits.map(|edit| json!(edit)));
        Some(json!(parts).to_string().into_bytes())
    };
    read.flows
        .iter()
        .filter_map(|flow| of_flow(&flow.flow))
        .collect()
}

fn examples() -> Vec<Vec<u8>> {
    let cards = cards::catalogue(Language::En).cards();
    let of_card = |card: &CardSpec| {
        let name = card.key.to_string();
        let line = |example: &Example| format!("{name}\n{}", json!(example.inputs));
        card.examples.iter().map(line).collect::<Vec<_>>()
    };
    cards.flat_map(of_card).map(String::into_bytes).collect()
}

fn texts(card: &str) -> Vec<Vec<u8>> {
    let cards = cards::catalogue(Language::En);
    let card = CardKey::parse(card).and_then(|key| cards.card(&key));
    let examples = card.map_or(&[][..], |card| &card.examples);
    let text = |example: &Example| example.inputs.get("_text_")?.as_str().map(str::to_owned);
    examples
        .iter()
        .filter_map(text)
        .map(String::into_bytes)
        .collect()
}
