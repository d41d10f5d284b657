//! A value on a branch that a card is not on: it becomes an output of the container around the branch, which gives it
//! when it took that branch, and nothing when it took another.

use super::links::{rebind, unusable};
use super::{Repair, RepairKind};
use crate::arrange::type_of;
use crate::check::{Problem, in_sight};
use crate::document::{Binding, FieldKey, Flow, Input, InputRef, LaneId, Output, OutputRef, Step};
use crate::edit::{FlowEdit, apply};
use crate::id::StepId;

pub(super) fn repairs(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    Some(repair(flow, problem).into_iter().collect())
}

fn repair(flow: &Flow, problem: &Problem) -> Option<Repair> {
    let at = problem.input.as_ref()?;
    // Each value is declared in the flow as the ones before have left it.
    let mut changed = flow.clone();
    let mut edits = Vec::new();
    let mut binding = flow.input(at)?.binding.clone();
    let ty = flow.input(at)?.ty.clone();
    let mut outermost = None;
    for source in unusable(flow, problem)? {
        let (more, offered) = declared(&mut changed, at, &source)?;
        edits.extend(more);
        rebind(&mut binding, &source, &offered, &changed, &ty)?;
        outermost = outermost.or(Some(offered.step));
    }
    edits.push(FlowEdit::Bind {
        input: at.clone(),
        binding,
    });
    Some(Repair {
        kind: RepairKind::Declare(outermost?),
        edit: FlowEdit::Batch { edits },
    })
}

/// Hands a value outwards through its containers until the field sees it.
fn declared(
    flow: &mut Flow,
    at: &InputRef,
    source: &OutputRef,
) -> Option<(Vec<FlowEdit>, OutputRef)> {
    const DEEPEST: usize = 32;
    let mut edits = Vec::new();
    let mut here = OutputRef {
        path: Vec::new(),
        ..source.clone()
    };
    for _ in 0..DEEPEST {
        let (container, lane) = around(&flow.steps, &here.step)?;
        let (id, lane) = (container.id.clone(), lane.clone());
        let known = already(container, &lane, &here);
        let key = match known {
            Some(key) => key,
            None => {
                let more = add(flow, &id, &lane, &here)?;
                let key = more.1;
                for edit in more.0 {
                    apply(flow, edit.clone()).ok()?;
                    edits.push(edit);
                }
                key
            }
        };
        here = OutputRef {
            step: id,
            field: key,
            path: Vec::new(),
        };
        let is_seen = in_sight(flow, at).iter().any(|seen| {
            seen.step.id == here.step && seen.outputs().any(|output| output.key == here.field)
        });
        if is_seen {
            let offered = OutputRef {
                path: source.path.clone(),
                ..here
            };
            return Some((edits, offered));
        }
    }
    None
}

/// The container and the lane that a card stands in.
fn around<'a>(steps: &'a [Step], id: &StepId) -> Option<(&'a Step, &'a LaneId)> {
    steps.iter().find_map(|step| {
        step.lanes.iter().find_map(|lane| {
            if lane.steps.iter().any(|inner| inner.id == *id) {
                return Some((step, &lane.id));
            }
            around(&lane.steps, id)
        })
    })
}

/// The output that hands this very value out already.
fn already(container: &Step, lane: &LaneId, value: &OutputRef) -> Option<FieldKey> {
    let yields = &container.lane(lane)?.yields;
    let found = yields.iter().find(|input| {
        matches!(&input.binding, Binding::Output { source, convert: None } if source == value)
    })?;
    container
        .output(&found.key)
        .map(|output| output.key.clone())
}

fn add(
    flow: &Flow,
    container: &StepId,
    lane: &LaneId,
    value: &OutputRef,
) -> Option<(Vec<FlowEdit>, FieldKey)> {
    let step = flow.step(container)?;
    let takes_outputs = matches!(
        step.card.as_str(),
        "control:if" | "control:branch" | "control:tryCatch"
    );
    if !takes_outputs {
        return None;
    }
    let ty = type_of(flow, value)?;
    let key = FieldKey::plain(free_name(step, &value.field.key));
    let mut edits = vec![FlowEdit::AddOutput {
        step: container.clone(),
        output: Box::new(Output {
            custom: true,
            ..Output::new(key.clone(), ty.clone())
        }),
        index: step.outputs.len(),
    }];
    for known in &step.lanes {
        let binding = if known.id == *lane {
            Binding::output(value.clone())
        } else {
            Binding::Empty
        };
        edits.push(FlowEdit::AddInput {
            at: InputRef {
                lane: Some(known.id.clone()),
                yields: true,
                ..InputRef::of(container.clone(), key.clone())
            },
            input: Box::new(Input {
                custom: true,
                binding,
                ..Input::new(key.clone(), ty.clone())
            }),
            index: known.yields.len(),
        });
    }
    Some((edits, key))
}

fn free_name(step: &Step, wanted: &str) -> String {
    let is_taken = |name: &str| {
        let of_inputs = step.all_inputs().any(|input| input.key.key == name);
        of_inputs || step.outputs.iter().any(|output| output.key.key == name)
    };
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    (2..)
        .map(|number| format!("{wanted} {number}"))
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| wanted.to_owned())
}
