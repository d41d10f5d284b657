//! Putting a container around cards. What later cards read of them becomes an output of the container.

use super::links::{Now, free_name, name_of, outputs_read, readers_of, relinked};
use super::place::{has_start, together, with_inner};
use super::{CannotArrange, Scratch};
use crate::document::{Binding, FieldKey, Flow, Input, InputRef, LaneId, Output, OutputRef, Step};
use crate::edit::{FlowEdit, Place};
use crate::id::StepId;
use crate::walk::addressed;

/// Returns the edit that puts `container` in the place of these cards and the cards into its lane `lane`.
///
/// Outputs that later cards read are declared on the container and given by the lane, so that a flow without problems has
/// none afterwards but those of the container's own empty fields.
pub fn wrap(
    flow: &Flow,
    ids: &[StepId],
    container: Step,
    lane: &LaneId,
) -> Result<FlowEdit, CannotArrange> {
    let span = together(flow, ids)?;
    if span.at.lane.is_none() && has_start(flow, &span.ids) {
        return Err(CannotArrange::Start);
    }
    let readers = readers_of(flow, &span.ids, &with_inner(flow, &span.ids));
    let read = outputs_read(flow, &span.ids, &readers);
    let id = container.id.clone();
    let declared = declare(&container, &read);

    let mut scratch = Scratch::on(flow);
    let lanes: Vec<LaneId> = container.lanes.iter().map(|lane| lane.id.clone()).collect();
    scratch.make(FlowEdit::AddStep {
        step: Box::new(container),
        at: span.at.clone(),
    })?;
    for (index, step) in span.ids.iter().enumerate() {
        scratch.make(FlowEdit::MoveStep {
            step: step.clone(),
            to: Place {
                lane: Some((id.clone(), lane.clone())),
                index,
            },
        })?;
    }
    for (source, output) in &declared {
        for edit in declaring(&id, &lanes, lane, source, output) {
            scratch.make(edit)?;
        }
    }
    let moved = |source: &OutputRef| {
        let found = declared
            .iter()
            .find(|(old, _)| old.step == source.step && old.field == source.field);
        match found {
            None => Now::Same,
            Some((_, output)) => Now::Source(OutputRef {
                step: id.clone(),
                field: output.key.clone(),
                path: source.path.clone(),
            }),
        }
    };
    for reader in readers {
        scratch.make(FlowEdit::Bind {
            binding: relinked(&reader.binding, &moved),
            input: reader.at,
        })?;
    }
    Ok(scratch.into_edit())
}

fn declare(container: &Step, read: &[(OutputRef, Output)]) -> Vec<(OutputRef, Output)> {
    let mut taken: Vec<String> = container
        .outputs
        .iter()
        .map(|output| output.key.key.clone())
        .chain(addressed(container).map(|(at, _)| at.field.key))
        .collect();
    read.iter()
        .map(|(source, output)| {
            let name = free_name(&name_of(output), &|name| {
                taken.iter().any(|known| known == name)
            });
            taken.push(name.clone());
            let declared = Output {
                custom: true,
                ..Output::new(FieldKey::plain(name), output.ty.clone())
            };
            (source.clone(), declared)
        })
        .collect()
}

/// The edits that declare an output of a container, given by one of its lanes and empty in the others.
fn declaring(
    id: &StepId,
    lanes: &[LaneId],
    giving: &LaneId,
    source: &OutputRef,
    output: &Output,
) -> Vec<FlowEdit> {
    let declared = FlowEdit::AddOutput {
        step: id.clone(),
        output: Box::new(output.clone()),
        index: usize::MAX,
    };
    let yields = lanes.iter().map(|lane| FlowEdit::AddInput {
        at: InputRef {
            lane: Some(lane.clone()),
            yields: true,
            ..InputRef::of(id.clone(), output.key.clone())
        },
        input: Box::new(Input {
            custom: true,
            binding: if lane == giving {
                Binding::output(source.clone())
            } else {
                Binding::Empty
            },
            ..Input::new(output.key.clone(), output.ty.clone())
        }),
        index: usize::MAX,
    });
    std::iter::once(declared).chain(yields).collect()
}

/// Returns the cards among these that end the row they stand in: Return and Continue If, also inside If/Else, whose branches
/// belong to the row around it. Inside If/ElseIf and If Error they end only the branch.
pub fn ends_row(flow: &Flow, ids: &[StepId]) -> Vec<StepId> {
    let mut found = Vec::new();
    for step in ids.iter().filter_map(|id| flow.step(id)) {
        collect_ends(step, &mut found);
    }
    found
}

fn collect_ends(step: &Step, found: &mut Vec<StepId>) {
    if matches!(
        step.card.as_str(),
        "control:return" | "control:continueIf" | "control:returnRaw"
    ) {
        found.push(step.id.clone());
    }
    if step.card.is("control", "if") {
        for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
            collect_ends(inner, found);
        }
    }
}
