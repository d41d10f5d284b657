//! Flows changed after their import, and flows that never were in a pack: the pack is valid and says the same.

use flopack::{
    Column, FlowView, PackConnection, PackFolder, PackTable, PackView, export, import, remap, same,
};
use flow::{
    Base, Binding, CardKey, FieldKey, Flow, FlowEdit, FlowId, Input, InputRef, Lane, LaneId,
    Output, OutputRef, Part, Place, Step, StepId, Type, apply,
};
use serde_json::Value as Json;

use crate::fixtures::{Counter, outline, pack, text};
use crate::invariants;

fn step(id: &str, card: &str) -> Step {
    let mut flow = serde_json::json!({"id": id, "card": card});
    flow["inputs"] = serde_json::json!([]);
    serde_json::from_value(flow).unwrap()
}

fn source(step: &str, key: FieldKey, path: &[&str]) -> OutputRef {
    OutputRef {
        step: StepId::from(step),
        field: key,
        path: path.iter().map(ToString::to_string).collect(),
    }
}

fn bound(key: &str, base: Base, binding: Binding) -> Input {
    Input {
        binding,
        ..Input::new(FieldKey::plain(key), Type::one(base))
    }
}

/// Edits the first flow of a fixture, exports it with its skeleton, and reads it again.
#[track_caller]
fn edited(name: &str, edits: Vec<FlowEdit>) -> (Flow, Flow, Json) {
    let mut pack = pack(name);
    apply(&mut pack.flows[0].flow, FlowEdit::Batch { edits }).unwrap();
    let exported = export(&pack.view()).unwrap();
    invariants::hold(&exported);
    let original: Json = serde_json::from_str(text(name)).unwrap();
    assert_ne!(
        same(&original, &exported),
        [""; 0],
        "the comparison sees the edit"
    );
    let again = import(exported.to_string().as_bytes(), &mut Counter(0)).unwrap();
    assert_eq!(again.problems, []);
    (
        pack.flows[0].flow.clone(),
        again.flows[0].flow.clone(),
        exported,
    )
}

#[track_caller]
fn survives(name: &str, edits: Vec<FlowEdit>) {
    let (before, after, _) = edited(name, edits);
    assert_eq!(outline(&before), outline(&after));
    assert_eq!(before, after);
}

fn bind(step: &str, key: FieldKey, binding: Binding) -> FlowEdit {
    FlowEdit::Bind {
        input: InputRef::of(StepId::from(step), key),
        binding,
    }
}

#[test]
fn a_typed_value_a_title_and_a_note_change() {
    survives(
        "plain",
        vec![
            bind(
                "read",
                FieldKey::in_group("User", "ID or Login"),
                Binding::constant("grace@example.com"),
            ),
            FlowEdit::Retitle {
                step: StepId::from("read"),
                title: Some("Find Grace".into()),
            },
            FlowEdit::Annotate {
                step: StepId::from("note"),
                note: Some(flow::Note {
                    title: "How".into(),
                    text: "So".into(),
                    ..flow::Note::default()
                }),
            },
            FlowEdit::Rename {
                name: "Other".into(),
            },
        ],
    );
}

#[test]
fn a_removed_card_takes_its_picked_values_along() {
    let (_, after, exported) = edited(
        "plain",
        vec![FlowEdit::RemoveStep {
            step: StepId::from("read"),
        }],
    );
    assert!(!exported.to_string().contains("object:0.0.1:expand"));
    assert!(
        outline(&after).contains("Hello [k1=\"\"]"),
        "{}",
        outline(&after)
    );
}

#[test]
fn a_new_card_picks_another_value_out_of_an_object() {
    let mut card = step("fresh card with a long id", "string:upper");
    let id = source("read", FieldKey::in_group("Output", "User"), &["id"]);
    card.inputs
        .push(bound("text", Base::Text, Binding::output(id)));
    card.outputs.push(Output::new(
        FieldKey::plain("output"),
        Type::one(Base::Text),
    ));
    let (before, after, _) = edited(
        "plain",
        vec![FlowEdit::AddStep {
            step: Box::new(card),
            at: Place {
                lane: None,
                index: 2,
            },
        }],
    );
    let renamed = after.steps[2].id.to_string();
    assert_eq!(
        outline(&before).replace("fresh card with a long id", &renamed),
        outline(&after)
    );
}

#[test]
fn attributes_of_the_org_are_written_as_okta_writes_them() {
    let badge = Input {
        label: "Badge number".to_owned(),
        binding: Binding::constant(4711),
        ..Input::new(
            FieldKey::in_group("Profile", "badge"),
            Type::one(Base::Number),
        )
    };
    let areas = Output {
        label: "Areas".to_owned(),
        ..Output::new(
            FieldKey::in_group("Profile Properties", "areas"),
            Type::list_of(Base::Text),
        )
    };
    let update = Step {
        title: Some("Update User".to_owned()),
        inputs: vec![badge],
        ..step("update", "okta:updateUser")
    };
    let edits = vec![
        FlowEdit::AddStep {
            step: Box::new(update),
            at: Place {
                lane: None,
                index: 2,
            },
        },
        FlowEdit::AddOutput {
            step: StepId::from("read"),
            output: Box::new(areas),
            index: 0,
        },
    ];
    let (before, after, exported) = edited("plain", edits);
    assert_eq!(before, after);
    let flows = exported["data"]["flos"].as_object().unwrap();
    let flow = flows.values().next().unwrap();
    let methods = flow["data"]["methods"].as_array().unwrap();
    let pin = |card: &str, side: &str, key: &str| {
        let method = methods.iter().find(|method| method["uuid"] == card);
        let pins = method.unwrap()["node"]["model"][side]["data"]
            .as_object()
            .unwrap();
        let mut pin = pins.values().find(|pin| pin["key"] == key).unwrap().clone();
        pin.as_object_mut().unwrap().remove("id");
        pin
    };
    let input = pin("update", "inputs", "badge");
    assert_eq!(
        (&input["group"], &input["flags"], &input["required"]),
        (&Json::from("Profile"), &Json::from("d"), &Json::from(false))
    );
    assert_eq!(input["value"]["type"], "number");
    assert_eq!(input["value"]["data"], 4711);
    assert_eq!(input["metadata"]["displayname"], "Badge number");
    assert!(input["metadata"].get("custom").is_none());
    let output = pin("read", "outputs", "areas");
    assert_eq!(output["value"]["type"], "string");
    assert_eq!(output["value"]["collection"], true);
    assert_eq!(output["metadata"]["displayname"], "Areas");
}

#[test]
fn cards_change_places() {
    survives(
        "plain",
        vec![
            FlowEdit::MoveStep {
                step: StepId::from("odd"),
                to: Place {
                    lane: None,
                    index: 1,
                },
            },
            bind("odd", FieldKey::plain("Name"), Binding::constant("x")),
        ],
    );
    let lane = Some((StepId::from("if2"), LaneId::new("false")));
    survives(
        "if",
        vec![
            FlowEdit::MoveStep {
                step: StepId::from("let1"),
                to: Place { lane, index: 0 },
            },
            bind("if2", FieldKey::plain("left-operand"), Binding::constant(3)),
        ],
    );
}

#[test]
fn an_outer_value_enters_two_bodies_deep() {
    let word = FieldKey::plain("word");
    let at = InputRef {
        lane: Some(LaneId::new("cc9")),
        yields: true,
        ..InputRef::of(StepId::from("br"), word)
    };
    survives(
        "inline",
        vec![FlowEdit::Bind {
            input: at,
            binding: Binding::output(source("start", FieldKey::plain("Name"), &[])),
        }],
    );
}

#[test]
fn a_card_moves_out_of_a_body_and_a_case_goes() {
    let mut pack = pack("inline");
    let flow = &mut pack.flows[0].flow;
    let branch = flow.step_mut(&StepId::from("br")).unwrap();
    branch.lanes.remove(1);
    branch.lanes.insert(
        1,
        Lane {
            id: LaneId::new("added"),
            inputs: vec![],
            steps: vec![],
            yields: vec![],
        },
    );
    apply(
        flow,
        FlowEdit::MoveStep {
            step: StepId::from("br"),
            to: Place {
                lane: None,
                index: 1,
            },
        },
    )
    .unwrap();
    let exported = export(&pack.view()).unwrap();
    invariants::hold(&exported);
    let again = import(exported.to_string().as_bytes(), &mut Counter(0)).unwrap();
    let lanes: Vec<&str> = again.flows[0].flow.steps[1]
        .lanes
        .iter()
        .map(|lane| lane.id.as_str())
        .collect();
    assert_eq!(lanes, ["if", "added", "else"]);
    assert!(outline(&again.flows[0].flow).contains("left-operand<start.Name"));
}

#[test]
fn an_event_flow_gets_another_field_and_card() {
    let field = FieldKey::in_group("Okta User", "Alternate ID");
    let mut card = step("up", "string:upper");
    card.inputs.push(bound(
        "text",
        Base::Text,
        Binding::output(source("ev", field.clone(), &[])),
    ));
    survives(
        "event",
        vec![
            FlowEdit::AddOutput {
                step: StepId::from("ev"),
                output: Box::new(Output::new(field, Type::one(Base::Text))),
                index: 3,
            },
            FlowEdit::AddStep {
                step: Box::new(card),
                at: Place {
                    lane: None,
                    index: 1,
                },
            },
        ]
        .into_iter()
        .map(titled)
        .collect(),
    );
}

/// A card without a title comes back with its own name as title.
fn titled(edit: FlowEdit) -> FlowEdit {
    match edit {
        FlowEdit::AddStep { mut step, at } => {
            step.title.get_or_insert("Upper".into());
            FlowEdit::AddStep { step, at }
        }
        other => other,
    }
}

#[test]
fn a_schedule_a_connection_and_error_handling_change() {
    let mut schedule = pack("plain").flows[0].flow.schedule.clone().unwrap();
    schedule.hours = "10".into();
    survives(
        "plain",
        vec![
            FlowEdit::Plan {
                schedule: Some(schedule),
            },
            FlowEdit::Connect {
                step: StepId::from("read"),
                connection: None,
            },
            FlowEdit::HandleError {
                step: StepId::from("read"),
                on_error: flow::OnError {
                    retry: None,
                    then: flow::Then::ReturnValues,
                    is_own: false,
                },
            },
        ],
    );
}

#[test]
fn a_link_to_something_that_is_not_in_sight_is_not_written() {
    let late = Binding::output(source("odd", FieldKey::plain("nothing"), &[]));
    let (_, after, _) = edited(
        "plain",
        vec![bind(
            "read",
            FieldKey::in_group("User", "ID or Login"),
            late,
        )],
    );
    assert!(outline(&after).contains("read\n"), "{}", outline(&after));
}

/// An If/Else in If Error in an event flow, texts with values on plain cards, constants and outer values as what lanes give.
fn by_hand() -> Flow {
    let mut flow = Flow::new(
        FlowId::from("77777777-7777-4777-8777-777777777777"),
        "By hand",
    );
    let mut event = step("ev", "okta:userCreated");
    event.outputs.push(Output::new(
        FieldKey::in_group("Okta User", "ID"),
        Type::one(Base::Text),
    ));
    event.outputs.push(Output::new(
        FieldKey::in_group("Event", "Target"),
        Type::one(Base::Object),
    ));
    let mut attempt = step("attempt", "control:tryCatch");
    attempt
        .outputs
        .push(Output::new(FieldKey::plain("word"), Type::one(Base::Text)));
    attempt.outputs.push(Output::new(
        FieldKey::in_group("context", "error"),
        Type::one(Base::Object),
    ));
    let word = |binding| vec![bound("word", Base::Text, binding)];
    attempt.lanes = vec![
        Lane {
            id: LaneId::new("try"),
            inputs: vec![],
            steps: vec![forked()],
            yields: word(Binding::output(source("fork", FieldKey::plain("out"), &[]))),
        },
        Lane {
            id: LaneId::new("error"),
            inputs: vec![],
            steps: vec![],
            yields: word(Binding::output(source(
                "attempt",
                FieldKey::in_group("context", "error"),
                &["message"],
            ))),
        },
    ];
    let mut give = step("give", "control:return");
    give.inputs.push(bound(
        "word",
        Base::Any,
        Binding::output(source("attempt", FieldKey::plain("word"), &[])),
    ));
    flow.steps = vec![event, attempt, give];
    flow
}

/// An If/Else whose lanes give a constant and an outer value.
fn forked() -> Step {
    let id = || Binding::output(source("ev", FieldKey::in_group("Okta User", "ID"), &[]));
    let mut act = step("act", "okta:suspendUser");
    act.inputs.push(bound(
        "ID",
        Base::Text,
        Binding::Template {
            parts: vec![
                Part::Text {
                    text: "user ".into(),
                },
                Part::Value {
                    name: "a".into(),
                    binding: Box::new(id()),
                },
            ],
        },
    ));
    act.inputs.push(bound(
        "Any",
        Base::Any,
        Binding::output(source(
            "ev",
            FieldKey::in_group("Event", "Target"),
            &["0", "id"],
        )),
    ));
    act.connection = Some("c1".into());
    let mut fork = step("fork", "control:if");
    fork.inputs.push(bound("left-operand", Base::Text, id()));
    fork.outputs
        .push(Output::new(FieldKey::plain("out"), Type::one(Base::Text)));
    fork.outputs.push(Output::new(
        FieldKey::plain("result"),
        Type::one(Base::Boolean),
    ));
    let gives = |binding| vec![bound("out", Base::Text, binding)];
    fork.lanes = vec![
        Lane {
            id: LaneId::new("true"),
            inputs: vec![],
            steps: vec![act],
            yields: gives(Binding::constant("one")),
        },
        Lane {
            id: LaneId::new("false"),
            inputs: vec![],
            steps: vec![],
            yields: gives(id()),
        },
    ];
    fork
}

fn view(flow: &Flow) -> PackView<'_> {
    PackView {
        flows: vec![FlowView {
            folder: None,
            flow,
            skeleton: None,
        }],
        ..PackView::default()
    }
}

#[test]
fn a_flow_made_by_hand_is_a_valid_pack() {
    let flow = by_hand();
    let connections = [PackConnection {
        id: "c1".into(),
        name: "My org".into(),
        module: "okta".into(),
        cards: 1,
    }];
    let folders = [PackFolder {
        id: "g".into(),
        parent: None,
        name: "Mine".into(),
        description: String::new(),
    }];
    let columns = vec![Column {
        name: "Due".into(),
        base: Base::Date,
        code: "dte".into(),
        default: None,
    }];
    let tables = [PackTable {
        id: "t".into(),
        folder: None,
        name: "Table".into(),
        description: String::new(),
        columns,
    }];
    let exported = export(&PackView {
        connections: &connections,
        folders: &folders,
        tables: &tables,
        ..view(&flow)
    })
    .unwrap();
    invariants::hold(&exported);
    assert_eq!(exported["data"]["tables"]["t"]["data"]["group_id"], "g");
    let again = import(exported.to_string().as_bytes(), &mut Counter(0)).unwrap();
    assert_eq!(again.problems, []);
    let text = outline(&again.flows[0].flow);
    assert!(text.contains("_text_=\"user [a<ev.ID]\""), "{text}");
    assert!(text.contains("Any<ev.Target.0.id"), "{text}");
    assert!(text.contains("gives word<attempt.error.message"), "{text}");
    assert!(text.contains("give word<attempt.word"), "{text}");
    // what the lanes give came through Assign cards
    assert_eq!(text.matches("=\"one\"").count(), 1, "{text}");
    let twice = export(&again.view()).unwrap();
    assert_eq!(same(&exported, &twice), [""; 0]);
}

#[test]
fn an_empty_flow_is_a_valid_pack() {
    let flow = Flow::new(FlowId::from("f"), "Empty");
    let exported = export(&view(&flow)).unwrap();
    invariants::hold(&exported);
}

#[test]
fn ids_are_mapped_and_titles_forgotten() {
    let mut pack = pack("calls");
    let flow = &mut pack.flows[1].flow;
    let map = |from: &str, to: &str| [(from.to_owned(), to.to_owned())].into();
    remap(
        flow,
        &map("55555555-5555-4555-8555-555555555555", "helper"),
        &map("t1", "table"),
        &map("c1", "connection"),
    );
    let text = outline(flow);
    assert!(
        text.contains("stash=\"table\"") && text.contains("flo=\"helper\""),
        "{text}"
    );
    assert_eq!(
        flow.steps[3].on_error.then,
        flow::Then::RunFlow {
            flow: FlowId::from("helper")
        }
    );
    flopack::forget_own_titles(flow, &|card: &CardKey| {
        card.is("list", "each").then(|| "For Each".into())
    });
    assert_eq!(flow.steps[2].title, None);
    assert!(flow.steps[3].title.is_some());
}
