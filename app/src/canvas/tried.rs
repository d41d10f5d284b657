//! What the editor keeps of the runs that it watched: the flow as it ran, and values of cards from earlier runs.

use std::collections::HashMap;
use std::sync::Arc;

use api::{RunView, StepRun};
use flow::{Flow, Step, StepId};
use leptos::prelude::*;

/// What is kept of runs.
#[derive(Clone, Copy)]
pub struct Tried {
    /// The flow as the run that is shown ran it.
    pub base: RwSignal<Option<Arc<Flow>>>,
    /// What cards did in earlier runs, with the card as it was then.
    pub kept: RwSignal<HashMap<StepId, (Step, StepRun)>>,
}

impl Tried {
    /// Returns a keeper of nothing.
    pub fn new() -> Self {
        Self {
            base: RwSignal::new(None),
            kept: RwSignal::new(HashMap::new()),
        }
    }
}

impl Default for Tried {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns what a card did in a run.
pub fn did_in(run: &RunView, id: &StepId) -> Option<StepRun> {
    run.steps
        .iter()
        .rev()
        .find(|step| step.step == *id)
        .cloned()
}

/// Tells whether a card would run as it did: titles, notes and folding do not count. What a container holds counts for
/// itself.
pub fn runs_alike(now: &Step, ran: &Step) -> bool {
    now.card == ran.card
        && now.connection == ran.connection
        && now.inputs == ran.inputs
        && now.outputs == ran.outputs
        && now.lanes.len() == ran.lanes.len()
        && (now.lanes.iter().zip(&ran.lanes))
            .all(|(now, ran)| now.inputs == ran.inputs && now.yields == ran.yields)
}

/// What one card alone leaves of an earlier run: everything but what the card itself did.
pub fn keep(kept: &mut HashMap<StepId, (Step, StepRun)>, base: Option<&Flow>, run: &RunView) {
    let Some(base) = base else { return };
    for did in &run.steps {
        if let Some(step) = base.step(&did.step) {
            kept.insert(did.step.clone(), (step.clone(), did.clone()));
        }
    }
}
