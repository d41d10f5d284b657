//! Whatever is edited, in whatever order, undoing all of it gives the same bytes, and redoing it the edited ones.

use flow::{
    Base, Binding, CardKey, FieldKey, Flow, FlowEdit, FlowId, Input, InputRef, Lane, LaneId, Note,
    OnError, Output, OutputRef, Overlap, Part, Place, Retry, Schedule, Step, StepId, Then, Type,
    apply,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Few names, so that edits meet each other.
const STEPS: [&str; 6] = ["a", "b", "c", "d", "e", "nobody"];
const LANES: [&str; 3] = ["true", "false", "none"];
const FIELDS: [&str; 4] = ["text", "output", "new", "Ünïcödé 名前"];

fn id() -> impl Strategy<Value = StepId> {
    select(&STEPS[..]).prop_map(StepId::from)
}

fn key() -> impl Strategy<Value = FieldKey> {
    let group = prop_oneof![Just(None), Just(Some("Group".to_owned()))];
    (group, select(&FIELDS[..])).prop_map(|(group, key)| FieldKey {
        group,
        key: key.to_owned(),
    })
}

fn place() -> impl Strategy<Value = Place> {
    let lane = prop_oneof![
        Just(None),
        (id(), select(&LANES[..])).prop_map(|(step, lane)| Some((step, LaneId::new(lane)))),
    ];
    (lane, 0_usize..5).prop_map(|(lane, index)| Place { lane, index })
}

fn binding() -> impl Strategy<Value = Binding> {
    let source = (id(), key()).prop_map(|(step, field)| Binding::Output {
        source: OutputRef {
            step,
            field,
            path: vec!["deep".into(), "0".into()],
        },
        convert: None,
    });
    let plain = prop_oneof![
        Just(Binding::Empty),
        any::<i64>().prop_map(Binding::constant),
        ".*".prop_map(Binding::constant),
        source,
    ];
    let template = plain.clone().prop_map(|binding| Binding::Template {
        parts: vec![
            Part::Text { text: "x".into() },
            Part::Value {
                binding: Box::new(binding),
                name: "x".into(),
            },
        ],
    });
    prop_oneof![3 => plain, 1 => template]
}

pub(crate) fn leaf(id: StepId) -> Step {
    Step {
        id,
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

fn step() -> impl Strategy<Value = Step> {
    let holding = (id(), vec(id(), 0..3)).prop_map(|(outer, inner)| Step {
        lanes: vec![
            Lane {
                id: LaneId::new("true"),
                inputs: vec![],
                steps: inner.into_iter().map(leaf).collect(),
                yields: vec![],
            },
            Lane {
                id: LaneId::new("false"),
                inputs: vec![],
                steps: vec![],
                yields: vec![],
            },
        ],
        ..leaf(outer)
    });
    prop_oneof![id().prop_map(leaf), holding]
}

fn input_ref() -> impl Strategy<Value = InputRef> {
    let lane = prop_oneof![3 => Just(None), 1 => select(&LANES[..]).prop_map(Some)];
    (id(), lane, any::<bool>(), any::<bool>(), key()).prop_map(
        |(step, lane, yields, arg, field)| InputRef {
            step,
            lane: lane.map(LaneId::new),
            yields,
            arg,
            field,
        },
    )
}

fn field_edit() -> impl Strategy<Value = FlowEdit> {
    prop_oneof![
        (input_ref(), binding()).prop_map(|(input, binding)| FlowEdit::Bind { input, binding }),
        (input_ref(), 0_usize..4).prop_map(|(at, index)| FlowEdit::AddInput {
            input: Box::new(Input::new(at.field.clone(), Type::one(Base::Number))),
            at,
            index,
        }),
        input_ref().prop_map(|input| FlowEdit::RemoveInput { input }),
        (id(), key(), 0_usize..4).prop_map(|(step, key, index)| FlowEdit::AddOutput {
            step,
            output: Box::new(Output::new(key, Type::list_of(Base::Object))),
            index,
        }),
        (id(), key()).prop_map(|(step, output)| FlowEdit::RemoveOutput { step, output }),
    ]
}

fn card_edit() -> impl Strategy<Value = FlowEdit> {
    let on_error = prop_oneof![
        Just(OnError::default()),
        Just(OnError {
            retry: Some(Retry {
                times: 2,
                delays_ms: vec![1, 2],
                only_rate_limits: false,
            }),
            then: Then::ReturnValues,
            is_own: true,
        }),
    ];
    prop_oneof![
        3 => (step(), place()).prop_map(|(step, at)| FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }),
        2 => id().prop_map(|step| FlowEdit::RemoveStep { step }),
        3 => (id(), place()).prop_map(|(step, to)| FlowEdit::MoveStep { step, to }),
        1 => (id(), proptest::option::of(".*"))
            .prop_map(|(step, title)| FlowEdit::Retitle { step, title }),
        1 => (id(), any::<bool>(), any::<bool>(), proptest::option::of(any::<u16>())).prop_map(
            |(step, kept, wide, height)| FlowEdit::Annotate {
                step,
                note: kept.then(|| Note {
                    wide,
                    height,
                    ..Note::default()
                }),
            }
        ),
        1 => (id(), on_error).prop_map(|(step, on_error)| FlowEdit::HandleError { step, on_error }),
        1 => (id(), any::<bool>())
            .prop_map(|(step, collapsed)| FlowEdit::Fold { step, collapsed }),
    ]
}

fn flow_edit() -> impl Strategy<Value = FlowEdit> {
    let schedule = Schedule {
        seconds: "0".into(),
        minutes: "*/5".into(),
        hours: "*".into(),
        day_of_month: "*".into(),
        month: "*".into(),
        day_of_week: "*".into(),
        time_zone: "Asia/Tokyo".into(),
        every: None,
        window: None,
        starts: None,
        ends: None,
        overlap: Overlap::default(),
    };
    prop_oneof![
        ".*".prop_map(|name| FlowEdit::Rename { name }),
        ".*".prop_map(|description| FlowEdit::Describe { description }),
        any::<bool>().prop_map(move |is_set| FlowEdit::Plan {
            schedule: is_set.then(|| schedule.clone()),
        }),
        any::<bool>().prop_map(|saves_data| FlowEdit::KeepData { saves_data }),
        (id(), proptest::option::of(vec(key(), 0..3))).prop_map(|(step, keys)| FlowEdit::Pin {
            step,
            outputs: keys.map(|keys| keys.into_iter().map(|key| (key, "x".into())).collect()),
        }),
    ]
}

pub(crate) fn edit() -> impl Strategy<Value = FlowEdit> {
    let one = || prop_oneof![4 => card_edit(), 4 => field_edit(), 1 => flow_edit()];
    let batch = vec(one(), 0..4).prop_map(|edits| FlowEdit::Batch { edits });
    prop_oneof![6 => one(), 1 => batch]
}

pub(crate) fn flow() -> Flow {
    let mut flow = Flow::new(FlowId::from("f"), "Flow");
    let inside = Lane {
        id: LaneId::new("true"),
        inputs: vec![],
        steps: vec![leaf(StepId::from("c"))],
        yields: vec![],
    };
    flow.steps = vec![
        leaf(StepId::from("a")),
        Step {
            lanes: vec![inside],
            ..leaf(StepId::from("b"))
        },
    ];
    flow
}

fn bytes(flow: &Flow) -> String {
    serde_json::to_string(flow).unwrap()
}

/// Makes the edits from the last to the first, and returns what takes them back.
fn make(flow: &mut Flow, edits: Vec<FlowEdit>) -> Vec<FlowEdit> {
    let make = |edit| apply(flow, edit).unwrap();
    edits.into_iter().rev().map(make).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_same_bytes(edits in vec(edit(), 1..60)) {
        let before = bytes(&flow());
        let mut edited = flow();
        let mut undos = Vec::new();
        for edit in edits {
            let here = bytes(&edited);
            match apply(&mut edited, edit) {
                Ok(undo) => undos.push(undo),
                Err(_) => prop_assert_eq!(bytes(&edited), here, "a refused edit changed the flow"),
            }
        }
        let after = bytes(&edited);
        let redos = make(&mut edited, undos);
        prop_assert_eq!(bytes(&edited), before);
        let undos = make(&mut edited, redos);
        prop_assert_eq!(bytes(&edited), after);
        make(&mut edited, undos);
        prop_assert_eq!(bytes(&edited), bytes(&flow()));
    }
}
