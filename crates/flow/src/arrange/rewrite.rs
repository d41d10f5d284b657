//! Turning one flow into another by one edit: what an older version or somebody else's draft brings can be taken back like
//! any other change.

use crate::document::Flow;
use crate::edit::{FlowEdit, Place};

/// Returns the edit that makes `from` what `to` is, apart from its id; nothing where it is that already.
pub fn rewrite(from: &Flow, to: &Flow) -> Option<FlowEdit> {
    let mut edits = Vec::new();
    if from.name != to.name {
        edits.push(FlowEdit::Rename {
            name: to.name.clone(),
        });
    }
    if from.description != to.description {
        edits.push(FlowEdit::Describe {
            description: to.description.clone(),
        });
    }
    if from.schedule != to.schedule {
        edits.push(FlowEdit::Plan {
            schedule: to.schedule.clone(),
        });
    }
    if from.access != to.access {
        edits.push(FlowEdit::Open { access: to.access });
    }
    if from.on_error != to.on_error {
        edits.push(FlowEdit::HandleErrors {
            on_error: to.on_error.clone(),
        });
    }
    if from.saves_data != to.saves_data {
        edits.push(FlowEdit::KeepData {
            saves_data: to.saves_data,
        });
    }
    edits.extend(steps(from, to));
    edits.extend(pins(from, to));
    (!edits.is_empty()).then_some(FlowEdit::Batch { edits })
}

fn pins(from: &Flow, to: &Flow) -> Vec<FlowEdit> {
    let gone = from.pins.iter().filter(|pin| to.pin(&pin.step).is_none());
    let gone = gone.map(|pin| FlowEdit::Pin {
        step: pin.step.clone(),
        outputs: None,
    });
    let come = to
        .pins
        .iter()
        .filter(|pin| from.pin(&pin.step) != Some(pin));
    let come = come.map(|pin| FlowEdit::Pin {
        step: pin.step.clone(),
        outputs: Some(pin.outputs.clone()),
    });
    gone.chain(come).collect()
}

/// Cards at the beginning and at the end that are the same stay; those between are exchanged.
fn steps(from: &Flow, to: &Flow) -> Vec<FlowEdit> {
    let (old, new) = (&from.steps, &to.steps);
    let head = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let most = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(old, new)| old == new)
        .count();
    let gone = old.get(head..old.len() - tail).unwrap_or_default();
    let come = new.get(head..new.len() - tail).unwrap_or_default();
    let gone = gone.iter().map(|step| FlowEdit::RemoveStep {
        step: step.id.clone(),
    });
    let come = come
        .iter()
        .enumerate()
        .map(|(offset, step)| FlowEdit::AddStep {
            step: Box::new(step.clone()),
            at: Place {
                lane: None,
                index: head + offset,
            },
        });
    gone.chain(come).collect()
}
