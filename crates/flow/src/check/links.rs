//! Values that fields take from other cards: whether they are there, run before, stand on the same branch, and fit. One
//! walk over the flow that carries what is in sight.

use std::collections::HashMap;

use super::{Index, Problem, ProblemCode};
use crate::document::{Binding, Flow, Input, InputRef, Lane, OutputRef, Step};
use crate::id::StepId;
use crate::types::{Fit, fit};
use crate::walk::{Visible, counted_in, counted_own, visible_at_end, visible_outputs};

pub(super) fn check(flow: &Flow, index: &Index, found: &mut Vec<Problem>) {
    let mut walk = Walk {
        index,
        sight: Sight::default(),
        around: parents(flow),
        inside: Vec::new(),
        found,
    };
    walk.row(&flow.steps);
}

/// The cards that a place sees: from outside, or (the error of If Error) from inside.
#[derive(Default)]
struct Sight<'a> {
    steps: HashMap<&'a StepId, (&'a Step, bool)>,
}

impl<'a> Sight<'a> {
    /// Tells whether a value is in sight.
    fn holds(&self, source: &OutputRef) -> bool {
        self.steps.get(&source.step).is_some_and(|(step, inside)| {
            let visible = Visible {
                step,
                from_inside: *inside,
            };
            visible.outputs().any(|output| output.key == source.field)
        })
    }

    /// Tells whether a card has run, with all in it.
    fn has_run(&self, id: &StepId) -> bool {
        self.steps.get(id).is_some_and(|(_, inside)| !inside)
    }
}

/// Returns why a value that a field has cannot be used, where it cannot.
pub(crate) fn why_unusable(
    flow: &Flow,
    source: &OutputRef,
    at: &InputRef,
    input: &Input,
) -> Option<ProblemCode> {
    let index = Index::of(flow);
    let around = parents(flow);
    let mut inside = Vec::new();
    let mut here = &at.step;
    while let Some(container) = around.get(here) {
        inside.push(*container);
        here = container;
    }
    let seen = in_sight(flow, at).into_iter();
    let walk = Walk {
        index: &index,
        sight: Sight {
            steps: seen
                .map(|seen| (&seen.step.id, (seen.step, seen.from_inside)))
                .collect(),
        },
        around,
        inside,
        found: &mut Vec::new(),
    };
    walk.problem(source, at, input)
}

/// Returns what an input sees.
pub(crate) fn in_sight<'a>(flow: &'a Flow, at: &InputRef) -> Vec<Visible<'a>> {
    match (&at.lane, at.yields) {
        (Some(lane), true) => visible_at_end(flow, &at.step, lane),
        _ => visible_outputs(flow, &at.step),
    }
    .unwrap_or_default()
}

/// The container that each card inside one stands in.
fn parents(flow: &Flow) -> HashMap<&StepId, &StepId> {
    let mut found = HashMap::new();
    for step in flow.all_steps() {
        for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
            found.insert(&inner.id, &step.id);
        }
    }
    found
}

struct Walk<'a, 'b> {
    index: &'b Index<'a>,
    sight: Sight<'a>,
    around: HashMap<&'a StepId, &'a StepId>,
    /// The containers that the walk is in.
    inside: Vec<&'a StepId>,
    found: &'b mut Vec<Problem>,
}

impl<'a> Walk<'a, '_> {
    /// Looks at a row. What it adds to the sight stays there until its caller is done with it.
    fn row(&mut self, row: &'a [Step]) {
        for step in row {
            for (at, input) in counted_own(step) {
                self.look(step, &at, input);
            }
            self.inside.push(&step.id);
            for lane in &step.lanes {
                self.lane(step, lane);
            }
            self.inside.pop();
            self.sight.steps.insert(&step.id, (step, false));
        }
    }

    fn lane(&mut self, step: &'a Step, lane: &'a Lane) {
        if lane.id.as_str() == "error" {
            self.sight.steps.insert(&step.id, (step, true));
        }
        self.row(&lane.steps);
        for (at, input) in counted_in(step, lane) {
            self.look(step, &at, input);
        }
        for inner in &lane.steps {
            self.sight.steps.remove(&inner.id);
        }
        self.sight.steps.remove(&step.id);
    }

    fn look(&mut self, step: &Step, at: &InputRef, input: &Input) {
        let mut problems = Vec::new();
        input.binding.each_source(&mut |source| {
            if let Some(code) = self.problem(source, at, input)
                && !problems.contains(&code)
            {
                problems.push(code);
            }
        });
        for code in problems {
            self.found.push(Problem::error(code, step).at(at.clone()));
        }
    }

    fn problem(&self, source: &OutputRef, at: &InputRef, input: &Input) -> Option<ProblemCode> {
        let Some(output) = self
            .index
            .step(&source.step)
            .and_then(|card| card.output(&source.field))
        else {
            return Some(ProblemCode::SourceGone);
        };
        if !self.sight.holds(source) {
            return Some(self.why_unseen(&source.step, at));
        }
        match &input.binding {
            Binding::Output { convert: None, .. }
                if fit(&output.ty.at(&source.path), &input.ty) != Fit::Same =>
            {
                Some(ProblemCode::TypeMismatch)
            }
            _ => None,
        }
    }

    /// A card inside a container that has run, or on another lane of one that this card is in, is on another branch.
    fn why_unseen(&self, id: &StepId, at: &InputRef) -> ProblemCode {
        let mut here = id;
        while let Some(container) = self.around.get(here) {
            let is_other_lane = at.yields && **container == at.step;
            if self.sight.has_run(container) || is_other_lane {
                return ProblemCode::SourceInLane;
            }
            here = container;
        }
        let is_around = self.inside.contains(&id) || *id == at.step;
        if !is_around && self.index.place(id) < self.index.place(&at.step) {
            ProblemCode::SourceInLane
        } else {
            ProblemCode::SourceLater
        }
    }
}
