//! Deleting cards, and repairing what depended on them.

use super::links::{Now, bound_to, readers, relinked, same, sources, type_of};
use super::place::{outermost, with_inner};
use super::{CannotArrange, Scratch};
use crate::document::{Binding, Flow, InputRef, Output, OutputRef};
use crate::edit::FlowEdit;
use crate::id::StepId;
use crate::types::{Base, Fit, Type, fit};
use crate::walk::{Visible, addressed, visible_at_end, visible_outputs};

/// More earlier values than this are not offered for one field.
const MAX_OFFERS: usize = 60;

/// A field that reads cards which are about to be deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependant {
    /// The field.
    pub at: InputRef,
    /// What it reads of them.
    pub reads: Vec<OutputRef>,
    /// Earlier values of the same type that could take the place, the nearest first.
    pub offers: Vec<OutputRef>,
    /// The one among them that the deleted card passed on.
    pub passed_on: Option<OutputRef>,
}

/// What becomes of a field whose source is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Substitute {
    /// It stays as it is, and the checks name it.
    Leave,
    /// It is emptied; a text keeps what else is in it.
    Empty,
    /// It reads this value instead.
    Take(OutputRef),
}

/// Returns the fields of other cards that read these or what is inside them.
pub fn depending(flow: &Flow, ids: &[StepId]) -> Vec<Dependant> {
    let gone = with_inner(flow, &outermost(flow, ids));
    readers(flow, |source| gone.contains(&source.step))
        .into_iter()
        .filter(|reader| !gone.contains(&reader.at.step))
        .map(|reader| {
            let reads: Vec<OutputRef> = sources(&reader.binding)
                .into_iter()
                .filter(|source| gone.contains(&source.step))
                .cloned()
                .collect();
            let wanted = reads
                .first()
                .and_then(|source| type_of(flow, source))
                .unwrap_or_else(|| reader.ty.clone());
            let offers = offers(flow, &reader.at, &wanted, &gone);
            let passed_on = match reads.as_slice() {
                [only] => {
                    passed_on(flow, only, &wanted, &gone).filter(|source| offers.contains(source))
                }
                _ => None,
            };
            Dependant {
                at: reader.at,
                reads,
                offers,
                passed_on,
            }
        })
        .collect()
}

/// Returns the edit that deletes these cards and repairs what depended on them.
pub fn remove(
    flow: &Flow,
    ids: &[StepId],
    repairs: &[(InputRef, Substitute)],
) -> Result<FlowEdit, CannotArrange> {
    let ids = outermost(flow, ids);
    if ids.is_empty() {
        return Err(CannotArrange::Nothing);
    }
    let gone = with_inner(flow, &ids);
    let mut scratch = Scratch::on(flow);
    for (at, repair) in repairs {
        let Some(input) = flow.input(at) else {
            continue;
        };
        let binding = relinked(&input.binding, &|source| {
            if !gone.contains(&source.step) {
                return Now::Same;
            }
            match repair {
                Substitute::Leave => Now::Same,
                Substitute::Empty => Now::Gone,
                Substitute::Take(new) => {
                    let before = type_of(flow, source);
                    let is_alone = matches!(input.binding, Binding::Output { .. });
                    let old = (before.as_ref(), &input.binding);
                    match bound_to(flow, new.clone(), old, &input.ty) {
                        Some(binding) if is_alone => Now::Value(binding),
                        _ if !is_alone => Now::Source(new.clone()),
                        _ => Now::Same,
                    }
                }
            }
        });
        if binding != input.binding {
            scratch.make(FlowEdit::Bind {
                input: at.clone(),
                binding,
            })?;
        }
    }
    for id in ids {
        scratch.make(FlowEdit::RemoveStep { step: id })?;
    }
    Ok(scratch.into_edit())
}

/// Earlier values of this type that a field may use, without those that go.
fn offers(flow: &Flow, at: &InputRef, wanted: &Type, gone: &[StepId]) -> Vec<OutputRef> {
    let visible = match (&at.lane, at.yields) {
        (Some(lane), true) => visible_at_end(flow, &at.step, lane),
        _ => visible_outputs(flow, &at.step),
    };
    let mut found = Vec::new();
    for seen in visible.unwrap_or_default().iter().rev() {
        if gone.contains(&seen.step.id) {
            continue;
        }
        for output in seen.outputs().filter(|output| !output.hidden) {
            push_offers(seen, output, wanted, &mut found);
        }
    }
    found.truncate(MAX_OFFERS);
    found
}

/// The output itself, and the known keys of an object.
fn push_offers(seen: &Visible, output: &Output, wanted: &Type, found: &mut Vec<OutputRef>) {
    let whole = OutputRef {
        step: seen.step.id.clone(),
        field: output.key.clone(),
        path: Vec::new(),
    };
    if serves(&output.ty, wanted) {
        found.push(whole.clone());
    }
    if output.ty.list {
        return;
    }
    for known in output
        .ty
        .keys
        .iter()
        .filter(|known| serves(&known.ty, wanted))
    {
        found.push(OutputRef {
            path: vec![known.key.clone()],
            ..whole.clone()
        });
    }
}

fn serves(offered: &Type, wanted: &Type) -> bool {
    wanted.base == Base::Any || (same(offered, wanted) && fit(offered, wanted) == Fit::Same)
}

/// What a deleted card got in an input of the type that it gives here, through all deleted cards on the way.
fn passed_on(flow: &Flow, read: &OutputRef, wanted: &Type, gone: &[StepId]) -> Option<OutputRef> {
    let mut here = read.clone();
    for _ in 0..gone.len() {
        let step = flow.step(&here.step)?;
        let next = addressed(step).find_map(|(_, input)| {
            let Binding::Output { source, .. } = &input.binding else {
                return None;
            };
            let ty = type_of(flow, source)?;
            (wanted.base != Base::Any && same(&ty, wanted)).then(|| source.clone())
        })?;
        if !gone.contains(&next.step) {
            return Some(next);
        }
        here = next;
    }
    None
}
