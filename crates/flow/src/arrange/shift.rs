//! Moving several cards to one place.

use super::place::{has_start, outermost, place_of, row_of};
use super::{CannotArrange, Scratch};
use crate::document::Flow;
use crate::edit::{FlowEdit, Place};
use crate::id::StepId;

/// Returns the edit that moves these cards side by side to a place, in reading order. The place is counted with all cards
/// where they stand. Nothing where they stand there already.
pub fn shift(flow: &Flow, ids: &[StepId], to: &Place) -> Result<Option<FlowEdit>, CannotArrange> {
    let ids = outermost(flow, ids);
    if ids.is_empty() {
        return Err(CannotArrange::Nothing);
    }
    if has_start(flow, &ids) {
        return Err(CannotArrange::Start);
    }
    let row = row_of(flow, to).ok_or(CannotArrange::Nothing)?;
    // The card that they go before: its place follows from the moves.
    let before = row
        .iter()
        .skip(to.index)
        .find(|step| !ids.contains(&step.id))
        .map(|step| step.id.clone());
    let mut scratch = Scratch::on(flow);
    for id in ids {
        let end = row_of(&scratch.flow, to).map_or(0, <[_]>::len);
        let index = match &before {
            Some(before) => place_of(&scratch.flow, before).map_or(end, |at| at.index),
            None => end,
        };
        let from = place_of(&scratch.flow, &id).ok_or(CannotArrange::Nothing)?;
        let is_before = from.lane == to.lane && from.index < index;
        let to = Place {
            lane: to.lane.clone(),
            index: index - usize::from(is_before),
        };
        if from != to {
            scratch.make(FlowEdit::MoveStep { step: id, to })?;
        }
    }
    Ok((scratch.flow.steps != flow.steps).then(|| scratch.into_edit()))
}
