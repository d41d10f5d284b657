//! Two flows as one: for a drawing of both, and for taking one card of the other.

use super::place::{Index, index_beside, row_mut, shell};
use crate::document::{Flow, Step};
use crate::id::StepId;

/// Returns the new flow with the cards of the old one that it no longer has, each beside the cards it stood beside. A
/// card whose branch is gone too cannot be shown.
pub fn drawn_together(old: &Flow, new: &Flow) -> Flow {
    let before = Index::of(old);
    let after = Index::of(new);
    let mut both = new.clone();
    for (row, steps) in &before.rows {
        for (at, step) in steps.iter().enumerate() {
            if after.holds(&step.id) {
                continue;
            }
            // Rows come from the outside in, so a container that is gone is already there as a shell.
            if let Some(row) = row_mut(&mut both, *row) {
                let index = index_beside(row, steps, at);
                row.insert(index, shell(step));
            }
        }
    }
    both
}

/// Returns `now` with one card as it is in `before`: its own fields where `now` still has it, all of it where it is gone.
/// Nothing where `before` has no such card, or where its branch is gone.
pub fn bring_back(now: &Flow, before: &Flow, id: &StepId) -> Option<Flow> {
    let was = Index::of(before);
    let here = Index::of(now);
    let stood = was.find(id)?;
    let mut flow = now.clone();
    if let Some(step) = flow.step_mut(id) {
        let mut kept = std::mem::take(&mut step.lanes);
        *step = shell(stood.step);
        for lane in &mut step.lanes {
            if let Some(known) = kept.iter_mut().find(|known| known.id == lane.id) {
                lane.steps = std::mem::take(&mut known.steps);
            }
        }
        // A branch that it did not have then stays while cards stand in it.
        kept.retain(|lane| !lane.steps.is_empty());
        step.lanes.extend(kept);
        return Some(flow);
    }
    let (_, steps) = was.rows.iter().find(|(row, _)| *row == stood.row)?;
    let row = row_mut(&mut flow, stood.row)?;
    let index = index_beside(row, steps, stood.index);
    row.insert(index, without(stood.step, &here));
    Some(flow)
}

/// A card with what stood in it, but for cards that are elsewhere now.
fn without(step: &Step, here: &Index<'_>) -> Step {
    let mut copy = shell(step);
    for (lane, from) in copy.lanes.iter_mut().zip(&step.lanes) {
        lane.steps = from
            .steps
            .iter()
            .filter(|inner| !here.holds(&inner.id))
            .map(|inner| without(inner, here))
            .collect();
    }
    copy
}
