use super::*;
use crate::card::CardKey;
use crate::document::Lane;
use crate::id::FlowId;
use crate::types::{Base, Type};

fn step(id: &str) -> Step {
    Step {
        id: StepId::from(id),
        card: CardKey::new("string", "compose"),
        title: None,
        note: None,
        connection: None,
        inputs: vec![Input::new(FieldKey::plain("text"), Type::one(Base::Text))],
        outputs: vec![Output::new(
            FieldKey::plain("output"),
            Type::one(Base::Text),
        )],
        lanes: vec![],
        on_error: OnError::default(),
        collapsed: false,
    }
}

fn container(id: &str, steps: Vec<Step>) -> Step {
    let lane = Lane {
        id: LaneId::new("true"),
        inputs: vec![],
        steps,
        yields: vec![],
    };
    Step {
        lanes: vec![lane],
        ..step(id)
    }
}

fn flow() -> Flow {
    let mut flow = Flow::new(FlowId::from("f"), "Flow");
    flow.steps = vec![step("a"), container("b", vec![step("c")]), step("d")];
    flow
}

fn place(lane: Option<&str>, index: usize) -> Place {
    Place {
        lane: lane.map(|id| (StepId::from(id), LaneId::new("true"))),
        index,
    }
}

/// Applies, checks that undo restores the flow and that redo gives the same again.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
fn check(edit: FlowEdit) -> Flow {
    let before = flow();
    let mut after = before.clone();
    let undo = apply(&mut after, edit.clone()).unwrap();
    let mut back = after.clone();
    let redo = apply(&mut back, undo).unwrap();
    assert_eq!(back, before, "undo of {edit:?}");
    apply(&mut back, redo).unwrap();
    assert_eq!(back, after, "redo of {edit:?}");
    after
}

#[track_caller]
fn refused(edit: FlowEdit, expected: &Refused) {
    let mut after = flow();
    assert_eq!(apply(&mut after, edit).as_ref(), Err(expected));
    assert_eq!(after, flow());
}

#[test]
fn every_edit_can_be_undone_and_redone() {
    let id = StepId::from;
    let text = FieldKey::plain("text");
    check(FlowEdit::AddStep {
        step: Box::new(step("n")),
        at: place(Some("b"), 0),
    });
    check(FlowEdit::RemoveStep { step: id("b") });
    let moved = check(FlowEdit::MoveStep {
        step: id("d"),
        to: place(Some("b"), 1),
    });
    assert_eq!(moved.steps[1].lanes[0].steps[1].id, id("d"));
    check(FlowEdit::MoveStep {
        step: id("c"),
        to: place(None, 0),
    });
    check(FlowEdit::Bind {
        input: InputRef::of(id("c"), text.clone()),
        binding: Binding::constant("x"),
    });
    check(FlowEdit::RemoveInput {
        input: InputRef::of(id("a"), text),
    });
    check(FlowEdit::RemoveOutput {
        step: id("a"),
        output: FieldKey::plain("output"),
    });
    check(FlowEdit::Retitle {
        step: id("a"),
        title: Some("Greeting".into()),
    });
    check(FlowEdit::Rename {
        name: "Other".into(),
    });
    check(FlowEdit::Batch {
        edits: vec![
            FlowEdit::RemoveStep { step: id("a") },
            FlowEdit::MoveStep {
                step: id("c"),
                to: place(None, 0),
            },
        ],
    });
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let id = StepId::from;
    refused(
        FlowEdit::RemoveStep { step: id("x") },
        &Refused::NoSuchStep(id("x")),
    );
    refused(
        FlowEdit::MoveStep {
            step: id("b"),
            to: place(Some("b"), 0),
        },
        &Refused::IntoItself,
    );
    refused(
        FlowEdit::AddStep {
            step: Box::new(step("c")),
            at: place(None, 0),
        },
        &Refused::StepExists(id("c")),
    );
    refused(
        FlowEdit::Batch {
            edits: vec![
                FlowEdit::RemoveStep { step: id("a") },
                FlowEdit::RemoveStep { step: id("x") },
            ],
        },
        &Refused::NoSuchStep(id("x")),
    );
    let mut deep = step("deep");
    for n in 0..=MAX_NESTING {
        deep = container(&format!("n{n}"), vec![deep]);
    }
    refused(
        FlowEdit::AddStep {
            step: Box::new(deep),
            at: place(None, 0),
        },
        &Refused::TooDeep,
    );
}
