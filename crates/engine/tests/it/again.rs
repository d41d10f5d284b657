//! Running again from the card where a run ended: what finished stays finished, wherever the power fails in between.

use engine::{Again, Change, Event, Outcome, Path};
use flow::{CardError, Flow, RetryHint, RunId, Then};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, give_back, is, item, plan, step, template, upper};
use crate::world::{World, answer, returned_inputs, shown};

const FIRST: &str = "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C";
const SECOND: &str = "01KAN0WQ9Z4T5V6X7Y8Z9A0B1D";

fn call(id: &str, text: flow::Binding) -> Make {
    step(id, "test:get").give("text", text).out("result")
}

fn create(id: &str) -> Make {
    step(id, "test:create").give("text", is("x")).out("result")
}

/// A world in which the card `bad` fails once, with this hint.
fn fails_once(retry: RetryHint) -> World {
    let left = std::sync::atomic::AtomicBool::new(true);
    World::new().answers(move |call| {
        if call.step.as_str() == "bad" && left.swap(false, std::sync::atomic::Ordering::Relaxed) {
            return Err(CardError {
                retry,
                ..CardError::new("test.refused", "No.")
            });
        }
        Ok(answer(
            &json!({"result": call.args.get("", "text").to_json()}),
        ))
    })
}

#[track_caller]
fn failed(world: &World, flow: &Flow) -> Again {
    let outcome = world
        .run_as(FIRST, &plan(flow), &json!({}))
        .unwrap()
        .unwrap();
    assert!(matches!(outcome, Outcome::Failed { .. }), "{outcome:?}");
    again_of(world, flow)
}

#[track_caller]
fn again_of(world: &World, flow: &Flow) -> Again {
    let run = RunId::from(FIRST);
    Again::of(&plan(flow), &world.journal(), &run, &world.ended_well()).unwrap()
}

/// Runs it again and compares how it ended and which cards were called.
#[track_caller]
fn check(world: &World, flow: &Flow, again: Again, expected: &Json, called: &[&str]) {
    world.turn_over(again.entries);
    let outcome = world
        .run_as(SECOND, &plan(flow), &json!({}))
        .unwrap()
        .unwrap();
    assert_eq!(&shown(&outcome), expected);
    assert_eq!(world.called(), called);
}

#[test]
fn what_finished_is_taken_over() {
    let flow = flow(
        &[],
        [
            upper("a", is("x")),
            call("one", from("a.result")),
            create("two"),
            call("bad", from("one.result")),
            give_back(
                "end",
                "x",
                template("{one.result} {two.result} {bad.result}"),
            ),
        ],
    );
    let world = fails_once(RetryHint::No);
    let again = failed(&world, &flow);
    assert_eq!(again.finished, 3);
    assert!(!again.stand.is_unsure && !again.stand.is_open);
    check(&world, &flow, again, &json!({"x": "X x X"}), &["bad"]);
}

#[test]
fn it_goes_on_inside_lanes_and_after_failures_that_were_caught() {
    let caught = step("guard", "control:tryCatch")
        .lane(
            "try",
            [
                call("one", is("1")),
                step("oops", "test:fail").give("message", is("m")),
            ],
        )
        .lane_giving(
            "error",
            [create("two"), call("bad", is("2"))],
            &[("x", from("bad.result"))],
        )
        .out("x");
    let chosen = step("if", "control:if")
        .condition(is("a"), "==", "a")
        .lane("true", [caught, give_back("end", "x", from("guard.x"))])
        .lane("false", [call("never", is("no"))]);
    let flow = flow(&[], [chosen]);
    let world = fails_once(RetryHint::No);
    let again = failed(&world, &flow);
    check(&world, &flow, again, &json!({"x": "2"}), &["bad"]);
}

#[test]
fn an_error_flow_that_ran_does_not_run_once_more() {
    let oops = step("oops", "test:fail")
        .give("message", is("m"))
        .then(Then::RunFlow {
            flow: flow::FlowId::from("alarm"),
        });
    let caught = step("guard", "control:tryCatch")
        .lane("try", [oops])
        .lane("error", [call("bad", is("2"))]);
    let flow = flow(&[], [caught]);
    let world = fails_once(RetryHint::No);
    let again = failed(&world, &flow);
    assert_eq!(world.seen.lock().unwrap().children.len(), 1);
    check(&world, &flow, again, &json!({}), &["bad"]);
    assert!(world.seen.lock().unwrap().children.is_empty());
}

#[test]
fn items_of_a_loop_that_went_well_are_taken_over() {
    let left = std::sync::atomic::AtomicBool::new(true);
    let world = World::new().helps(move |child| {
        let n = returned_inputs(child).at(&["n"]);
        if n == 3.into() && left.swap(false, std::sync::atomic::Ordering::Relaxed) {
            return Err(CardError::new("inner", "bad item"));
        }
        Ok(flow::Value::from_pairs([("n", n)]))
    });
    let map = step("bad", "list:map")
        .give("list", is(json!([1, 2, 3, 4, 5])))
        .helper("h")
        .arg("n", item(None))
        .out("new list");
    let flow = flow(
        &[],
        [
            call("one", is("1")),
            map,
            give_back("end", "x", from("bad.new list")),
        ],
    );
    let again = failed(&world, &flow);
    assert_eq!((again.kept, again.repeated), (2, 3));
    // A third run takes over from both before it.
    check(&world, &flow, again, &json!({"x": [1, 2, 3, 4, 5]}), &[]);
    let items: Vec<_> = world
        .seen
        .lock()
        .unwrap()
        .children
        .iter()
        .map(|child| child.index)
        .collect();
    assert_eq!(items, [Some(2), Some(3), Some(4)]);
}

#[test]
fn a_call_that_was_never_answered_is_asked_about() {
    let flow = flow(
        &[],
        [call("one", is("1")), create("bad"), call("two", is("2"))],
    );
    let plan = plan(&flow);
    for moment in 0.. {
        let world = World::new();
        world.blow_after(moment);
        let is_over = world.run_as(FIRST, &plan, &json!({})).is_some();
        world.restart(true);
        if is_over {
            break;
        }
        let journal = world.journal();
        let is_open = journal
            .last()
            .is_some_and(|entry| entry.event == Event::Intent);
        if !is_open {
            continue;
        }
        // Canceled while the call was under way: nothing says how it ended.
        let again = again_of(&world, &flow);
        assert!(again.stand.is_open);
        check(&world, &flow, again, &json!(["unknown", "bad"]), &[]);
        return;
    }
    panic!("the power never fails between the announcement and the answer");
}

#[test]
fn a_failure_that_may_have_taken_effect_is_named() {
    let flow = flow(&[], [create("bad")]);
    for (retry, is_unsure) in [(RetryHint::Unavailable, true), (RetryHint::No, false)] {
        let again = failed(&fails_once(retry), &flow);
        assert_eq!(again.stand.is_unsure, is_unsure);
    }
}

#[test]
fn no_finished_card_runs_again_wherever_the_power_fails() {
    let flow = flow(
        &[],
        [
            create("one"),
            call("two", from("one.result")),
            create("bad"),
            create("three"),
            give_back(
                "end",
                "x",
                template("{two.result}{bad.result}{three.result}"),
            ),
        ],
    );
    let compiled = plan(&flow);
    for moment in 0..40 {
        let world = fails_once(RetryHint::No);
        let again = failed(&world, &flow);
        world.turn_over(again.entries);
        world.blow_after(moment);
        world.run_as(SECOND, &compiled, &json!({}));
        world.restart(false);
        let outcome = world
            .run_as(SECOND, &compiled, &json!({}))
            .unwrap()
            .unwrap();
        let expected = match &outcome {
            Outcome::OutcomeUnknown { .. } => shown(&outcome),
            _ => json!({"x": "xxx"}),
        };
        assert_eq!(shown(&outcome), expected);
        let called = world.called();
        for card in ["bad", "three"] {
            let count = called.iter().filter(|name| *name == card).count();
            assert!(
                count <= 1,
                "{card} was called {count} times after {moment} moments"
            );
        }
        assert!(
            !called.iter().any(|card| card == "one" || card == "two"),
            "{called:?}"
        );
    }
}

#[test]
fn a_run_that_came_to_its_end_has_no_such_card() {
    let flow = flow(&[], [call("one", is("1"))]);
    let world = World::new();
    world.run(&flow, &json!({}));
    let run = RunId::from(FIRST);
    assert_eq!(
        Again::of(&plan(&flow), &world.journal(), &run, &world.ended_well()),
        None
    );
}

#[test]
fn another_version_goes_on_only_where_nothing_changed_before() {
    let row = |steps: Vec<Make>| flow(&["x"], steps);
    let old = || {
        vec![
            call("one", is("1")),
            call("two", is("2")),
            call("bad", is("3")),
        ]
    };
    let end = Path::new("bad");
    let change = |new: Vec<Make>| engine::first_change(&row(old()), &row(new), &end);
    assert_eq!(change(old()), None);
    let mut fixed = old();
    fixed.truncate(2);
    fixed.push(call("bad", is("fixed")));
    fixed.push(call("more", is("4")));
    assert_eq!(
        change(fixed),
        None,
        "the card itself and what follows may change"
    );
    let mut wrapped = old();
    wrapped.truncate(2);
    wrapped.push(step("guard", "control:tryCatch").lane("try", [call("bad", is("3"))]));
    assert_eq!(change(wrapped), None, "it may be wrapped");
    let changed = vec![
        call("one", is("other")),
        call("two", is("2")),
        call("bad", is("3")),
    ];
    assert_eq!(change(changed), Some(Change::Changed("one".into())));
    let removed = vec![call("two", is("2")), call("bad", is("3"))];
    assert_eq!(change(removed), Some(Change::Removed("one".into())));
    let mut added = old();
    added.insert(1, call("new", is("n")));
    assert_eq!(change(added), Some(Change::Added("new".into())));
}

#[test]
fn around_the_end_the_condition_counts_and_the_other_lane_does_not() {
    let made = |word: &str, other: &str| {
        let chosen = step("if", "control:if")
            .condition(is("a"), "==", word)
            .lane("true", [call("one", is("1")), call("bad", is("2"))])
            .lane("false", [call("other", is(other))]);
        flow(&[], [chosen])
    };
    let end = Path::new("if/true/bad");
    assert_eq!(
        engine::first_change(&made("a", "x"), &made("a", "y"), &end),
        None
    );
    assert_eq!(
        engine::first_change(&made("a", "x"), &made("b", "x"), &end),
        Some(Change::Changed("if".into()))
    );
}
