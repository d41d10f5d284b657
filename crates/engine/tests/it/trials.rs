//! Pinned outputs and an end before the end.

use engine::{Entry, Event, Path};
use flow::{Binding, CardError, Flow};
use serde_json::{Value as Json, json};

use crate::flows::{
    Make, flow, from, give_back, is, item, key, plan, step, template, upper, value,
};
use crate::world::{World, shown};

fn call(id: &str, text: Binding) -> Make {
    step(id, "test:get").give("text", text).out("result")
}

fn pinned(path: &str, outputs: Json) -> Entry {
    let outputs = value(&outputs);
    let outputs = outputs.as_object().unwrap().iter();
    entry(
        path,
        Event::Pinned {
            outputs: outputs
                .map(|(name, value)| (key(name), value.clone()))
                .collect(),
        },
    )
}

fn until(path: &str) -> Entry {
    entry(path, Event::Until)
}

fn entry(path: &str, event: Event) -> Entry {
    Entry {
        at_ms: 0,
        path: Path::new(path),
        private: false,
        event,
    }
}

/// Lets the power fail at every moment, and compares how the run ended and which cards were called.
#[track_caller]
fn check(flow: &Flow, arranged: &[Entry], expected: &Json, called: &[&str]) {
    let plan = plan(flow);
    for moment in 0..30 {
        let world = World::new();
        world.turn_over(arranged.to_vec());
        world.blow_after(moment);
        world.run_plan(&plan, &json!({}));
        world.restart(false);
        let outcome = world.run_plan(&plan, &json!({})).unwrap().unwrap();
        assert_eq!(&shown(&outcome), expected, "after {moment} moments");
        let mut made = world.called();
        made.dedup();
        assert_eq!(made, called, "after {moment} moments");
        let children = world.seen.lock().unwrap().children.len();
        assert_eq!(children, 0, "no helper runs");
    }
}

#[test]
fn a_pinned_card_does_not_run_and_gives_its_values() {
    let flow = flow(
        &[],
        [
            call("one", is("real")),
            upper("a", from("one.result")),
            call("two", from("a.result")),
            give_back("end", "x", template("{one.result} {a.result} {two.result}")),
        ],
    );
    let pins = [pinned("one", json!({"result": "pinned"}))];
    check(
        &flow,
        &pins,
        &json!({"x": "pinned PINNED PINNED"}),
        &["two"],
    );
    let pins = [
        pinned("a", json!({"result": "B"})),
        pinned("two", json!({})),
    ];
    check(&flow, &pins, &json!({"x": "real B "}), &["one"]);
}

#[test]
fn containers_loops_and_helpers_can_be_pinned() {
    let chosen = step("if", "control:if")
        .condition(is("a"), "==", "a")
        .lane_giving(
            "true",
            [call("inside", is("1"))],
            &[("x", from("inside.result"))],
        )
        .out("x");
    let map = step("map", "list:map")
        .give("list", is(json!([1, 2])))
        .helper("h")
        .arg("n", item(None))
        .out("new list");
    let spawn = step("call", "control:spawn").helper("h").out("y");
    let end = step("end", "control:return")
        .custom("x", from("if.x"))
        .custom("list", from("map.new list"))
        .custom("y", from("call.y"));
    let flow = flow(&[], [chosen, map, spawn, end]);
    let pins = [
        pinned("if", json!({"x": "p"})),
        pinned("map", json!({"new list": ["q"]})),
        pinned("call", json!({"y": "r"})),
    ];
    check(
        &flow,
        &pins,
        &json!({"x": "p", "list": ["q"], "y": "r"}),
        &[],
    );
}

#[test]
fn a_run_up_to_a_card_ends_after_it() {
    let flow = flow(
        &[],
        [
            call("one", is("1")),
            call("two", is("2")),
            call("three", is("3")),
        ],
    );
    check(
        &flow,
        &[until("two")],
        &json!(["stopped", {}]),
        &["one", "two"],
    );
}

#[test]
fn it_ends_behind_the_container_whose_other_lane_was_taken() {
    let chosen = step("if", "control:if")
        .condition(is("a"), "==", "b")
        .lane("true", [call("inside", is("1"))])
        .lane("false", [call("other", is("2"))]);
    let flow = flow(&[], [chosen, call("after", is("3"))]);
    check(
        &flow,
        &[until("if/true/inside")],
        &json!(["stopped", {}]),
        &["other"],
    );
}

#[test]
fn what_would_catch_the_last_card_does_not_run() {
    let guard = step("guard", "control:tryCatch")
        .lane("try", [call("one", is("1")), call("bad", is("2"))])
        .lane("error", [call("caught", is("3"))]);
    let flow = flow(&[], [guard, call("after", is("4"))]);
    let world = World::new().answers(|call| match call.step.as_str() {
        "bad" => Err(CardError::new("test.refused", "No.")),
        _ => Ok(crate::world::answer(&json!({"result": "x"}))),
    });
    world.turn_over(vec![until("guard/try/bad")]);
    let outcome = world.run_plan(&plan(&flow), &json!({})).unwrap().unwrap();
    assert_eq!(
        shown(&outcome),
        json!(["failed", "test.refused", "No.", "bad"])
    );
    assert_eq!(world.called(), ["one", "bad"]);
}

#[test]
fn the_page_of_the_run_says_what_was_arranged() {
    let flow = flow(
        &[],
        [
            call("one", is("1")),
            call("two", is("2")),
            call("three", is("3")),
        ],
    );
    let world = World::new();
    world.turn_over(vec![pinned("one", json!({"result": "p"})), until("two")]);
    world.run_plan(&plan(&flow), &json!({})).unwrap().unwrap();
    let views = engine::view(&plan(&flow), &world.journal());
    let seen: Vec<_> = views
        .iter()
        .map(|view| (view.step.as_str(), view.is_pinned, view.is_last))
        .collect();
    assert_eq!(
        seen,
        [
            ("start", false, false),
            ("one", true, false),
            ("two", false, true),
            ("three", false, false)
        ]
    );
    assert_eq!(views[2].inputs[0].1, "2".into());
}

#[test]
fn cards_that_start_or_end_a_flow_cannot_be_pinned() {
    let flow = flow(&[], [call("one", is("1")), give_back("end", "x", is("x"))]);
    let plan = plan(&flow);
    let may = |id: &str| plan.may_pin(&id.into());
    assert_eq!(
        (may("start"), may("one"), may("end"), may("gone")),
        (false, true, false, false)
    );
}
