//! Tests of what is done with several cards at once.

use super::*;
use crate::card::{CardKey, Catalogue};
use crate::document::{
    Binding, FieldKey, Input, InputRef, Lane, LaneId, OnError, Output, OutputRef, Part, Step, Then,
};
use crate::edit::Place;
use crate::id::FlowId;
use crate::types::{Base, Convert, Type};
use crate::walk::addressed;

fn key(name: &str) -> FieldKey {
    FieldKey::plain(name)
}

fn source(text: &str) -> OutputRef {
    let mut parts = text.split('.');
    OutputRef {
        step: StepId::from(parts.next().unwrap()),
        field: key(parts.next().unwrap()),
        path: parts.map(str::to_owned).collect(),
    }
}

fn from(text: &str) -> Binding {
    Binding::output(source(text))
}

/// A card that takes `text` and gives `out`.
fn card(id: &str, binding: Binding) -> Step {
    let mut input = Input::new(key("text"), Type::one(Base::Text));
    input.binding = binding;
    Step {
        id: StepId::from(id),
        card: CardKey::new("string", "compose"),
        title: None,
        note: None,
        connection: None,
        inputs: vec![input],
        outputs: vec![Output::new(key("out"), Type::one(Base::Text))],
        lanes: vec![],
        on_error: OnError::default(),
        collapsed: false,
    }
}

fn of_card(card_key: &str, id: &str) -> Step {
    Step {
        card: CardKey::parse(card_key).unwrap(),
        inputs: vec![],
        outputs: vec![],
        ..card(id, Binding::Empty)
    }
}

fn container(id: &str, card_key: &str, lanes: [(&str, Vec<Step>); 2]) -> Step {
    Step {
        lanes: lanes
            .into_iter()
            .map(|(id, steps)| Lane {
                id: LaneId::new(id),
                inputs: vec![],
                steps,
                yields: vec![],
            })
            .collect(),
        ..of_card(card_key, id)
    }
}

fn if_error(id: &str) -> Step {
    container(id, "control:tryCatch", [("try", vec![]), ("error", vec![])])
}

fn flow_of(steps: Vec<Step>) -> Flow {
    let mut flow = Flow::new(FlowId::from("f"), "Flow");
    flow.steps = steps;
    flow
}

/// start → a → b → c, where b reads a, c reads a and b, and start gives what a reads.
fn chain() -> Flow {
    flow_of(vec![
        card("start", Binding::Empty),
        card("a", from("start.out")),
        card("b", from("a.out")),
        card(
            "c",
            Binding::Template {
                parts: vec![
                    Part::Text { text: "x ".into() },
                    Part::Value {
                        name: "v1".into(),
                        binding: Box::new(from("a.out")),
                    },
                    Part::Value {
                        name: "v2".into(),
                        binding: Box::new(from("b.out")),
                    },
                ],
            },
        ),
    ])
}

fn ids(texts: &[&str]) -> Vec<StepId> {
    texts.iter().map(|text| StepId::from(*text)).collect()
}

fn row(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.id.as_str()).collect()
}

/// Makes an edit, and checks that undoing it gives the same bytes.
#[track_caller]
fn made(flow: &Flow, edit: FlowEdit) -> Flow {
    let mut after = flow.clone();
    let undo = apply(&mut after, edit).unwrap();
    let mut back = after.clone();
    apply(&mut back, undo).unwrap();
    assert_eq!(
        serde_json::to_string(&back).unwrap(),
        serde_json::to_string(flow).unwrap()
    );
    after
}

/// What is wrong with the links of a flow: fields that read what is not there or not in sight.
fn broken(flow: &Flow) -> Vec<String> {
    let mut found = Vec::new();
    for step in flow.all_steps() {
        for (at, input) in addressed(step) {
            input.binding.each_source(&mut |source| {
                if !sees(flow, &at, source) {
                    found.push(format!("{}.{}", at.step, at.field));
                }
            });
        }
    }
    found
}

fn read(flow: &Flow, step: &str) -> Vec<String> {
    let input = &flow.step(&StepId::from(step)).unwrap().inputs[0];
    let mut found = Vec::new();
    input
        .binding
        .each_source(&mut |source| found.push(format!("{}.{}", source.step, source.field.key)));
    found
}

#[test]
fn cards_are_together_when_only_notes_stand_between() {
    let mut flow = chain();
    flow.steps.insert(2, of_card("control:comment", "note"));
    let span = together(&flow, &ids(&["b", "a"])).unwrap();
    assert_eq!(span.ids, ids(&["a", "note", "b"]));
    assert_eq!(span.at.index, 1);
    assert_eq!(
        together(&flow, &ids(&["a", "c"])),
        Err(CannotArrange::NotTogether)
    );
    assert_eq!(together(&flow, &[]), Err(CannotArrange::Nothing));
    assert_eq!(
        together(&flow, &ids(&["gone"])),
        Err(CannotArrange::Nothing)
    );
}

#[test]
fn what_stands_inside_a_selected_container_goes_with_it() {
    let flow = flow_of(vec![container(
        "try",
        "control:tryCatch",
        [
            ("try", vec![card("a", Binding::Empty)]),
            ("error", vec![card("b", Binding::Empty)]),
        ],
    )]);
    assert_eq!(outermost(&flow, &ids(&["b", "try", "a"])), ids(&["try"]));
    assert_eq!(outermost(&flow, &ids(&["b", "a"])), ids(&["a", "b"]));
    assert_eq!(
        together(&flow, &ids(&["a", "b"])),
        Err(CannotArrange::NotTogether),
        "two branches"
    );
}

#[test]
fn wrapped_cards_give_their_values_through_the_container() {
    let flow = chain();
    let edit = wrap(
        &flow,
        &ids(&["a", "b"]),
        if_error("try"),
        &LaneId::new("try"),
    )
    .unwrap();
    let after = made(&flow, edit);
    assert_eq!(row(&after.steps), ["start", "try", "c"]);
    assert_eq!(row(&after.steps[1].lanes[0].steps), ["a", "b"]);
    assert_eq!(read(&after, "c"), ["try.out", "try.out 2"]);
    assert_eq!(read(&after, "b"), ["a.out"], "inside nothing changes");
    assert_eq!(after.steps[1].lanes[1].yields.len(), 2);
    assert!(broken(&after).is_empty());
}

#[test]
fn wrapping_and_taking_out_again_gives_the_same_flow() {
    let flow = chain();
    for selected in [&["a"][..], &["a", "b"], &["c"], &["b", "c"]] {
        let edit = wrap(&flow, &ids(selected), if_error("try"), &LaneId::new("try")).unwrap();
        let wrapped = made(&flow, edit);
        let out = unwrap(&wrapped, &"try".into()).unwrap();
        assert_eq!((out.lost, &out.cards), (0, &ids(selected)));
        assert_eq!(made(&wrapped, out.edit), flow, "{selected:?}");
    }
}

#[test]
fn what_cannot_be_wrapped_is_refused() {
    let flow = chain();
    let lane = LaneId::new("try");
    assert_eq!(
        wrap(&flow, &ids(&["start", "a"]), if_error("t"), &lane),
        Err(CannotArrange::Start)
    );
    assert_eq!(
        wrap(&flow, &ids(&["a", "c"]), if_error("t"), &lane),
        Err(CannotArrange::NotTogether)
    );
    assert_eq!(
        wrap(&flow, &ids(&["a"]), if_error("b"), &lane),
        Err(CannotArrange::Refused(Refused::StepExists("b".into())))
    );
}

#[test]
fn a_container_with_two_full_branches_is_not_dissolved() {
    let both = container(
        "if",
        "control:if",
        [
            ("true", vec![card("a", Binding::Empty)]),
            ("false", vec![card("b", Binding::Empty)]),
        ],
    );
    let flow = flow_of(vec![card("start", Binding::Empty), both]);
    assert_eq!(
        unwrap(&flow, &"if".into()),
        Err(CannotArrange::SeveralLanes)
    );
    assert_eq!(
        unwrap(&flow, &"start".into()),
        Err(CannotArrange::NoContainer)
    );
}

#[test]
fn constants_and_texts_that_a_branch_gave_go_to_their_readers() {
    let mut flow = chain();
    let edit = wrap(
        &flow,
        &ids(&["a", "b"]),
        if_error("try"),
        &LaneId::new("try"),
    )
    .unwrap();
    flow = made(&flow, edit);
    let yields = &mut flow.steps[1].lanes[0].yields;
    yields[0].binding = Binding::constant("fixed");
    yields[1].binding = Binding::Empty;
    let out = unwrap(&flow, &"try".into()).unwrap();
    let after = made(&flow, out.edit);
    assert_eq!(
        after.steps[3].inputs[0].binding,
        Binding::Template {
            parts: vec![
                Part::Text { text: "x ".into() },
                Part::Value {
                    name: "v1".into(),
                    binding: Box::new(Binding::constant("fixed")),
                },
            ],
        }
    );
}

#[test]
fn several_cards_move_side_by_side() {
    let flow = flow_of(
        ["start", "a", "b", "c", "d"]
            .map(|id| card(id, Binding::Empty))
            .to_vec(),
    );
    let to = |index| Place { lane: None, index };
    for (selected, place, expected) in [
        (&["a", "c"][..], 5, ["start", "b", "d", "a", "c"]),
        (&["c", "a"], 5, ["start", "b", "d", "a", "c"]),
        (&["b", "d"], 1, ["start", "b", "d", "a", "c"]),
        (&["a", "d"], 3, ["start", "b", "a", "d", "c"]),
        (&["a", "b"], 4, ["start", "c", "a", "b", "d"]),
    ] {
        let edit = shift(&flow, &ids(selected), &to(place)).unwrap().unwrap();
        assert_eq!(row(&made(&flow, edit).steps), expected, "{selected:?}");
    }
    assert_eq!(shift(&flow, &ids(&["a", "b"]), &to(1)), Ok(None));
    assert_eq!(shift(&flow, &ids(&["a", "b"]), &to(2)), Ok(None));
    assert_eq!(
        shift(&flow, &ids(&["start"]), &to(2)),
        Err(CannotArrange::Start)
    );
}

#[test]
fn cards_move_into_a_branch_but_not_into_themselves() {
    let flow = flow_of(vec![
        card("start", Binding::Empty),
        card("a", Binding::Empty),
        if_error("try"),
        card("b", Binding::Empty),
    ]);
    let inside = Place {
        lane: Some(("try".into(), LaneId::new("error"))),
        index: 0,
    };
    let edit = shift(&flow, &ids(&["a", "b"]), &inside).unwrap().unwrap();
    assert_eq!(row(&made(&flow, edit).steps[1].lanes[1].steps), ["a", "b"]);
    assert_eq!(
        shift(&flow, &ids(&["a", "try"]), &inside),
        Err(CannotArrange::Refused(Refused::IntoItself))
    );
}

fn known(catalogue: &Catalogue) -> Known<'_> {
    Known {
        catalogue,
        connections: ["acme".into()].into(),
        flows: ["helper".into()].into(),
        tables: [].into(),
    }
}

fn counted() -> impl FnMut() -> StepId {
    let mut count = 0;
    move || {
        count += 1;
        StepId::from(format!("new{count}"))
    }
}

#[test]
fn copies_read_copies_and_what_else_is_in_sight() {
    let flow = chain();
    let catalogue = Catalogue::default();
    let clip = Clip::of(&flow, &ids(&["b", "c"])).unwrap();
    let read_back = Clip::parse(&clip.to_text()).unwrap();
    assert_eq!(read_back, clip);
    let at = Place {
        lane: None,
        index: 4,
    };
    let pasted = paste(&flow, &clip, &at, &known(&catalogue), &mut counted()).unwrap();
    assert_eq!((pasted.emptied, pasted.unknown), (0, 0));
    let after = made(&flow, pasted.edit);
    assert_eq!(row(&after.steps), ["start", "a", "b", "c", "new1", "new2"]);
    assert_eq!(read(&after, "new1"), ["a.out"]);
    assert_eq!(read(&after, "new2"), ["a.out", "new1.out"]);

    let first = Place {
        lane: None,
        index: 1,
    };
    let pasted = paste(&flow, &clip, &first, &known(&catalogue), &mut counted()).unwrap();
    assert_eq!(pasted.emptied, 2, "card a comes later there");
    let after = made(&flow, pasted.edit);
    assert!(broken(&after).is_empty());
    assert_eq!(read(&after, "new2"), ["new1.out"]);
}

#[test]
fn what_another_flow_does_not_have_is_left_out() {
    let mut flow = chain();
    flow.steps[2].connection = Some("elsewhere".into());
    flow.steps[3].connection = Some("acme".into());
    let mut call = Input::new(key("flo"), Type::one(Base::Flow));
    call.binding = Binding::constant("unknown");
    flow.steps[3].inputs.push(call);
    flow.steps[3].on_error.then = Then::RunFlow {
        flow: "unknown".into(),
    };
    let clip = Clip::of(&flow, &ids(&["b", "c"])).unwrap();
    let other = flow_of(vec![card("begin", Binding::Empty)]);
    let catalogue = Catalogue::default();
    let at = Place {
        lane: None,
        index: 1,
    };
    let pasted = paste(&other, &clip, &at, &known(&catalogue), &mut counted()).unwrap();
    assert_eq!((pasted.emptied, pasted.unknown), (2, 3));
    let after = made(&other, pasted.edit);
    assert!(broken(&after).is_empty());
    assert_eq!(after.steps[1].connection, None);
    assert_eq!(after.steps[2].connection, Some("acme".into()));
    assert_eq!(after.steps[2].inputs[1].binding, Binding::Empty);
}

/// A catalogue that knows one card, which starts flows.
fn with_start() -> Catalogue {
    let spec = crate::card::CardSpec {
        key: CardKey::parse("okta:added").unwrap(),
        kind: crate::card::CardKind::Event,
        family: crate::card::Family::Event,
        icon: String::new(),
        name: String::new(),
        name_en: String::new(),
        name_ja: String::new(),
        help: String::new(),
        category: String::new(),
        inputs: vec![],
        outputs: vec![],
        extensible: crate::card::Extensible::No,
        schema_inputs: vec![],
        schema_outputs: vec![],
        lanes: vec![],
        connector: None,
        goes_without: false,
        scopes: vec![],
        optional_scopes: vec![],
        path_scopes: None,
        listed: true,
        examples: vec![],
        guide: crate::card::Guide::default(),
    };
    Catalogue::from(vec![spec])
}

#[test]
fn a_flow_takes_no_second_start() {
    let catalogue = with_start();
    let mut flow = flow_of(vec![
        Step {
            outputs: vec![Output::new(key("out"), Type::one(Base::Text))],
            ..of_card("okta:added", "start")
        },
        card("a", from("start.out")),
    ]);
    flow.schedule = serde_json::from_str("{\"seconds\":\"0\",\"minutes\":\"*\",\"hours\":\"*\",\"day_of_month\":\"*\",\"month\":\"*\",\"day_of_week\":\"*\",\"time_zone\":\"UTC\"}").unwrap();
    let clip = Clip::of(&flow, &ids(&["start", "a"])).unwrap();
    let at = Place {
        lane: None,
        index: 0,
    };
    let pasted = paste(&flow, &clip, &at, &known(&catalogue), &mut counted()).unwrap();
    assert_eq!(pasted.starts, 1);
    let after = made(&flow, pasted.edit);
    assert_eq!(row(&after.steps), ["start", "new1", "a"]);
    assert_eq!(read(&after, "new1"), ["start.out"]);
    let alone = Clip::of(&flow, &ids(&["start"])).unwrap();
    assert_eq!(
        paste(&flow, &alone, &at, &known(&catalogue), &mut counted()).err(),
        Some(CannotArrange::Start)
    );

    let empty = flow_of(vec![of_card("control:comment", "note")]);
    let end = Place {
        lane: None,
        index: 1,
    };
    let pasted = paste(&empty, &clip, &end, &known(&catalogue), &mut counted()).unwrap();
    assert_eq!(pasted.starts, 0);
    let after = made(&empty, pasted.edit);
    assert_eq!(row(&after.steps), ["new1", "new2", "note"]);
    assert_eq!(read(&after, "new2"), ["new1.out"]);
    assert_eq!(after.schedule, flow.schedule);
}

#[test]
fn containers_are_copied_with_all_they_hold() {
    let flow = flow_of(vec![
        card("start", Binding::Empty),
        container(
            "try",
            "control:tryCatch",
            [
                (
                    "try",
                    vec![card("a", from("start.out")), card("b", from("a.out"))],
                ),
                ("error", vec![of_card("control:comment", "note")]),
            ],
        ),
    ]);
    let clip = Clip::of(&flow, &ids(&["try", "a"])).unwrap();
    assert_eq!(clip.count(), 3);
    let catalogue = Catalogue::default();
    let inside = Place {
        lane: Some(("try".into(), LaneId::new("error"))),
        index: 0,
    };
    let pasted = paste(&flow, &clip, &inside, &known(&catalogue), &mut counted()).unwrap();
    let after = made(&flow, pasted.edit);
    let copy = &after.steps[1].lanes[1].steps[0];
    assert_eq!(row(&copy.lanes[0].steps), ["new2", "new3"]);
    assert_eq!(read(&after, "new3"), ["new2.out"]);
}

#[test]
fn other_texts_hold_no_cards() {
    for (text, expected) in [
        ("", NotAClip::Empty),
        ("  \n", NotAClip::Empty),
        ("hello", NotAClip::Text),
        ("{not json", NotAClip::Text),
        ("{\"nagare\": \"cards\", ", NotAClip::Damaged),
        ("[1, 2]", NotAClip::Foreign),
        ("{\"nodes\": []}", NotAClip::Foreign),
        (
            "{\"nagare\":\"cards\",\"version\":2,\"cards\":[]}",
            NotAClip::Newer,
        ),
        (
            "{\"nagare\":\"cards\",\"version\":1,\"cards\":[]}",
            NotAClip::Damaged,
        ),
        (
            "{\"nagare\":\"cards\",\"version\":\"1\",\"cards\":[]}",
            NotAClip::Damaged,
        ),
        (
            "{\"nagare\":\"cards\",\"version\":1,\"cards\":[{\"id\":\"a\",\"card\":\"x\"}]}",
            NotAClip::Damaged,
        ),
    ] {
        assert_eq!(Clip::parse(text), Err(expected), "{text}");
    }
    let huge = "x".repeat(MAX_CLIP + 1);
    assert_eq!(Clip::parse(&huge), Err(NotAClip::TooLarge));
}

#[test]
fn damaged_cards_are_not_pasted() {
    let twice = flow_of(vec![
        card("a", Binding::Empty),
        container(
            "b",
            "control:if",
            [("true", vec![card("a", Binding::Empty)]), ("false", vec![])],
        ),
    ]);
    let damaged = |flow: &Flow, all: &[&str]| {
        let clip = Clip::of(flow, &ids(all)).unwrap();
        Clip::parse(&clip.to_text())
    };
    assert_eq!(damaged(&twice, &["a", "b"]), Err(NotAClip::Damaged));
    let mut fields = chain();
    let copy = fields.steps[1].inputs[0].clone();
    fields.steps[1].inputs.push(copy);
    assert!(damaged(&fields, &["a"]).is_ok(), "as in imported packs");
    let mut deep = card("deep", Binding::Empty);
    for n in 0..=crate::edit::MAX_NESTING {
        deep = container(
            &format!("n{n}"),
            "control:if",
            [("true", vec![deep]), ("false", vec![])],
        );
    }
    assert!(damaged(&flow_of(vec![deep]), &["n16"]).is_err());
    let many: Vec<Step> = (0..=MAX_CLIP_CARDS)
        .map(|n| of_card("control:comment", &format!("n{n}")))
        .collect();
    let all: Vec<StepId> = many.iter().map(|step| step.id.clone()).collect();
    let clip = Clip::of(&flow_of(many), &all).unwrap();
    assert_eq!(Clip::parse(&clip.to_text()), Err(NotAClip::TooLarge));
}

fn blank() -> Blank {
    let mut call = of_card("control:spawn", "call");
    call.inputs
        .push(Input::new(key("flo"), Type::one(Base::Flow)));
    Blank {
        start: of_card("control:callable", "begin"),
        give_back: of_card("control:return", "end"),
        call,
    }
}

fn extracted(flow: &Flow, selected: &[&str]) -> Result<Extraction, CannotArrange> {
    extract(flow, &ids(selected), "h".into(), "Part", blank())
}

#[test]
fn extracted_cards_take_and_give_what_crossed_the_border() {
    let flow = chain();
    let done = extracted(&flow, &["a", "b"]).unwrap();
    assert_eq!((done.inputs, done.outputs), (1, 2));
    let after = made(&flow, done.edit);
    assert_eq!(row(&after.steps), ["start", "call", "c"]);
    assert_eq!(read(&after, "c"), ["call.out", "call.out 2"]);
    let call = &after.steps[1];
    assert_eq!(call.inputs[0].binding, Binding::constant("h"));
    assert!(call.inputs[1].arg);
    assert_eq!(call.inputs[1].binding, from("start.out"));
    assert_eq!(row(&done.helper.steps), ["begin", "a", "b", "end"]);
    assert_eq!(read(&done.helper, "a"), ["begin.out"]);
    assert_eq!(read(&done.helper, "end"), ["a.out"]);
    assert!(broken(&after).is_empty() && broken(&done.helper).is_empty());
}

#[test]
fn what_ends_or_answers_the_flow_is_not_extracted() {
    let with = |step: Step| {
        let mut flow = chain();
        flow.steps.insert(2, step);
        flow
    };
    let inside = |container_key: &str, inner: &str| {
        with(container(
            "box",
            container_key,
            [("one", vec![of_card(inner, "x")]), ("two", vec![])],
        ))
    };
    let x = || StepId::from("x");
    let refused = |flow: &Flow, selected: &[&str]| extracted(flow, selected).err();
    assert_eq!(
        refused(&with(of_card("control:return", "x")), &["x"]),
        Some(CannotArrange::Ends(x()))
    );
    assert_eq!(
        refused(&inside("control:if", "control:continueIf"), &["box"]),
        Some(CannotArrange::Ends(x()))
    );
    assert_eq!(
        refused(&inside("control:branch", "control:return"), &["box"]),
        None,
        "it ends only the branch"
    );
    assert_eq!(
        refused(&inside("control:tryCatch", "control:pause"), &["box"]),
        Some(CannotArrange::Answers(x()))
    );
    let mut failing = card("x", Binding::Empty);
    failing.on_error.then = Then::ReturnValues;
    assert_eq!(
        refused(&with(failing), &["a", "x"]),
        Some(CannotArrange::EndsOnError(x()))
    );
    assert_eq!(
        refused(&chain(), &["start", "a"]),
        Some(CannotArrange::Start)
    );
    assert_eq!(
        refused(&chain(), &["a", "c"]),
        Some(CannotArrange::NotTogether)
    );
}

#[test]
fn a_deleted_card_hands_on_what_it_passed_through() {
    let flow = chain();
    let found = depending(&flow, &ids(&["b"]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].at, InputRef::of("c".into(), key("text")));
    assert_eq!(found[0].passed_on, Some(source("a.out")));
    let repairs = [(found[0].at.clone(), Substitute::Take(source("a.out")))];
    let edit = remove(&flow, &ids(&["b"]), &repairs).unwrap();
    let after = made(&flow, edit);
    assert_eq!(read(&after, "c"), ["a.out", "a.out"]);

    let both = depending(&flow, &ids(&["a", "b"]));
    assert_eq!(both[0].passed_on, None, "two values, nobody knows which");
    assert_eq!(both[0].offers, [source("start.out")]);
}

#[test]
fn fields_of_deleted_cards_are_left_emptied_or_given_another_value() {
    let flow = chain();
    let at = InputRef::of("b".into(), key("text"));
    let text = InputRef::of("c".into(), key("text"));
    for (repair, broken_fields, reads) in [
        (Substitute::Leave, vec!["b.text", "c.text"], vec!["a.out"]),
        (Substitute::Empty, vec![], vec![]),
        (
            Substitute::Take(source("start.out")),
            vec![],
            vec!["start.out"],
        ),
    ] {
        let repairs = [(at.clone(), repair.clone()), (text.clone(), repair)];
        let after = made(&flow, remove(&flow, &ids(&["a"]), &repairs).unwrap());
        assert_eq!(broken(&after), broken_fields);
        assert_eq!(read(&after, "b"), reads);
    }
}

#[test]
fn another_value_comes_with_the_conversion_it_needs() {
    let mut number = card("n", Binding::Empty);
    number.outputs[0].ty = Type::one(Base::Number);
    let flow = flow_of(vec![
        number.clone(),
        Step {
            id: "m".into(),
            ..number
        },
        card(
            "c",
            Binding::Output {
                source: source("m.out"),
                convert: Some(Convert::ToString),
            },
        ),
    ]);
    let found = depending(&flow, &ids(&["m"]));
    assert_eq!(found[0].offers, [source("n.out")]);
    let repairs = [(found[0].at.clone(), Substitute::Take(source("n.out")))];
    let after = made(&flow, remove(&flow, &ids(&["m"]), &repairs).unwrap());
    assert_eq!(
        after.steps[1].inputs[0].binding,
        Binding::Output {
            source: source("n.out"),
            convert: Some(Convert::ToString),
        }
    );
}

#[test]
fn one_flow_becomes_another_and_back() {
    let flow = chain();
    let mut other = chain();
    other.name = "Other".into();
    other.saves_data = false;
    other.pins.push(crate::document::Pin {
        step: "a".into(),
        outputs: vec![],
    });
    other.steps.remove(2);
    other.steps.insert(1, card("new", Binding::Empty));
    let after = made(&flow, rewrite(&flow, &other).unwrap());
    assert_eq!(after, other);
    assert_eq!(rewrite(&flow, &flow), None);
    let empty = flow_of(vec![]);
    assert_eq!(made(&flow, rewrite(&flow, &empty).unwrap()).steps, []);
}
