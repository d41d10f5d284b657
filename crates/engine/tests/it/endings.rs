//! Continue If, Return, Return Raw, Return Error If, Close, waiting.

use flow::{Base, Type};
use serde_json::{Value as Json, json};

use crate::flows::{flow, from, give_back, is, step, upper};
use crate::world::{World, check, check_in, shown};

#[test]
fn continue_if_ends_the_flow_quietly() {
    let flow = flow(
        &["n"],
        [
            step("c", "control:continueIf")
                .condition(from("start.n"), ">", 5)
                .give("otherwise.message", is("too small")),
            give_back("end", "n", from("start.n")),
        ],
    );
    check(&flow, json!({"n": 6}), json!({"n": 6}));
    check(
        &flow,
        json!({"n": 5}),
        json!(["stopped", {"message": "too small"}]),
    );
}

#[test]
fn continue_if_without_a_message_returns_nothing() {
    let stop = step("c", "control:continueIf").condition(is("a"), "is empty", Json::Null);
    check(&flow(&[], [stop]), json!({}), json!(["stopped", {}]));
}

#[test]
fn return_error_if_ends_the_flow_when_true() {
    let flow = flow(
        &["n"],
        [
            step("t", "control:throwIf")
                .condition(from("start.n"), "==", 0)
                .give("message", is("empty")),
            give_back("end", "n", from("start.n")),
        ],
    );
    check(&flow, json!({"n": 1}), json!({"n": 1}));
    check(
        &flow,
        json!({"n": 0}),
        json!(["failed", "flow.returned_error", "empty", "t"]),
    );
}

fn raw(id: &str, status: i64) -> crate::flows::Make {
    step(id, "control:returnRaw")
        .give("statusCode", is(status))
        .give("headers", is(json!({"x-a": "b"})))
        .give("body", is("hello"))
}

#[test]
fn return_raw_ends_the_flow_from_anywhere_and_answers_once() {
    let inside = step("cases", "control:branch")
        .lane("if", [raw("raw", 201)])
        .when(is(1), "==", 1);
    let world = World::new();
    let flow = flow(&[], [inside, step("never", "test:fail")]);
    check_in(
        &world,
        &flow,
        &json!({}),
        &json!({
            "statusCode": 201, "headers": {"x-a": "b"}, "body": "hello",
        }),
    );
    let seen = world.seen.lock().unwrap();
    assert_eq!(seen.replies.len(), 1);
    assert_eq!(seen.replies[0].status, 201);
    assert_eq!(
        seen.replies[0].headers,
        [("x-a".to_owned(), "b".to_owned())]
    );
    assert_eq!(seen.replies[0].body, "hello".into());
}

#[test]
fn return_raw_takes_zero_for_200_and_refuses_odd_statuses() {
    let world = World::new();
    world.run(&flow(&[], [raw("raw", 0)]), &json!({}));
    assert_eq!(world.seen.lock().unwrap().replies[0].status, 200);
    let world = World::new();
    let outcome = shown(&world.run(&flow(&[], [raw("raw", 302)]), &json!({})));
    assert_eq!(outcome[1], json!("http.status"));
    assert!(world.seen.lock().unwrap().replies.is_empty());
}

#[test]
fn close_answers_at_once_and_the_flow_goes_on() {
    let close = step("close", "httpfunctions:close")
        .give("Response.statusCode", is(202))
        .give("Response.body", is(json!({"accepted": true})));
    let world = World::new();
    let flow = flow(
        &[],
        [
            step("get", "test:get"),
            close,
            upper("a", is("x")),
            give_back("end", "x", from("a.result")),
        ],
    );
    check_in(&world, &flow, &json!({}), &json!({"x": "X"}));
    let seen = world.seen.lock().unwrap();
    assert_eq!(seen.replies.len(), 1);
    assert_eq!(
        (seen.replies[0].status, seen.replies[0].body.to_json()),
        (202, json!({"accepted": true}))
    );
}

#[track_caller]
fn check_wait(delay: Json, unit: &str, expected: Result<i64, &str>) {
    let wait = step("wait", "control:wait")
        .typed("delay", Type::one(Base::Number), is(delay))
        .give("unit", is(unit));
    let world = World::new();
    let outcome = shown(&world.run(&flow(&[], [wait]), &json!({})));
    match expected {
        Ok(ms) => assert_eq!(
            (outcome, world.seen.lock().unwrap().clock_ms),
            (json!({}), ms)
        ),
        Err(code) => assert_eq!(outcome[1], json!(code)),
    }
}

#[test]
fn wait_for_waits_between_a_second_and_thirty_days() {
    check_wait(json!(90), "second", Ok(90_000));
    check_wait(json!(2), "minutes", Ok(120_000));
    check_wait(json!(1.5), "hour", Ok(5_400_000));
    check_wait(json!(30), "day", Ok(30 * 86_400_000));
    check_wait(json!(0), "day", Ok(1000));
    check_wait(json!(-5), "second", Ok(1000));
    check_wait(json!(31), "day", Err("wait.too_long"));
    check_wait(json!(1), "fortnight", Err("wait.unit"));
}

#[track_caller]
fn check_until(date: &str, expected: Result<i64, &str>) {
    let wait = step("wait", "control:until").typed("date", Type::one(Base::Date), is(date));
    let world = World::new();
    let outcome = shown(&world.run(&flow(&[], [wait]), &json!({})));
    match expected {
        Ok(ms) => assert_eq!(
            (outcome, world.seen.lock().unwrap().clock_ms),
            (json!({}), ms)
        ),
        Err(code) => assert_eq!(outcome[1], json!(code)),
    }
}

#[test]
fn wait_until_waits_for_a_date() {
    check_until("2025-10-09T08:54:20Z", Ok(60_000));
    check_until("2020-01-01T00:00:00Z", Ok(0));
    check_until("2026-01-01T00:00:00Z", Err("wait.too_long"));
    check_until("", Err("wait.no_date"));
}

fn pausing() -> flow::Flow {
    flow(
        &["context.resume_url"],
        [
            step("p", "control:pause")
                .custom("question", is("May Ada join?"))
                .out("answer")
                .out("by.whom"),
            give_back("end", "answer", from("p.answer")),
        ],
    )
}

#[test]
fn a_pause_answers_its_caller_and_goes_on_with_what_comes_back() {
    let world = World::new();
    world.seen.lock().unwrap().resumed = Some(crate::flows::value(&json!({"answer": "yes"})));
    check_in(&world, &pausing(), &json!({}), &json!({"answer": "yes"}));
    let seen = world.seen.lock().unwrap();
    let first = seen.replies.first().unwrap();
    assert_eq!(first.status, 200);
    assert_eq!(
        first.body.to_json(),
        json!({
            "question": "May Ada join?",
            "execution_id": "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C",
            "resume_url": "https://nagare.test/resume",
        })
    );
}

#[test]
fn a_pause_that_nobody_ends_fails_after_thirty_days() {
    let world = World::new();
    let outcome = shown(&world.run(&pausing(), &json!({})));
    assert_eq!(outcome[1], json!("pause.too_long"));
    assert_eq!(world.seen.lock().unwrap().clock_ms, 30 * 86_400_000);
}

#[test]
fn a_paused_run_that_is_taken_up_again_answers_nobody_a_second_time() {
    for moments in 0..40 {
        for lucky in [true, false] {
            let world = World::new();
            world.seen.lock().unwrap().resumed =
                Some(crate::flows::value(&json!({"answer": "yes"})));
            world.blow_after(moments);
            let first = world.run_plan(&crate::flows::plan(&pausing()), &json!({}));
            if first.is_none() {
                let told = world.seen.lock().unwrap().replies.len();
                world.restart(lucky);
                let is_paused = world
                    .journal()
                    .iter()
                    .any(|entry| matches!(entry.event, engine::Event::Pause { .. }));
                let outcome = shown(&world.run(&pausing(), &json!({})));
                assert_eq!(outcome, json!({"answer": "yes"}), "{moments}");
                let answers = world.seen.lock().unwrap().replies.len() - told;
                assert_eq!(answers, usize::from(!is_paused), "{moments}");
            }
        }
    }
}

#[test]
fn pause_raw_decides_what_its_caller_gets() {
    let world = World::new();
    world.seen.lock().unwrap().resumed = Some(flow::Value::Null);
    let pause = step("p", "control:pauseRaw")
        .give("statusCode", is(202))
        .give("headers", is(json!({"x-state": "waiting"})))
        .give("body", is("come back"));
    let end = give_back("end", "n", is(1));
    check_in(
        &world,
        &flow(&[], [pause, end]),
        &json!({}),
        &json!({"n": 1}),
    );
    let seen = world.seen.lock().unwrap();
    let first = seen.replies.first().unwrap();
    assert_eq!(
        (first.status, first.body.to_text().as_str()),
        (202, "come back")
    );
    assert_eq!(
        first.headers,
        [("x-state".to_owned(), "waiting".to_owned())]
    );
}
