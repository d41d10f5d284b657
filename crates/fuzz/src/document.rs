//! A document that a script sent.

use cards::Language;
use flow::{Flow, FlowEdit, Granted, apply};
use serde_json::Value as Json;

/// Reads the bytes as `[flow, edit, …]`: checks and compiles the flow, makes the edits, and takes them back.
pub fn document(bytes: &[u8]) {
    let Ok((flow, edits)) = read(bytes) else {
        return;
    };
    let catalogue = cards::catalogue(Language::En);
    let mut edited = flow.clone();
    let mut undos = Vec::new();
    for edit in edits {
        let before = edited.clone();
        match apply(&mut edited, edit) {
            Ok(undo) => undos.push(undo),
            Err(_) => assert_eq!(edited, before, "a refused edit changed the flow"),
        }
        flow::check(&edited, catalogue, &Granted::new());
        engine::Plan::compile(&edited);
    }
    for undo in undos.into_iter().rev() {
        assert!(apply(&mut edited, undo).is_ok(), "an undo was refused");
    }
    assert_eq!(edited, flow, "undoing everything gives another flow");
}

fn read(bytes: &[u8]) -> Result<(Flow, Vec<FlowEdit>), serde_json::Error> {
    let parts: Vec<Json> = serde_json::from_slice(bytes)?;
    let mut parts = parts.into_iter();
    let flow = serde_json::from_value(parts.next().unwrap_or_default())?;
    let edits = parts
        .map(serde_json::from_value)
        .collect::<Result<_, _>>()?;
    Ok((flow, edits))
}
