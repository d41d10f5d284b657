//! What the outline shows, read from the document.

use std::collections::HashSet;

use flow::{Flow, InputRef, LaneId, OutputRef, Step, StepId, Type};

use crate::canvas::mapping::targets;
use crate::canvas::rows::is_for_lane;
use crate::canvas::wires::for_each_input;

/// The deepest key of an object that unfolds.
const DEEPEST: usize = 6;

/// An output, or a key of an object among the outputs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given {
    /// Which.
    pub(super) source: OutputRef,
    /// Its type.
    pub(super) ty: Type,
    /// Its keys can be shown; tells whether they are.
    pub(super) open: Option<bool>,
}

/// Returns the cards of the flow's own row or of a lane.
pub(super) fn row<'a>(flow: &'a Flow, lane: Option<&(StepId, LaneId)>) -> &'a [Step] {
    match lane {
        None => &flow.steps,
        Some((container, lane)) => flow
            .step(container)
            .and_then(|step| step.lane(lane))
            .map_or(&[], |lane| &lane.steps),
    }
}

/// Returns the fields of a card, or those of one of its lanes: its condition, or what it yields.
pub(super) fn inputs(step: &Step, lane: Option<&LaneId>, yields: bool) -> Vec<InputRef> {
    let mut found = Vec::new();
    for_each_input(step, &mut |at, input| {
        if !input.hidden && at.lane.as_ref() == lane && at.yields == yields {
            found.push(at.clone());
        }
    });
    found
}

/// Returns what a card gives, with the keys of the objects that are unfolded.
pub(super) fn outputs(step: &Step, unfolded: &HashSet<OutputRef>) -> Vec<Given> {
    let mut found = Vec::new();
    let own = step
        .outputs
        .iter()
        .filter(|output| !output.hidden && !is_for_lane(step, output));
    for output in own {
        let source = OutputRef {
            step: step.id.clone(),
            field: output.key.clone(),
            path: Vec::new(),
        };
        push(source, &output.ty, unfolded, &mut found);
    }
    found
}

fn push(source: OutputRef, ty: &Type, unfolded: &HashSet<OutputRef>, found: &mut Vec<Given>) {
    let can_open = !ty.list && !ty.keys.is_empty() && source.path.len() < DEEPEST;
    let is_open = can_open && unfolded.contains(&source);
    found.push(Given {
        source: source.clone(),
        ty: ty.clone(),
        open: can_open.then_some(is_open),
    });
    for known in ty.keys.iter().filter(|_| is_open) {
        let mut inner = source.clone();
        inner.path.push(known.key.clone());
        push(inner, &known.ty, unfolded, found);
    }
}

/// Returns the fields that can take a value, in reading order.
pub(super) fn takers(flow: &Flow, source: &OutputRef) -> Vec<InputRef> {
    let answers = targets(flow, source);
    let mut found = Vec::new();
    for step in flow.all_steps() {
        for_each_input(step, &mut |at, _| {
            if answers.get(at).is_some_and(|answer| answer.takes()) {
                found.push(at.clone());
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, output};

    #[test]
    fn rows_of_the_flow_and_of_lanes() {
        let flow = branched();
        let names = |lane: Option<&(StepId, LaneId)>| {
            let row = row(&flow, lane);
            row.iter()
                .map(|step| step.id.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(None), ["event", "read", "if", "end"]);
        let lane = |step: &str, lane: &str| (StepId::from(step), LaneId::new(lane));
        assert_eq!(names(Some(&lane("if", "false"))), ["compose"]);
        assert_eq!(names(Some(&lane("gone", "true"))), [""; 0]);
    }

    #[test]
    fn objects_show_their_keys_once_they_are_unfolded() {
        let flow = branched();
        let event = flow.step(&"event".into()).unwrap();
        let user = output("event", "User");
        let count = |unfolded: &HashSet<OutputRef>| outputs(event, unfolded).len();
        assert_eq!(count(&HashSet::new()), 2);
        let unfolded = HashSet::from([user.clone()]);
        let found = outputs(event, &unfolded);
        assert_eq!(found.len(), 3);
        assert_eq!((found[1].open, found[2].source.path.len()), (Some(true), 1));
    }

    #[test]
    fn a_value_goes_into_later_fields_in_reading_order() {
        let flow = branched();
        let cards: Vec<String> = takers(&flow, &output("read", "ID"))
            .into_iter()
            .map(|at| at.step.to_string())
            .collect();
        assert_eq!(cards.first().map(String::as_str), Some("if"));
        assert!(!cards.contains(&"read".to_owned()), "{cards:?}");
        assert_eq!(cards.last().map(String::as_str), Some("end"));
    }
}
