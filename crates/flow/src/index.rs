//! Finds cards by their ids without walking through the flow, and tells which card runs before which. Made once for a
//! state of the flow; whoever looks at every card of a large flow uses this.

use std::collections::HashMap;

use crate::document::{Flow, InputRef, LaneId, OutputRef, Step};
use crate::id::StepId;

/// Where each card stands in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepIndex {
    /// The way from the flow's own row: a card's position, then lane and position in turn.
    ways: HashMap<StepId, Box<[u32]>>,
}

impl StepIndex {
    /// Looks at every card once.
    pub fn of(flow: &Flow) -> Self {
        let mut index = Self::default();
        index.note(&flow.steps, &mut Vec::new());
        index
    }

    fn note(&mut self, row: &[Step], way: &mut Vec<u32>) {
        for (at, step) in (0..).zip(row) {
            way.push(at);
            // Of two cards with one id the first counts, as in `Flow::step`.
            self.ways
                .entry(step.id.clone())
                .or_insert_with(|| way.as_slice().into());
            for (lane, inner) in (0..).zip(&step.lanes) {
                way.push(lane);
                self.note(&inner.steps, way);
                way.pop();
            }
            way.pop();
        }
    }

    /// Returns the card of this id. `flow` may be newer than the index: then the card is searched.
    pub fn step<'a>(&self, flow: &'a Flow, id: &StepId) -> Option<&'a Step> {
        self.ways
            .get(id)
            .and_then(|way| follow(&flow.steps, way))
            .filter(|step| step.id == *id)
            .or_else(|| flow.step(id))
    }

    /// Returns the cards around a card, the outermost first, each with the lane that leads to it.
    pub fn around(&self, flow: &Flow, id: &StepId) -> Vec<(StepId, LaneId)> {
        let mut found = Vec::new();
        let mut row = flow.steps.as_slice();
        let way = self.ways.get(id).map(|way| &**way).unwrap_or_default();
        for pair in way.chunks_exact(2) {
            let &[at, lane] = pair else { break };
            let Some(step) = row.get(at as usize) else {
                break;
            };
            let Some(lane) = step.lanes.get(lane as usize) else {
                break;
            };
            found.push((step.id.clone(), lane.id.clone()));
            row = &lane.steps;
        }
        found
    }

    /// Tells whether the input at `at` sees an output: its card stands before in the row or in a row around; what a lane
    /// yields also sees the lane's own row. The error of an If Error is in sight in its error lane, and only there.
    pub fn sees(&self, flow: &Flow, at: &InputRef, source: &OutputRef) -> bool {
        let (Some(from), Some(to)) = (self.ways.get(&source.step), self.ways.get(&at.step)) else {
            return false;
        };
        let Some(card) = self.step(flow, &source.step) else {
            return false;
        };
        let is_error = card.card.is("control", "tryCatch") && source.field.is("context", "error");
        let yields = at.lane.as_ref().filter(|_| at.yields);
        if is_error {
            let lane_of = |id: &LaneId| card.lanes.iter().position(|lane| lane.id == *id);
            let error = lane_of(&LaneId::new("error")).and_then(|lane| u32::try_from(lane).ok());
            let inside = to.len() > from.len() && to.starts_with(from);
            return error.is_some()
                && (inside && to.get(from.len()).copied() == error
                    || to == from && yields.is_some_and(|lane| lane.as_str() == "error"));
        }
        let before = from.split_last().is_some_and(|(position, row)| {
            to.starts_with(row) && to.get(row.len()).is_some_and(|here| position < here)
        });
        before || yields.is_some_and(|lane| self.is_in_row_of(flow, from, at, lane))
    }

    /// Tells whether the card at `from` stands in the row of a lane of the card at `at`.
    fn is_in_row_of(&self, flow: &Flow, from: &[u32], at: &InputRef, lane: &LaneId) -> bool {
        let (Some(to), Some(container)) = (self.ways.get(&at.step), self.step(flow, &at.step))
        else {
            return false;
        };
        let lane = container.lanes.iter().position(|known| known.id == *lane);
        let lane = lane.and_then(|lane| u32::try_from(lane).ok());
        from.len() == to.len() + 2
            && from.starts_with(to)
            && lane.is_some()
            && from.get(to.len()).copied() == lane
    }
}

fn follow<'a>(row: &'a [Step], way: &[u32]) -> Option<&'a Step> {
    let (&at, rest) = way.split_first()?;
    let step = row.get(at as usize)?;
    match rest.split_first() {
        None => Some(step),
        Some((&lane, rest)) => follow(&step.lanes.get(lane as usize)?.steps, rest),
    }
}
