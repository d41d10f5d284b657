//! Where cards stand, and which of them stand together.

use super::CannotArrange;
use crate::document::{Flow, LaneId, Step};
use crate::edit::Place;
use crate::id::StepId;

/// Returns where a card stands.
pub fn place_of(flow: &Flow, id: &StepId) -> Option<Place> {
    place_in(&flow.steps, None, id)
}

fn place_in(row: &[Step], lane: Option<(StepId, LaneId)>, id: &StepId) -> Option<Place> {
    if let Some(index) = row.iter().position(|step| step.id == *id) {
        return Some(Place { lane, index });
    }
    row.iter().find_map(|step| {
        step.lanes.iter().find_map(|inner| {
            let lane = Some((step.id.clone(), inner.id.clone()));
            place_in(&inner.steps, lane, id)
        })
    })
}

/// Returns the cards of the row that a place is in.
pub fn row_of<'a>(flow: &'a Flow, place: &Place) -> Option<&'a [Step]> {
    match &place.lane {
        None => Some(&flow.steps),
        Some((container, lane)) => Some(&flow.step(container)?.lane(lane)?.steps),
    }
}

/// Returns these cards in reading order, each once, without those that stand inside another of them. Unknown ids are left
/// out.
pub fn outermost(flow: &Flow, ids: &[StepId]) -> Vec<StepId> {
    let mut found = Vec::new();
    collect(&flow.steps, ids, &mut found);
    found
}

fn collect(row: &[Step], ids: &[StepId], found: &mut Vec<StepId>) {
    for step in row {
        if ids.contains(&step.id) {
            found.push(step.id.clone());
            continue;
        }
        for lane in &step.lanes {
            collect(&lane.steps, ids, found);
        }
    }
}

/// Cards side by side in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where the first one stands.
    pub at: Place,
    /// The cards, in order.
    pub ids: Vec<StepId>,
}

/// Returns these cards as a part of one row. Notes between them come along.
pub fn together(flow: &Flow, ids: &[StepId]) -> Result<Span, CannotArrange> {
    let ids = outermost(flow, ids);
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
        return Err(CannotArrange::Nothing);
    };
    let at = place_of(flow, first).ok_or(CannotArrange::Nothing)?;
    let end = place_of(flow, last).ok_or(CannotArrange::Nothing)?;
    let row = row_of(flow, &at).unwrap_or_default();
    let between = row.get(at.index..=end.index).unwrap_or_default();
    let is_one = at.lane == end.lane
        && between
            .iter()
            .all(|step| step.is_note() || ids.contains(&step.id))
        && ids
            .iter()
            .all(|id| between.iter().any(|step| step.id == *id));
    if !is_one {
        return Err(CannotArrange::NotTogether);
    }
    Ok(Span {
        at,
        ids: between.iter().map(|step| step.id.clone()).collect(),
    })
}

/// Tells whether the card that starts the flow is among these.
pub(super) fn has_start(flow: &Flow, ids: &[StepId]) -> bool {
    flow.steps
        .first()
        .is_some_and(|first| !first.is_note() && ids.contains(&first.id))
}

/// Returns the ids of these cards and of everything inside them.
pub(super) fn with_inner(flow: &Flow, ids: &[StepId]) -> Vec<StepId> {
    let mut found = Vec::new();
    for step in ids.iter().filter_map(|id| flow.step(id)) {
        push_all(step, &mut found);
    }
    found
}

fn push_all(step: &Step, found: &mut Vec<StepId>) {
    found.push(step.id.clone());
    for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
        push_all(inner, found);
    }
}
