//! What somebody looks at more closely in a run: a pass of a loop, where a value came from.

use std::collections::{HashMap, HashSet};

use api::{StepRun, ValueRef};
use flow::{FieldKey, StepId};
use leptos::prelude::*;

use super::board::Board;

/// The tab of the run panel that shows passes.
pub const PASSES: &str = "passes";
/// The tab of the run panel that shows where a value came from.
pub const ORIGIN: &str = "origin";

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Traced {
    /// Which view the run panel shows.
    pub tab: RwSignal<&'static str>,
    /// The value that is asked about.
    pub asked: RwSignal<Option<ValueRef>>,
    /// The cards of the run that is shown through which this value came.
    pub cards: RwSignal<HashSet<StepId>>,
    /// The pass that is chosen of each card that goes round, from 1.
    pub passes: RwSignal<HashMap<StepId, u64>>,
}

impl Traced {
    /// Returns what looks at nothing.
    pub fn new() -> Self {
        Self {
            tab: RwSignal::new("timeline"),
            asked: RwSignal::new(None),
            cards: RwSignal::new(HashSet::new()),
            passes: RwSignal::new(HashMap::new()),
        }
    }

    /// Forgets what belongs to a run that is no longer shown.
    pub fn clear(self) {
        self.asked.set(None);
        self.cards.update(HashSet::clear);
        self.passes.update(HashMap::clear);
    }
}

impl Default for Traced {
    fn default() -> Self {
        Self::new()
    }
}

/// Tells whether a card went round: its passes are helper runs of their own.
pub fn goes_round(did: &StepRun) -> bool {
    did.children.iter().any(|child| child.index.is_some()) || did.helpers > 1
}

/// Returns the pass that a step of one gives: the first, the one before, the one behind, the last.
pub fn stepped(number: u64, count: u64, by: Walk) -> u64 {
    let to = match by {
        Walk::First => 1,
        Walk::Back => number.saturating_sub(1),
        Walk::On => number.saturating_add(1),
        Walk::Last => count,
    };
    to.clamp(1, count.max(1))
}

/// A step through passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To the first.
    First,
    /// To the one before.
    Back,
    /// To the one behind.
    On,
    /// To the last.
    Last,
}

impl Board {
    /// Asks where a value of the run came from. Returns whether the run has the card.
    pub fn trace(self, step: &StepId, field: &FieldKey, is_input: bool, path: &[String]) -> bool {
        let run = self.run.with_untracked(|run| {
            let run = run.as_ref()?;
            let did = run.steps.iter().any(|did| did.step == *step);
            did.then(|| run.row.id.clone())
        });
        let Some(run) = run else { return false };
        self.ask_origin(ValueRef {
            run,
            step: step.clone(),
            field: field.clone(),
            is_input,
            path: path.to_vec(),
        });
        true
    }

    /// Asks where a value came from, and shows the answer in the run panel.
    pub fn ask_origin(self, at: ValueRef) {
        self.traced.asked.set(Some(at));
        self.traced.tab.set(ORIGIN);
    }

    /// Goes to another pass of a card that goes round. Returns whether it does.
    pub fn walk_passes(self, id: &StepId, by: Walk) -> bool {
        let count = self.run.with_untracked(|run| {
            let did = run.as_ref()?.steps.iter().find(|did| did.step == *id)?;
            goes_round(did).then_some(did.helpers as u64)
        });
        let Some(count) = count else { return false };
        self.traced.passes.update(|passes| {
            let now = passes.get(id).copied();
            // Where none is chosen yet, what is shown is the first one.
            passes.insert(id.clone(), stepped(now.unwrap_or(1), count, by));
        });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_the_passes() {
        for (number, by, to) in [
            (1, Walk::Back, 1),
            (1, Walk::On, 2),
            (10_000, Walk::On, 10_000),
            (3, Walk::Last, 10_000),
            (3, Walk::First, 1),
        ] {
            assert_eq!(stepped(number, 10_000, by), to);
        }
        assert_eq!(stepped(5, 0, Walk::Last), 1);
    }
}
