//! The power fails at every moment there is, and the run goes on from what was on disk.

use engine::{Entry, Event, Outcome};
use flow::{CardError, Flow, Outputs, RetryHint};
use serde_json::{Value as Json, json};

use crate::flows::{
    Make, flow, from, from_path, give_back, is, item, key, plan, step, template, upper,
};
use crate::world::{World, answer, shown};

/// What must hold wherever the power fails.
struct Case {
    flow: Flow,
    world: fn() -> World,
    expected: Json,
    /// Cards whose call must not be repeated.
    never: &'static [&'static str],
}

impl Case {
    /// Lets the power fail after 0, 1, 2… moments, with and without the luck that unsynced entries survive.
    fn check(&self) {
        let plan = plan(&self.flow);
        let whole = (self.world)().run_plan(&plan, &json!({})).unwrap().unwrap();
        assert_eq!(shown(&whole), self.expected);
        let mut unknown = 0;
        let mut survived = false;
        for moment in 0.. {
            for lucky in [false, true] {
                let world = (self.world)();
                world.blow_after(moment);
                survived = world.run_plan(&plan, &json!({})).is_some();
                world.restart(lucky);
                let before = finished_calls(&world.journal());
                let made = world.called();
                let mut ended = world.run_plan(&plan, &json!({})).unwrap().unwrap();
                while let Outcome::OutcomeUnknown { path, .. } = &ended {
                    unknown += 1;
                    decide(&world, path.clone());
                    ended = world.run_plan(&plan, &json!({})).unwrap().unwrap();
                }
                let at = format!("after {moment} moments, lucky {lucky}");
                assert_eq!(shown(&ended), self.expected, "{at}");
                self.check_calls(&world.called(), &made, &before, &at);
            }
            if survived {
                break;
            }
        }
        assert_eq!(
            unknown > 0,
            !self.never.is_empty(),
            "announced calls were interrupted"
        );
    }

    fn check_calls(&self, all: &[String], made: &[String], finished: &[String], at: &str) {
        for card in self.never {
            let count = all.iter().filter(|called| called == card).count();
            assert!(count <= 1, "{card} was called {count} times {at}");
        }
        for card in finished {
            let again = all.iter().skip(made.len()).any(|called| called == card);
            assert!(!again, "{card} had finished and was called again {at}");
        }
    }
}

fn finished_calls(journal: &[Entry]) -> Vec<String> {
    let finished = journal
        .iter()
        .filter(|entry| matches!(entry.event, Event::Finished { .. }));
    finished
        .filter_map(|entry| entry.path.as_str().rsplit('/').next())
        .map(str::to_owned)
        .collect()
}

/// A person looks at the service, finds that the call took effect and says so.
fn decide(world: &World, path: engine::Path) {
    let outputs: Outputs = vec![(key("result"), "CREATED".into())];
    world.seen.lock().unwrap().journal.push(Entry {
        at_ms: 0,
        path,
        private: false,
        event: Event::Finished {
            outputs,
            calls: Vec::new(),
            took_us: 0,
        },
    });
}

fn created() -> World {
    World::new().answers(|call| match call.card.method() {
        "create" => Ok(answer(&json!({"result": "CREATED"}))),
        _ => Ok(answer(
            &json!({"result": call.args.get("", "text").to_json()}),
        )),
    })
}

fn call(id: &str, card: &str, text: flow::Binding) -> Make {
    step(id, card).give("text", text).out("result")
}

#[test]
fn a_row_of_calls() {
    let flow = flow(
        &[],
        [
            upper("a", is("x")),
            call("one", "test:get", from("a.result")),
            call("two", "test:create", from("one.result")),
            call("three", "test:create", from("two.result")),
            upper("b", template("{one.result} {two.result} {three.result}")),
            give_back("end", "x", from("b.result")),
        ],
    );
    Case {
        flow,
        world: created,
        expected: json!({"x": "X CREATED CREATED"}),
        never: &["two", "three"],
    }
    .check();
}

#[test]
fn time_and_randomness_that_a_call_used_stay() {
    let flow = flow(
        &[],
        [
            step("clock", "test:clock").out("now").out("random"),
            call("one", "test:get", from("clock.random")),
            call("two", "test:get", from("clock.random")),
            step("end", "control:return")
                .custom("one", from("one.result"))
                .custom("two", from("two.result")),
        ],
    );
    let plan = plan(&flow);
    for moment in 0..20 {
        let world = created();
        world.blow_after(moment);
        world.run_plan(&plan, &json!({}));
        world.restart(false);
        let ended = shown(&world.run_plan(&plan, &json!({})).unwrap().unwrap());
        assert_eq!(ended["one"], ended["two"]);
        let seen = world.seen.lock().unwrap();
        for call in &seen.calls {
            assert_eq!(
                call.args.get("", "text").to_json(),
                ended["one"],
                "after {moment} moments"
            );
        }
    }
}

#[test]
fn containers_and_early_returns() {
    let guarded = step("try", "control:tryCatch")
        .out("context.error")
        .out("word")
        .lane_giving(
            "try",
            [
                call("in", "test:create", is("t")),
                step("bad", "test:fail").give("message", from("in.result")),
            ],
            &[("word", is("no"))],
        )
        .lane_giving(
            "error",
            [
                call(
                    "rescue",
                    "test:get",
                    from_path("try.context.error", &["message"]),
                ),
                step("cases", "control:branch")
                    .out("found")
                    .lane("if", [give_back("r", "found", from("rescue.result"))])
                    .when(from("rescue.result"), "==", "CREATED"),
            ],
            &[("word", from("cases.found"))],
        );
    let last = step("if", "control:if")
        .condition(from("try.word"), "==", "CREATED")
        .out("result")
        .lane(
            "true",
            [
                call("last", "test:get", is("done")),
                give_back("early", "x", template("{try.word} {last.result}")),
            ],
        )
        .lane("false", []);
    Case {
        flow: flow(&[], [guarded, last, give_back("end", "x", is("late"))]),
        world: created,
        expected: json!({"x": "CREATED done"}),
        never: &["in"],
    }
    .check();
}

#[test]
fn loops_and_helpers() {
    let flow = flow(
        &[],
        [
            call("list", "test:get", is(json!([1, 2, 3]))),
            step("map", "list:map")
                .give("list", from("list.result"))
                .give("concurrency", is(2))
                .helper("h")
                .arg("n", item(None))
                .out("new list"),
            step("spawn", "control:spawn")
                .helper("h")
                .arg("n", from("map.new list"))
                .out("n"),
            step("async", "control:run").helper("h").arg("n", is(1)),
            call("post", "test:create", is("p")),
            give_back("end", "x", from("spawn.n")),
        ],
    );
    Case {
        flow,
        world: created,
        expected: json!({"x": [1, 2, 3]}),
        never: &["post"],
    }
    .check();
}

#[test]
fn retries_go_on_counting() {
    let flow = flow(
        &[],
        [
            call("get", "test:get", is("x")).retry(2, &[1000, 60_000], true),
            give_back("end", "x", from("get.result")),
        ],
    );
    // The power fails while the run waits for its second attempt.
    let plan = plan(&flow);
    let world = busy();
    world.blow_after(8);
    assert!(world.run_plan(&plan, &json!({})).is_none());
    assert_eq!(world.called(), ["get"]);
    world.restart(false);
    let ended = world.run_plan(&plan, &json!({})).unwrap().unwrap();
    assert_eq!(shown(&ended), json!({"x": 2}));
    let seen = world.seen.lock().unwrap();
    let attempts: Vec<u32> = seen.calls.iter().map(|call| call.attempt).collect();
    assert_eq!((attempts, seen.clock_ms), (vec![0, 1, 2], 61_000));

    Case {
        flow,
        world: busy,
        expected: json!({"x": 2}),
        never: &[],
    }
    .check();
}

/// Too many requests, twice.
fn busy() -> World {
    World::new().answers(|call| {
        if call.attempt < 2 {
            Err(CardError {
                retry: RetryHint::RateLimited { reset_at_ms: None },
                ..CardError::new("okta.busy", "busy")
            })
        } else {
            Ok(answer(&json!({"result": call.attempt})))
        }
    })
}

#[test]
fn failures_stay_failures() {
    let refused = || World::new().answers(|_| Err(CardError::new("okta.refused", "no such user")));
    let flow = flow(
        &[],
        [step("try", "control:tryCatch")
            .lane("try", [call("post", "test:create", is("x"))])
            .lane("error", [call("other", "test:create", is("y"))])],
    );
    let plan = plan(&flow);
    for moment in 0..30 {
        let world = refused();
        world.blow_after(moment);
        world.run_plan(&plan, &json!({}));
        world.restart(true);
        let ended = shown(&world.run_plan(&plan, &json!({})).unwrap().unwrap());
        let calls = world.called();
        for card in ["post", "other"] {
            assert!(
                calls.iter().filter(|called| *called == card).count() <= 1,
                "{calls:?}"
            );
        }
        let step = ended.as_array().unwrap().last().unwrap().clone();
        assert!(
            step == json!("other") || ended[0] == json!("unknown"),
            "{ended}"
        );
    }
}

#[test]
fn waiting_is_not_started_anew() {
    let flow = flow(
        &[],
        [
            step("wait", "control:wait")
                .give("delay", is(10))
                .give("unit", is("minute")),
            call("post", "test:create", is("x")),
            give_back("end", "x", from("post.result")),
        ],
    );
    let plan = plan(&flow);
    let world = created();
    world.blow_after(3);
    assert!(world.run_plan(&plan, &json!({})).is_none());
    world.restart(false);
    let waits = |world: &World| {
        let journal = world.journal();
        let waits = journal
            .iter()
            .filter(|entry| matches!(entry.event, Event::Wait { .. }));
        waits.count()
    };
    assert_eq!(waits(&world), 1);
    world.seen.lock().unwrap().clock_ms += 500_000;
    world.run_plan(&plan, &json!({})).unwrap().unwrap();
    assert_eq!(
        (waits(&world), world.seen.lock().unwrap().clock_ms),
        (1, 600_000)
    );

    Case {
        flow,
        world: created,
        expected: json!({"x": "CREATED"}),
        never: &["post"],
    }
    .check();
}

#[test]
fn a_run_that_ended_stays_as_it_is() {
    let flow = flow(
        &[],
        [
            call("post", "test:create", is("x")),
            give_back("end", "x", from("post.result")),
        ],
    );
    let world = created();
    let first = world.run(&flow, &json!({}));
    let length = world.journal().len();
    assert_eq!(world.run(&flow, &json!({})), first);
    assert_eq!((world.called().len(), world.journal().len()), (1, length));
}

#[test]
fn a_journal_of_another_flow_is_refused() {
    let world = created();
    world.run(&flow(&[], [upper("a", is("x"))]), &json!({}));
    world.seen.lock().unwrap().journal.pop();
    let other = plan(&flow(&[], [upper("b", is("x"))]));
    let refused = world.run_plan(&other, &json!({})).unwrap();
    assert_eq!(
        refused,
        Err(engine::EngineError::ForeignEntry(engine::Path::new("a")))
    );
}
