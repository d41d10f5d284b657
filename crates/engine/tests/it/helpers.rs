//! Call Flow and Call Flow Async.

use flow::{Base, CardError, RetryHint, Type};
use serde_json::json;

use crate::flows::{flow, from, give_back, is, step};
use crate::world::{World, check, check_in, shown};

#[test]
fn call_flow_hands_over_arguments_and_takes_values_by_name() {
    let flow = flow(
        &["n"],
        [
            step("call", "control:spawn")
                .helper("double")
                .arg("n", from("start.n"))
                .arg("word", is("w"))
                .out_typed("n", Type::one(Base::Text))
                .out("gone"),
            step("end", "control:return")
                .custom("n", from("call.n"))
                .custom("gone", from("call.gone")),
        ],
    );
    let world = World::new();
    check_in(
        &world,
        &flow,
        &json!({"n": 4}),
        &json!({"n": "4", "gone": null}),
    );
    let seen = world.seen.lock().unwrap();
    let child = &seen.children[0];
    assert_eq!(
        (child.flow.as_str(), child.wait, child.index),
        ("double", true, None)
    );
    let parent = child
        .inputs
        .iter()
        .find(|(key, _)| key.is("context", "parent"))
        .unwrap();
    assert_eq!(
        parent.1.to_json(),
        json!({
            "id": "flow", "method": "call", "name": "The flow", "execution_id": "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C",
        })
    );
}

#[test]
fn inputs_that_the_user_made_are_handed_over_where_none_is_marked() {
    let call = step("call", "control:spawn")
        .helper("h")
        .custom("n", is(1))
        .out("n");
    let flow = flow(&[], [call, give_back("end", "n", from("call.n"))]);
    check(&flow, json!({}), json!({"n": 1}));
}

#[test]
fn call_flow_async_starts_and_goes_on() {
    let world = World::new();
    let flow = flow(
        &[],
        [
            step("run", "control:run").helper("h").arg("n", is(1)),
            give_back("end", "x", is(1)),
        ],
    );
    check_in(&world, &flow, &json!({}), &json!({"x": 1}));
    assert!(!world.seen.lock().unwrap().children[0].wait);
}

#[test]
fn what_a_helper_is_given_is_on_disk_first() {
    let clock = || step("clock", "test:clock").out("random");
    for card in ["control:spawn", "control:run"] {
        let call = step("call", card)
            .helper("h")
            .arg("n", from("clock.random"));
        check(&flow(&[], [clock(), call]), json!({}), json!({}));
    }
    let each = step("each", "list:each")
        .give("list", from("clock.random"))
        .helper("h");
    check(&flow(&[], [clock(), each]), json!({}), json!({}));
}

#[test]
fn a_failing_helper_fails_the_card() {
    let world = World::new().helps(|_| Err(CardError::new("inner", "it broke")));
    let call = || step("call", "control:spawn").helper("h").out("n");
    check_in(
        &world,
        &flow(&[], [call()]),
        &json!({}),
        &json!(["failed", "inner", "it broke", "call"]),
    );

    let unknown = World::new().helps(|_| {
        Err(CardError {
            retry: RetryHint::OutcomeUnknown,
            ..CardError::new("inner", "?")
        })
    });
    check_in(
        &unknown,
        &flow(&[], [call()]),
        &json!({}),
        &json!(["unknown", "call"]),
    );
}

#[test]
fn a_failed_helper_is_not_tried_again_by_its_caller() {
    let busy = || {
        World::new().helps(|_| {
            Err(CardError {
                retry: RetryHint::RateLimited { reset_at_ms: None },
                ..CardError::new("okta.busy", "busy")
            })
        })
    };
    let spawn = step("call", "control:spawn").helper("h");
    let each = step("call", "list:each").give("list", is(1)).helper("h");
    for card in [spawn, each] {
        let flow = flow(&[], [card.retry(3, &[1000], true)]);
        let world = busy();
        check_in(
            &world,
            &flow,
            &json!({}),
            &json!(["failed", "okta.busy", "busy", "call"]),
        );
        assert_eq!(world.seen.lock().unwrap().clock_ms, 0);
    }
}

#[test]
fn a_call_without_a_helper_says_so() {
    let ended = shown(&World::new().run(&flow(&[], [step("call", "control:spawn")]), &json!({})));
    assert_eq!(ended[1], json!("helper.missing"));
}

#[test]
fn a_helper_that_returns_the_wrong_type_fails_the_card() {
    let call = step("call", "control:spawn")
        .helper("h")
        .arg("n", is("word"))
        .out_typed("n", Type::one(Base::Number));
    let ended = shown(&World::new().run(&flow(&[], [call]), &json!({})));
    assert_eq!(ended[1], json!("helper.type"));
}
