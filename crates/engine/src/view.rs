//! What a run page shows of each card: the journal, folded.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use flow::{CardError, CardKey, FieldKey, FlowId, LaneId, Outputs, RunId, StepId, Value};

use crate::host::CallTrace;
use crate::journal::{Entry, Event, Outcome, Path};
use crate::plan::{Plan, PlanStep, resolve};

/// One card of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// The card in the flow.
    pub step: StepId,
    /// Which card of the catalogue it is.
    pub card: CardKey,
    /// Where it stands.
    pub path: Path,
    /// What became of it.
    pub state: StepState,
    /// When it began, in milliseconds since 1970.
    pub started_at_ms: Option<i64>,
    /// How long it took, in microseconds, once it ended.
    pub took_us: Option<u64>,
    /// What went in, arguments for a helper flow left out. Empty where the flow saves no data.
    pub inputs: Vec<(FieldKey, Value)>,
    /// What came out. Empty where the flow saves no data.
    pub outputs: Outputs,
    /// Why it failed, or what is known where its outcome is unknown.
    pub error: Option<CardError>,
    /// The requests it made.
    pub calls: Vec<CallTrace>,
    /// Helper runs it started: of a loop the first hundred, and those that failed.
    pub children: Vec<ChildView>,
    /// How often a loop goes round.
    pub items: Option<u64>,
    /// How many records were streamed so far.
    pub streamed: Option<u64>,
    /// The row that a container ran; the last one, where If Error ran both.
    pub lane: Option<LaneId>,
    /// How often it was tried.
    pub attempts: u32,
    /// Until when it waits, in milliseconds since 1970.
    pub until_ms: Option<i64>,
    /// It did not run: its outputs were pinned.
    pub is_pinned: bool,
    /// The run was to end after it.
    pub is_last: bool,
}

/// What became of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// The run has not come to it, or ended before.
    NotReached,
    /// It stands in a row that was not chosen.
    Skipped,
    /// It is under way.
    Running,
    /// It waits for a point in time, or for its next attempt.
    Waiting,
    /// It finished.
    Succeeded,
    /// It failed.
    Failed,
    /// Nobody knows whether its call took effect.
    OutcomeUnknown,
}

/// One helper run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChildView {
    /// Its id.
    pub run: RunId,
    /// Its flow.
    pub flow: FlowId,
    /// The item, in a loop.
    pub index: Option<usize>,
    /// Why it failed.
    pub error: Option<CardError>,
}

/// Returns what a run page shows: each card of the plan, in reading order. Entries of other flows are passed over.
pub fn view(plan: &Plan, entries: &[Entry]) -> Vec<StepView> {
    let mut fold = Fold {
        plan,
        slots: vec![Value::Null; plan.slots],
        views: plan.steps.iter().map(StepView::new).collect(),
        entered: Vec::new(),
        children: HashMap::new(),
        outcome: None,
    };
    for entry in entries {
        fold.take(entry);
    }
    fold.close();
    fold.views
}

struct Fold<'p> {
    plan: &'p Plan,
    slots: Vec<Value>,
    views: Vec<StepView>,
    /// The rows that ran, each as the path of its container and its own id.
    entered: Vec<String>,
    /// Where each helper run stands among the children of its card.
    children: HashMap<RunId, usize>,
    outcome: Option<Outcome>,
}

impl StepView {
    fn new(step: &PlanStep) -> Self {
        Self {
            step: step.id.clone(),
            card: step.card.clone(),
            path: step.path.clone(),
            state: StepState::NotReached,
            started_at_ms: None,
            took_us: None,
            inputs: Vec::new(),
            outputs: Outputs::new(),
            error: None,
            calls: Vec::new(),
            children: Vec::new(),
            items: None,
            streamed: None,
            lane: None,
            attempts: 0,
            until_ms: None,
            is_pinned: false,
            is_last: false,
        }
    }

    fn begin(&mut self, at_ms: i64) {
        self.started_at_ms.get_or_insert(at_ms);
        self.state = StepState::Running;
        self.until_ms = None;
        self.attempts = self.attempts.max(1);
    }

    fn finish(&mut self, outputs: &Outputs, took_us: u64, is_private: bool) {
        self.state = StepState::Succeeded;
        self.took_us = Some(took_us);
        self.error = None;
        self.until_ms = None;
        if !is_private {
            self.outputs.clone_from(outputs);
        }
    }
}

impl Fold<'_> {
    fn take(&mut self, entry: &Entry) {
        if let Event::Ended { outcome } = &entry.event {
            self.outcome = Some(outcome.clone());
            return;
        }
        let Some(step) = self
            .plan
            .index_of(&entry.path)
            .and_then(|index| self.plan.steps.get(index))
        else {
            return;
        };
        self.outcome = None;
        if self.note_trial(step, &entry.event) {
            return;
        }
        self.read_inputs(step);
        if let Event::Computed { outputs, .. }
        | Event::Finished { outputs, .. }
        | Event::Yielded { outputs } = &entry.event
        {
            self.fill(step, outputs);
        }
        if let Event::Lane { lane } = &entry.event {
            self.entered
                .push(format!("{}/{}/", step.path, lane.as_str()));
        }
        let is_private = self.plan.is_private;
        if let Some(view) = self.views.get_mut(step.index) {
            note(view, entry, is_private);
        }
        self.note_child(step, &entry.event);
    }

    /// Takes note of what was arranged before the run began. Returns whether it was that.
    fn note_trial(&mut self, step: &PlanStep, event: &Event) -> bool {
        let view = self.views.get_mut(step.index);
        match (event, view) {
            (Event::Pinned { .. }, Some(view)) => view.is_pinned = true,
            (Event::Until, Some(view)) => view.is_last = true,
            (Event::Carried { .. }, _) => {}
            _ => return false,
        }
        true
    }

    fn note_child(&mut self, step: &PlanStep, event: &Event) {
        let Event::Child {
            run,
            flow,
            index,
            error,
        } = event
        else {
            return;
        };
        let Some(view) = self.views.get_mut(step.index) else {
            return;
        };
        let place = *self
            .children
            .entry(run.clone())
            .or_insert(view.children.len());
        match view.children.get_mut(place) {
            Some(known) => known.error.clone_from(error),
            None => view.children.push(ChildView {
                run: run.clone(),
                flow: flow.clone(),
                index: *index,
                error: error.clone(),
            }),
        }
    }

    /// Works out the inputs of a card when it begins, from what is in the slots then.
    fn read_inputs(&mut self, step: &PlanStep) {
        let Some(view) = self.views.get_mut(step.index) else {
            return;
        };
        if view.started_at_ms.is_some() || self.plan.is_private {
            return;
        }
        let conditions = step.lanes.iter().flat_map(|lane| &lane.inputs);
        view.inputs = step
            .inputs
            .iter()
            .chain(conditions)
            .filter(|field| !field.is_per_item())
            .filter_map(|field| {
                let value = resolve(field, &self.slots, &Value::Null).ok()?;
                Some((field.key.clone(), value))
            })
            .collect();
    }

    fn fill(&mut self, step: &PlanStep, outputs: &Outputs) {
        for (key, value) in outputs {
            if let Some(slot) = step
                .output(key)
                .and_then(|place| self.slots.get_mut(step.slot + place))
            {
                *slot = value.clone();
            }
        }
    }

    /// Settles what only the end of the run, or the choice of a container, tells.
    fn close(&mut self) {
        let outcome = self.outcome.take();
        for view in &mut self.views {
            close_view(view, outcome.as_ref());
        }
        let containers: Vec<Path> = self
            .views
            .iter()
            .filter(|view| view.lane.is_some() && view.state != StepState::Running)
            .map(|view| view.path.clone())
            .collect();
        for view in &mut self.views {
            let was_passed = containers.iter().any(|container| {
                view.path.is_inside(container)
                    && !self.entered.iter().any(|row| {
                        row.starts_with(container.as_str()) && view.path.as_str().starts_with(row)
                    })
            });
            if was_passed && view.state == StepState::NotReached {
                view.state = StepState::Skipped;
            }
        }
    }
}

fn note(view: &mut StepView, entry: &Entry, is_private: bool) {
    match &entry.event {
        Event::Computed {
            outputs, took_us, ..
        } => {
            view.begin(entry.at_ms);
            view.finish(outputs, *took_us, is_private);
        }
        Event::Finished {
            outputs,
            calls,
            took_us,
        } => {
            view.begin(entry.at_ms);
            view.finish(outputs, *took_us, is_private);
            view.calls.extend_from_slice(calls);
        }
        Event::Started | Event::Intent => view.begin(entry.at_ms),
        Event::Call(trace) => view.calls.push(trace.clone()),
        Event::Failed { error, took_us } => {
            view.begin(entry.at_ms);
            view.state = StepState::Failed;
            view.took_us = Some(*took_us);
            view.error = Some(error.clone());
        }
        Event::Unclear { error } => {
            view.state = StepState::OutcomeUnknown;
            view.error = Some(error.clone());
        }
        Event::Lane { lane } => {
            view.begin(entry.at_ms);
            view.lane = Some(lane.clone());
        }
        Event::Yielded { .. } => view.begin(entry.at_ms),
        Event::Items { count } => {
            view.begin(entry.at_ms);
            view.items = Some(*count);
        }
        Event::Retry { until_ms, attempt } => {
            view.state = StepState::Waiting;
            view.until_ms = Some(*until_ms);
            view.attempts = attempt + 1;
        }
        Event::Wait { until_ms } | Event::Pause { until_ms } => {
            view.begin(entry.at_ms);
            view.state = StepState::Waiting;
            view.until_ms = Some(*until_ms);
        }
        Event::Page { first, calls, .. } => {
            view.streamed = Some(*first);
            view.calls.extend_from_slice(calls);
        }
        Event::PageDone { streamed, .. } => view.streamed = Some(*streamed),
        Event::Child { .. }
        | Event::Pinned { .. }
        | Event::Until
        | Event::Carried { .. }
        | Event::Ended { .. } => {}
    }
}

/// A container that the run left, by a Return or by a failure inside, has no entry of its own about its end.
fn close_view(view: &mut StepView, outcome: Option<&Outcome>) {
    let Some(outcome) = outcome else {
        return;
    };
    let is_open = matches!(view.state, StepState::Running | StepState::Waiting);
    view.state = match outcome {
        Outcome::OutcomeUnknown { path, .. } if view.path == *path => StepState::OutcomeUnknown,
        Outcome::OutcomeUnknown { path, .. } if is_open && path.is_inside(&view.path) => {
            StepState::OutcomeUnknown
        }
        Outcome::Failed { path, .. } if is_open && path.is_inside(&view.path) => StepState::Failed,
        Outcome::Succeeded { .. } | Outcome::Stopped { .. } if is_open => StepState::Succeeded,
        Outcome::Failed { .. } if is_open => StepState::Failed,
        _ => view.state,
    };
}

impl StepView {
    /// Returns when the card began, as a date.
    pub fn started_at(&self) -> Option<DateTime<Utc>> {
        self.started_at_ms.and_then(DateTime::from_timestamp_millis)
    }
}
