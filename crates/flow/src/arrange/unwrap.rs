//! Taking cards out of their container: the way back from wrapping them.

use super::links::{Now, Reader, bound_to, relinked, sources, type_of};
use super::place::place_of;
use super::{CannotArrange, Scratch};
use crate::document::{Binding, Flow, Lane, OutputRef, Step};
use crate::edit::{FlowEdit, Place};
use crate::id::StepId;
use crate::walk::addressed;

/// A container dissolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Unwrapped {
    /// The edit.
    pub edit: FlowEdit,
    /// The cards that were inside, in order.
    pub cards: Vec<StepId>,
    /// Fields that lost their value: nothing inside gave it.
    pub lost: usize,
}

/// Returns the edit that puts the cards of a container in its place. Fields that read an output of the container read what
/// its branch gave instead; where it gave nothing they stay as they are, and the checks name them.
///
/// Only one branch may hold cards: which of two would stay is not ours to decide.
pub fn unwrap(flow: &Flow, container: &StepId) -> Result<Unwrapped, CannotArrange> {
    let step = flow.step(container).ok_or(CannotArrange::Nothing)?;
    let at = place_of(flow, container).ok_or(CannotArrange::Nothing)?;
    let lane = only_lane(step)?;
    let cards: Vec<StepId> = lane.steps.iter().map(|inner| inner.id.clone()).collect();
    let readers = readers_outside(flow, step);

    let mut scratch = Scratch::on(flow);
    for (offset, id) in cards.iter().enumerate() {
        scratch.make(FlowEdit::MoveStep {
            step: id.clone(),
            to: Place {
                lane: at.lane.clone(),
                index: at.index + 1 + offset,
            },
        })?;
    }
    let mut lost = 0;
    for reader in readers {
        let binding = relinked(&reader.binding, &|source| {
            given(flow, step, lane, &reader, source)
        });
        lost += usize::from(
            sources(&binding)
                .iter()
                .any(|source| source.step == *container),
        );
        if binding != reader.binding {
            scratch.make(FlowEdit::Bind {
                input: reader.at,
                binding,
            })?;
        }
    }
    scratch.make(FlowEdit::RemoveStep {
        step: container.clone(),
    })?;
    Ok(Unwrapped {
        edit: scratch.into_edit(),
        cards,
        lost,
    })
}

fn only_lane(step: &Step) -> Result<&Lane, CannotArrange> {
    let mut filled = step.lanes.iter().filter(|lane| !lane.steps.is_empty());
    match (filled.next(), filled.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(CannotArrange::SeveralLanes),
        (None, _) => step.lanes.first().ok_or(CannotArrange::NoContainer),
    }
}

fn readers_outside(flow: &Flow, container: &Step) -> Vec<Reader> {
    let mut found = Vec::new();
    for step in flow.all_steps() {
        // What the container itself gives goes with it.
        if step.id == container.id {
            continue;
        }
        for (at, input) in addressed(step) {
            let reads = sources(&input.binding)
                .iter()
                .any(|source| source.step == container.id);
            if reads {
                found.push(Reader {
                    at,
                    ty: input.ty.clone(),
                    binding: input.binding.clone(),
                });
            }
        }
    }
    found
}

/// What the branch gave for an output of its container.
fn given(flow: &Flow, container: &Step, lane: &Lane, reader: &Reader, source: &OutputRef) -> Now {
    if source.step != container.id {
        return Now::Same;
    }
    let Some(gives) = lane.yields.iter().find(|input| input.key == source.field) else {
        return Now::Same;
    };
    let is_whole = source.path.is_empty();
    let in_text = matches!(reader.binding, Binding::Template { .. });
    match &gives.binding {
        Binding::Output {
            source: inner,
            convert: None,
        } => {
            let mut path = inner.path.clone();
            path.extend(source.path.iter().cloned());
            let inner = OutputRef {
                path,
                ..inner.clone()
            };
            if in_text {
                return Now::Source(inner);
            }
            let before = type_of(flow, source);
            match bound_to(flow, inner, (before.as_ref(), &reader.binding), &reader.ty) {
                Some(binding) => Now::Value(binding),
                None => Now::Same,
            }
        }
        // A conversion on the way can only be kept where the field takes the result as it is.
        Binding::Output { .. } if is_whole && takes_as_is(&reader.binding) => {
            Now::Value(gives.binding.clone())
        }
        Binding::Constant { .. } | Binding::Template { .. } if is_whole => {
            if in_text || takes_as_is(&reader.binding) {
                Now::Value(gives.binding.clone())
            } else {
                Now::Same
            }
        }
        Binding::Empty => Now::Gone,
        _ => Now::Same,
    }
}

fn takes_as_is(binding: &Binding) -> bool {
    matches!(binding, Binding::Output { convert: None, .. })
}
