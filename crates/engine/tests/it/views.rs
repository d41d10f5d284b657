//! What a run page shows.

use engine::{StepState, StepView, view};
use flow::{Flow, LaneId};
use serde_json::{Value as Json, json};

use crate::flows::{flow, from, give_back, is, item, plan, step, upper};
use crate::world::{World, minutes, shown};

fn views(world: &World, flow: &Flow) -> Vec<StepView> {
    view(&plan(flow), &world.journal())
}

/// The states of the cards, by id.
#[track_caller]
fn check_states(world: &World, flow: &Flow, expected: &[(&str, StepState)]) {
    let views = views(world, flow);
    let states: Vec<(&str, StepState)> = views
        .iter()
        .map(|view| (view.step.as_str(), view.state))
        .collect();
    assert_eq!(states, expected);
}

fn fields(fields: &[(flow::FieldKey, flow::Value)]) -> Json {
    fields
        .iter()
        .map(|(key, value)| (key.key.clone(), value.to_json()))
        .collect()
}

use StepState::{Failed, NotReached, OutcomeUnknown, Running, Skipped, Succeeded, Waiting};

#[test]
fn inputs_and_outputs_are_those_of_the_moment() {
    let flow = flow(
        &["n"],
        [
            upper("a", from("start.n")),
            step("get", "test:get")
                .give("text", from("a.result"))
                .out("result"),
        ],
    );
    let world = World::new();
    world.run(&flow, &json!({"n": "x"}));
    let views = views(&world, &flow);
    assert_eq!(fields(&views[0].outputs), json!({"n": "x"}));
    assert_eq!(
        (fields(&views[1].inputs), fields(&views[1].outputs)),
        (json!({"text": "x"}), json!({"result": "X"}))
    );
    assert_eq!(
        (fields(&views[2].inputs), fields(&views[2].outputs)),
        (json!({"text": "X"}), json!({"result": "X"}))
    );
    assert_eq!(views[2].attempts, 1);
    assert!(views[2].started_at_ms.is_some() && views[2].took_us.is_some());
}

#[test]
fn nothing_is_shown_of_a_flow_that_saves_no_data() {
    let mut flow = flow(&["n"], [upper("a", from("start.n"))]);
    flow.saves_data = false;
    let world = World::new();
    world.run(&flow, &json!({"n": "x"}));
    for view in views(&world, &flow) {
        assert_eq!(
            (view.state, view.inputs, view.outputs),
            (Succeeded, vec![], vec![])
        );
    }
}

#[test]
fn rows_that_were_not_chosen_are_skipped() {
    let flow = flow(
        &["n"],
        [
            step("if", "control:if")
                .condition(from("start.n"), "==", 1)
                .lane("true", [upper("yes", is("x"))])
                .lane("false", [upper("no", is("x"))]),
            give_back("end", "x", is(1)),
            upper("after", is("x")),
        ],
    );
    let world = World::new();
    world.run(&flow, &json!({"n": 1}));
    check_states(
        &world,
        &flow,
        &[
            ("start", Succeeded),
            ("if", Succeeded),
            ("yes", Succeeded),
            ("no", Skipped),
            ("end", Succeeded),
            ("after", NotReached),
        ],
    );
    assert_eq!(views(&world, &flow)[1].lane, Some(LaneId::new("true")));
    assert_eq!(
        fields(&views(&world, &flow)[1].inputs)["left-operand"],
        json!(1)
    );
}

#[test]
fn a_failure_shows_on_its_card_and_its_containers() {
    let inner = step("if", "control:if").condition(is(1), "==", 1).lane(
        "true",
        [
            step("bad", "test:fail").give("message", is("no")),
            upper("never", is("x")),
        ],
    );
    let flow = flow(&[], [inner, upper("after", is("x"))]);
    let world = World::new();
    world.run(&flow, &json!({}));
    check_states(
        &world,
        &flow,
        &[
            ("start", Succeeded),
            ("if", Failed),
            ("bad", Failed),
            ("never", NotReached),
            ("after", NotReached),
        ],
    );
    let bad = &views(&world, &flow)[2];
    assert_eq!(bad.error.as_ref().unwrap().message, "no");
    assert_eq!(fields(&bad.inputs), json!({"message": "no"}));
}

#[test]
fn a_caught_failure_stays_visible() {
    let guarded = step("try", "control:tryCatch")
        .out("context.error")
        .lane("try", [step("bad", "test:fail"), upper("never", is("x"))])
        .lane("error", [upper("saved", from("try.context.error"))]);
    let flow = flow(&[], [guarded]);
    let world = World::new();
    world.run(&flow, &json!({}));
    check_states(
        &world,
        &flow,
        &[
            ("start", Succeeded),
            ("try", Succeeded),
            ("bad", Failed),
            ("never", NotReached),
            ("saved", Succeeded),
        ],
    );
    let saved = &views(&world, &flow)[4];
    assert_eq!(fields(&saved.inputs)["text"]["code"], json!(418));
}

#[test]
fn a_return_in_a_container_ends_it_well() {
    let inner = step("if", "control:if")
        .condition(is(1), "==", 1)
        .lane("true", [give_back("r", "x", is(1))]);
    let flow = flow(&[], [inner]);
    let world = World::new();
    world.run(&flow, &json!({}));
    check_states(
        &world,
        &flow,
        &[("start", Succeeded), ("if", Succeeded), ("r", Succeeded)],
    );
}

#[test]
fn a_run_under_way_shows_where_it_is() {
    let flow = flow(
        &[],
        [
            step("wait", "control:wait")
                .give("delay", is(5))
                .give("unit", is("minute")),
            step("post", "test:create"),
        ],
    );
    let world = World::new();
    world.blow_after(4);
    assert!(world.run_plan(&plan(&flow), &json!({})).is_none());
    check_states(
        &world,
        &flow,
        &[
            ("start", Succeeded),
            ("wait", Waiting),
            ("post", NotReached),
        ],
    );
    let until = views(&world, &flow)[1].until_ms.unwrap();
    assert_eq!(until, 1_760_000_000_000 + minutes(5));

    world.restart(true);
    world.blow_after(4);
    assert!(world.run_plan(&plan(&flow), &json!({})).is_none());
    check_states(
        &world,
        &flow,
        &[("start", Succeeded), ("wait", Succeeded), ("post", Running)],
    );

    world.restart(true);
    assert_eq!(
        shown(&world.run(&flow, &json!({}))),
        json!(["unknown", "post"])
    );
    check_states(
        &world,
        &flow,
        &[
            ("start", Succeeded),
            ("wait", Succeeded),
            ("post", OutcomeUnknown),
        ],
    );
}

#[test]
fn a_loop_lists_its_helpers() {
    let list: Vec<i64> = (0..150).collect();
    let flow = flow(
        &[],
        [step("each", "list:asyncEach")
            .give("list", is(json!(list)))
            .helper("h")
            .arg("n", item(None))],
    );
    let world = World::new().helps(|child| {
        if child.index == Some(149) {
            Err(flow::CardError::new("inner", "bad"))
        } else {
            Ok(flow::Value::Null)
        }
    });
    world.run(&flow, &json!({}));
    let each = &views(&world, &flow)[1];
    assert_eq!((each.items, each.children.len()), (Some(150), 101));
    assert_eq!(
        each.children[0].run,
        engine::child_run_id(&"01KAN0WQ8Z4T5V6X7Y8Z9A0B1C".into(), "each", Some(0))
    );
    let last = each.children.last().unwrap();
    assert_eq!(
        (last.index, last.error.as_ref().unwrap().code.as_str()),
        (Some(149), "inner")
    );
}

#[test]
fn attempts_are_counted() {
    let flow = flow(
        &[],
        [step("get", "test:get")
            .out("result")
            .retry(3, &[1000], false)],
    );
    let world = World::new().answers(|call| {
        if call.attempt < 2 {
            let mut error = flow::CardError::new("net", "down");
            error.retry = flow::RetryHint::Unavailable;
            Err(error)
        } else {
            Ok(engine::Answer::default())
        }
    });
    world.run(&flow, &json!({}));
    let get = &views(&world, &flow)[1];
    assert_eq!(
        (get.state, get.attempts, get.error.is_none()),
        (Succeeded, 3, true)
    );
}
