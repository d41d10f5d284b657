//! Where each card stands, and which ones stand elsewhere.

use std::collections::{HashMap, HashSet};

use crate::document::{Flow, LaneId, Step};
use crate::edit::Place;
use crate::id::StepId;

/// A row of cards: a lane of a container, or the flow's own row.
pub(super) type Row<'a> = Option<(&'a StepId, &'a LaneId)>;

/// A card and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Stands<'a> {
    pub(super) step: &'a Step,
    pub(super) row: Row<'a>,
    pub(super) index: usize,
}

/// All cards of a flow by id, and all rows from the outside in.
pub(super) struct Index<'a> {
    cards: HashMap<&'a StepId, Stands<'a>>,
    pub(super) rows: Vec<(Row<'a>, &'a [Step])>,
}

impl<'a> Index<'a> {
    pub(super) fn of(flow: &'a Flow) -> Self {
        let mut index = Self {
            cards: HashMap::new(),
            rows: Vec::new(),
        };
        index.add(None, &flow.steps);
        index
    }

    fn add(&mut self, row: Row<'a>, steps: &'a [Step]) {
        self.rows.push((row, steps));
        for (index, step) in steps.iter().enumerate() {
            self.cards.insert(&step.id, Stands { step, row, index });
        }
        for step in steps {
            for lane in &step.lanes {
                self.add(Some((&step.id, &lane.id)), &lane.steps);
            }
        }
    }

    pub(super) fn find(&self, id: &StepId) -> Option<Stands<'a>> {
        self.cards.get(id).copied()
    }

    pub(super) fn step(&self, id: &StepId) -> Option<&'a Step> {
        self.find(id).map(|found| found.step)
    }

    pub(super) fn holds(&self, id: &StepId) -> bool {
        self.cards.contains_key(id)
    }

    /// Returns the containers around a card, the inner one first.
    pub(super) fn around(&self, id: &StepId) -> Vec<&'a StepId> {
        let mut around = Vec::new();
        let mut row = self.find(id).and_then(|found| found.row);
        while let Some((container, _)) = row {
            around.push(container);
            row = self.find(container).and_then(|found| found.row);
        }
        around
    }
}

/// Returns the cards that both flows have and that stand elsewhere in the new one. In a row that was reordered these are
/// as few as possible.
pub(super) fn moved<'a>(old: &Index<'_>, new: &Index<'a>) -> HashSet<&'a StepId> {
    let mut moved = HashSet::new();
    for (row, steps) in &new.rows {
        let stable = stable_in(old, *row, steps);
        let common = steps.iter().filter(|step| old.holds(&step.id));
        moved.extend(
            common
                .map(|step| &step.id)
                .filter(|id| !stable.contains(id)),
        );
    }
    moved
}

/// Returns the cards of a new row that stood in the same row before, in the same order.
pub(super) fn stable_in<'a>(
    old: &Index<'_>,
    row: Row<'_>,
    steps: &'a [Step],
) -> HashSet<&'a StepId> {
    let stayed: Vec<(&StepId, usize)> = steps
        .iter()
        .filter_map(|step| {
            let before = old.find(&step.id)?;
            (before.row == row).then_some((&step.id, before.index))
        })
        .collect();
    let positions: Vec<usize> = stayed.iter().map(|(_, index)| *index).collect();
    longest_rise(&positions)
        .into_iter()
        .filter_map(|at| stayed.get(at).map(|(id, _)| *id))
        .collect()
}

/// Returns where the longest rising sequence of `numbers` stands, by patience sorting: n log n.
pub(super) fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // The end of the best sequence of each length, and what stands before each number in the best one that it ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers.get(*end) < Some(number));
        before.push(
            length
                .checked_sub(1)
                .and_then(|last| ends.get(last).copied()),
        );
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut rise = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        rise.push(at);
        next = before.get(at).copied().flatten();
    }
    rise.reverse();
    rise
}

/// Returns a place as edits name it.
pub(super) fn place(row: Row<'_>, index: usize) -> Place {
    Place {
        lane: row.map(|(step, lane)| (step.clone(), lane.clone())),
        index,
    }
}

/// Returns the row of a flow, to be changed.
pub(super) fn row_mut<'a>(flow: &'a mut Flow, row: Row<'_>) -> Option<&'a mut Vec<Step>> {
    let Some((container, lane)) = row else {
        return Some(&mut flow.steps);
    };
    let step = flow.step_mut(container)?;
    let lane = step.lanes.iter_mut().find(|known| known.id == *lane)?;
    Some(&mut lane.steps)
}

/// Returns where a card goes into a row that has only some of the cards of `wanted`: behind the nearest one before it,
/// else before the nearest one behind it, else to the end.
pub(super) fn index_beside(row: &[Step], wanted: &[Step], at: usize) -> usize {
    let here: HashMap<&StepId, usize> = row
        .iter()
        .enumerate()
        .map(|(index, step)| (&step.id, index))
        .collect();
    let before = wanted.iter().take(at).rev();
    if let Some(index) = before
        .map(|step| here.get(&step.id))
        .find_map(|found| found)
    {
        return index + 1;
    }
    let mut behind = wanted.iter().skip(at + 1);
    behind
        .find_map(|step| here.get(&step.id).copied())
        .unwrap_or(row.len())
}

/// Returns a card without what stands in its lanes.
pub(super) fn shell(step: &Step) -> Step {
    let lanes = step.lanes.iter().map(|lane| crate::document::Lane {
        id: lane.id.clone(),
        inputs: lane.inputs.clone(),
        steps: Vec::new(),
        yields: lane.yields.clone(),
    });
    Step {
        lanes: lanes.collect(),
        ..bare(step)
    }
}

/// Returns a card without lanes, so that what stands in them is not copied.
fn bare(step: &Step) -> Step {
    Step {
        id: step.id.clone(),
        card: step.card.clone(),
        title: step.title.clone(),
        note: step.note.clone(),
        connection: step.connection.clone(),
        inputs: step.inputs.clone(),
        outputs: step.outputs.clone(),
        lanes: Vec::new(),
        on_error: step.on_error.clone(),
        collapsed: step.collapsed,
    }
}

#[cfg(test)]
mod tests {
    use super::longest_rise;

    #[test]
    fn one_number_out_of_order_is_the_only_one_left_out() {
        assert_eq!(longest_rise(&[1, 2, 3, 0]), [0, 1, 2]);
        assert_eq!(longest_rise(&[3, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_rise(&[]), [0_usize; 0]);
    }
}
