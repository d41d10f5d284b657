//! Reading order, card numbers and which outputs a card can see.

use std::collections::HashMap;

use crate::document::{Flow, Input, InputRef, Lane, LaneId, Output, Step};
use crate::id::StepId;

/// A card whose outputs another card can use.
#[derive(Clone, Copy, Debug)]
pub struct Visible<'a> {
    /// The card.
    pub step: &'a Step,
    /// Set where the outputs exist only in one of its lanes: the error of If Error.
    pub from_inside: bool,
}

impl Visible<'_> {
    /// Returns the outputs that are in sight.
    pub fn outputs(&self) -> impl Iterator<Item = &Output> {
        let inside = self.from_inside;
        let step = self.step;
        self.step
            .outputs
            .iter()
            .filter(move |output| is_lane_context(step, output) == inside)
    }
}

/// The error object that If Error offers to its error lane is an output of the group `context`. The start of a helper
/// flow has an output of the same name, which every card may use.
fn is_lane_context(step: &Step, output: &Output) -> bool {
    step.card.is("control", "tryCatch") && output.key.is("context", "error")
}

/// Returns the number of each card: depth first in reading order, from 1, notes left out.
pub fn numbers(flow: &Flow) -> HashMap<StepId, usize> {
    flow.all_steps()
        .into_iter()
        .filter(|step| !step.is_note())
        .enumerate()
        .map(|(index, step)| (step.id.clone(), index + 1))
        .collect()
}

/// Returns the cards whose outputs the card `id` may use, in reading order: those before it in its row and in the rows
/// around it, and the error of an If Error whose error lane it stands in.
pub fn visible_outputs<'a>(flow: &'a Flow, id: &StepId) -> Option<Vec<Visible<'a>>> {
    let mut seen = Vec::new();
    search(&flow.steps, id, &mut seen).then_some(seen)
}

/// Returns the cards that stand in the lane's row and around it: what the lane's `yields` may use.
pub fn visible_at_end<'a>(
    flow: &'a Flow,
    container: &StepId,
    lane: &LaneId,
) -> Option<Vec<Visible<'a>>> {
    let mut seen = visible_outputs(flow, container)?;
    let step = flow.step(container)?;
    enter(step, lane, &mut seen);
    seen.extend(step.lane(lane)?.steps.iter().map(outside));
    Some(seen)
}

/// Returns every input of a card with its address. Documents from elsewhere may have several of one address.
pub(crate) fn addressed(step: &Step) -> impl Iterator<Item = (InputRef, &Input)> {
    let own = step
        .inputs
        .iter()
        .map(|input| (address(step, input), input));
    let lanes = step.lanes.iter().flat_map(move |lane| {
        let of_lane = move |input, yields| {
            let at = InputRef {
                lane: Some(lane.id.clone()),
                yields,
                ..address(step, input)
            };
            (at, input)
        };
        let conditions = lane.inputs.iter().map(move |input| of_lane(input, false));
        let yields = lane.yields.iter().map(move |input| of_lane(input, true));
        conditions.chain(yields)
    });
    own.chain(lanes)
}

/// Returns the inputs of a card that count: of fields of one address the first.
pub(crate) fn counted(step: &Step) -> impl Iterator<Item = (InputRef, &Input)> {
    let yields = step.lanes.iter().flat_map(|lane| counted_in(step, lane));
    counted_own(step).chain(yields)
}

/// Returns a card's own inputs and the conditions of its lanes.
pub(crate) fn counted_own(step: &Step) -> impl Iterator<Item = (InputRef, &Input)> {
    let own = firsts(&step.inputs).map(|input| (address(step, input), input));
    let conditions = step.lanes.iter().flat_map(move |lane| {
        firsts(&lane.inputs).map(move |input| {
            let at = InputRef {
                lane: Some(lane.id.clone()),
                ..address(step, input)
            };
            (at, input)
        })
    });
    own.chain(conditions)
}

/// Returns what a lane yields.
pub(crate) fn counted_in<'a>(
    step: &'a Step,
    lane: &'a Lane,
) -> impl Iterator<Item = (InputRef, &'a Input)> {
    firsts(&lane.yields).map(move |input| {
        let at = InputRef {
            lane: Some(lane.id.clone()),
            yields: true,
            ..address(step, input)
        };
        (at, input)
    })
}

fn firsts(inputs: &[Input]) -> impl Iterator<Item = &Input> {
    inputs.iter().enumerate().filter_map(|(at, input)| {
        let mut before = inputs.iter().take(at);
        let is_copy = before.any(|other| other.key == input.key && other.arg == input.arg);
        (!is_copy).then_some(input)
    })
}

fn address(step: &Step, input: &Input) -> InputRef {
    InputRef {
        arg: input.arg,
        ..InputRef::of(step.id.clone(), input.key.clone())
    }
}

fn search<'a>(row: &'a [Step], id: &StepId, seen: &mut Vec<Visible<'a>>) -> bool {
    let before = seen.len();
    for step in row {
        if step.id == *id {
            return true;
        }
        for lane in &step.lanes {
            let mark = seen.len();
            enter(step, &lane.id, seen);
            if search(&lane.steps, id, seen) {
                return true;
            }
            seen.truncate(mark);
        }
        seen.push(outside(step));
    }
    seen.truncate(before);
    false
}

fn enter<'a>(step: &'a Step, lane: &LaneId, seen: &mut Vec<Visible<'a>>) {
    if lane.as_str() == "error" {
        seen.push(Visible {
            step,
            from_inside: true,
        });
    }
}

fn outside(step: &Step) -> Visible<'_> {
    Visible {
        step,
        from_inside: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardKey;
    use crate::document::{FieldKey, OnError};
    use crate::id::FlowId;
    use crate::types::{Base, Type};

    fn step(id: &str, lanes: Vec<Lane>) -> Step {
        Step {
            id: StepId::from(id),
            card: CardKey::new("string", "compose"),
            title: None,
            note: None,
            connection: None,
            inputs: vec![],
            outputs: vec![Output::new(
                FieldKey::plain("output"),
                Type::one(Base::Text),
            )],
            lanes,
            on_error: OnError::default(),
            collapsed: false,
        }
    }

    fn lane(id: &str, steps: Vec<Step>) -> Lane {
        Lane {
            id: LaneId::new(id),
            inputs: vec![],
            steps,
            yields: vec![],
        }
    }

    #[test]
    fn a_card_sees_what_runs_before_it_and_not_the_other_lane() {
        let mut flow = Flow::new(FlowId::from("f"), "f");
        let inner = vec![
            lane("true", vec![step("c", vec![]), step("d", vec![])]),
            lane("false", vec![step("e", vec![])]),
        ];
        flow.steps = vec![step("a", vec![]), step("b", inner), step("f", vec![])];
        let names = |id: &str| -> Vec<String> {
            visible_outputs(&flow, &StepId::from(id))
                .unwrap()
                .iter()
                .map(|seen| seen.step.id.to_string())
                .collect()
        };
        assert_eq!(names("d"), ["a", "c"]);
        assert_eq!(names("e"), ["a"]);
        assert_eq!(names("f"), ["a", "b"]);
        assert!(visible_outputs(&flow, &StepId::from("nowhere")).is_none());
        assert_eq!(numbers(&flow)[&StepId::from("e")], 5);
    }

    #[test]
    fn the_error_is_in_sight_where_it_exists() {
        let error = Output::new(
            FieldKey::in_group("context", "error"),
            Type::one(Base::Object),
        );
        let mut attempt = step(
            "attempt",
            vec![
                lane("try", vec![step("a", vec![])]),
                lane("error", vec![step("b", vec![])]),
            ],
        );
        attempt.card = CardKey::new("control", "tryCatch");
        attempt.outputs = vec![error.clone()];
        let mut start = step("start", vec![]);
        start.card = CardKey::new("control", "callable");
        start.outputs = vec![error.clone()];
        let mut flow = Flow::new(FlowId::from("f"), "f");
        flow.steps = vec![start, attempt, step("after", vec![])];
        let sees = |id: &str, source: &str| {
            let seen = visible_outputs(&flow, &StepId::from(id)).unwrap();
            seen.iter()
                .any(|seen| seen.step.id.as_str() == source && seen.outputs().any(|o| o == &error))
        };
        assert!(sees("a", "start"), "a helper flow's own error, everywhere");
        assert!(sees("after", "start"));
        assert!(sees("b", "attempt"), "the caught error, in the error lane");
        assert!(!sees("a", "attempt") && !sees("after", "attempt"));
    }
}
