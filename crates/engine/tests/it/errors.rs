//! What happens when a card fails: retries, returned values, error flows.

use engine::{Answer, Event};
use flow::{CardError, FlowId, OnError, Retry, RetryHint, Then};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, give_back, is, step};
use crate::world::{World, answer, check_in, minutes, shown};

fn failing(hint: RetryHint) -> CardError {
    CardError {
        status: Some(429),
        retry: hint,
        ..CardError::new("okta.busy", "busy")
    }
}

/// A world whose calls fail so often before they succeed.
fn busy_world(failures: u32, hint: RetryHint) -> World {
    World::new().answers(move |call| {
        if call.attempt < failures {
            Err(failing(hint))
        } else {
            Ok(answer(&json!({"result": call.attempt})))
        }
    })
}

const LIMITED: RetryHint = RetryHint::RateLimited { reset_at_ms: None };

#[track_caller]
fn check_calls(card: Make, failures: u32, hint: RetryHint, calls: usize, waited_ms: i64) {
    let world = busy_world(failures, hint);
    let ended = shown(&world.run(&flow(&[], [card]), &json!({})));
    let fails = calls <= failures as usize;
    assert_eq!(ended.get(1).is_some(), fails, "{ended}");
    let seen = world.seen.lock().unwrap();
    assert_eq!((seen.calls.len(), seen.clock_ms), (calls, waited_ms));
}

#[test]
fn a_card_is_tried_again_as_its_error_handling_says() {
    let get = || step("get", "test:get").out("result");
    let create = || step("post", "test:create").out("result");
    let third = [60_000, 180_000];
    check_calls(get(), 1, LIMITED, 1, 0);
    check_calls(get().retry(3, &third, true), 2, LIMITED, 3, 240_000);
    check_calls(get().retry(2, &third, true), 9, LIMITED, 3, 240_000);
    check_calls(get().retry(3, &third, true), 9, LIMITED, 4, 420_000);
    check_calls(get().retry(1, &[], true), 1, LIMITED, 2, minutes(5));
    check_calls(create().retry(1, &[1000], true), 1, LIMITED, 2, 1000);
    // Only after "too many requests", unless the card says otherwise; and never what would fail again.
    check_calls(
        get().retry(3, &third, true),
        1,
        RetryHint::Unavailable,
        1,
        0,
    );
    check_calls(
        get().retry(3, &third, false),
        1,
        RetryHint::Unavailable,
        2,
        60_000,
    );
    check_calls(get().retry(3, &third, false), 1, RetryHint::No, 1, 0);
    // It may have taken effect before the service failed.
    check_calls(
        create().retry(3, &third, false),
        1,
        RetryHint::Unavailable,
        1,
        0,
    );
}

#[test]
fn a_retry_waits_until_the_limit_is_reset() {
    let reset = RetryHint::RateLimited {
        reset_at_ms: Some(1_760_000_000_000 + 500_000),
    };
    let get = step("get", "test:get")
        .out("result")
        .retry(1, &[1000], true);
    check_calls(get, 1, reset, 2, 500_000);
}

#[test]
fn a_call_without_an_answer_that_must_not_be_repeated_asks() {
    let world = World::new().answers(|_| Err(failing(RetryHint::OutcomeUnknown)));
    let guarded = |card| {
        flow(
            &[],
            [step("try", "control:tryCatch")
                .lane(
                    "try",
                    [step("call", card).out("result").retry(2, &[1], false)],
                )
                .lane("error", [])],
        )
    };
    let ended = world.run(&guarded("test:create"), &json!({}));
    assert_eq!(shown(&ended), json!(["unknown", "call"]));
    assert_eq!(world.called().len(), 1);
    assert!(
        world
            .journal()
            .iter()
            .any(|entry| matches!(entry.event, Event::Unclear { .. }))
    );

    let world = World::new().answers(|_| Err(failing(RetryHint::OutcomeUnknown)));
    assert_eq!(
        shown(&world.run(&guarded("test:get"), &json!({}))),
        json!({})
    );
    assert_eq!(world.called().len(), 3);
}

#[test]
fn a_failed_card_can_return_values() {
    let bad = || {
        step("bad", "test:fail")
            .give("message", is("sorry"))
            .custom("extra", is(7))
            .then(Then::ReturnValues)
    };
    let world = World::new();
    let whole = flow(&[], [bad(), give_back("end", "x", is(1))]);
    check_in(
        &world,
        &whole,
        &json!({}),
        &json!({"message": "sorry", "extra": 7}),
    );
    assert!(
        world
            .journal()
            .iter()
            .any(|entry| matches!(entry.event, Event::Failed { .. }))
    );
}

#[test]
fn a_failed_card_can_run_another_flow_before_the_flow_fails() {
    let bad = step("bad", "test:fail")
        .give("message", is("sorry"))
        .custom("who", is("ada"))
        .then(Then::RunFlow {
            flow: FlowId::from("alarm"),
        });
    for helper in [Ok(()), Err(CardError::new("x", "the alarm fails too"))] {
        let bad = Make(bad.0.clone());
        let world = World::new().helps(move |_| helper.clone().map(|()| flow::Value::Null));
        let expected = json!(["failed", "test.failed", "sorry", "bad"]);
        check_in(&world, &flow(&[], [bad]), &json!({}), &expected);
        let seen = world.seen.lock().unwrap();
        let alarm = &seen.children[0];
        assert_eq!(alarm.flow, FlowId::from("alarm"));
        let input = |name: &str| -> Json {
            let found = alarm.inputs.iter().find(|(key, _)| key.key == name);
            found.unwrap().1.to_json()
        };
        assert_eq!(input("who"), json!("ada"));
        assert_eq!(input("error")["message"], json!("sorry"));
        assert_eq!(input("parent")["method"], json!("bad"));
    }
}

#[test]
fn a_card_that_answers_what_does_not_fit_is_not_tried_again() {
    let world = World::new().answers(|_| Ok(Answer::default()));
    let get = step("get", "test:get").out("result");
    check_in(&world, &flow(&[], [get]), &json!({}), &json!({}));
    assert_eq!(world.called(), ["get"]);
}

/// A flow whose cards have a common setting.
fn with_default(cards: impl IntoIterator<Item = Make>, on_error: OnError) -> flow::Flow {
    flow::Flow {
        on_error,
        ..flow(&[], cards)
    }
}

fn alarm() -> OnError {
    OnError {
        then: Then::RunFlow {
            flow: FlowId::from("alarm"),
        },
        ..OnError::default()
    }
}

#[test]
fn the_flows_default_holds_for_cards_that_say_nothing() {
    let bad = || step("bad", "test:fail").give("message", is("sorry"));
    let alarms = |whole: &flow::Flow| {
        let world = World::new();
        let ended = shown(&world.run(whole, &json!({})));
        let seen = world.seen.lock().unwrap();
        (ended, seen.children.len())
    };
    let failed = json!(["failed", "test.failed", "sorry", "bad"]);
    assert_eq!(alarms(&with_default([bad()], alarm())), (failed.clone(), 1));
    // A card that says "halt" itself does not follow.
    let mut own = bad();
    own.0.on_error.is_own = true;
    assert_eq!(alarms(&with_default([own], alarm())), (failed, 0));
    // What If Error catches goes on.
    let guarded = step("try", "control:tryCatch")
        .lane("try", [bad()])
        .lane("error", []);
    assert_eq!(
        alarms(&with_default(
            [guarded, give_back("end", "x", is(1))],
            alarm()
        )),
        (json!({"x": 1}), 0)
    );
    // In the error part nothing catches any more.
    let again = step("try", "control:tryCatch")
        .lane(
            "try",
            [step("first", "test:fail").give("message", is("one"))],
        )
        .lane("error", [bad()]);
    assert_eq!(alarms(&with_default([again], alarm())).1, 1);
    // An error that the author returns on purpose is no failure.
    let thrown = step("end", "control:throw").give("message", is("enough"));
    assert_eq!(alarms(&with_default([thrown], alarm())).1, 0);
}

#[test]
fn the_flows_default_can_return_the_error_to_the_caller() {
    let world = World::new();
    let bad = step("bad", "test:fail").give("message", is("sorry"));
    let returns = OnError {
        then: Then::ReturnValues,
        ..OnError::default()
    };
    let ended = shown(&world.run(&with_default([bad], returns), &json!({})));
    assert_eq!(ended["error"]["message"], json!("sorry"), "{ended}");
    assert_eq!(ended["error"]["method"]["id"], json!("bad"), "{ended}");
}

#[test]
fn the_flows_default_tries_again_only_what_may_be_repeated() {
    let default = OnError {
        retry: Some(Retry {
            times: 2,
            delays_ms: vec![1_000],
            only_rate_limits: false,
        }),
        ..OnError::default()
    };
    for (card, hint, calls) in [
        ("test:get", RetryHint::Unavailable, 3),
        ("test:create", RetryHint::Unavailable, 1),
        ("test:create", LIMITED, 3),
        ("test:get", RetryHint::No, 1),
    ] {
        let world = busy_world(9, hint);
        let whole = with_default([step("call", card).out("result")], default.clone());
        world.run(&whole, &json!({}));
        assert_eq!(world.called().len(), calls, "{card}");
    }
}
