//! The index of cards tells the same as walking through the flow.

use flow::{
    Base, CardKey, FieldKey, Flow, FlowId, InputRef, Lane, LaneId, OnError, Output, OutputRef,
    Step, StepId, StepIndex, Type, Visible, visible_at_end, visible_outputs,
};
use proptest::prelude::*;

fn card(id: String, lanes: Vec<Lane>) -> Step {
    let key = if lanes.is_empty() {
        CardKey::new("string", "compose")
    } else {
        CardKey::new("control", "tryCatch")
    };
    Step {
        id: StepId::from(id),
        card: key,
        title: None,
        note: None,
        connection: None,
        inputs: vec![],
        outputs: vec![
            Output::new(FieldKey::plain("output"), Type::one(Base::Text)),
            Output::new(
                FieldKey::in_group("context", "error"),
                Type::one(Base::Object),
            ),
        ],
        lanes,
        on_error: OnError::default(),
        collapsed: false,
    }
}

/// A row of cards, some with lanes, from a list of choices; ids count up.
fn row(choices: &mut std::slice::Iter<u8>, depth: usize, next: &mut usize) -> Vec<Step> {
    let mut steps = Vec::new();
    while let Some(choice) = choices.next() {
        if *choice < 50 && depth > 0 {
            break;
        }
        let id = format!("s{next}");
        *next += 1;
        let mut lanes = Vec::new();
        if *choice > 190 && depth < 5 {
            for name in ["try", "error"] {
                lanes.push(Lane {
                    id: LaneId::new(name),
                    inputs: vec![],
                    steps: row(choices, depth + 1, next),
                    yields: vec![],
                });
            }
        }
        steps.push(card(id, lanes));
    }
    steps
}

fn gives(seen: &[Visible], source: &OutputRef) -> bool {
    seen.iter().any(|seen| {
        seen.step.id == source.step && seen.outputs().any(|output| output.key == source.field)
    })
}

proptest! {
    #[test]
    fn the_index_finds_and_sees_what_a_walk_does(choices in proptest::collection::vec(any::<u8>(), 0..60)) {
        let mut flow = Flow::new(FlowId::from("f"), "f");
        flow.steps = row(&mut choices.iter(), 0, &mut 0);
        let index = StepIndex::of(&flow);
        let all = flow.all_steps();
        for step in &all {
            prop_assert_eq!(index.step(&flow, &step.id), Some(*step));
            let around = index.around(&flow, &step.id);
            if let Some((container, lane)) = around.last() {
                let lane = flow.step(container).and_then(|found| found.lane(lane));
                prop_assert!(lane.is_some_and(|lane| lane.steps.iter().any(|inner| inner.id == step.id)));
            } else {
                prop_assert!(flow.steps.iter().any(|inner| inner.id == step.id));
            }
            let own = InputRef::of(step.id.clone(), FieldKey::plain("x"));
            let ends = step.lanes.iter().map(|lane| InputRef {
                lane: Some(lane.id.clone()),
                yields: true,
                ..own.clone()
            });
            for at in std::iter::once(own.clone()).chain(ends) {
                let seen = match &at.lane {
                    Some(lane) => visible_at_end(&flow, &step.id, lane),
                    None => visible_outputs(&flow, &step.id),
                };
                for from in &all {
                    for field in from.outputs.iter().map(|output| output.key.clone()) {
                        let is_context = field.is("context", "error");
                        let source = OutputRef { step: from.id.clone(), field, path: vec![] };
                        let expected = gives(seen.as_deref().unwrap_or_default(), &source);
                        prop_assert_eq!(index.sees(&flow, &at, &source), expected, "{:?} {:?} {}", at, source, is_context);
                    }
                }
            }
        }
    }
}
